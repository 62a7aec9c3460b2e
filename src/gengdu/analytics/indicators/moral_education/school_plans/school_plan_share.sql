-- One row per rural school; counted when an approved plan is in force.
select
    s.school_id as unit_id,
    s.school_id,
    s.town_id,
    case when p.school_id is null then 0 else 1 end as counted,
    p.starts_on as plan_from
from rural_schools s
left join school_plans p
    on p.school_id = s.school_id
    and p.starts_on <= :on and (p.ends_on is null or p.ends_on > :on)

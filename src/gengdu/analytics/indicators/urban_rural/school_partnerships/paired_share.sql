-- One row per rural school; counted when at least one agreement is running.
select
    s.school_id as unit_id,
    s.school_id,
    s.town_id,
    case when p.school_id is null then 0 else 1 end as counted,
    p.since
from rural_schools s
left join (
    select rural_school_id as school_id, min(starts_on) as since
    from partnerships
    where starts_on <= :on and (ends_on is null or ends_on > :on)
    group by rural_school_id
) p on p.school_id = s.school_id

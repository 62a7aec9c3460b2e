-- One row per rural kindergarten; one that was never checked is not reported.
select
    s.school_id as unit_id,
    s.school_id,
    s.town_id,
    case when c.school_id is null then null when c.is_complete then 1 else 0 end as counted,
    c.starts_on as checked_on
from rural_schools s
left join equipment_checks c
    on c.school_id = s.school_id
    and c.starts_on <= :on and (c.ends_on is null or c.ends_on > :on)
where s.category = 'kindergarten'

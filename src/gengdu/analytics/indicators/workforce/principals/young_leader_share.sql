-- One row per head or deputy of a rural school; counted when not yet older than the limit.
select
    l.staff_id as unit_id,
    l.school_id,
    l.town_id,
    case when l.birth_date > :born_after then 1 else 0 end as counted,
    l.role,
    l.birth_date
from leaders_on l
where l.in_plan

-- One row per full-time teacher of a rural school; counted when checked this year.
select
    t.staff_id as unit_id,
    t.school_id,
    t.town_id,
    case when m.staff_id is null then 0 else 1 end as counted,
    m.checked_on
from teachers_on t
left join (
    select staff_id, max(held_on) as checked_on
    from medical_checks
    where held_on >= :year_start and held_on <= :on
    group by staff_id
) m on m.staff_id = t.staff_id
where t.in_plan

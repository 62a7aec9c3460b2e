-- One row per unit of the textbook catalogue; counted when the library has a reviewed resource for it.
select
    u.id as unit_id,
    cast(null as bigint) as school_id,
    cast(null as bigint) as town_id,
    concat(u.stage, u.subject, u.grade, '年级', u.volume, ' ', u.title) as label,
    case when r.unit_id is null then 0 else 1 end as counted,
    r.resources
from curriculum_units u
left join (
    select unit_id, count(*) as resources
    from course_resources
    where starts_on <= :on and (ends_on is null or ends_on > :on)
    group by unit_id
) r on r.unit_id = u.id

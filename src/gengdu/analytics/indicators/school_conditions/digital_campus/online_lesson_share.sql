-- One row per rural school; counted when it took part in a shared lesson this school year.
select
    s.school_id as unit_id,
    s.school_id,
    s.town_id,
    case when l.school_id is null then 0 else 1 end as counted,
    l.lessons
from rural_schools s
left join (
    select school_id, count(*) as lessons
    from shared_lessons
    where held_on >= :school_year_start and held_on <= :on
    group by school_id
) l on l.school_id = s.school_id

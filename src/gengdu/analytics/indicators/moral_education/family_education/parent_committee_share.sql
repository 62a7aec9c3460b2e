-- One row per rural school; counted when parents chose a committee for it, for each grade and for each class
-- that has pupils on the day. Not known where no pupil is on the rolls.
select
    s.school_id as unit_id,
    s.school_id,
    s.town_id,
    case
        when e.grades is null then null
        when coalesce(c.of_school, 0) >= 1
            and coalesce(c.of_grades, 0) >= e.grades
            and coalesce(c.of_classes, 0) >= e.classes then 1
        else 0
    end as counted,
    coalesce(c.of_school, 0) as of_school,
    coalesce(c.of_grades, 0) as of_grades,
    e.grades,
    coalesce(c.of_classes, 0) as of_classes,
    e.classes
from rural_schools s
left join (
    select school_id, count(*) as grades, cast(sum(classes) as bigint) as classes
    from (
        select school_id, stage, grade, count(distinct class_number) as classes
        from class_sizes
        where pupils > 0
        group by school_id, stage, grade
    ) of_grade
    group by school_id
) e on e.school_id = s.school_id
left join (
    select
        school_id,
        count(case when level = 'school' then 1 end) as of_school,
        count(case when level = 'grade' then 1 end) as of_grades,
        count(case when level = 'class' then 1 end) as of_classes
    from parent_committees
    where starts_on <= :on and (ends_on is null or ends_on > :on)
    group by school_id
) c on c.school_id = s.school_id

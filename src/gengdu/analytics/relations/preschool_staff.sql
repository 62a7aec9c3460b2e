-- One row per full-time preschool teacher, and per head of a kindergarten who is none, on the day,
-- with whether a teaching certificate was held: 1 or 0, and null where none is on record at all. A
-- certificate without its day counts as held all along.
-- reads: teachers_on, leaders_on, schools_on, certificates
select
    w.staff_id, w.school_id, w.is_teacher,
    case when c.staff_id is null then null when c.held > 0 then 1 else 0 end as is_certified
from (
    select staff_id, school_id, max(is_teacher) as is_teacher
    from (
        select staff_id, school_id, 1 as is_teacher from teachers_on where stage = 'preschool'
        union all
        select l.staff_id, l.school_id, 0 as is_teacher
        from leaders_on l
        join schools_on s on s.school_id = l.school_id
        where l.role = 'head' and s.category = 'kindergarten'
    ) both_kinds
    group by staff_id, school_id
) w
left join (
    select staff_id, sum(case when issued_on is null or issued_on <= :on then 1 else 0 end) as held
    from certificates
    group by staff_id
) c on c.staff_id = w.staff_id

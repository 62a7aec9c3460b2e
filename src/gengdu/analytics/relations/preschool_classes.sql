-- One row per class of a kindergarten, or of a school with preschool children, on the day.
-- reads: schools_on, enrolments
select s.school_id, s.town_id, s.name as school, e.grade, e.class_number, count(*) as children
from schools_on s
join enrolments e on e.school_id = s.school_id
where e.stage = 'preschool'
  and e.starts_on <= :on
  and (e.ends_on is null or e.ends_on > :on)
group by s.school_id, s.town_id, s.name, e.grade, e.class_number

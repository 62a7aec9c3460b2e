-- One row per class of a compulsory stage that has pupils on the day.
-- reads: schools_on, enrolments
select e.school_id, e.stage, e.grade, e.class_number, count(*) as pupils
from enrolments e
join schools_on s on s.school_id = e.school_id
where e.stage in ('primary', 'junior')
  and e.starts_on <= :on
  and (e.ends_on is null or e.ends_on > :on)
  and s.category in ('primary', 'junior', 'nine_year', 'complete_secondary', 'twelve_year', 'teaching_point')
group by e.school_id, e.stage, e.grade, e.class_number

-- One row per full-time teacher in post on the day.
-- reads: posts, schools_on
select p.staff_id, p.school_id, p.stage, p.subject, s.town_id, s.in_plan, s.is_compulsory
from posts p
join schools_on s on s.school_id = p.school_id
where p.kind = 'teacher'
  and p.starts_on <= :on
  and (p.ends_on is null or p.ends_on > :on)

-- One row per head or deputy in office on the day.
-- reads: leadership_terms, schools_on, staff_records
select l.staff_id, l.school_id, s.town_id, s.in_plan, s.is_compulsory, l.role, l.starts_on, p.birth_date
from leadership_terms l
join schools_on s on s.school_id = l.school_id
join staff_records p on p.staff_id = l.staff_id
where l.starts_on <= :on
  and (l.ends_on is null or l.ends_on > :on)

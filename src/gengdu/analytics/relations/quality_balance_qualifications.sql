-- One row per full-time teacher of a compulsory stage in post on the day, with the certificates and
-- the training of the five years before that are recorded; a teacher without any is not reported.
-- reads: teachers_on, schools_on, certificates, trainings
select
    t.school_id, t.staff_id, t.stage, coalesce(c.certificates, 0) as certificates,
    coalesce(h.trainings, 0) as trainings, coalesce(h.hours, 0) as hours
from teachers_on t
join schools_on s on s.school_id = t.school_id
left join (
    select staff_id, count(*) as certificates
    from certificates
    where issued_on is null or issued_on <= :on
    group by staff_id
) c on c.staff_id = t.staff_id
left join (
    select staff_id, count(*) as trainings, sum(hours) as hours
    from trainings
    where completed_on > :training_since and completed_on <= :on
    group by staff_id
) h on h.staff_id = t.staff_id
where t.stage in ('primary', 'junior')
  and s.category in ('primary', 'junior', 'nine_year', 'complete_secondary', 'twelve_year', 'teaching_point')

-- One row per class that has pupils on the day, or had some on the day of the notice, with how many on each:
-- enrolments are many, and read once for everything that counts them by school.
-- reads: enrolments
select
    school_id, stage, grade, class_number,
    cast(sum(case when starts_on <= :on and (ends_on is null or ends_on > :on) then 1 else 0 end) as bigint) as pupils,
    cast(sum(
        case when starts_on <= :baseline and (ends_on is null or ends_on > :baseline) then 1 else 0 end
    ) as bigint) as pupils_then
from enrolments
where (starts_on <= :on and (ends_on is null or ends_on > :on))
   or (starts_on <= :baseline and (ends_on is null or ends_on > :baseline))
group by school_id, stage, grade, class_number

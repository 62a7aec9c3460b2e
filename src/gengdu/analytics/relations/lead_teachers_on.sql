-- One row per person of whom it is known whether they are a lead teacher (骨干教师) of county level or
-- above on the day: by the titles on record; of who has none, by the mark in the staff register.
-- reads: staff_titles, staff_records
select
    r.staff_id,
    case when t.staff_id is null then r.is_lead_teacher else t.held > 0 end as is_lead
from staff_records r
left join (
    select
        staff_id,
        sum(case when level <> 'school' and starts_on <= :on and (ends_on is null or ends_on > :on)
            then 1 else 0 end) as held
    from staff_titles
    where kind = 'lead_teacher'
    group by staff_id
) t on t.staff_id = r.staff_id
where t.staff_id is not null or r.is_lead_teacher is not null

-- One row per case whose first days ran out this year, so that a case found in the last days of a year is
-- judged in the next; counted when plan and first visit came in time. The school was rural on the day found.
select
    c.id as unit_id,
    c.school_id,
    r.parent_id as town_id,
    case
        when c.plan_on <= :on and c.first_visit_on <= c.found_on + cast(:days as int) then 1
        else 0
    end as counted,
    c.found_on,
    c.plan_on,
    c.first_visit_on
from dropout_cases c
join school_profiles s
    on s.school_id = c.school_id and s.in_plan
    and s.starts_on <= c.found_on and (s.ends_on is null or s.ends_on > c.found_on)
join place_records r
    on r.place_id = s.village_id
    and r.starts_on <= c.found_on and (r.ends_on is null or r.ends_on > c.found_on)
where c.found_on + cast(:days as int) >= :year_start
  and c.found_on + cast(:days as int) <= :on

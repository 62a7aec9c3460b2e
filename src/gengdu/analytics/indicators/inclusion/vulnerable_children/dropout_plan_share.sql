-- One row per case found this year whose first days have passed; counted when plan and first visit came in time.
select
    c.id as unit_id,
    c.school_id,
    s.town_id,
    case
        when c.plan_on <= :on and c.first_visit_on <= c.found_on + cast(:days as int) then 1
        else 0
    end as counted,
    c.found_on,
    c.plan_on,
    c.first_visit_on
from dropout_cases c
join rural_schools s on s.school_id = c.school_id
where c.found_on >= :year_start
  and c.found_on + cast(:days as int) <= :on

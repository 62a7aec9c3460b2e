-- The newest survey held within a year before the day.
select
    id as unit_id,
    cast(null as bigint) as school_id,
    cast(null as bigint) as town_id,
    1 as counted,
    satisfied as weight,
    respondents as total,
    held_on
from (
    select s.*, row_number() over (order by held_on desc, id desc) as newest
    from satisfaction_surveys s
    where held_on <= :on and held_on > :year_ago
) ranked
where newest = 1

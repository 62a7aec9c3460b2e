-- One row per weight in force, on the day and on the day before the notice.
select
    w.id as unit_id,
    cast(null as bigint) as school_id,
    cast(null as bigint) as town_id,
    w.scheme as label,
    m.part,
    1 as counted,
    w.weight,
    w.starts_on as in_force_from
from (
    select 'now' as part, cast(:on as date) as day
    union all
    select 'before' as part, cast(:baseline as date) as day
) m
join title_rule_weights w on w.starts_on <= m.day and (w.ends_on is null or w.ends_on > m.day)

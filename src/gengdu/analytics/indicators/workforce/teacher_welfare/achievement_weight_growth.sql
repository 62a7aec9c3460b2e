-- One row per weight of a scheme in force both on the day and on the day of the notice, for each of the two days.
select
    p.id as unit_id,
    cast(null as bigint) as school_id,
    cast(null as bigint) as town_id,
    p.scheme as label,
    p.part,
    1 as counted,
    p.weight,
    p.starts_on as in_force_from
from (
    select w.*, m.part, count(*) over (partition by w.scheme) as days_in_force
    from (
        select 'now' as part, cast(:on as date) as day
        union all
        select 'before' as part, cast(:baseline as date) as day
    ) m
    join title_rule_weights w on w.starts_on <= m.day and (w.ends_on is null or w.ends_on > m.day)
) p
where p.days_in_force = 2

-- One row per rural primary school or teaching point below the limit, on the day and on the day of the notice.
select
    z.school_id as unit_id,
    z.school_id,
    z.town_id,
    z.part,
    1 as counted,
    z.pupils
from (
    select
        m.part, s.school_id, r.parent_id as town_id,
        cast(sum(case when m.part = 'now' then e.pupils else e.pupils_then end) as bigint) as pupils
    from (
        select 'now' as part, cast(:on as date) as day
        union all
        select 'baseline' as part, cast(:baseline as date) as day
    ) m
    join school_profiles s
        on s.starts_on <= m.day and (s.ends_on is null or s.ends_on > m.day)
        and s.in_plan and s.category in ('primary', 'teaching_point')
    join place_records r
        on r.place_id = s.village_id
        and r.starts_on <= m.day and (r.ends_on is null or r.ends_on > m.day)
    join class_sizes e on e.school_id = s.school_id
    group by m.part, s.school_id, r.parent_id
) z
where z.pupils < :limit and z.pupils > 0

-- One row per small rural school of the day; counted when it was no small rural school on the day of the notice.
select
    n.school_id as unit_id,
    n.school_id,
    n.town_id,
    case when b.pupils is null or b.pupils >= :limit then 1 else 0 end as counted,
    n.pupils,
    b.pupils as pupils_then
from (
    select s.school_id, r.parent_id as town_id, cast(sum(e.pupils) as bigint) as pupils
    from school_profiles s
    join place_records r
        on r.place_id = s.village_id and r.starts_on <= :on and (r.ends_on is null or r.ends_on > :on)
    join class_sizes e on e.school_id = s.school_id and e.pupils > 0
    where s.starts_on <= :on and (s.ends_on is null or s.ends_on > :on)
      and s.in_plan and s.category in ('primary', 'teaching_point')
    group by s.school_id, r.parent_id
) n
left join (
    select s.school_id, cast(sum(e.pupils_then) as bigint) as pupils
    from school_profiles s
    join class_sizes e on e.school_id = s.school_id and e.pupils_then > 0
    where s.starts_on <= :baseline and (s.ends_on is null or s.ends_on > :baseline)
      and s.in_plan and s.category in ('primary', 'teaching_point')
    group by s.school_id
) b on b.school_id = n.school_id
where n.pupils < :limit

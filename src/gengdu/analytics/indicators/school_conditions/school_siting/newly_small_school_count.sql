-- One row per small rural school of the day; counted when it was no small rural school on the day of the notice.
select
    n.school_id as unit_id,
    n.school_id,
    n.town_id,
    case when b.pupils is null or b.pupils >= :limit then 1 else 0 end as counted,
    n.pupils,
    b.pupils as pupils_then
from (
    select s.school_id, r.parent_id as town_id, count(e.pupil_id) as pupils
    from school_profiles s
    join place_records r
        on r.place_id = s.village_id and r.starts_on <= :on and (r.ends_on is null or r.ends_on > :on)
    join enrolments e
        on e.school_id = s.school_id and e.starts_on <= :on and (e.ends_on is null or e.ends_on > :on)
    where s.starts_on <= :on and (s.ends_on is null or s.ends_on > :on)
      and s.in_plan and s.category in ('primary', 'teaching_point')
    group by s.school_id, r.parent_id
) n
left join (
    select s.school_id, count(e.pupil_id) as pupils
    from school_profiles s
    join enrolments e
        on e.school_id = s.school_id and e.starts_on <= :baseline and (e.ends_on is null or e.ends_on > :baseline)
    where s.starts_on <= :baseline and (s.ends_on is null or s.ends_on > :baseline)
      and s.in_plan and s.category in ('primary', 'teaching_point')
    group by s.school_id
) b on b.school_id = n.school_id
where n.pupils < :limit

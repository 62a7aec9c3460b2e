-- One row per school and subject tested this year; the school was rural and open on the day of the test.
select
    q.id as unit_id,
    q.school_id,
    r.parent_id as town_id,
    1 as counted,
    q.pupils_reached as weight,
    q.pupils_tested as total,
    q.subject
from quality_results q
join school_profiles s
    on s.school_id = q.school_id and s.in_plan
    and s.starts_on <= q.held_on and (s.ends_on is null or s.ends_on > q.held_on)
join place_records r
    on r.place_id = s.village_id
    and r.starts_on <= q.held_on and (r.ends_on is null or r.ends_on > q.held_on)
where q.held_on >= :year_start and q.held_on <= :on

-- One row per rural school and subject tested this year.
select
    q.id as unit_id,
    q.school_id,
    s.town_id,
    1 as counted,
    q.pupils_reached as weight,
    q.pupils_tested as total,
    q.subject
from quality_results q
join rural_schools s on s.school_id = q.school_id
where q.held_on >= :year_start and q.held_on <= :on

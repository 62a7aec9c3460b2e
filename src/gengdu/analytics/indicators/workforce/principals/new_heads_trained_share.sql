-- One row per person who became a head for the first time this year; counted when trained by that day.
select
    h.staff_id as unit_id,
    t.school_id,
    s.town_id,
    case when min(p.held_on) <= h.first_on then 1 else 0 end as counted,
    h.first_on,
    min(p.held_on) as trained_on
from (
    select staff_id, min(starts_on) as first_on
    from leadership_terms
    where role = 'head'
    group by staff_id
) h
join leadership_terms t on t.staff_id = h.staff_id and t.role = 'head' and t.starts_on = h.first_on
left join schools_on s on s.school_id = t.school_id
left join preservice_trainings p on p.staff_id = h.staff_id
where h.first_on >= :year_start and h.first_on <= :on
group by h.staff_id, t.school_id, s.town_id, h.first_on

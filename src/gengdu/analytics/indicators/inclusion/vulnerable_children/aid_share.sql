-- One row per recognised pupil of a rural school; counted when aid was paid this term.
select
    a.pupil_id as unit_id,
    e.school_id,
    s.town_id,
    case when p.pupil_id is null then 0 else 1 end as counted,
    a.category
from aid_recognitions a
join enrolments e
    on e.pupil_id = a.pupil_id
    and e.starts_on <= :on and (e.ends_on is null or e.ends_on > :on)
join rural_schools s on s.school_id = e.school_id
left join (
    select pupil_id
    from aid_payments
    where held_on >= :term_start and held_on <= :on
    group by pupil_id
) p on p.pupil_id = a.pupil_id
where a.starts_on <= :on and (a.ends_on is null or a.ends_on > :on)

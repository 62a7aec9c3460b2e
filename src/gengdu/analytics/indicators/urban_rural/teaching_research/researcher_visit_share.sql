-- One row per rural school; counted when a researcher came this term.
select
    s.school_id as unit_id,
    s.school_id,
    s.town_id,
    case when v.school_id is null then 0 else 1 end as counted,
    v.visits
from rural_schools s
left join (
    select school_id, count(*) as visits
    from researcher_visits
    where held_on >= :term_start and held_on <= :on
    group by school_id
) v on v.school_id = s.school_id

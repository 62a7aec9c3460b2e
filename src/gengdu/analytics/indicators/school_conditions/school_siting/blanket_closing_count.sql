-- One row per rural primary school or kindergarten closed or merged since the notice;
-- counted when one of the four steps is missing from its dossier.
select
    e.id as unit_id,
    e.school_id,
    r.parent_id as town_id,
    case
        when d.assessed_on <= e.happened_on and d.consulted_on <= e.happened_on
            and d.built_on <= e.happened_on and d.transition_on is not null then 0
        else 1
    end as counted,
    e.happened_on,
    d.assessed_on,
    d.consulted_on,
    d.built_on,
    d.transition_on
from school_events e
join school_profiles s
    on s.school_id = e.school_id and s.ends_on = e.happened_on
    and s.in_plan and s.category in ('primary', 'teaching_point', 'kindergarten')
join place_records r
    on r.place_id = s.village_id
    and r.starts_on < e.happened_on and (r.ends_on is null or r.ends_on >= e.happened_on)
left join (
    select
        event_id, min(assessed_on) as assessed_on, min(consulted_on) as consulted_on,
        min(built_on) as built_on, min(transition_on) as transition_on
    from siting_dossiers
    group by event_id
) d on d.event_id = e.id
where e.kind in ('closed', 'merged')
  and e.happened_on >= :baseline and e.happened_on <= :on

-- One row per rural junior school that moved from a town into a street since the notice;
-- counted when one of the four steps is missing from its dossier.
select
    e.id as unit_id,
    e.school_id,
    old_place.parent_id as town_id,
    case
        when d.assessed_on <= e.happened_on and d.consulted_on <= e.happened_on
            and d.built_on <= e.happened_on and d.transition_on is not null then 0
        else 1
    end as counted,
    e.happened_on
from school_events e
join school_profiles o
    on o.school_id = e.school_id and o.ends_on = e.happened_on
    and o.in_plan and o.category in ('junior', 'nine_year')
join school_profiles n on n.school_id = e.school_id and n.starts_on = e.happened_on
join place_records old_place
    on old_place.place_id = o.village_id
    and old_place.starts_on < e.happened_on and (old_place.ends_on is null or old_place.ends_on >= e.happened_on)
join place_records new_place
    on new_place.place_id = n.village_id
    and new_place.starts_on <= e.happened_on and (new_place.ends_on is null or new_place.ends_on > e.happened_on)
join places old_town on old_town.id = old_place.parent_id and old_town.kind = 'town'
join places new_town on new_town.id = new_place.parent_id and new_town.kind = 'street'
left join (
    select
        event_id, min(assessed_on) as assessed_on, min(consulted_on) as consulted_on,
        min(built_on) as built_on, min(transition_on) as transition_on
    from siting_dossiers
    group by event_id
) d on d.event_id = e.id
where e.kind = 'moved'
  and e.happened_on >= :baseline and e.happened_on <= :on

-- One row per village or community of the towns; counted when a school or station for parents is there.
select
    v.village_id as unit_id,
    cast(null as bigint) as school_id,
    v.town_id,
    case when f.village_id is null then 0 else 1 end as counted,
    f.first_from
from villages_on v
left join (
    select village_id, min(starts_on) as first_from
    from family_stations
    where starts_on <= :on and (ends_on is null or ends_on > :on)
    group by village_id
) f on f.village_id = v.village_id
where v.town_kind = 'town'

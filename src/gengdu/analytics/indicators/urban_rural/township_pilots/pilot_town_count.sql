-- One row per town; counted when it takes part in one of these ways.
select
    t.town_id as unit_id,
    cast(null as bigint) as school_id,
    t.town_id,
    case when p.town_id is null then 0 else 1 end as counted,
    p.since
from towns_on t
left join (
    select town_id, min(starts_on) as since
    from township_pilots
    where starts_on <= :on and (ends_on is null or ends_on > :on)
      and :kinds like concat('%,', kind, ',%')
    group by town_id
) p on p.town_id = t.town_id
where t.kind = 'town'

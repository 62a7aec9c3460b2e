-- One row per exhibition held this year; counted when every cluster of that day took part.
select
    x.id as unit_id,
    cast(null as bigint) as school_id,
    cast(null as bigint) as town_id,
    x.title as label,
    case when x.clusters_there > 0 and x.clusters_taking_part = x.clusters_there then 1 else 0 end as counted,
    x.held_on,
    x.clusters_taking_part,
    x.clusters_there
from (
    select e.id, e.title, e.held_on, count(c.id) as clusters_there, count(t.cluster_id) as clusters_taking_part
    from exhibitions e
    left join school_clusters c on c.starts_on <= e.held_on and (c.ends_on is null or c.ends_on > e.held_on)
    left join exhibition_entries t on t.exhibition_id = e.item_id and t.cluster_id = c.item_id
    where e.held_on >= :year_start and e.held_on <= :on
    group by e.id, e.title, e.held_on
) x

-- One row per cluster goal due this year by the day; counted when it was done in time.
select
    g.id as unit_id,
    cast(null as bigint) as school_id,
    cast(null as bigint) as town_id,
    concat(c.name, '：', g.title) as label,
    case when g.done_on is not null and g.done_on <= g.due_on then 1 else 0 end as counted,
    g.due_on,
    g.done_on
from cluster_goals g
join school_clusters c on c.item_id = g.cluster_id
where g.due_on >= :year_start and g.due_on <= :on

-- One row per review due this year by the day; counted when it was held in time.
select
    r.id as unit_id,
    p.school_id,
    cast(null as bigint) as town_id,
    p.title as label,
    case when r.done_on is not null and r.done_on <= r.due_on then 1 else 0 end as counted,
    r.kind as review_kind,
    r.due_on,
    r.done_on
from project_reviews r
join research_projects p on p.item_id = r.project_id
where r.due_on >= :year_start and r.due_on <= :on

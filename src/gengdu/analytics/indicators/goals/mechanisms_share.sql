-- One row per mechanism of the checklist; counted when a document of its kind is in force.
select
    m.number as unit_id,
    cast(null as bigint) as school_id,
    cast(null as bigint) as town_id,
    m.title as label,
    case when d.kind is null then 0 else 1 end as counted,
    d.document
from mechanisms m
left join (
    select kind, max(concat(title, ' ', coalesce(document_number, ''))) as document
    from plan_documents
    where starts_on <= :on and (ends_on is null or ends_on > :on)
    group by kind
) d on d.kind = m.kind

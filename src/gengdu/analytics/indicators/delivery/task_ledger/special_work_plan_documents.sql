-- One row per document of this kind in force on the day.
select
    d.id as unit_id,
    cast(null as bigint) as school_id,
    cast(null as bigint) as town_id,
    d.title as label,
    1 as counted,
    d.document_number,
    d.starts_on as in_force_from
from plan_documents d
where d.kind = :kind
  and d.starts_on >= :issued_from
  and d.starts_on <= :on and (d.ends_on is null or d.ends_on > :on)

-- One row per recognition of this kind in force on the day.
select
    r.id as unit_id,
    cast(null as bigint) as school_id,
    cast(null as bigint) as town_id,
    1 as counted,
    r.document_number,
    r.starts_on as recognised_on
from district_recognitions r
where r.kind = :kind
  and r.starts_on <= :on and (r.ends_on is null or r.ends_on > :on)

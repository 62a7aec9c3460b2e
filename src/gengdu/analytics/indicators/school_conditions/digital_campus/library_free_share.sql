-- One row per resource of the library; counted when rural teachers may use it free of charge.
select
    r.id as unit_id,
    cast(null as bigint) as school_id,
    cast(null as bigint) as town_id,
    r.title as label,
    case when r.is_free_for_rural then 1 else 0 end as counted
from course_resources r
where r.starts_on <= :on and (r.ends_on is null or r.ends_on > :on)

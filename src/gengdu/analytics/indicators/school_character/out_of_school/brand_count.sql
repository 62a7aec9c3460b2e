-- One row per brand in force.
select
    b.id as unit_id,
    b.school_id,
    cast(null as bigint) as town_id,
    b.name as label,
    1 as counted,
    b.starts_on as since
from out_of_school_brands b
where b.starts_on <= :on and (b.ends_on is null or b.ends_on > :on)

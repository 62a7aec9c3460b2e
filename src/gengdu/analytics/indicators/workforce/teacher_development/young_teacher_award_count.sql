-- One row per teacher selected into the provincial programme by the day.
select
    p.staff_id as unit_id,
    cast(null as bigint) as school_id,
    cast(null as bigint) as town_id,
    1 as counted,
    min(p.held_on) as selected_on
from programme_selections p
where p.programme = 'young_rural_teacher' and p.held_on <= :on
group by p.staff_id

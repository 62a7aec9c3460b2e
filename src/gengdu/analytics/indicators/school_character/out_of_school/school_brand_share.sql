-- One row per rural school; counted when it has one in force.
select
    s.school_id as unit_id,
    s.school_id,
    s.town_id,
    case when x.school_id is null then 0 else 1 end as counted,
    x.names
from rural_schools s
left join (
    select school_id, min(name) as names
    from out_of_school_brands
    where starts_on <= :on and (ends_on is null or ends_on > :on)
    group by school_id
) x on x.school_id = s.school_id

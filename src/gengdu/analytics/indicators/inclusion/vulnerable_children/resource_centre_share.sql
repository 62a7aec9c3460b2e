-- One row per town; counted when a centre is open at a compulsory school of the town itself.
select
    t.town_id as unit_id,
    cast(null as bigint) as school_id,
    t.town_id,
    case when c.town_id is null then 0 else 1 end as counted,
    c.since
from towns_on t
left join (
    select r.town_id, min(r.starts_on) as since
    from resource_centres r
    join schools_on s on s.school_id = r.school_id and s.town_id = r.town_id and s.is_compulsory = 1
    where r.starts_on <= :on and (r.ends_on is null or r.ends_on > :on)
    group by r.town_id
) c on c.town_id = t.town_id
where t.kind = 'town'

-- One row per rural school of the compulsory stage; counted when it holds a valid title.
select
    s.school_id as unit_id,
    s.school_id,
    s.town_id,
    case when d.school_id is null then 0 else 1 end as counted,
    d.since
from rural_schools s
left join (
    select school_id, min(starts_on) as since
    from distinctive_schools
    where starts_on <= :on and (ends_on is null or ends_on > :on)
    group by school_id
) d on d.school_id = s.school_id
where s.is_compulsory = 1

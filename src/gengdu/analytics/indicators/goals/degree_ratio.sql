-- One row per full-time teacher of the compulsory stage; a teacher without any degree on record is not reported.
select
    t.staff_id as unit_id,
    t.school_id,
    t.town_id,
    case when t.in_plan then 'rural' else 'city' end as part,
    case when d.level is null then null when d.level >= 3 then 1 else 0 end as counted,
    d.level as degree_level
from teachers_on t
left join degree_levels_on d on d.staff_id = t.staff_id
where t.is_compulsory = 1
  and (t.stage is null or t.stage <> 'preschool')

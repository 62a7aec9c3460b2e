-- One row per full-time teacher in post on the day at a stage, with what the quality-balance evaluation
-- asks of a teacher: schooling above the required (of primary from 专科 (2), of junior from 本科 (3)),
-- whether a lead teacher, null where nobody said, and whether the subject is of sports or the arts.
-- reads: teachers_on, degree_levels_on, lead_teachers_on
select
    t.staff_id, t.school_id, t.town_id, t.stage, t.subject, d.level as degree_level,
    case when d.level >= case when t.stage = 'junior' then 3 else 2 end then 1 else 0 end as is_above,
    case when l.is_lead then 1 when l.staff_id is not null then 0 end as is_lead,
    case when t.subject in ('体育', '音乐', '美术', '艺术') then 1 else 0 end as is_sports_arts
from teachers_on t
left join degree_levels_on d on d.staff_id = t.staff_id
left join lead_teachers_on l on l.staff_id = t.staff_id

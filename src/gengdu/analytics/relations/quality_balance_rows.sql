-- One row per school and compulsory stage that has pupils on the day, with what the quality-balance
-- evaluation asks of it. A figure that nobody reported is null. Above the required schooling are, of
-- full-time teachers, from 专科 (2) in primary and from 本科 (3) in junior stages.
-- reads: schools_on, enrolments, teachers_on, degree_levels_on, lead_teachers_on, facilities_on
select
    s.school_id, s.town_id, s.name as school, s.category, p.stage, p.pupils,
    coalesce(t.teachers_above, 0) as teachers_above,
    case when t.teachers is null then 0 when t.lead_known > 0 then t.lead end as backbone_teachers,
    coalesce(t.pe_art, 0) as pe_art_teachers,
    f.visiting_pe_teachers + f.visiting_music_teachers + f.visiting_art_teachers
        + f.visiting_arts_teachers as visiting_pe_art_teachers,
    f.teaching_area_m2, f.indoor_sports_area_m2, f.sports_area_m2, f.equipment_yuan, f.multimedia_rooms,
    case when s.in_plan then 1 else 0 end as rural
from schools_on s
join (
    select school_id, stage, count(*) as pupils
    from enrolments
    where stage in ('primary', 'junior')
      and starts_on <= :on
      and (ends_on is null or ends_on > :on)
    group by school_id, stage
) p on p.school_id = s.school_id
left join (
    select
        t.school_id, t.stage, count(*) as teachers,
        sum(case when d.level >= case when t.stage = 'junior' then 3 else 2 end then 1 else 0 end) as teachers_above,
        sum(case when r.is_lead then 1 else 0 end) as lead,
        count(r.staff_id) as lead_known,
        sum(case when t.subject in ('体育', '音乐', '美术', '艺术') then 1 else 0 end) as pe_art
    from teachers_on t
    left join lead_teachers_on r on r.staff_id = t.staff_id
    left join degree_levels_on d on d.staff_id = t.staff_id
    group by t.school_id, t.stage
) t on t.school_id = p.school_id and t.stage = p.stage
left join facilities_on f on f.school_id = s.school_id
where s.category in ('primary', 'junior', 'nine_year', 'complete_secondary', 'twelve_year', 'teaching_point')

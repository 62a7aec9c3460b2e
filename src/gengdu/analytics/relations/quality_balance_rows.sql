-- One row per school and compulsory stage that has pupils on the day, with what the quality-balance
-- evaluation asks of it. A figure that nobody reported is null.
-- reads: schools_on, class_sizes, quality_balance_teachers, facilities_on
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
    select school_id, stage, cast(sum(pupils) as bigint) as pupils
    from class_sizes
    where stage in ('primary', 'junior') and pupils > 0
    group by school_id, stage
) p on p.school_id = s.school_id
left join (
    select
        school_id, stage, count(*) as teachers, sum(is_above) as teachers_above,
        coalesce(sum(is_lead), 0) as lead, count(is_lead) as lead_known, sum(is_sports_arts) as pe_art
    from quality_balance_teachers
    group by school_id, stage
) t on t.school_id = p.school_id and t.stage = p.stage
left join facilities_on f on f.school_id = s.school_id
where s.category in ('primary', 'junior', 'nine_year', 'complete_secondary', 'twelve_year', 'teaching_point')

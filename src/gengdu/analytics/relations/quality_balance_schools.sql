-- One row per school with compulsory stages, with its newest report on conditions, of this school
-- year or the one before. A figure that nobody reported is null.
-- reads: schools_on, facility_reports
select
    s.school_id, s.name as school, s.category, s.in_plan, s.urban_rural_class, s.sponsor,
    s.is_public, s.has_boarding, f.year as reported_year, f.planned_by_2010, f.planned_by_2016,
    f.migrant_worker_children, f.primary_in_zone, f.junior_in_zone, f.reported_primary_pupils,
    f.reported_junior_pupils, f.music_rooms, f.music_rooms_from_96_m2, f.music_rooms_from_73_m2,
    f.music_rooms_from_61_m2, f.art_rooms, f.art_rooms_from_90_m2, f.art_rooms_from_67_m2,
    f.art_rooms_from_61_m2, f.public_funds_budget_yuan, f.training_budget_yuan,
    f.reported_teachers, f.reported_certified_teachers, f.reported_trained_teachers, f.graduates,
    f.graduates_first_year, f.graduates_moved_in, f.graduates_moved_out, f.graduates_died
from schools_on s
left join (
    select r.*, row_number() over (partition by school_id order by year desc) as newest
    from facility_reports r
    where year <= :school_year and year >= :school_year - 1
) f on f.school_id = s.school_id and f.newest = 1
where s.category in ('primary', 'junior', 'nine_year', 'complete_secondary', 'twelve_year', 'teaching_point')

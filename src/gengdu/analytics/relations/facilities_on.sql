-- One row per school: its newest facility report, of this school year or the one before.
-- reads: facility_reports
select
    school_id, year, school_bandwidth_mbps, class_bandwidth_mbps, recording_classrooms, on_sky_classroom,
    teaching_area_m2, indoor_sports_area_m2, sports_area_m2, equipment_yuan, multimedia_rooms,
    visiting_pe_teachers, visiting_music_teachers, visiting_art_teachers, visiting_arts_teachers,
    outdoor_activity_area_m2, activity_room_area_m2, building_area_m2, picture_books, planned_in
from (
    select f.*, row_number() over (partition by school_id order by year desc) as newest
    from facility_reports f
    where year <= :school_year and year >= :school_year - 1
) ranked
where newest = 1

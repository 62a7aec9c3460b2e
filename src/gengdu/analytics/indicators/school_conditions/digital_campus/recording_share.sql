-- One row per rural school; a school whose report lacks the figure is not reported.
select
    s.school_id as unit_id,
    s.school_id,
    s.town_id,
    case when f.recording_classrooms is null then null when f.recording_classrooms >= 1 then 1 else 0 end as counted,
    f.recording_classrooms,
    f.year as report_year
from rural_schools s
left join facilities_on f on f.school_id = s.school_id

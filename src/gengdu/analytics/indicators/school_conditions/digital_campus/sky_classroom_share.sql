-- One row per rural school; a school whose report lacks the figure is not reported.
select
    s.school_id as unit_id,
    s.school_id,
    s.town_id,
    case when f.on_sky_classroom is null then null when f.on_sky_classroom then 1 else 0 end as counted,
    f.on_sky_classroom,
    f.year as report_year
from rural_schools s
left join facilities_on f on f.school_id = s.school_id

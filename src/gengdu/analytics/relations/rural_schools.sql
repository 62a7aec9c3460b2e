-- One row per school on the plan's list of rural schools, kindergartens included.
-- reads: schools_on
select school_id, name, category, town_id, at_town_seat, is_compulsory
from schools_on
where in_plan

-- One row per person: the highest schooling completed by the day.
-- reads: degrees
select staff_id, max(level) as level
from degrees
where obtained_on <= :on
group by staff_id

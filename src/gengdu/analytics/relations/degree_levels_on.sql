-- One row per person: the highest schooling completed by the day. A level that was reported without
-- its day counts as held all along.
-- reads: degrees, staff_records
select staff_id, max(level) as level
from (
  select staff_id, level
  from degrees
  where obtained_on <= :on
  union all
  select staff_id, education_level as level
  from staff_records
  where education_level is not null
    and (education_obtained_on is null or education_obtained_on <= :on)
) completed
group by staff_id

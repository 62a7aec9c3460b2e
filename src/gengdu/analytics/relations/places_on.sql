-- One row per place that existed on the day.
-- reads: places, place_records
select p.id as place_id, p.kind, p.is_own, r.parent_id, r.code, r.name
from places p
join place_records r on r.place_id = p.id
where r.starts_on <= :on
  and (r.ends_on is null or r.ends_on > :on)

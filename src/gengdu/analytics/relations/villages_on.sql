-- One row per village or community, with its town.
-- reads: places_on, towns_on
select v.place_id as village_id, v.code, v.name, t.town_id, t.kind as town_kind
from places_on v
join towns_on t on t.town_id = v.parent_id
where v.kind = 'village'

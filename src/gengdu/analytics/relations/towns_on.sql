-- One row per town or street; a town proper has the kind town.
-- reads: places_on
select place_id as town_id, kind, code, name
from places_on
where kind in ('town', 'street')

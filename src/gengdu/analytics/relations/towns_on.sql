-- One row per town or street that belonged to the plan's county; a town proper has the kind town.
-- reads: places_on
select t.place_id as town_id, t.kind, t.code, t.name
from places_on t
join places_on c on c.place_id = t.parent_id and c.is_own
where t.kind in ('town', 'street')

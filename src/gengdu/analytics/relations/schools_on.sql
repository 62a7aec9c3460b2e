-- One row per school open on the day, with its town.
-- reads: school_profiles, villages_on
select
    s.school_id, s.name, s.category, s.in_plan, s.at_town_seat, s.urban_rural_class, s.school_system,
    s.sponsor, s.is_public, s.has_boarding,
    v.village_id, v.town_id, v.town_kind,
    case when s.category = 'kindergarten' then 0 else 1 end as is_compulsory
from school_profiles s
join villages_on v on v.village_id = s.village_id
where s.starts_on <= :on
  and (s.ends_on is null or s.ends_on > :on)

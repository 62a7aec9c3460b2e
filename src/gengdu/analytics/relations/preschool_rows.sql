-- One row per school with preschool children on the day: what universal preschool counts of it. The
-- certificates of people of whom none is on record are not reported; is_inclusive is 1 for one that
-- is on the list of inclusive kindergartens. Areas and books are those of its newest yearly report.
-- reads: schools_on, preschool_classes, preschool_staff, inclusive_kindergartens, facilities_on
select
    s.school_id, s.town_id, s.name as school, s.category, s.town_kind, s.at_town_seat, s.is_public,
    case when i.school_id is null then 0 else 1 end as is_inclusive, c.children, coalesce(p.teachers, 0) as teachers, coalesce(p.people, 0) as people,
    coalesce(p.certified, 0) as certified, coalesce(p.unreported, 0) as unreported,
    f.outdoor_activity_area_m2, f.activity_room_area_m2, f.building_area_m2, f.picture_books, f.planned_in
from schools_on s
join (
    select school_id, sum(children) as children from preschool_classes group by school_id
) c on c.school_id = s.school_id
left join (
    select
        school_id, sum(is_teacher) as teachers, count(*) as people, sum(is_certified) as certified,
        sum(case when is_certified is null then 1 else 0 end) as unreported
    from preschool_staff
    group by school_id
) p on p.school_id = s.school_id
left join facilities_on f on f.school_id = s.school_id
left join (
    select distinct school_id
    from inclusive_kindergartens
    where starts_on <= :on and (ends_on is null or ends_on > :on)
) i on i.school_id = s.school_id

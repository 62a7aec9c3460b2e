-- One row per kindergarten of a residential area on the day; is_run is 1 where it is a public one or
-- on the list of inclusive ones, 0 where it has no children, and null for a private one that is on
-- no list: whether that decides, the completeness of the list says.
-- reads: residential_kindergartens, preschool_rows
select
    r.id as entry_id, r.school_id,
    case
        when p.is_public or p.is_inclusive = 1 then 1
        when p.school_id is null then 0
    end as is_run
from residential_kindergartens r
left join preschool_rows p on p.school_id = r.school_id
where r.starts_on <= :on and (r.ends_on is null or r.ends_on > :on)

-- One row per campus title valid on the day, with the rank of its level (4 is national).
-- reads: campus_titles
select
    t.school_id, t.kind, t.level, t.starts_on, t.ends_on,
    case t.level when 'national' then 4 when 'province' then 3 when 'city' then 2 else 1 end as level_rank
from campus_titles t
where t.starts_on <= :on
  and (t.ends_on is null or t.ends_on > :on)

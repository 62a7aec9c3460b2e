-- One row per rural school; counted when it holds a valid title of this kind at one of these levels.
select
    s.school_id as unit_id,
    s.school_id,
    s.town_id,
    case when t.school_id is null then 0 else 1 end as counted,
    t.level_rank,
    t.valid_until
from rural_schools s
left join (
    select school_id, max(level_rank) as level_rank, max(coalesce(ends_on, cast('9999-12-31' as date))) as valid_until
    from campus_titles_on
    where kind = :kind and :levels like concat('%,', level, ',%')
    group by school_id
) t on t.school_id = s.school_id

-- One row per assessed stage of a school and resource indicator, with its value as a floating-point
-- number. is_near: so close to a line that only exact numbers can tell.
select
    m.*,
    case when m.value >= m.line then 1 when m.value is not null then 0 end as is_met,
    case when m.value < :floor * m.line then 1 when m.value is not null then 0 end as is_deep,
    case
        when abs(m.value - m.line) <= m.line / 1e9 or abs(m.value - :floor * m.line) <= m.line / 1e9 then 1
        else 0
    end as is_near
from (
    select
        r.school_id, r.town_id, r.school, r.category, r.stage, r.pupils, i.number, i.name, i.line,
        i.per * case i.number
            when 1 then cast(r.teachers_above as double)
            when 2 then cast(r.backbone_teachers as double)
            when 3 then cast(r.pe_art_teachers as double) + case
                when r.rural = 1 and w.pupils >= :visiting_from and w.pupils <= :visiting_to
                    then cast(r.visiting_pe_art_teachers as double)
                else 0.0
            end
            when 4 then r.teaching_area_m2 - r.indoor_sports_area_m2
            when 5 then r.sports_area_m2
            when 6 then r.equipment_yuan
            else cast(r.multimedia_rooms as double)
        end / case when i.is_split = 1 and o.weight is not null then w.weighted / o.weight else r.pupils end as value
    from quality_balance_rows r
    join (
        select
            q.school_id, sum(q.pupils) as pupils, sum(q.pupils * coalesce(v.weight, cast(1 as double))) as weighted
        from quality_balance_rows q
        left join quality_balance_weights v on v.category = q.category and v.stage = q.stage
        group by q.school_id
    ) w on w.school_id = r.school_id
    left join quality_balance_weights o on o.category = r.category and o.stage = r.stage
    join quality_balance_lines i on i.stage = r.stage
    where r.pupils > 0 and (r.category <> 'teaching_point' or r.pupils >= :fewest)
) m

-- One row per school at a town seat; counted when every item reaches the class, not reported while items are missing.
select
    s.school_id as unit_id,
    s.school_id,
    s.town_id,
    case
        when c.items_below > 0 then 0
        when c.items_assessed is null or c.items_assessed < :item_count then null
        else 1
    end as counted,
    c.items_assessed,
    c.items_below
from rural_schools s
left join (
    select
        school_id,
        count(*) as items_assessed,
        sum(case when condition_class > :class_limit then 1 else 0 end) as items_below
    from condition_results
    where starts_on <= :on and (ends_on is null or ends_on > :on)
    group by school_id
) c on c.school_id = s.school_id
where s.at_town_seat and s.is_compulsory = 1

-- One row per leader in office who served the full terms without a break at one school;
-- counted when now leading a school on the other side of city and country.
select
    l.staff_id as unit_id,
    l.school_id,
    l.town_id,
    case when l.in_plan <> w.in_plan then 1 else 0 end as counted,
    w.full_terms,
    w.last_full_on
from leaders_on l
join (
    select staff_id, in_plan, full_terms, last_full_on
    from (
        select
            r.staff_id, s.in_plan, count(*) as full_terms, max(r.full_term_ends_on) as last_full_on,
            row_number() over (partition by r.staff_id order by max(r.full_term_ends_on) desc) as newest
        from (
            select
                t.*,
                sum(t.is_break) over (partition by t.staff_id, t.school_id order by t.starts_on) as run
            from (
                select
                    k.staff_id, k.school_id, k.starts_on, k.full_term_ends_on,
                    case
                        when k.starts_on = lag(k.ends_on) over (
                            partition by k.staff_id, k.school_id order by k.starts_on
                        ) then 0
                        else 1
                    end as is_break
                from leadership_terms k
                where k.full_term_ends_on <= :on
                  and (k.ends_on is null or k.ends_on >= k.full_term_ends_on)
            ) t
        ) r
        join schools_on s on s.school_id = r.school_id and s.is_compulsory = 1
        group by r.staff_id, r.school_id, r.run, s.in_plan
        having count(*) >= :terms
    ) ranked
    where newest = 1
) w on w.staff_id = l.staff_id

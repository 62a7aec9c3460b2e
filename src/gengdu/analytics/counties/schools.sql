-- One row per assessed stage of a school: how many of the seven it reaches, and whether it passes.
select
    j.school_id, j.town_id, j.school, j.category, j.stage, j.pupils,
    j.value_1, j.value_2, j.value_3, j.value_4, j.value_5, j.value_6, j.value_7, j.met,
    case
        when j.deep > 0 or j.known - j.met > :spare then 'fail'
        when j.known < :indicators then 'not_reported'
        else 'pass'
    end as verdict
from (
    select
        m.school_id, m.town_id, m.school, m.category, m.stage, m.pupils,
        max(case when m.number = 1 then m.value end) as value_1,
        max(case when m.number = 2 then m.value end) as value_2,
        max(case when m.number = 3 then m.value end) as value_3,
        max(case when m.number = 4 then m.value end) as value_4,
        max(case when m.number = 5 then m.value end) as value_5,
        max(case when m.number = 6 then m.value end) as value_6,
        max(case when m.number = 7 then m.value end) as value_7,
        cast(sum(coalesce(e.is_met, m.is_met, 0)) as bigint) as met,
        cast(sum(coalesce(e.is_deep, m.is_deep, 0)) as bigint) as deep,
        count(m.value) as known
    from quality_balance_measured m
    left join quality_balance_exact e
        on e.school_id = m.school_id and e.stage = m.stage and e.number = m.number
    group by m.school_id, m.town_id, m.school, m.category, m.stage, m.pupils
) j

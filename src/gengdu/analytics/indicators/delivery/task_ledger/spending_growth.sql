-- The final accounts of the last full calendar year and of the year before.
select
    y.id as unit_id,
    cast(null as bigint) as school_id,
    cast(null as bigint) as town_id,
    case when y.year = :last_full_year then 'now' else 'before' end as part,
    1 as counted,
    y.spent_yuan as weight,
    y.year
from year_spendings y
where y.year in (:last_full_year, :last_full_year - 1)
  and y.spent_yuan is not null

-- One row per stage and indicator: mean and standard deviation of its schools, weighted by pupils; null
-- where a school has not reported. Deviations are taken from the mean: a difference of squares would
-- lose the digits of a small one.
select
    s.stage, s.number, max(s.name) as name, count(*) as schools, cast(sum(s.pupils) as bigint) as pupils,
    case when count(s.value) = count(*) then max(a.mean) end as mean,
    case when count(s.value) = count(*) then sqrt(
        sum(s.pupils * (s.value - a.mean) * (s.value - a.mean)) / cast(sum(s.pupils) as double)
    ) end as deviation
from quality_balance_measured s
join (
    select stage, number, sum(pupils * value) / cast(sum(pupils) as double) as mean
    from quality_balance_measured
    group by stage, number
) a on a.stage = s.stage and a.number = s.number
group by s.stage, s.number

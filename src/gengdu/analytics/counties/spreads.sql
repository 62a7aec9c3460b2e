-- One row per stage and indicator: mean and standard deviation of its schools, weighted by pupils, or
-- where :is_weighted is 0 the plain mean and the deviation of a sample; null where a school has not
-- reported. Deviations are taken from the mean: a difference of squares would lose the digits of a
-- small one.
with weighed as (
    select *, case when :is_weighted = 1 then pupils else 1 end as weight from quality_balance_measured
)
select
    s.stage, s.number, max(s.name) as name, count(*) as schools, cast(sum(s.pupils) as bigint) as pupils,
    case when count(s.value) = count(*) then max(a.mean) end as mean,
    case when count(s.value) = count(*) then sqrt(
        sum(s.weight * (s.value - a.mean) * (s.value - a.mean)) / cast(
            sum(s.weight) - case when :is_weighted = 1 or count(*) = 1 then 0 else 1 end as double
        )
    ) end as deviation
from weighed s
join (
    select stage, number, sum(weight * value) / cast(sum(weight) as double) as mean
    from weighed
    group by stage, number
) a on a.stage = s.stage and a.number = s.number
group by s.stage, s.number

-- One row per rural school and scarce subject; counted when it has as many teachers as it needs.
select
    q.id as unit_id,
    q.school_id,
    s.town_id,
    case when coalesce(t.teachers, 0) >= q.required then 1 else 0 end as counted,
    q.subject,
    q.required,
    coalesce(t.teachers, 0) as teachers
from subject_quotas q
join rural_schools s on s.school_id = q.school_id
left join (
    select school_id, subject, count(*) as teachers
    from posts
    where kind = 'teacher' and starts_on <= :on and (ends_on is null or ends_on > :on)
    group by school_id, subject
) t on t.school_id = q.school_id and t.subject = q.subject
where q.starts_on <= :on and (q.ends_on is null or q.ends_on > :on)

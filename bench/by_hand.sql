-- All indicators of all counties as somebody would write them by hand for DuckDB and one day: what many need is
-- built once, and everything that is asked of a rural school is asked in one pass.
-- {files:table} stands for the files of a table, {on} and such for days.

create temp table town as
select p.county, p.id as town_id, p.kind
from {files:places} p
join {files:place_records} r on r.county = p.county and r.place_id = p.id and r.starts_on <= {on} and (r.ends_on is null or r.ends_on > {on})
join {files:places} c on c.county = r.county and c.id = r.parent_id and c.is_own
join {files:place_records} cr on cr.county = c.county and cr.place_id = c.id and cr.starts_on <= {on} and (cr.ends_on is null or cr.ends_on > {on})
where p.kind in ('town', 'street');

create temp table village as
select p.county, p.id as village_id, t.town_id, t.kind as town_kind
from {files:places} p
join {files:place_records} r on r.county = p.county and r.place_id = p.id and r.starts_on <= {on} and (r.ends_on is null or r.ends_on > {on})
join town t on t.county = r.county and t.town_id = r.parent_id
where p.kind = 'village';

create temp table school as
select s.county, s.school_id, s.name, v.town_id, s.category, s.in_plan, s.at_town_seat, s.category <> 'kindergarten' as compulsory
from {files:school_profiles} s
join village v on v.county = s.county and v.village_id = s.village_id
where s.starts_on <= {on} and (s.ends_on is null or s.ends_on > {on});

create temp table class as
select
    county, school_id, stage, grade, class_number,
    count(*) filter (starts_on <= {on} and (ends_on is null or ends_on > {on})) as pupils,
    count(*) filter (starts_on <= {baseline} and (ends_on is null or ends_on > {baseline})) as pupils_then
from {files:enrolments}
where (starts_on <= {on} and (ends_on is null or ends_on > {on}))
   or (starts_on <= {baseline} and (ends_on is null or ends_on > {baseline}))
group by all;

create temp table pupils as
select county, school_id, sum(pupils)::bigint as pupils, sum(pupils_then)::bigint as pupils_then from class group by all;

create temp table degree as
select county, staff_id, max(level) as level
from (
    select county, staff_id, level from {files:degrees} where obtained_on <= {on}
    union all
    select county, staff_id, education_level from {files:staff_records}
    where education_level is not null and (education_obtained_on is null or education_obtained_on <= {on})
)
group by all;

create temp table teacher as
select p.county, p.staff_id, p.school_id, p.stage, p.subject, s.town_id, s.in_plan, s.compulsory, d.level, case when l.staff_id is null then r.is_lead_teacher else l.held end as lead,
    m.staff_id is not null as checked
from {files:posts} p
join school s on s.county = p.county and s.school_id = p.school_id
left join degree d on d.county = p.county and d.staff_id = p.staff_id
left join {files:staff_records} r on r.county = p.county and r.staff_id = p.staff_id
left join (
    select county, staff_id, count(*) filter (level <> 'school' and starts_on <= {on} and (ends_on is null or ends_on > {on})) > 0 as held
    from {files:staff_titles} where kind = 'lead_teacher' group by all
) l on l.county = p.county and l.staff_id = p.staff_id
left join (
    select distinct county, staff_id from {files:medical_checks} where held_on >= {year_start} and held_on <= {on}
) m on m.county = p.county and m.staff_id = p.staff_id
where p.kind = 'teacher' and p.starts_on <= {on} and (p.ends_on is null or p.ends_on > {on});

create temp table facility as
select * from {files:facility_reports}
where year in ({school_year}, {school_year} - 1)
qualify row_number() over (partition by county, school_id order by year desc) = 1;

create temp table leader as
select l.county, l.staff_id, l.school_id, s.town_id, s.in_plan, r.birth_date
from {files:leadership_terms} l
join school s on s.county = l.county and s.school_id = l.school_id
join {files:staff_records} r on r.county = l.county and r.staff_id = l.staff_id
where l.starts_on <= {on} and (l.ends_on is null or l.ends_on > {on});

create temp table title as
select county, school_id, kind,
    max(level = 'province')::int as province, max(level in ('province', 'city'))::int as higher,
    max(level in ('national', 'province', 'city', 'district'))::int as any_level, max(level in ('province', 'city', 'district'))::int as caring
from {files:campus_titles}
where starts_on <= {on} and (ends_on is null or ends_on > {on})
group by all;

create temp table by_school as
-- of rural schools, all at once
with rural as (
    select s.*,
        coalesce(ca.caring, 0) as caring, coalesce(ci.province, 0) as civility, coalesce(gr.any_level, 0) as green,
        coalesce(re.any_level, 0) as reading, coalesce(re.higher, 0) as reading_higher,
        case
            when e.grades is null then null
            when c.of_school >= 1 and coalesce(c.of_grades, 0) >= e.grades and coalesce(c.of_classes, 0) >= e.classes then 1 else 0
        end as committee,
        (pa.school_id is not null)::int as paired, (rv.school_id is not null)::int as visited, (ol.school_id is not null)::int as online,
        (ls.school_id is not null)::int as labour, (br.school_id is not null)::int as brand, (di.school_id is not null)::int as distinctive,
        case when q.below > 0 then 0 when q.assessed is null or q.assessed < {item_count} then null else 1 end as class_ii,
        (f.class_bandwidth_mbps >= {class_limit_mbps})::int as hundred, (f.school_bandwidth_mbps >= {school_limit_mbps})::int as gigabit,
        (f.recording_classrooms >= 1)::int as recording, f.on_sky_classroom::int as sky
    from school s
    left join title ca on ca.county = s.county and ca.school_id = s.school_id and ca.kind = 'caring'
    left join title ci on ci.county = s.county and ci.school_id = s.school_id and ci.kind = 'civility'
    left join title gr on gr.county = s.county and gr.school_id = s.school_id and gr.kind = 'green'
    left join title re on re.county = s.county and re.school_id = s.school_id and re.kind = 'reading'
    left join (
        select county, school_id, count(*) as grades, sum(classes) as classes
        from (select county, school_id, stage, grade, count(distinct class_number) as classes from class where pupils > 0 group by all)
        group by all
    ) e on e.county = s.county and e.school_id = s.school_id
    left join (
        select county, school_id, count(*) filter (level = 'school') as of_school, count(*) filter (level = 'grade') as of_grades,
            count(*) filter (level = 'class') as of_classes
        from {files:parent_committees}
        where starts_on <= {on} and (ends_on is null or ends_on > {on})
        group by all
    ) c on c.county = s.county and c.school_id = s.school_id
    left join (
        select distinct county, rural_school_id as school_id from {files:partnerships} where starts_on <= {on} and (ends_on is null or ends_on > {on})
    ) pa on pa.county = s.county and pa.school_id = s.school_id
    left join (
        select distinct county, school_id from {files:researcher_visits} where held_on >= {term_start} and held_on <= {on}
    ) rv on rv.county = s.county and rv.school_id = s.school_id
    left join (
        select distinct county, school_id from {files:shared_lessons} where held_on >= {school_year_start} and held_on <= {on}
    ) ol on ol.county = s.county and ol.school_id = s.school_id
    left join (
        select distinct county, school_id from {files:labour_sites} where starts_on <= {on} and (ends_on is null or ends_on > {on})
    ) ls on ls.county = s.county and ls.school_id = s.school_id
    left join (
        select distinct county, school_id from {files:out_of_school_brands} where starts_on <= {on} and (ends_on is null or ends_on > {on})
    ) br on br.county = s.county and br.school_id = s.school_id
    left join (
        select distinct county, school_id from {files:distinctive_schools} where starts_on <= {on} and (ends_on is null or ends_on > {on})
    ) di on di.county = s.county and di.school_id = s.school_id
    left join (
        select county, school_id, count(*) as assessed, sum((condition_class > {class_limit})::int) as below
        from {files:condition_results}
        where starts_on <= {on} and (ends_on is null or ends_on > {on})
        group by all
    ) q on q.county = s.county and q.school_id = s.school_id
    left join facility f on f.county = s.county and f.school_id = s.school_id
    where s.in_plan
),
asked as (
    select county, town_id, school_id, compulsory, at_town_seat, unnest([
        {{'i': 'caring_share', 'v': caring}}, {{'i': 'civility_province_count', 'v': civility}}, {{'i': 'green_share', 'v': green}},
        {{'i': 'reading_district_share', 'v': reading}}, {{'i': 'reading_higher_count', 'v': reading_higher}},
        {{'i': 'parent_committee_share', 'v': committee}}, {{'i': 'paired_share', 'v': paired}},
        {{'i': 'researcher_visit_share', 'v': visited}}, {{'i': 'online_lesson_share', 'v': online}},
        {{'i': 'labour_site_share', 'v': labour}}, {{'i': 'school_brand_share', 'v': brand}},
        {{'i': 'distinctive_school_share', 'v': distinctive}}, {{'i': 'town_seat_class_ii_share', 'v': class_ii}},
        {{'i': 'class_hundred_share', 'v': hundred}}, {{'i': 'school_gigabit_share', 'v': gigabit}},
        {{'i': 'recording_share', 'v': recording}}, {{'i': 'sky_classroom_share', 'v': sky}}
    ]) as a
    from rural
),
small as (
    select s.county, s.school_id, r.parent_id as town_id, p.pupils, p.pupils_then, d.part
    from {files:school_profiles} s
    cross join (values ('now', {on}), ('baseline', {baseline})) d(part, day)
    join {files:place_records} r on r.county = s.county and r.place_id = s.village_id and r.starts_on <= d.day and (r.ends_on is null or r.ends_on > d.day)
    join pupils p on p.county = s.county and p.school_id = s.school_id
    where s.starts_on <= d.day and (s.ends_on is null or s.ends_on > d.day) and s.in_plan and s.category in ('primary', 'teaching_point')
),
dossier as (
    select county, event_id, min(assessed_on) as a, min(consulted_on) as c, min(built_on) as b, min(transition_on) as t
    from {files:siting_dossiers} group by all
),
document as (
    select county, kind, starts_on from {files:plan_documents} where starts_on <= {on} and (ends_on is null or ends_on > {on})
)
select a.i as indicator, county, 'all' as part, town_id, school_id, coalesce((a.v = 1)::int::bigint, 0) as counted, 1::bigint as rows,
    (a.v is null)::int::bigint as unreported, null::double as weight, null::double as total
from asked
where case a.i when 'distinctive_school_share' then compulsory when 'town_seat_class_ii_share' then compulsory and at_town_seat else true end
union all
select 'school_plan_share', s.county, 'all', s.town_id, s.school_id, count(p.school_id), count(*), 0, null, null
from school s
left join {files:school_plans} p on p.county = s.county and p.school_id = s.school_id and p.starts_on <= {on} and (p.ends_on is null or p.ends_on > {on})
where s.in_plan group by all
union all
select 'kindergarten_equipped_share', s.county, 'all', s.town_id, s.school_id, count(*) filter (c.is_complete), count(*), count(*) filter (c.school_id is null), null, null
from school s
left join {files:equipment_checks} c on c.county = s.county and c.school_id = s.school_id and c.starts_on <= {on} and (c.ends_on is null or c.ends_on > {on})
where s.in_plan and s.category = 'kindergarten' group by all
-- of teachers
union all
select 'degree_ratio', county, case when in_plan then 'rural' else 'city' end, town_id, school_id, count(*) filter (level >= 3), count(*), count(*) filter (level is null), null, null
from teacher where compulsory and (stage is null or stage <> 'preschool') group by all
union all
select 'rural_bachelor_share', county, 'all', town_id, school_id, count(*) filter (level >= 3), count(*), count(*) filter (level is null), null, null
from teacher where in_plan and compulsory and (stage is null or stage <> 'preschool') group by all
union all
select 'medical_check_share', county, 'all', town_id, school_id, count(*) filter (checked), count(*), 0, null, null
from teacher where in_plan group by all
union all
select 'scarce_subject_share', q.county, 'all', s.town_id, q.school_id, count(*) filter (coalesce(t.n, 0) >= q.required), count(*), 0, null, null
from {files:subject_quotas} q
join school s on s.county = q.county and s.school_id = q.school_id and s.in_plan
left join (
    select county, school_id, subject, count(*) as n from {files:posts}
    where kind = 'teacher' and starts_on <= {on} and (ends_on is null or ends_on > {on}) group by all
) t on t.county = q.county and t.school_id = q.school_id and t.subject = q.subject
where q.starts_on <= {on} and (q.ends_on is null or q.ends_on > {on}) group by all
union all
select 'young_leader_share', county, 'all', town_id, school_id, count(*) filter (birth_date > {born_after}), count(*), 0, null, null
from leader where in_plan group by all
union all
select 'two_term_exchange_share', l.county, 'all', l.town_id, l.school_id, count(*) filter (l.in_plan <> w.in_plan), count(*), 0, null, null
from leader l
join (
    select r.county, r.staff_id, s.in_plan
    from (
        select k.*, sum(case when k.starts_on = before then 0 else 1 end) over (partition by county, staff_id, school_id order by starts_on) as run
        from (
            select *, lag(ends_on) over (partition by county, staff_id, school_id order by starts_on) as before
            from {files:leadership_terms}
            where full_term_ends_on <= {on} and (ends_on is null or ends_on >= full_term_ends_on)
        ) k
    ) r
    join school s on s.county = r.county and s.school_id = r.school_id and s.compulsory
    group by r.county, r.staff_id, r.school_id, r.run, s.in_plan
    having count(*) >= {terms}
    qualify row_number() over (partition by r.county, r.staff_id order by max(r.full_term_ends_on) desc) = 1
) w on w.county = l.county and w.staff_id = l.staff_id
group by all
union all
select 'new_heads_trained_share', h.county, 'all', s.town_id, h.school_id, count(*) filter (h.trained_on <= h.first_on), count(*), 0, null, null
from (
    select f.county, f.staff_id, t.school_id, f.first_on, min(p.held_on) as trained_on
    from (select county, staff_id, min(starts_on) as first_on from {files:leadership_terms} where role = 'head' group by all) f
    join {files:leadership_terms} t on t.county = f.county and t.staff_id = f.staff_id and t.role = 'head' and t.starts_on = f.first_on
    left join {files:preservice_trainings} p on p.county = f.county and p.staff_id = f.staff_id
    where f.first_on >= {year_start} and f.first_on <= {on}
    group by all
) h
left join school s on s.county = h.county and s.school_id = h.school_id
group by all
union all
select 'young_teacher_award_count', county, 'all', null, null, count(distinct staff_id), count(distinct staff_id), 0, null, null
from {files:programme_selections} where programme = 'young_rural_teacher' and held_on <= {on} group by all
-- of pupils
union all
select 'aid_share', a.county, 'all', s.town_id, e.school_id, count(p.pupil_id), count(*), 0, null, null
from {files:aid_recognitions} a
join {files:enrolments} e on e.county = a.county and e.pupil_id = a.pupil_id and e.starts_on <= {on} and (e.ends_on is null or e.ends_on > {on})
join school s on s.county = e.county and s.school_id = e.school_id and s.in_plan
left join (
    select distinct county, pupil_id from {files:aid_payments} where held_on >= {term_start} and held_on <= {on}
) p on p.county = a.county and p.pupil_id = a.pupil_id
where a.starts_on <= {on} and (a.ends_on is null or a.ends_on > {on}) group by all
union all
select 'dropout_plan_share', c.county, 'all', r.parent_id, c.school_id,
    count(*) filter (c.plan_on <= {on} and c.first_visit_on <= c.found_on + {days}::int), count(*), 0, null, null
from {files:dropout_cases} c
join {files:school_profiles} s on s.county = c.county and s.school_id = c.school_id and s.in_plan and s.starts_on <= c.found_on and (s.ends_on is null or s.ends_on > c.found_on)
join {files:place_records} r on r.county = s.county and r.place_id = s.village_id and r.starts_on <= c.found_on and (r.ends_on is null or r.ends_on > c.found_on)
where c.found_on + {days}::int >= {year_start} and c.found_on + {days}::int <= {on} group by all
union all
select 'newly_small_school_count', n.county, 'all', n.town_id, n.school_id, count(*) filter (b.school_id is null or b.pupils_then >= {small_limit}), count(*), 0, null, null
from small n
left join (select distinct county, school_id, pupils_then from small where part = 'baseline' and pupils_then > 0) b on b.county = n.county and b.school_id = n.school_id
where n.part = 'now' and n.pupils > 0 and n.pupils < {small_limit} group by all
union all
select 'small_school_increase', county, part, town_id, school_id, count(*), count(*), 0, null, null
from (select *, case part when 'now' then pupils else pupils_then end as n from small)
where n > 0 and n < {small_limit} group by all
union all
select 'quality_standard_share', q.county, 'all', r.parent_id, q.school_id, count(*), count(*), 0, sum(q.pupils_reached::double), sum(q.pupils_tested::double)
from {files:quality_results} q
join {files:school_profiles} s on s.county = q.county and s.school_id = q.school_id and s.in_plan and s.starts_on <= q.held_on and (s.ends_on is null or s.ends_on > q.held_on)
join {files:place_records} r on r.county = s.county and r.place_id = s.village_id and r.starts_on <= q.held_on and (r.ends_on is null or r.ends_on > q.held_on)
where q.held_on >= {year_start} and q.held_on <= {on} group by all
-- of events of schools
union all
select 'blanket_closing_count', e.county, 'all', r.parent_id, e.school_id,
    count(*) filter (not coalesce(d.a <= e.happened_on and d.c <= e.happened_on and d.b <= e.happened_on and d.t is not null, false)), count(*), 0, null, null
from {files:school_events} e
join {files:school_profiles} s on s.county = e.county and s.school_id = e.school_id and s.ends_on = e.happened_on and s.in_plan and s.category in ('primary', 'teaching_point', 'kindergarten')
join {files:place_records} r on r.county = s.county and r.place_id = s.village_id and r.starts_on < e.happened_on and (r.ends_on is null or r.ends_on >= e.happened_on)
left join dossier d on d.county = e.county and d.event_id = e.id
where e.kind in ('closed', 'merged') and e.happened_on >= {baseline} and e.happened_on <= {on} group by all
union all
select 'hasty_move_count', e.county, 'all', r.parent_id, e.school_id,
    count(*) filter (not coalesce(d.a <= e.happened_on and d.c <= e.happened_on and d.b <= e.happened_on and d.t is not null, false)), count(*), 0, null, null
from {files:school_events} e
join {files:school_profiles} o on o.county = e.county and o.school_id = e.school_id and o.ends_on = e.happened_on and o.in_plan and o.category in ('junior', 'nine_year')
join {files:school_profiles} n on n.county = e.county and n.school_id = e.school_id and n.starts_on = e.happened_on
join {files:place_records} r on r.county = o.county and r.place_id = o.village_id and r.starts_on < e.happened_on and (r.ends_on is null or r.ends_on >= e.happened_on)
join {files:place_records} w on w.county = n.county and w.place_id = n.village_id and w.starts_on <= e.happened_on and (w.ends_on is null or w.ends_on > e.happened_on)
join {files:places} ot on ot.county = r.county and ot.id = r.parent_id and ot.kind = 'town'
join {files:places} nt on nt.county = w.county and nt.id = w.parent_id and nt.kind = 'street'
left join dossier d on d.county = e.county and d.event_id = e.id
where e.kind = 'moved' and e.happened_on >= {baseline} and e.happened_on <= {on} group by all
-- of towns and villages
union all
select 'station_share', v.county, 'all', v.town_id, null, count(f.village_id), count(*), 0, null, null
from village v
left join (select distinct county, village_id from {files:family_stations} where starts_on <= {on} and (ends_on is null or ends_on > {on})) f on f.county = v.county and f.village_id = v.village_id
where v.town_kind = 'town' group by all
union all
select i, t.county, 'all', t.town_id, null, max(case when i = 'pilot_town_count' then coalesce(p.pilot, 0) else coalesce(p.rollout, 0) end), 1, 0, null, null
from town t
cross join (values ('pilot_town_count'), ('rollout_share')) n(i)
left join (
    select county, town_id, max(kind in ('province', 'city'))::int as pilot, max(kind in ('province', 'city', 'rollout'))::int as rollout
    from {files:township_pilots} where starts_on <= {on} and (ends_on is null or ends_on > {on}) group by all
) p on p.county = t.county and p.town_id = t.town_id
where t.kind = 'town' group by all
union all
select 'resource_centre_share', t.county, 'all', t.town_id, null, count(c.town_id), count(*), 0, null, null
from town t
left join (
    select distinct r.county, r.town_id from {files:resource_centres} r
    join school s on s.county = r.county and s.school_id = r.school_id and s.town_id = r.town_id and s.compulsory
    where r.starts_on <= {on} and (r.ends_on is null or r.ends_on > {on})
) c on c.county = t.county and c.town_id = t.town_id
where t.kind = 'town' group by all
-- of the county
union all
select i, d.county, 'all', null, null, count(*), count(*), 0, null, null
from document d join (values {documents}) n(i, kind, issued_from) on n.kind = d.kind and d.starts_on >= n.issued_from group by all
union all
select 'mechanisms_share', c.county, 'all', null, null, count(d.kind), count(*), 0, null, null
from (select distinct county from {files:places}) c
cross join (select unnest({mechanisms}) as kind) m
left join (select distinct county, kind from document) d on d.county = c.county and d.kind = m.kind group by all
union all
select kind || '_recognised', county, 'all', null, null, count(*), count(*), 0, null, null
from {files:district_recognitions} where kind in ('quality_balance', 'universal_preschool') and starts_on <= {on} and (ends_on is null or ends_on > {on}) group by all
union all
select 'rural_satisfaction_share', county, 'all', null, null, 1, 1, 0, satisfied, respondents
from {files:satisfaction_surveys} where held_on <= {on} and held_on > {year_ago}
qualify row_number() over (partition by county order by held_on desc, id desc) = 1
union all
select 'library_free_share', county, 'all', null, null, count(*) filter (is_free_for_rural), count(*), 0, null, null
from {files:course_resources} where starts_on <= {on} and (ends_on is null or ends_on > {on}) group by all
union all
select 'library_share', u.county, 'all', null, null, count(r.unit_id), count(*), 0, null, null
from {files:curriculum_units} u
left join (select distinct county, unit_id from {files:course_resources} where starts_on <= {on} and (ends_on is null or ends_on > {on})) r on r.county = u.county and r.unit_id = u.id
group by all
union all
select 'brand_count', county, 'all', null, school_id, count(*), count(*), 0, null, null
from {files:out_of_school_brands} where starts_on <= {on} and (ends_on is null or ends_on > {on}) group by all
union all
select 'cluster_goals_share', g.county, 'all', null, null, count(*) filter (g.done_on <= g.due_on), count(*), 0, null, null
from {files:cluster_goals} g join {files:school_clusters} c on c.county = g.county and c.item_id = g.cluster_id
where g.due_on >= {year_start} and g.due_on <= {on} group by all
union all
select 'review_share', r.county, 'all', null, p.school_id, count(*) filter (r.done_on <= r.due_on), count(*), 0, null, null
from {files:project_reviews} r join {files:research_projects} p on p.county = r.county and p.item_id = r.project_id
where r.due_on >= {year_start} and r.due_on <= {on} group by all
union all
select 'exhibition_count', county, 'all', null, null, count(*) filter (there > 0 and there = part_in), count(*), 0, null, null
from (
    select e.county, e.id, count(c.id) as there, count(t.cluster_id) as part_in
    from {files:exhibitions} e
    left join {files:school_clusters} c on c.county = e.county and c.starts_on <= e.held_on and (c.ends_on is null or c.ends_on > e.held_on)
    left join {files:exhibition_entries} t on t.county = e.county and t.exhibition_id = e.item_id and t.cluster_id = c.item_id
    where e.held_on >= {year_start} and e.held_on <= {on} group by all
)
group by all
union all
select 'achievement_weight_growth', county, part, null, null, count(*), count(*), 0, sum(weight), null
from (
    select w.county, w.weight, d.part, count(*) over (partition by w.county, w.scheme) as days
    from (values ('now', {on}), ('before', {baseline})) d(part, day)
    join {files:title_rule_weights} w on w.starts_on <= d.day and (w.ends_on is null or w.ends_on > d.day)
)
where days = 2 group by all
union all
select 'spending_growth', county, case when year = {last_full_year} then 'now' else 'before' end, null, null, count(*), count(*), 0, sum(spent_yuan), null
from {files:year_spendings} where year in ({last_full_year}, {last_full_year} - 1) and spent_yuan is not null group by all;

create temp table quality as
with s as (
    select s.county, s.school_id, s.town_id, s.name as school, s.category, c.stage, c.pupils, coalesce(t.above, 0) as above,
        case when t.teachers is null then 0 when t.lead_known > 0 then t.lead end as lead, coalesce(t.pe_art, 0) as pe_art,
        f.visiting_pe_teachers + f.visiting_music_teachers + f.visiting_art_teachers + f.visiting_arts_teachers as visiting,
        f.teaching_area_m2 - f.indoor_sports_area_m2 as area, f.sports_area_m2, f.equipment_yuan, f.multimedia_rooms, s.in_plan,
        w.weight, sum(c.pupils) over (partition by s.county, s.school_id) as whole,
        sum(c.pupils * coalesce(w.weight, 1::double)) over (partition by s.county, s.school_id) as weighted
    from school s
    join (select county, school_id, stage, sum(pupils)::bigint as pupils from class where stage in ('primary', 'junior') and pupils > 0 group by all) c
        on c.county = s.county and c.school_id = s.school_id
    left join (
        select county, school_id, stage, count(*) as teachers, count(*) filter (level >= case when stage = 'junior' then 3 else 2 end) as above,
            count(*) filter (lead) as lead, count(*) filter (lead is not null) as lead_known,
            count(*) filter (subject in ('体育', '音乐', '美术', '艺术')) as pe_art
        from teacher group by all
    ) t on t.county = c.county and t.school_id = c.school_id and t.stage = c.stage
    left join facility f on f.county = s.county and f.school_id = s.school_id
    left join (values {weights}) w(category, stage, weight) on w.category = s.category and w.stage = c.stage
    where s.category in ('primary', 'junior', 'nine_year', 'complete_secondary', 'twelve_year', 'teaching_point')
),
measured as (
    select s.*, n.number, n.name, n.line, n.per * [
            above::double, lead::double,
            pe_art::double + case when in_plan and whole between {visiting_from} and {visiting_to} then visiting::double else 0 end,
            area, sports_area_m2, equipment_yuan, multimedia_rooms::double
        ][n.number] / case when n.split = 1 and weight is not null then weighted / weight else pupils end as value
    from s join (values {lines}) n(number, name, stage, line, per, split) on n.stage = s.stage
    where pupils > 0 and (category <> 'teaching_point' or pupils >= {fewest})
)
select * from measured;

-- One row per year that the county reported for, not after the day.
-- reads: county_reports
select
    year, primary_funds_per_pupil_yuan, junior_funds_per_pupil_yuan, special_school_funds_yuan,
    special_school_pupils, teacher_pay_yuan, civil_servant_pay_yuan, exchange_eligible_teachers,
    exchanged_teachers, exchanged_lead_teachers, good_senior_places, good_senior_places_allotted,
    good_senior_places_rural, migrant_children_eligible, migrant_children_public,
    migrant_children_bought, disabled_children, disabled_children_enrolled,
    disabled_in_special_schools, population_10k, rural_population_10k, administrative_villages,
    product_per_person_yuan, revenue_per_person_yuan, farmer_income_yuan, resident_income_yuan
from county_reports
where year <= :last_full_year + 1

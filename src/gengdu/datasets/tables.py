"""Declares each table once: who writes it and who reads it agree on this page.

Every table carries recorded_at and superseded_at, so that any past state of knowledge can be asked;
approvable tables carry their state as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

ID = pa.int64()
WHOLE = pa.int64()
NUMBER = pa.float64()
TEXT = pa.string()
DAY = pa.date32()
MOMENT = pa.timestamp("us")
YES_NO = pa.bool_()

_KNOWN = {"recorded_at": MOMENT, "superseded_at": MOMENT}
_PERIOD = {"starts_on": DAY, "ends_on": DAY}


@dataclass(frozen=True)
class Table:
    """One table of the border.

    Attributes:
        name: How analytics calls it.
        model: The model it is read from, as app_label.ModelName.
        columns: Column name → Arrow type; names equal the model's column names.
        grain: What one row is.
        approvable: Whether a row is of a ledger entry, and counts only once approved.
    """

    name: str
    model: str
    columns: dict[str, pa.DataType]
    grain: str
    approvable: bool = False

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema, columns in declared order."""
        return pa.schema(list(self.columns.items()))


def _table(
    name: str,
    model: str,
    grain: str,
    columns: dict[str, pa.DataType],
    *,
    dated: bool = False,
    approvable: bool = False,
) -> Table:
    every = {"id": ID, **columns}
    if dated:
        every |= _PERIOD
    if approvable:
        every |= {"item_id": ID, "state": TEXT}
    return Table(name, model, every | _KNOWN, grain, approvable)


def _entry(name: str, model: str, grain: str, columns: dict[str, pa.DataType]) -> Table:
    return _table(name, model, grain, columns, dated=True, approvable=True)


def _event(name: str, model: str, grain: str, columns: dict[str, pa.DataType]) -> Table:
    return _table(name, model, grain, {**columns, "held_on": DAY}, approvable=True)


_SCHOOL = {"school_id": ID}

_ALL = (
    # registers
    _table("places", "places.Place", "one place; is_own marks the county of the plan", {"kind": TEXT, "is_own": YES_NO}),
    _table("place_records", "places.PlaceRecord", "code, name and parent of a place over a period",
           {"place_id": ID, "parent_id": ID, "code": TEXT, "name": TEXT}, dated=True),
    _table("school_profiles", "schools.SchoolProfile", "what a school was over a period",
           {**_SCHOOL, "name": TEXT, "category": TEXT, "village_id": ID, "urban_rural_class": TEXT,
            "in_plan": YES_NO, "at_town_seat": YES_NO, "school_system": TEXT, "sponsor": TEXT,
            "is_public": YES_NO, "has_boarding": YES_NO}, dated=True),
    _table("school_stages", "schools.SchoolStage", "a stage a school teaches over a period",
           {**_SCHOOL, "stage": TEXT}, dated=True),
    _table("school_events", "schools.SchoolEvent", "what happened to a school on one day",
           {**_SCHOOL, "successor_id": ID, "kind": TEXT, "happened_on": DAY}),
    _table("facility_reports", "schools.FacilityReport", "what a school had in one school year",
           {**_SCHOOL, "year": WHOLE, "school_bandwidth_mbps": WHOLE, "class_bandwidth_mbps": WHOLE,
            "recording_classrooms": WHOLE, "on_sky_classroom": YES_NO, "teaching_area_m2": NUMBER,
            "indoor_sports_area_m2": NUMBER, "sports_area_m2": NUMBER, "equipment_yuan": NUMBER,
            "multimedia_rooms": WHOLE, "visiting_pe_teachers": WHOLE, "visiting_music_teachers": WHOLE,
            "visiting_art_teachers": WHOLE, "visiting_arts_teachers": WHOLE, "planned_by_2010": YES_NO,
            "planned_by_2016": YES_NO, "migrant_worker_children": WHOLE, "primary_in_zone": WHOLE,
            "junior_in_zone": WHOLE, "reported_primary_pupils": WHOLE, "reported_junior_pupils": WHOLE,
            "music_rooms": WHOLE, "music_rooms_from_96_m2": WHOLE, "music_rooms_from_73_m2": WHOLE,
            "music_rooms_from_61_m2": WHOLE, "art_rooms": WHOLE, "art_rooms_from_90_m2": WHOLE,
            "art_rooms_from_67_m2": WHOLE, "art_rooms_from_61_m2": WHOLE,
            "public_funds_budget_yuan": NUMBER, "training_budget_yuan": NUMBER,
            "reported_teachers": WHOLE, "reported_certified_teachers": WHOLE,
            "reported_trained_teachers": WHOLE, "graduates": WHOLE, "graduates_first_year": WHOLE,
            "graduates_moved_in": WHOLE, "graduates_moved_out": WHOLE, "graduates_died": WHOLE,
            "outdoor_activity_area_m2": NUMBER, "activity_room_area_m2": NUMBER,
            "building_area_m2": NUMBER, "picture_books": WHOLE, "planned_in": WHOLE}),
    _table("county_reports", "schools.CountyReport", "what the county itself reported for one year",
           {"year": WHOLE, "primary_funds_per_pupil_yuan": NUMBER, "junior_funds_per_pupil_yuan": NUMBER,
            "special_school_funds_yuan": NUMBER, "special_school_pupils": WHOLE,
            "teacher_pay_yuan": NUMBER, "civil_servant_pay_yuan": NUMBER,
            "exchange_eligible_teachers": WHOLE, "exchanged_teachers": WHOLE,
            "exchanged_lead_teachers": WHOLE, "good_senior_places": WHOLE,
            "good_senior_places_allotted": WHOLE, "good_senior_places_rural": WHOLE,
            "migrant_children_eligible": WHOLE, "migrant_children_public": WHOLE,
            "migrant_children_bought": WHOLE, "disabled_children": WHOLE,
            "disabled_children_enrolled": WHOLE, "disabled_in_special_schools": WHOLE,
            "population_10k": NUMBER, "rural_population_10k": NUMBER, "administrative_villages": WHOLE,
            "product_per_person_yuan": NUMBER, "revenue_per_person_yuan": NUMBER,
            "farmer_income_yuan": NUMBER, "resident_income_yuan": NUMBER}),
    _table("staff_records", "staff.StaffRecord", "what is known of one member of staff",
           {"staff_id": ID, "birth_date": DAY, "sex": TEXT, "education_level": WHOLE, "education_obtained_on": DAY,
            "is_lead_teacher": YES_NO}),
    _table("staff_titles", "staff.StaffTitle", "a title one person holds over a period",
           {"staff_id": ID, "kind": TEXT, "level": TEXT}, dated=True),
    _table("posts", "staff.Post", "a post one person holds at one school over a period",
           {"staff_id": ID, **_SCHOOL, "kind": TEXT, "stage": TEXT, "subject": TEXT}, dated=True),
    _table("degrees", "staff.Degree", "a level of schooling one person completed on one day",
           {"staff_id": ID, "level": WHOLE, "obtained_on": DAY}),
    _table("certificates", "staff.Certificate", "one teaching certificate one person holds",
           {"staff_id": ID, "issued_on": DAY}),
    _table("trainings", "staff.Training", "hours of training one person completed on one day",
           {"staff_id": ID, "completed_on": DAY, "hours": NUMBER}),
    _table("leadership_terms", "staff.LeadershipTerm", "one term of office at one school",
           {"staff_id": ID, **_SCHOOL, "role": TEXT, "full_term_ends_on": DAY}, dated=True),
    _table("enrolments", "pupils.Enrolment", "one child registered in one class over a period",
           {"pupil_id": ID, **_SCHOOL, "stage": TEXT, "grade": WHOLE, "class_number": WHOLE}, dated=True),
    # 一 moral_education
    _entry("school_plans", "moral_education.SchoolPlan", "one school's plan in force", {**_SCHOOL}),
    _entry("campus_titles", "moral_education.CampusTitle", "one campus title of one school",
           {**_SCHOOL, "kind": TEXT, "level": TEXT}),
    _entry("family_stations", "moral_education.FamilyStation", "one station in one village",
           {"village_id": ID, "kind": TEXT}),
    _entry("parent_committees", "moral_education.ParentCommittee", "one committee of a school, grade or class",
           {**_SCHOOL, "level": TEXT}),
    # 二 urban_rural
    _entry("township_pilots", "urban_rural.TownshipPilot", "one town taking part", {"town_id": ID, "kind": TEXT}),
    _entry("school_clusters", "urban_rural.SchoolCluster", "one school cluster", {"name": TEXT}),
    _table("cluster_goals", "urban_rural.ClusterGoal", "one goal of one cluster",
           {"cluster_id": ID, "title": TEXT, "due_on": DAY, "done_on": DAY}, approvable=True),
    _entry("partnerships", "urban_rural.Partnership", "one rural school tied to one core school",
           {"core_school_id": ID, "rural_school_id": ID, "kind": TEXT}),
    _event("exhibitions", "urban_rural.Exhibition", "one exhibition of joint research", {"title": TEXT}),
    _table("exhibition_entries", "urban_rural.ExhibitionEntry", "one cluster taking part in one exhibition",
           {"exhibition_id": ID, "cluster_id": ID}),
    _event("researcher_visits", "urban_rural.ResearcherVisit", "one visit of a teaching researcher",
           {**_SCHOOL, "subject": TEXT}),
    # 三 school_conditions
    _table("siting_dossiers", "school_conditions.SitingDossier", "the four steps before one school changed",
           {"event_id": ID, "assessed_on": DAY, "consulted_on": DAY, "built_on": DAY, "transition_on": DAY},
           approvable=True),
    _entry("condition_results", "school_conditions.ConditionResult", "the class one school reaches on one item",
           {**_SCHOOL, "criterion": TEXT, "condition_class": WHOLE}),
    _entry("equipment_checks", "school_conditions.EquipmentCheck", "one kindergarten's equipment check",
           {**_SCHOOL, "is_complete": YES_NO}),
    _entry("inclusive_kindergartens", "school_conditions.InclusiveKindergarten",
           "one private kindergarten recognised as inclusive", {**_SCHOOL}),
    _entry("residential_kindergartens", "school_conditions.ResidentialKindergarten",
           "the kindergarten of one residential area", {**_SCHOOL}),
    _table("curriculum_units", "school_conditions.CurriculumUnit", "one unit of one textbook volume",
           {"stage": TEXT, "subject": TEXT, "edition": TEXT, "grade": TEXT, "volume": TEXT, "title": TEXT}),
    _entry("course_resources", "school_conditions.CourseResource", "one reviewed resource for one unit",
           {"unit_id": ID, "title": TEXT, "is_free_for_rural": YES_NO}),
    _event("shared_lessons", "school_conditions.SharedLesson", "one lesson shared at a distance",
           {**_SCHOOL, "mode": TEXT}),
    # 四 workforce
    _event("preservice_trainings", "workforce.PreserviceTraining", "one head's training before office",
           {"staff_id": ID}),
    _entry("subject_quotas", "workforce.SubjectQuota", "teachers one school needs in one scarce subject",
           {**_SCHOOL, "subject": TEXT, "required": WHOLE}),
    _entry("degree_studies", "workforce.DegreeStudy", "one teacher studying for a higher level",
           {"staff_id": ID, "level": WHOLE, "expected_on": DAY}),
    _event("programme_selections", "workforce.ProgrammeSelection", "one teacher selected into one programme",
           {"staff_id": ID, "programme": TEXT}),
    _event("medical_checks", "workforce.MedicalCheck", "one teacher's medical check", {"staff_id": ID}),
    _entry("title_rule_weights", "workforce.TitleRuleWeight", "weight of teaching achievement in title rules",
           {"scheme": TEXT, "weight": NUMBER}),
    # 五 school_character
    _event("quality_results", "school_character.QualityResult", "results of one school in one subject",
           {**_SCHOOL, "subject": TEXT, "pupils_tested": WHOLE, "pupils_reached": WHOLE}),
    _entry("distinctive_schools", "school_character.DistinctiveSchool", "one distinctive-school title", {**_SCHOOL}),
    _entry("labour_sites", "school_character.LabourSite", "one labour site one school uses",
           {**_SCHOOL, "name": TEXT}),
    _entry("out_of_school_brands", "school_character.OutOfSchoolBrand", "one brand", {**_SCHOOL, "name": TEXT}),
    # 六 inclusion
    _entry("resource_centres", "inclusion.ResourceCentre", "one town's special-education centre",
           {"town_id": ID, **_SCHOOL}),
    _entry("aid_recognitions", "inclusion.AidRecognition", "one pupil recognised as needing aid",
           {"pupil_id": ID, "category": TEXT}),
    _event("aid_payments", "inclusion.AidPayment", "one payment of aid", {"pupil_id": ID}),
    _table("dropout_cases", "inclusion.DropoutCase", "one child found out of school",
           {"pupil_id": ID, **_SCHOOL, "found_on": DAY, "plan_on": DAY, "first_visit_on": DAY, "closed_on": DAY},
           approvable=True),
    # 工作保障 delivery
    _entry("plan_documents", "delivery.PlanDocument", "one document the plan calls for",
           {"kind": TEXT, "title": TEXT, "document_number": TEXT}),
    _table("year_spendings", "delivery.YearSpending", "spending on rural education in one calendar year",
           {"year": WHOLE, "planned_yuan": NUMBER, "spent_yuan": NUMBER}, approvable=True),
    _entry("district_recognitions", "delivery.DistrictRecognition", "one national recognition",
           {"kind": TEXT, "document_number": TEXT}),
    _event("satisfaction_surveys", "delivery.SatisfactionSurvey", "one survey of people in the towns",
           {"respondents": WHOLE, "satisfied": WHOLE}),
    _entry("research_projects", "delivery.ResearchProject", "one research project", {**_SCHOOL, "title": TEXT}),
    _table("project_reviews", "delivery.ProjectReview", "one review of one project",
           {"project_id": ID, "kind": TEXT, "due_on": DAY, "done_on": DAY}, approvable=True),
)  # fmt: skip

TABLES: dict[str, Table] = {table.name: table for table in _ALL}

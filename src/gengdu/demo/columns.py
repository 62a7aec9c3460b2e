"""The columns of every table the demo writes, tables before those that refer to them.

Written out, so that generating needs no Django; a test compares them with the models.
"""

from __future__ import annotations

_PLAIN = ("id",)
_RECORDED = ("id", "recorded_at", "superseded_at")
_APPROVED = (*_RECORDED, "state")
_DATED = (*_RECORDED, "starts_on", "ends_on")
_ENTRY = (*_DATED, "state")

PUPIL_TEXTS = (
    "identity_kind", "identity_valid_until", "registry_auxiliary", "former_name", "birthplace_code",
    "native_place", "ethnicity", "nationality", "overseas_kind", "health", "political_status",
    "household_kind", "household_place_code", "current_address", "postal_address",
    "family_address", "phone", "postcode", "email", "homepage", "blood_type", "talent",
    "entry_mode", "origin",
)  # fmt: skip
GUARDIAN_TEXTS = (
    "relation", "relation_note", "address", "household_place_code", "phone", "identity_kind",
    "identity_number", "ethnicity", "employer", "post",
)  # fmt: skip
SITUATION_TEXTS = ("boarding", "left_behind", "disability_kind", "travel_mode")
STAFF_TEXTS = (
    "identity_kind", "former_name", "nationality", "native_place", "birthplace", "ethnicity",
    "political_status", "marital_status", "health", "phone", "office_phone", "email", "address",
    "source", "staff_category", "employment_form", "contract_state", "major", "graduated_from",
    "computing_ability", "enterprise_months", "mandarin_level", "state", "note",
)  # fmt: skip
REPORTED_TEXTS = ("employee_number", "person_kind", "lead_kind")
POST_TEXTS = (
    "duty", "rank_class", "rank", "salary_step", "professional_title", "grades_taught",
)  # fmt: skip
ENROLMENT_TEXTS = ("campus_code", "class_code", "seat_number")

BLANK = frozenset(
    {"document_number", "host", "note", "speciality", "subject", "stage", "address", "phone",
     "social_credit_code", "urban_rural_class", "name_sound", "class_code",
     *PUPIL_TEXTS, *GUARDIAN_TEXTS, *SITUATION_TEXTS, *STAFF_TEXTS, *REPORTED_TEXTS,
     *POST_TEXTS, *ENROLMENT_TEXTS}
)  # fmt: skip
"""Columns of text that are empty, never null, where nothing is known."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "places_place": (*_RECORDED, "kind", "is_own", "latitude", "longitude"),
    "places_placerecord": (
        *_DATED,
        "place_id",
        "parent_id",
        "code",
        "name",
        "short_name",
        "urban_rural_class",
    ),
    "bodies_body": (*_PLAIN, "key", "town_id"),
    "bodies_bodyname": (*_DATED, "body_id", "name"),
    "bodies_bodyalias": (*_RECORDED, "body_id", "alias"),
    "bodies_bodyofficer": (*_DATED, "body_id", "duty", "name", "post", "phone"),
    "schools_school": (*_PLAIN, "is_sample"),
    "schools_schoolprofile": (
        *_DATED,
        "school_id",
        "name",
        "identifier",
        "category",
        "sponsor",
        "social_credit_code",
        "village_id",
        "urban_rural_class",
        "in_plan",
        "at_town_seat",
        "is_public",
        "school_system",
        "has_boarding",
        "built_in",
        "address",
        "phone",
    ),
    "schools_campus": (*_DATED, "school_id", "name", "address", "latitude", "longitude"),
    "schools_schoolstage": (*_DATED, "school_id", "stage"),
    "schools_schoolevent": (*_RECORDED, "school_id", "successor_id", "kind", "happened_on", "note"),
    "schools_facilityreport": (
        *_RECORDED,
        "school_id",
        "year",
        "teaching_area_m2",
        "indoor_sports_area_m2",
        "sports_area_m2",
        "equipment_yuan",
        "multimedia_rooms",
        "school_bandwidth_mbps",
        "class_bandwidth_mbps",
        "recording_classrooms",
        "on_sky_classroom",
    ),
    "staff_staff": (*_PLAIN, "staff_code"),
    "staff_staffrecord": (
        *_RECORDED,
        "staff_id",
        "name",
        "sex",
        "birth_date",
        "identity_number",
        *STAFF_TEXTS,
        "name_sound",
        "education_level",
        "education_obtained_on",
        *REPORTED_TEXTS,
    ),
    "staff_post": (*_DATED, "staff_id", "school_id", "kind", "stage", "subject", *POST_TEXTS),
    "staff_degree": (*_RECORDED, "staff_id", "level", "obtained_on"),
    "staff_leadershipterm": (*_DATED, "staff_id", "school_id", "role", "full_term_ends_on"),
    "staff_stafftitle": (*_DATED, "staff_id", "kind", "name", "level"),
    "staff_certificate": (
        *_RECORDED,
        "staff_id",
        "position",
        "kind",
        "number",
        "subject",
        "issued_on",
        "registered_on",
    ),
    "staff_contractterm": (*_DATED, "staff_id", "school_id", "sequence"),
    "staff_training": (*_RECORDED, "staff_id", "completed_on", "programme", "hours"),
    "pupils_pupil": (*_PLAIN, "pupil_code"),
    "pupils_pupilrecord": (
        *_RECORDED,
        "pupil_id",
        "registry_number",
        "name",
        "sex",
        "birth_date",
        "identity_number",
        "home_id",
        "name_sound",
        *PUPIL_TEXTS,
    ),
    "pupils_pupilsituation": (*_DATED, "pupil_id", *SITUATION_TEXTS, "needs_school_bus"),
    "pupils_guardian": (*_RECORDED, "pupil_id", "position", "name", *GUARDIAN_TEXTS, "is_guardian"),
    "pupils_enrolment": (
        *_DATED,
        "pupil_id",
        "school_id",
        "stage",
        "grade",
        "class_number",
        *ENROLMENT_TEXTS,
    ),
    "moral_education_schoolplan": (*_ENTRY, "school_id", "version"),
    "moral_education_campustitle": (*_ENTRY, "school_id", "kind", "level", "document_number"),
    "moral_education_familystation": (*_ENTRY, "village_id", "kind", "host"),
    "urban_rural_townshippilot": (*_ENTRY, "town_id", "kind"),
    "urban_rural_schoolcluster": (*_ENTRY, "name"),
    "urban_rural_clustermember": (*_ENTRY, "cluster_id", "school_id"),
    "urban_rural_clustergoal": (*_APPROVED, "cluster_id", "title", "due_on", "done_on"),
    "urban_rural_partnership": (*_ENTRY, "core_school_id", "rural_school_id", "kind"),
    "urban_rural_exhibition": (*_APPROVED, "held_on", "title"),
    "urban_rural_exhibitionentry": (*_RECORDED, "exhibition_id", "cluster_id"),
    "urban_rural_researchervisit": (*_APPROVED, "held_on", "school_id", "subject", "hours"),
    "school_conditions_sitingdossier": (
        *_APPROVED,
        "event_id",
        "assessed_on",
        "consulted_on",
        "built_on",
        "transition_on",
    ),
    "school_conditions_conditionresult": (*_ENTRY, "school_id", "item", "condition_class"),
    "school_conditions_equipmentcheck": (*_ENTRY, "school_id", "is_complete"),
    "school_conditions_curriculumunit": (
        *_RECORDED,
        "stage",
        "school_system",
        "subject",
        "edition",
        "grade",
        "volume",
        "unit_number",
        "title",
    ),
    "school_conditions_courseresource": (*_ENTRY, "unit_id", "title", "is_free_for_rural"),
    "school_conditions_sharedlesson": (*_APPROVED, "held_on", "school_id", "mode", "subject"),
    "workforce_preservicetraining": (*_APPROVED, "held_on", "staff_id", "hours"),
    "workforce_subjectquota": (*_ENTRY, "school_id", "subject", "required"),
    "workforce_degreestudy": (*_ENTRY, "staff_id", "level", "expected_on"),
    "workforce_programmeselection": (*_APPROVED, "held_on", "staff_id", "programme"),
    "workforce_medicalcheck": (*_APPROVED, "held_on", "staff_id"),
    "workforce_titleruleweight": (*_ENTRY, "scheme", "weight"),
    "school_character_distinctiveschool": (*_ENTRY, "school_id", "speciality"),
    "school_character_laboursite": (*_ENTRY, "school_id", "name"),
    "school_character_outofschoolbrand": (*_ENTRY, "school_id", "name"),
    "inclusion_resourcecentre": (*_ENTRY, "town_id", "school_id"),
    "inclusion_aidrecognition": (*_ENTRY, "pupil_id", "category"),
    "inclusion_aidpayment": (*_APPROVED, "held_on", "pupil_id", "item", "amount_yuan"),
    "inclusion_dropoutcase": (
        *_APPROVED,
        "pupil_id",
        "school_id",
        "found_on",
        "plan_on",
        "first_visit_on",
        "closed_on",
    ),
    "delivery_plandocument": (*_ENTRY, "kind", "title", "document_number"),
    "delivery_yearspending": (*_APPROVED, "year", "planned_yuan", "spent_yuan"),
    "delivery_districtrecognition": (*_ENTRY, "kind", "document_number"),
    "delivery_satisfactionsurvey": (*_APPROVED, "held_on", "respondents", "satisfied"),
    "delivery_researchproject": (*_ENTRY, "school_id", "title"),
    "delivery_projectreview": (*_APPROVED, "project_id", "kind", "due_on", "done_on"),
    "delivery_writtenjudgement": (*_APPROVED, "held_on", "promise", "body", "text"),
}

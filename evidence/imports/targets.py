"""What a file may bring: the target fields of each kind of import, their shapes, and the headers cities give them."""

import re

from evidence.imports.targets_of import Target
from evidence.imports.targets_records import NEEDED, RECORDS
from evidence.imports.targets_traces import NEEDED as TRACE_NEEDED
from evidence.imports.targets_traces import TRACE_FIELDS

INCIDENT = {
    "case_number": Target(
        "Case number",
        "key",
        "dc_key case_number incident_number incident_id incident_no case_no case_num casenumber incidentnumber "
        "report_number "
        "report_no rd_no ccn complaint_number cmplnt_num event_number event_no dr_no dr_number ir_number file_number "
        "incident_key "
        "agency_case_number case_id caseid case incidnum inc_number offense_number cr_number",
    ),
    "occurred_at": Target(
        "Date and time in one cell",
        "moment",
        "date_time datetime occurred_at occurred_datetime incident_datetime occurred_date_time date_and_time "
        "date_occurred_time "
        "occurrence_datetime event_datetime incident_date_time date_time_occurred timestamp start_datetime "
        "report_datetime",
    ),
    "occurred_on": Target(
        "Date",
        "date",
        "date date_ occurred_on occurred_date date_occurred incident_date occur_date event_date date_of_occurrence "
        "offense_date "
        "occurrence_date date_of_incident dateoccurred crime_date from_date day when when_it_happened when_occurred "
        "occurred happened date_of_crime date_of_offense offense_occurred",
    ),
    "occurred_time": Target(
        "Time of day",
        "time",
        "time time_ occurred_time time_occurred incident_time occur_time event_time time_of_occurrence crime_time "
        "hour_minute timeoccurred",
    ),
    "event_type": Target(
        "Kind of event", "event", "event_type type incident_type event_kind shooting_type call_type crime_type kind"
    ),
    "fatal": Target(
        "Anybody killed", "flag", "incident_fatal any_fatal homicide murder statistical_murder_flag is_homicide killed"
    ),
    "officer_involved": Target(
        "Officer involved", "flag", "officer_involved ois officer_involved_shooting police_involved is_ois"
    ),
    "offense_code": Target(
        "Offense code",
        "text",
        "code offense_code ucr_code nibrs_code ucr ibrs nibrs offense_cd statute crime_code offensecode",
    ),
    "offense_text": Target(
        "Offense",
        "text",
        "offense offense_description offense_text off_desc offense_desc "
        "crime description offence charge primary_type nature offense_name what_happened what",
    ),
    "address": Target(
        "Address or block",
        "text",
        "location loc address block block_address street_address incident_address location_address address_block "
        "hundred_block "
        "incident_location full_address place intersection block_location partial_address where where_it_happened "
        "where_occurred scene scene_address scene_location location_of_incident location_of_occurrence "
        "location_of_offense offense_location occurrence_location crime_location street_block address_1",
    ),
    "district": Target(
        "District",
        "text",
        "dist district police_district precinct zone sector beat area division dist_no patrol_district coverage_area",
    ),
    "lat": Target("Latitude", "degrees", "lat latitude point_y lat_wgs84 y_lat latitude_wgs84 latitude_100meter"),
    "lng": Target(
        "Longitude", "degrees", "lng lon long longitude point_x lon_wgs84 x_lon longitude_wgs84 longitude_100meter"
    ),
    "point": Target(
        "Latitude and longitude in one cell",
        "pair",
        "point lat_lng lat_lon latlng geolocation coordinates the_geom "
        "lon_lat lat_lon_arcgis location location_point georeference lat_long geo_point new_georeferenced_column",
    ),
    "x": Target(
        "X (feet or meters)", "number", "x x_coord x_coordinate xcoord x_cord coord_x easting x_coord_cd point_x_ft"
    ),
    "y": Target(
        "Y (feet or meters)", "number", "y y_coord y_coordinate ycoord y_cord coord_y northing y_coord_cd point_y_ft"
    ),
    "narrative": Target(
        "Narrative",
        "long",
        "narrative additional_details details summary notes synopsis comments remarks incident_summary",
    ),
    "casings": Target(
        "Casings found",
        "count",
        "shell_casings casings casing_count casings_recovered number_of_casings fcc fcc_count rounds casings_found "
        "shells cartridge_cases fired_cartridge_cases casings_collected",
    ),
    "victims": Target(
        "Number of people hit",
        "count",
        "injuries victims victims_hit victim_count number_of_victims num_victims persons_shot injured wounded "
        "people_hit persons_hit people_shot hit",
    ),
    "victim_age": Target("Victim's age", "age", "age victim_age vic_age age_of_victim"),
    "victim_sex": Target("Victim's sex", "sex", "sex gender victim_sex victim_gender vic_sex"),
    "victim_wound": Target("Victim's wound", "text", "wound wound_location injury wounds injury_location victim_wound"),
    "victim_fatal": Target(
        "Victim died",
        "flag",
        "fatal victim_fatal fatality died deceased victim_died victim_deceased is_fatal fatal_flag",
    ),
    "source_id": Target(
        "Row number of the source", "text", "row_id id objectid object_id rowid record_id fid globalid"
    ),
}

NOTICE = {
    "lead_number": Target(
        "Lead number",
        "key",
        "lead_number nibin_lead_number lead_no nibin_lead lead lead_id nibin_lead_no notification_number lead_num",
    ),
    "notice_date": Target(
        "Date of the notice",
        "date",
        "notice_date notification_date lead_date date_of_notice release_date date_released",
    ),
    "site": Target("NIBIN site", "text", "site nibin_site laboratory lab nibin_location site_name lab_name"),
    "agency": Target(
        "Agency", "text", "agency agency_name department law_enforcement_agency submitting_agency police_department"
    ),
    "ori": Target("ORI", "key", "ori agency_ori ori_number ori9"),
    "case_number": Target(
        "Case number", "key", INCIDENT["case_number"].headers + " agency_case_no agency_case police_case_number"
    ),
    "lab_number": Target(
        "Laboratory number",
        "text",
        "laboratory_number lab_number lab_case_number wsp_case_number laboratory_case_number lab_no "
        "laboratory_no lab_case_no lab_case",
    ),
    "exhibit": Target(
        "Exhibit",
        "text",
        "exhibit exhibit_number exhibit_no item item_number item_no evidence_number exhibits evidence_item",
    ),
    "evidence": Target("Evidence", "text", "evidence evidence_description evidence_type item_description"),
    "offense": Target(
        "Offense", "text", "offense offence crime offense_type offense_description crime_type event_type"
    ),
    "occurred_at": INCIDENT["occurred_at"],
    "occurred_on": Target(
        "Date of the event",
        "date",
        "date occurred when offense_date incident_date occurred_on event_date date_of_event "
        "date_of_incident occurred_date date_occurred recovery_date",
    ),
    "occurred_time": INCIDENT["occurred_time"],
    "location": Target("Location", "text", "location address incident_location event_location place block where"),
    "calibre": Target("Caliber", "text", "calibre caliber cal cartridge ammunition_caliber"),
    "confirmed": Target(
        "Confirmed by an examiner",
        "confirmed",
        "confirmed confirmed_hit is_confirmed hit confirmed_by_examiner hit_confirmed",
    ),
    "existing_leads": Target(
        "Existing lead numbers",
        "text",
        "existing_lead_numbers existing_lead_number existing_leads existing_lead other_lead_numbers other_leads "
        "related_lead_numbers related_leads previous_leads prior_leads",
    ),
    "supersedes": Target(
        "Supersedes lead number",
        "text",
        "supersedes supersedes_lead_number supersedes_lead_no supersedes_lead supersedes_notice replaces_lead",
    ),
    "reviewer_1": Target(
        "Reviewer 1",
        "text",
        "reviewer_1 reviewer1 first_reviewer reviewed_by correlation_reviewer correlation_reviewer_1 primary_reviewer",
    ),
    "reviewer_2": Target(
        "Reviewer 2",
        "text",
        "reviewer_2 reviewer2 second_reviewer peer_reviewer peer_review_by correlation_reviewer_2 secondary_reviewer "
        "verified_by",
    ),
    "detective": Target(
        "Detective", "text", "detective assigned_detective investigator case_detective assigned_to case_officer"
    ),
    "contact": Target(
        "Contact", "text", "contact contact_info contact_information phone email e_mail telephone detective_contact"
    ),
}

ALERT = {
    "alert_number": Target(
        "Number of the alert",
        "key",
        "alert_number alert_id shotspotter_id flex_id gds_id cad_number cad_id call_number call_id call_no cfs_number "
        "incident_id incident_number event_number event_id event_no incident_no id objectid",
    ),
    "occurred_at": INCIDENT["occurred_at"],
    "occurred_on": INCIDENT["occurred_on"],
    "occurred_time": INCIDENT["occurred_time"],
    "alert_type": Target(
        "What was heard",
        "text",
        "type alert_type event_type incident_type call_type classification shot_type nature description",
    ),
    "rounds": Target("Rounds", "count", "rounds round_count rounds_detected number_of_rounds num_rounds shots"),
    "source": Target("Source", "text", "source system vendor sensor_source call_source"),
    "case_number": Target(
        "Case number that dispatch gave",
        "key",
        "case_number case_no case_num ccn dc_key rd_no report_number report_no rms_number dr_number ir_number",
    ),
    "address": INCIDENT["address"],
    "lat": INCIDENT["lat"],
    "lng": INCIDENT["lng"],
    "point": INCIDENT["point"],
    "x": INCIDENT["x"],
    "y": INCIDENT["y"],
}

TRACE = {name: Target(*each) for name, each in TRACE_FIELDS.items()}

KINDS = {"incident": INCIDENT, "notice": NOTICE, "alert": ALERT, "trace": TRACE, **RECORDS}
# A file is of no use without these; one entry of each group is enough.
REQUIRED = {
    "incident": (("case_number",), ("occurred_at", "occurred_on")),
    "notice": (("lead_number",), ("case_number",)),
    "alert": (("occurred_at", "occurred_on"),),
    "trace": TRACE_NEEDED,
    **NEEDED,
}
# What a person must map on purpose, if at all: it is not needed to work a case, and it invites misuse.
LEFT_OUT_WORDS = frozenset({"race", "ethnicity", "latino", "hispanic", "nationality", "religion"})
# What says who somebody is, is not shown either unless it is chosen on purpose.
PERSONAL_WORDS = LEFT_OUT_WORDS | {"name", "names", "first", "last", "surname", "ssn", "phone", "email", "mail"}
# "VicDOB", "D.O.B.", "Birth Date": the one kind of date that looks like the day of an event and never is one.
BIRTH = re.compile(r"dob|d_o_b|birth|(^|_)born")

"""The fields of files whose rows are records of one sort each: exhibits, firearms, NIBIN entries, dockets, agencies,
people.
"""

from evidence.guns.tables import TYPES
from evidence.imports.targets_of import Target

CASE = (
    "case_number incident_number incident_no case_no case_num report_number report_no rd_no ccn complaint_number "
    "event_number dr_no ir_number file_number agency_case_number case_id case incident inc_number offense_number"
)
EXHIBIT_NUMBER = (
    "exhibit exhibit_number exhibit_no item item_number item_no evidence_number evidence_item exhibits number"
)
CALIBER = "caliber calibre cal gauge caliber_gauge cartridge ammunition_caliber"
COLLECTED_AT = (
    "collected_at collected collected_on date_collected collection_date recovered_at recovered_on date_recovered "
    "recovery_date seized_at date_seized datetime date when"
)
COLLECTED_BY = "collected_by collected_by_officer recovered_by officer collecting_officer recovering_officer seized_by"
EXHIBIT_KINDS = (
    ("casing_group", "Cartridge cases", "casing casings case cases cartridge_case cartridge_cases shell shells "
     "shell_casing shell_casings fcc spent_casings brass casing_group"),
    ("firearm", "Firearm", "firearm firearms gun handgun pistol revolver rifle shotgun weapon"),
    ("projectile", "Projectile", "projectile projectiles bullet bullets fragment bullet_fragment jacket"),
    ("magazine", "Magazine", "magazine magazines mag"),
    ("test_fire", "Test fire", "test_fire test_fires testfire test_fired tf"),
    ("other", "Other", "other misc miscellaneous"),
)  # fmt: skip
AGENCY_KINDS = (
    ("police", "Police department", "police police_department pd municipal"),
    ("sheriff", "Sheriff's office", "sheriff sheriffs_office sheriff_s_office so county"),
    ("laboratory", "Crime laboratory", "laboratory lab crime_laboratory crime_lab"),
    ("federal", "Federal law enforcement", "federal federal_law_enforcement"),
    ("district_attorney", "District attorney", "district_attorney da prosecutor state_s_attorney"),
    ("us_attorney", "U.S. Attorney's office", "us_attorney usao u_s_attorney_s_office u_s_attorney"),
    ("probation", "Probation and parole", "probation parole probation_and_parole"),
    ("university", "University", "university academic"),
    ("community", "Community partner", "community community_partner"),
)
LATE = (
    ("backlog", "Backlog at the site", ""),
    ("equipment", "Equipment down", ""),
    ("test_fire", "Test fire came late", ""),
    ("other_exam", "DNA or prints came first", "dna prints"),
    ("cleaning", "Sent back for cleaning", ""),
    ("staff", "Staff absent", "staffing"),
    ("other", "Other", ""),
)

EXHIBIT = {
    "case_number": Target("Case number", "key", CASE, width=40),
    "number": Target("Exhibit number", "key", EXHIBIT_NUMBER, width=30),
    "kind": Target("Kind of item", "choice", "kind type item_type evidence_type exhibit_type category what what_it_is",
                   choices=EXHIBIT_KINDS),
    "caliber": Target("Caliber", "text", CALIBER, width=40),
    "count": Target("How many", "count", "count quantity qty how_many number_of_items pieces"),
    "description": Target("Description", "text", "description item_description evidence_description details notes",
                          width=300),
    "property_number": Target("Property number", "text", "property_number property_no voucher voucher_number "
                              "inventory_number barcode property", width=40),
    "storage": Target("Storage", "text", "storage storage_location location_stored bin shelf locker "
                      "where_it_lies where_it_lies_now lies_in stored_in where_stored place location where", width=80),
    "lab_number": Target("Laboratory number", "text", "lab_number laboratory_number lab_case_number lab_no", width=40),
    "collected_at": Target("Collected", "moment", COLLECTED_AT),
    "collected_by": Target("Collected by", "text", COLLECTED_BY, width=120),
}  # fmt: skip

FIREARM = {
    "case_number": EXHIBIT["case_number"],
    "number": EXHIBIT["number"],
    "make": Target("Make", "text", "make manufacturer mfr gun_make firearm_make brand", width=60),
    "model": Target("Model", "text", "model gun_model firearm_model", width=60),
    "caliber": EXHIBIT["caliber"],
    "type": Target("Type", "choice", "type type_code gun_type firearm_type weapon_type",
                   choices=tuple((code, name, "") for code, name in TYPES.items())),
    "serial": Target("Serial number", "text", "serial serial_number serial_no ser_no sn gun_serial", width=40),
    "importer": Target("Importer", "text", "importer imported_by", width=60),
    "country": Target("Country", "text", "country country_code country_of_origin made_in", width=2),
    "is_obliterated": Target("Serial number obliterated", "flag", "obliterated is_obliterated defaced "
                             "serial_obliterated"),
    "is_privately_made": Target("Privately made", "flag", "privately_made is_privately_made pmf ghost_gun "
                                "homemade unserialized"),
    "has_conversion_device": Target("Conversion device", "flag", "conversion_device has_conversion_device mcd switch "
                                    "auto_sear"),
    "description": EXHIBIT["description"],
    "property_number": EXHIBIT["property_number"],
    "storage": EXHIBIT["storage"],
    "collected_at": EXHIBIT["collected_at"],
    "collected_by": EXHIBIT["collected_by"],
}  # fmt: skip

ACQUISITION = {
    "agency": Target("Agency of the case", "text", "agency ori agency_ori agency_code submitting_agency department "
                     "law_enforcement_agency", width=120),
    "case_number": EXHIBIT["case_number"],
    "number": EXHIBIT["number"],
    "site": Target("NIBIN site", "text", "site nibin_site site_code site_ori laboratory lab", width=120),
    "received_at": Target("Received at the site", "moment", "received_at received date_received received_date "
                          "receipt_date"),
    "entered_at": Target("Entered into NIBIN", "moment", "entered_at entered date_entered entry_date entered_date "
                         "acquired_at acquisition_date imaged_at nibin_entry_date"),
    "reference": Target("NIBIN reference", "text", "reference nibin_reference reference_number acquisition_number "
                        "nibin_number acquisition_id", width=40),
    "operator": Target("Who imaged it", "text", "operator imaged_by entered_by technician", width=120),
    "representative": Target("Which piece was imaged", "text", "representative piece imaged_piece", width=200),
    "late_code": Target("Kind of lateness", "choice", "late_code late_kind delay_code", choices=LATE),
    "late_reason": Target("Why it is late", "text", "late_reason reason_late why_late delay_reason", width=200),
}  # fmt: skip

AGENCY = {
    "code": Target("Code", "key", "code agency_code short_name abbreviation", width=8),
    "oris": Target("ORIs", "text", "oris ori ori9 ori_number agency_ori", width=200),
    "name": Target("Name", "text", "name agency_name agency department title", width=120),
    "kind": Target("Kind of agency", "choice", "kind type agency_type agency_kind", choices=AGENCY_KINDS),
    "zone": Target("Time zone", "text", "zone time_zone timezone tz", width=64),
    "calendar": Target("Service calendar", "text", "calendar service_calendar hours working_hours", width=80),
    "phone": Target("Phone", "text", "phone telephone phone_number", width=32),
}

PERSON = {
    "email": Target("E-mail", "text", "email e_mail mail email_address e_mail_address", width=254),
    "name": Target("Name", "text", "name full_name person officer_name employee", width=120),
    "role": Target("Role", "choice", "role portal_role duty function", choices=(
        ("analyst", "Analyst", "crime_analyst intelligence_analyst"),
        ("evidence_technician", "Evidence technician", "evidence_tech property_technician"),
        ("examiner", "Firearm examiner", "firearms_examiner examiner"),
        ("detective", "Detective", "investigator"),
        ("supervisor", "Supervisor", "sergeant"),
        ("commander", "Commander", ""),
        ("prosecutor", "Prosecutor", "attorney"),
        ("supervision_officer", "Supervision officer", "probation_officer parole_officer"),
        ("researcher", "Researcher", ""),
        ("community_liaison", "Community liaison", ""),
        ("agency_administrator", "Agency administrator", "administrator admin"),
        ("center_coordinator", "Center coordinator", "coordinator"),
        ("auditor", "Auditor", ""),
    )),
    "unit": Target("Unit", "text", "unit division bureau squad section", width=80),
}  # fmt: skip

DOCKET = {
    "case_number": Target("Case number", "key", f"{CASE} dc_number dc_key", width=40),
    "number": Target("Docket number", "key", "docket_number docket_id docket_no docket court_case_number court_number "
                     "cause_number", width=60),
    "status": Target("Status", "text", "case_status docket_status status court_status outcome", width=80),
    "filed_at": Target("Filed", "moment", "filing_date filed_on filed date_filed file_date filed_date"),
    "court": Target("Court", "text", "court_type court court_name", width=80),
    "court_level": Target("Level of the court", "text", "court_level level", width=80),
    "county": Target("County", "text", "county", width=60),
    "booking": Target("Booking or tracking number", "text", "otn_id otn booking_number booking tracking_number",
                      width=40),
    "defendant": Target("Court's reference of the defendant", "text", "defendant_id defendant_ref defendant_number",
                        width=40),
}  # fmt: skip

RECORDS = {
    "exhibit": EXHIBIT,
    "firearm": FIREARM,
    "acquisition": ACQUISITION,
    "docket": DOCKET,
    "agency": AGENCY,
    "person": PERSON,
}
# A file is of no use without these columns; one of each group is enough. A row of a firearm may do without a number.
NEEDED = {
    "exhibit": (("case_number",), ("number",), ("kind",)),
    "firearm": (("case_number",), ("number", "serial")),
    "acquisition": (("case_number",), ("number",), ("received_at",)),
    "docket": (("case_number",), ("number",)),
    "agency": (("code", "oris"),),
    "person": (("email",), ("role",)),
}

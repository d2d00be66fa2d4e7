"""What a request can be filled in with before anybody types: the gun, its case, the agency and its last request."""

import re
from zoneinfo import ZoneInfo

from evidence.models import Incident, Trace

Kind = Incident.Kind
HOUSE = re.compile(r"(\d+[A-Za-z]?)\s+(\S.*)")
# NCIC codes that a kind of event leaves little doubt about; the rest is for who knows the case.
CRIMES = {
    Kind.HOMICIDE: "0999",
    Kind.NON_FATAL_SHOOTING: "1314",
    Kind.SHOTS_FIRED_PERSON: "1314",
    Kind.SHOTS_FIRED_PROPERTY: "5213",
    Kind.SHOTS_FIRED_CONFIRMED: "5213",
    Kind.CARJACKING: "1212",
    Kind.GUN_RECOVERY: "5212",
    Kind.TRAFFIC_STOP: "5212",
    Kind.SEARCH_WARRANT: "5212",
}
# Requests that came in files may not say the city: so many are looked at, not all there ever were.
LOOKED_AT = 50
# What stays the same from one request of an agency to the next.
OF_AGENCY = (
    "ori", "phone", "fax", "email", "unit", "mail_address", "recovered_city", "recovered_county", "recovered_state",
)  # fmt: skip


def prefilled(firearm, by):
    """{field: value} for a new request about a firearm with its exhibit, incident and agency."""
    exhibit, agency = firearm.exhibit, firearm.exhibit.agency
    values = _of_agency(agency)
    values |= {
        "officer": by.name[:80] if not by.is_system else "",
        "case_number": exhibit.incident.case_number,
        "crime_code": CRIMES.get(exhibit.incident.kind, ""),
        "recovered_on": exhibit.collected_at.astimezone(ZoneInfo(agency.zone)).date(),
    }
    values |= {name: getattr(firearm, name) for name in GUN}
    values["markings"] = "; ".join(f"{each['where']}: {each['text']}" for each in firearm.markings)[:200]
    values["partial_serial"] = firearm.restored_serial if firearm.is_obliterated else ""
    house = HOUSE.fullmatch(exhibit.incident.address.strip())
    values["recovered_number"] = house[1][:12] if house else ""
    values["recovered_street"] = (house[2] if house else exhibit.incident.address)[:120]
    return values


GUN = ("serial", "is_obliterated", "make", "type_code", "caliber", "model", "country", "importer")


def _of_agency(agency):
    newest = Trace.objects.filter(agency=agency).order_by("-requested_at").values(*OF_AGENCY)[:LOOKED_AT]
    if found := next((each for each in newest if each["recovered_city"]), None):
        return found
    ori = agency.oris.order_by("ori").values_list("ori", flat=True).first() or ""
    return {"ori": ori, "phone": agency.phone, "recovered_state": ori[:2]}

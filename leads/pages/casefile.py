"""Cases as lines of a file, one for each charge: what was charged, how it ended, the sentence. The stamp of the lead is
on every line. Plain values in and out.
"""

from zoneinfo import ZoneInfo

from leads.leadfile import STAMPS
from leads.models import Charge

CASE = (
    "Case", "Lead", "Stamp", "Defendant", "Office", "Referred by", "Venue", "State", "Referred", "Decided", "Reason",
    "Court number", "Prosecutor", "Next in court", "For",
)  # fmt: skip
CHARGED = (
    "Statute", "Offense", "Counts", "Offense on", "Class", "Charged on", "Replaced by an indictment", "Ended as",
    "Ended on",
)  # fmt: skip
SENTENCE = {
    "prison_months": "Prison, months", "consecutive_months": "Of these consecutive",
    "suspended_months": "Of these suspended", "probation_months": "Probation, months",
    "supervised_months": "Supervised release, months", "fine": "Fine, dollars", "restitution": "Restitution, dollars",
    "forfeits_firearms": "Forfeits firearms", "special_conditions": "Conditions", "sentenced_on": "Sentenced on",
    "sentenced_by_court": "Sentenced by", "range_low": "Range from, months", "range_high": "Range to, months",
    "has_mandatory_minimum": "Mandatory minimum", "is_armed_career": "Armed career criminal", "departure": "Departure",
}  # fmt: skip
REVOKED = ("Supervision revoked", "Revoked on", "Revoked, months")
COLUMNS = (*CASE, *CHARGED, *SENTENCE.values(), *REVOKED)


def lines(cases, zone):
    """Lines of `COLUMNS`: of each case one for each charge, those replaced among them, and one where it has none.
    cases: with lead, office, agency, assigned_to, revocation and charges at hand; zone: of the wall clock of times.
    """
    for case in cases:
        said, revoked = _case(case, ZoneInfo(zone)), _revoked(case)
        for charge in list(case.charges.all()) or [None]:
            yield (*said, *_charged(charge), *revoked)


def _case(case, zone):
    lead = case.lead
    part = f"PARTLY CONFIRMED, {lead.link} - investigative lead only" if isinstance(lead.link, str) else None
    return (
        case.pk,
        lead.number,
        part or STAMPS[lead.link],
        case.defendant,
        case.office.code,
        case.agency.code,
        case.get_venue_display(),
        case.get_status_display(),
        _wall(case.referred_at, zone),
        _wall(case.decided_at, zone),
        case.get_decline_reason_display() if case.status == case.Status.DECLINED else "",
        case.court_number,
        str(case.assigned_to) if case.assigned_to else "",
        case.next_on,
        case.next_what,
    )


def _charged(charge):
    if charge is None:
        return ("",) * (len(CHARGED) + len(SENTENCE))
    values = (charge.statute, charge.title, charge.counts, charge.offense_on, charge.offense_class, charge.charged_on)
    ended = (_yes(charge.is_superseded), charge.stands_as, charge.disposed_on)
    sentenced = charge.disposition in Charge.SENTENCED
    return (*values, *ended, *(_said(charge, name) if sentenced else "" for name in SENTENCE))


def _said(charge, name):
    value = charge.get_departure_display() if name == "departure" else getattr(charge, name)
    return _yes(value) if isinstance(value, bool) else value


def _yes(value):
    return "yes" if value else "no"


def _revoked(case):
    found = getattr(case, "revocation", None)
    return (found.get_of_display(), found.revoked_on, found.months) if found else ("", "", "")


def _wall(at, zone):
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""

"""Answers about leads, from plain rows: fifty at once without a serializer. `shapes` describes each."""

import json
from datetime import UTC, datetime

from agencies.access import allows
from leads import policies, timing
from leads.models import Charge, Revocation
from leads.policies import time as policies_time

MAY = {
    "acknowledge": policies.acknowledge,
    "assign": policies.assign,
    "take": policies.take,
    "start": policies.start,
    "return": policies.return_,
    "log": policies.log,
    "propose": policies.propose,
    "approve": policies.decide_closing,
    "send_back": policies.decide_closing,
    "reroute": policies.reroute,
    "pause": policies_time.pause,
    "resume": policies_time.resume,
    "extend": policies_time.extend,
    "decide_time": policies_time.decide,
}
SAME = (
    "id", "agency_id", "state", "priority", "asked", "sent_at", "acknowledged_at", "assigned_at", "started_at",
    "last_activity_at", "proposed_at", "closed_at", "returned_at", "outcome", "named_outcome_id",
    "usefulness", "closing_note",
    "return_reason", "stage_started_at", "due_at", "paused_until", "level",
)  # fmt: skip
OF_LEAD = (
    "id", "number", "score", "priority", "caliber", "notice_on", "opened_at", "closed_at", "first_event_at",
    "last_event_at", "events_count", "confirmed_count", "hits",
)  # fmt: skip
OF_TIME = ("kind", "reason", "days", "until", "note", "asked_at")
OF_EVENT = (
    "id", "case_number", "kind", "offense", "occurred_at", "address", "caliber", "casings", "lab_number",
    "exhibit_number", "confirmed_at", "report",
)  # fmt: skip


def lead_row(row):
    """A row of `leads.lists.leads`."""
    return {name: row[name] for name in OF_LEAD} | {
        "status": "closed" if row["closed_at"] else "open",
        "confirmed": 0 < row["events_count"] == row["confirmed_count"],
        "line": [
            {"at": at, "kind": kind, "agency": code, "case_number": case, "confirmed": confirmed}
            for at, kind, code, _mark, case, confirmed, _agency in row["line"]
        ],
        "obligations": [
            {"id": pk, "agency": code, "state": state, "due_at": due and datetime.fromtimestamp(due, UTC)}
            for pk, _agency, code, _mark, state, due, *_rest in row["owed"]
        ],
    }


def obligation(row):
    """A row of `leads.lists.owed`."""
    return {name: row[name] for name in SAME} | {
        "lead": {"id": row["lead_id"], "number": row["number"]},
        "agency": row["code"],
        "unit": {"id": row["unit_id"], "name": row["unit"]} if row["unit_id"] else None,
        "investigator": (
            {"id": row["investigator_id"], "name": row["investigator"]} if row["investigator_id"] else None
        ),
        "receipt": [[str(part) for part in line] for line in json.loads(row["receipt"])],
    }


def steps(user, found):
    """The steps a person may take on an obligation as it stands."""
    return [verb for verb, policy in MAY.items() if allows(policy, user, found)]


def detail(row, found, user):
    """One obligation with the steps that a person may take, and what was asked of its time and waits for a decision."""
    asked = timing.asked_of(found)
    return obligation(row) | {
        "may": steps(user, found),
        "time_asked": asked and {name: getattr(asked, name) for name in OF_TIME},
    }


def lead(found, events, cases, obligations):
    """A lead with its events, `cases` being the incidents the reader may open, and rows of its obligations."""
    return {
        "id": found.pk,
        "number": found.number,
        "status": "closed" if found.closed_at else "open",
        "confirmed": found.is_confirmed,
        "center": found.agency.code,
        "site": found.site.code if found.site else None,
        "score": found.score,
        "reasons": found.reasons,
        "priority": found.priority,
        "priority_reason": found.priority_reason,
        "caliber": found.caliber,
        "notice_on": found.notice_on,
        "opened_at": found.opened_at,
        "closed_at": found.closed_at,
        "events": [event(each, cases) for each in events],
        "obligations": [obligation(row) for row in obligations],
    }


def mentions(said):
    """What notices say of a lead (`queries.clusters.mentions`): a lead that the reader does not see is not named but by
    what this lead's own notice says.
    """
    by = [*said["superseded_by"], *said["named_by"]]
    return {
        "names": [
            {"number": each.number, "supersedes": each.supersedes, "absent": bool(each.absent_at)}
            | {"lead": _lead(each.named) if each.named and each.seen else None}
            for each in said["names"]
        ],
        "named_by": [{"supersedes": each.supersedes, "lead": _lead(each.lead) if each.seen else None} for each in by],
    }


def _lead(found):
    return {"id": found.pk, "number": found.number}


def event(made, cases):
    return {name: getattr(made, name) for name in OF_EVENT} | {
        "agency": made.agency.code if made.agency else made.agency_text,
        "incident": made.incident_id if made.incident_id in cases else None,
        "matched": made.incident_id is not None,
    }


def waiting(made):
    """An event without an incident, with the lead that it waits on."""
    return event(made, ()) | {"lead": {"id": made.lead_id, "number": made.lead.number}}


def file(hung):
    return {
        "id": hung.pk,
        "name": hung.file.name,
        "kind": hung.file.kind,
        "size": hung.file.size,
        "sha256": hung.file.sha256,
        "note": hung.note,
        "agency": hung.agency.code,
        "added_at": hung.added_at,
        "by": {"id": hung.added_by_id, "name": str(hung.added_by)},
    }


def activity(made):
    return {
        "id": made.pk,
        "lead": made.lead_id,
        "obligation": made.obligation_id,
        "agency": made.agency.code,
        "kind": made.kind,
        "result": made.result,
        "text": made.text,
        "minutes": made.minutes,
        "at": made.at,
        "recorded_at": made.recorded_at,
        "by": {"id": made.by_id, "name": str(made.by)},
    }


def referral_row(made):
    return {
        "id": made.pk,
        "lead": {"id": made.lead_id, "number": made.lead.number},
        "agency": made.agency.code,
        "office": made.office.code,
        "venue": made.venue,
        "person": made.person_id,
        "defendant": made.defendant,
        "status": made.status,
        "referred_at": made.referred_at,
        "decision_due_at": made.decision_due_at,
        "decided_at": made.decided_at,
        "court_number": made.court_number,
        "next_on": made.next_on,
        "next_what": made.next_what,
        "prosecutor": made.assigned_to_id,
    }


CHARGE = (
    "id", "statute", "title", "counts", "offense_on", "offense_class", "charged_on", "in_table", "max_months",
    "min_months", "consecutive", "to_check", "superseded_in", "disposition", "disposed_on", *Charge.NOTHING,
)  # fmt: skip
PROCEEDING = (
    "id", "kind", "what", "on", "starts_at", "court", "number", "status", "custody", "result", "continued_from",
)  # fmt: skip
REVOCATION = ("of", "revoked_on", "months", "court")


def referral(made):
    return referral_row(made) | {
        "summary": made.summary,
        "decline_reason": made.decline_reason,
        "reason_said": made.get_decline_reason_display(),
        "decision_note": made.decision_note,
        "events": list(made.asserted.order_by("event_id").values_list("event_id", flat=True)),
        "decisions": list(made.decisions.values("became", "reason", "reason_said", "note", "at")),
        "charges": list(made.charges.values(*CHARGE)),
        "proceedings": list(made.proceedings.order_by("on", "starts_at", "id").values(*PROCEEDING)),
        "revocation": Revocation.objects.filter(referral=made).values(*REVOCATION).first(),
    }

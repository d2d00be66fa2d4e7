"""The lists of evidence that are measured: their address, the query of their rows, and what the floor walks."""

from typing import NamedTuple

from django.utils import timezone

from agencies.access import agencies_with
from agencies.roles import Permission
from evidence import queries, tracing
from evidence.models.incident import GUNFIRE_KINDS
from evidence.queries.requests import NEVER

BEGINS = "'2026-01-01 05:00+00'"
UNANSWERED = "t.collection = '' and t.kind in ('" + "', '".join(GUNFIRE_KINDS) + "')"
ADDABLE = ", ".join(f"'{reason}'" for reason in tracing.ADDABLE)


class List(NamedTuple):
    """`rows(user, now)` is the portal's query; the others say what SQL by hand walks: a table, its condition, order and
    the column that says whose a row is.
    """

    name: str
    address: str
    rows: object
    table: str
    where: str
    key: str
    newest: bool = True
    sides: tuple = ("agency_id",)
    permission: str = Permission.INCIDENT_VIEW

    def agencies(self, user):
        return agencies_with(user, self.permission)


def _exhibits(kind):
    return lambda user, _now: queries.exhibits(user, kind=kind)


def _scenes(**asked):
    return lambda user, now: queries.unanswered(user, now=now, **asked)


def _without(collection):
    return lambda user, now: queries.without_evidence(user, collection=collection, now=now)


def _shots(state):
    return lambda user, _now: queries.detections(user, state=state)


def _requests(show):
    return lambda user, now: queries.lab_requests(user, show=show, today=timezone.localdate(now))


def _reviews(status):
    return lambda user, now: queries.correlations(user, status=status, now=now)


def _traces(which):
    return lambda user, now: queries.traces(user, which=which, now=now)


def _gone(status):
    return lambda user, _now: queries.disposals(user, status)


def _given(view):
    return lambda user, _now: queries.hand_overs(user, view=view)


EXHIBIT, SCENE, SHOT, ASKED = "evidence_exhibit", "evidence_incident", "evidence_detection", "evidence_labrequest"
ENTRY, REVIEW, TRACE, GONE = "evidence_acquisition", "evidence_correlationreview", "evidence_trace", "evidence_disposal"
LAB, OPEN, SITE = ("agency_id", "laboratory_id"), "t.status in ('sent', 'received')", ("site_id",)
WAITS = "t.entered_at is null and t.rejected_at is null"
SENT = "t.status in ('submitted', 'accepted', 'in_progress')"
LISTS = (
    List("exhibits", "/exhibits/", _exhibits(""), EXHIBIT, "true", "created_at"),
    List("exhibits, one kind", "/exhibits/?kind=firearm", _exhibits("firearm"), EXHIBIT, "t.kind = 'firearm'",
         "created_at"),
    List("exhibits, a rare kind", "/exhibits/?kind=other", _exhibits("other"), EXHIBIT, "t.kind = 'other'",
         "created_at"),
    List("scenes, no answer", "/scenes/", _scenes(), SCENE, f"{UNANSWERED} and t.occurred_at >= {BEGINS}",
         "occurred_at",
         False),
    List("scenes, before", "/scenes/?show=history", _scenes(history=True), SCENE,
         f"{UNANSWERED} and t.occurred_at < {BEGINS}", "occurred_at"),
    List("scenes, none found", "/scenes/?show=none_found", _without("none_found"), SCENE,
         "t.collection = 'none_found' and t.collection in ('none_found', 'not_searched')", "occurred_at"),
    List("scenes, not searched", "/scenes/?show=not_searched", _without("not_searched"), SCENE,
         "t.collection = 'not_searched' and t.collection in ('none_found', 'not_searched')", "occurred_at"),
    List("alerts, no incident", "/alerts/", _shots("open"), SHOT, "t.state = 'open'", "at"),
    List("alerts, no evidence", "/alerts/?show=bare", _shots("bare"), SHOT,
         "t.state = 'matched' and not t.has_evidence",
         "at"),
    List("alerts, matched", "/alerts/?show=matched", _shots("matched"), SHOT, "t.state = 'matched'", "at"),
    List("alerts, not gunfire", "/alerts/?show=dismissed", _shots("dismissed"), SHOT, "t.state = 'dismissed'", "at"),
    List("requests, open", "/laboratory/", _requests(""), ASKED, OPEN, "needed_on", False, LAB),
    List("requests, late", "/laboratory/?show=late", _requests("late"), ASKED, f"{OPEN} and t.needed_on < {{now}}",
         "needed_on", False, LAB),
    List("requests, all", "/laboratory/?show=all", _requests("all"), ASKED, "true", "requested_at", True, LAB),
    List("NIBIN entry", "/acquisitions/", lambda user, now: queries.waiting(user, now=now), ENTRY, WAITS, "due_at",
         False,
         SITE),
    List("NIBIN entry, overdue", "/acquisitions/?late=1", lambda user, now: queries.waiting(user, late=True, now=now),
         ENTRY, f"{WAITS} and t.due_at < {{now}}", "due_at", False, SITE),
    List("never entered", "/acquisitions/never/", lambda user, now: queries.never_entered(user, now=now), EXHIBIT,
         f"{NEVER.replace('e.', 't.')} and t.collected_at >= {BEGINS}", "collected_at", False),
    List("never entered, before", "/acquisitions/never/?show=history",
         lambda user, now: queries.never_entered(user, history=True, now=now), EXHIBIT,
         f"{NEVER.replace('e.', 't.')} and t.collected_at < {BEGINS}", "collected_at"),
    List("correlation, reviewer 1", "/correlations/", _reviews("first"), REVIEW, "t.status = 'first'", "due_at", False,
         SITE),
    List("correlation, reviewer 2", "/correlations/?show=second", _reviews("second"), REVIEW, "t.status = 'second'",
         "due_at", False, SITE),
    List("correlation, no candidate", "/correlations/?show=cleared", _reviews("cleared"), REVIEW,
         "t.status = 'cleared'",
         "due_at", True, SITE),
    List("hand-overs, in transit", "/hand-overs/?view=transit", _given("transit"), "evidence_handover",
         "t.status = 'offered'", "offered_at", False, ("from_agency_id", "to_agency_id"), Permission.INCIDENT_EDIT),
    List("inventories", "/inventories/", lambda user, _now: queries.inventories(user), "evidence_inventory", "true",
         "started_at", True, ("agency_id",), Permission.INCIDENT_EDIT),
    List("past review", "/disposal/", lambda user, now: queries.to_review(user, now.date()), EXHIBIT,
         """t.disposed_at is null and t.review_on <= {now} and not exists (select from evidence_disposal d
            where d.exhibit_id = t.id and d.status in ('proposed', 'approved'))""", "review_on", False),
    List("disposal, to approve", "/disposal/?view=proposed", _gone("proposed"), GONE, "t.status = 'proposed'",
         "proposed_at"),
    List("disposal, to carry out", "/disposal/?view=approved", _gone("approved"), GONE, "t.status = 'approved'",
         "proposed_at"),
    List("disposal, gone", "/disposal/?view=done", _gone("done"), GONE, "t.status = 'done'", "proposed_at"),
    List("legal holds", "/disposal/?view=holds", lambda user, _now: queries.holds(user), "evidence_legalhold",
         "t.lifted_at is null", "set_at"),
    List("firearms that may be one", "/firearms/same/", lambda user, _now: queries.same_guns(user, status="suggested"),
         "evidence_firearmpair", "t.status = 'suggested'", "suggested_at", True, ("agency_id", "other_agency_id"),
         Permission.INCIDENT_EDIT),
    List("traces", "/traces/", _traces(""), TRACE, "true", "requested_at"),
    List("traces, drafts", "/traces/?status=draft", _traces("draft"), TRACE, "t.status = 'draft'", "requested_at"),
    List("traces, short time", "/traces/?status=short", _traces("short"), TRACE, "t.days_to_crime < 1095",
         "requested_at"),
    List("traces, incomplete", "/traces/?status=closed_incomplete", _traces("closed_incomplete"), TRACE,
         "t.status = 'closed_incomplete'", "requested_at"),
    List("never traced", "/traces/never/", lambda user, _now: queries.untraced(user), "evidence_untracedgun",
         "t.can_be_traced = true", "recovered_at", False),
    List("traces, overdue", "/traces/overdue/", _traces("overdue"), TRACE,
         f"{SENT} and t.submitted_at < {{now}} - interval '14 days'", "submitted_at", False),
    List("traces, to add", "/traces/again/", _traces("to_add"), TRACE,
         f"t.status in ('closed_incomplete', 'rejected') and not t.asked_again and t.reason in ({ADDABLE})",
              "completed_at",
         False),
    List("traces, ready", "/traces/ready/", _traces("ready"), TRACE, "t.status = 'ready'", "requested_at"),
)  # fmt: skip

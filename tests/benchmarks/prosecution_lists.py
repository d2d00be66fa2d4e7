"""The lists of prosecution that are measured: their address, the query of their rows, and what the floor walks."""

from agencies.roles import Permission
from leads.insight import prosecution
from leads.queries import arrests, casefiles, caseloads, packets, releases
from tests.benchmarks.work_lists import List, me, own

CASE, PACKET, GIVEN, ARREST = "leads_referral", "leads_packet", "leads_packetrelease", "leads_gunarrest"
BOTH, SEES = ("agency_id", "office_id"), own(Permission.REFERRAL_VIEW)
DECIDES, GIVES = own(Permission.REFERRAL_DECIDE), own(Permission.PACKET_MAKE)
OPEN = "t.status in ('referred', 'more_asked', 'accepted')"


def _cases(tab):
    return lambda user, _now: prosecution.page(user, tab)


def _mine(which):
    return lambda user, _now: caseloads.page(user, which)


def _packets(show):
    return lambda user, _now: packets.packets(user, show=show)


def _given(show):
    return lambda user, _now: releases.releases(user, show=show)


def _arrests(which):
    return lambda user, _now: arrests.rows(user, which)


def _tab(name, tab, where, key, newest):
    return List(
        f"cases, {name}", f"/referrals/?tab={tab}", _cases(tab), CASE, where, key, newest, SEES, BOTH, whole=True
    )


def _released(name, show, where, owners, side):
    address = f"/packets/released/?show={show}"
    return List(f"released, {name}", address, _given(show), GIVEN, where, "released_at", True, owners, (side,))


def _file(name, owners, side):
    return List(f"cases to export, {name}", "/referrals/export/",
                lambda user, _now: casefiles.cases(user, None, most=51), CASE, "true", "referred_at", True, owners,
                (side,), whole=True)  # fmt: skip


LISTS = (
    _tab("to decide", "review", "t.status in ('referred', 'more_asked')", "decision_due_at", False),
    _tab("accepted", "court", "t.status = 'accepted'", "coalesce(t.next_on, '9999-12-31')", False),
    _tab("declined", "declined", "t.status = 'declined'", "decided_at", True),
    _tab("with another office", "moved", "t.status in ('transferred', 'adopted')", "decided_at", True),
    List("my cases, by age", "/prosecution/cases/", _mine("age"), CASE, OPEN, "referred_at", False, me,
         ("assigned_to_id",), whole=True),
    List("my cases, by next day", "/prosecution/cases/?by=next", _mine("next"), CASE,
         "t.status = 'accepted' and t.next_on is not null", "next_on", False, me, ("assigned_to_id",), whole=True),
    _file("before us", DECIDES, "office_id"),
    _file("referred by us", own(Permission.LEAD_EXPORT), "agency_id"),
    List("packets", "/packets/", _packets(""), PACKET, "true", "created_at", True, own(Permission.PACKET_VIEW)),
    List("packets, for a trial", "/packets/?show=trial", _packets("trial"), PACKET, "t.purpose = 'trial'",
         "created_at", True, own(Permission.PACKET_VIEW)),
    _released("to me", "", "true", me, "to_id"),
    _released("to acknowledge", "owed", "t.due_at is not null", me, "to_id"),
    _released("ours", "ours", "true", GIVES, "source_id"),
    _released("ours, not acknowledged", "waiting", "t.due_at is not null", GIVES, "source_id"),
    List("arrests", "/prosecution/arrests/", _arrests("open"), ARREST, "t.status in ('waiting', 'asked')", "came_at",
         False, DECIDES, ("office_id",), whole=True),
    List("arrests, answered", "/prosecution/arrests/?show=answered", _arrests("answered"), ARREST,
         "t.status in ('take', 'left')", "answered_at", True, DECIDES, ("office_id",), whole=True),
)  # fmt: skip

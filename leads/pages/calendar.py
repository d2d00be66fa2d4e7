"""What the page of calendar addresses says, and what stands in such a calendar. Nothing is read or written here."""

from zoneinfo import ZoneInfo

from agencies import markup
from leads.calendarfile import Entry


def row(feed, used, zone):
    """One address: whose dates, since when, and when a program last asked for it."""
    over = feed.revoked_at is not None or feed.membership.ended_at is not None
    return {
        "feed": feed,
        "agency": feed.membership.agency,
        "scope": feed.get_scope_display(),
        "made": _when(feed.made_at, zone),
        "used": _when(used, zone) if used else "Never",
        "over": over,
        "badge": markup.badge("Revoked", "", "x") if over else markup.badge("Works", "good", "check"),
    }


def _when(at, zone):
    return f"{at.astimezone(ZoneInfo(zone)):%-d %b %Y %H:%M}"


def entries(court, deadlines, base):
    """What stands in a calendar: a sort, a number, an address. `base`: where the portal is. Who decided a case told the
    portal of its days.
    """
    found = [
        Entry(
            uid=f"court-{case.pk}-{on:%Y%m%d}@cgic-portal", day=on, sort="In court", number=case.lead.number,
            url=base + case.get_absolute_url(), told_at=case.decided_at or case.referred_at,
        )
        for case, on in court
    ]  # fmt: skip
    return found + [
        Entry(
            uid=f"deadline-{each.pk}@cgic-portal", day=each.due_on, sort=f"{each.get_kind_display()} due",
            number=each.referral.lead.number, url=base + each.referral.get_absolute_url(),
            told_at=each.moved_at or each.made_at,
        )
        for each in deadlines
    ]  # fmt: skip

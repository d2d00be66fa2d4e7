"""What the pages of prosecution say, in plain values for the components. Nothing is read or written here."""

from collections import Counter, defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from agencies.access import allows
from agencies.models import Agency
from leads import clock, policies
from leads.gunline import group_of
from leads.insight.prosecution import MOST_ACTIVITIES, REVIEW, TABS
from leads.models import Referral
from leads.pages import court, docket
from leads.pages import leads as pages
from leads.policies import court as policies_court

Status = Referral.Status
TONES = {
    Status.REFERRED: ("soon", "clock"),
    Status.MORE_ASKED: ("pause", "help"),
    Status.ACCEPTED: ("good", "check"),
    Status.DECLINED: ("", "x"),
}
SOON = timedelta(days=5)
DEEDS = {
    "referral.made": ("scale", "referred the case"),
    "referral.accepted": ("check", "accepted the case"),
    "referral.declined": ("x", "declined the case"),
    "referral.more_asked": ("help", "asked for more"),
    "referral.answered": ("back", "answered the office"),
    "referral.planned": ("clock", "recorded what comes next in court"),
}
EMPTY = {
    "review": ("Nothing to decide", "A case stands here when an agency refers it to your office, or yours refers one."),
    "court": ("No accepted case", "A case stands here from acceptance on, by its next court date."),
    "declined": ("No declined case", "A case that an office declined stands here with the reason."),
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def list_frame(tab, counts, now, zone):
    tabs = [
        {
            "label": label,
            "url": f"{reverse('referrals')}?tab={name}",
            "count": counts[name],
            "current": name == tab,
            "late": name == "review" and counts["late"] > 0,
        }
        for name, (label, _which) in TABS.items()
    ]
    late = f"{counts['late']} past the day of decision" if counts["late"] else ""
    order = {"review": "the first due on top", "court": "by the next court date", "declined": "the newest first"}[tab]
    return {"tabs": tabs, "late_words": late, "order": order, "empty": EMPTY[tab], "as_of": pages.moment(now, zone)}


def row(referral, now, zone):
    """One case in a list."""
    return {
        "referral": referral,
        "lead": referral.lead,
        "venue": venue(referral),
        "status": referral.get_status_display(),
        "tone": TONES[Status(referral.status)],
        "clock": decision_clock(referral, now),
        "since": f"{referral.referred_at.astimezone(ZoneInfo(zone)):%-d %b %Y}",
        "age": age(referral.referred_at, now),
        "next": f"{referral.next_on:%-d %b %Y}" if referral.next_on else "",
        "why": referral.get_decline_reason_display() if referral.status == Status.DECLINED else "",
    }


def venue(referral):
    return "Federal" if referral.office.kind == Agency.Kind.US_ATTORNEY else "State"


def age(since, now):
    days = (now - since).days
    return "today" if days < 1 else "1 day" if days == 1 else f"{days:,} days"


def decision_clock(referral, now):
    """The clock of a decision in plain days, None when it is made."""
    if referral.status not in REVIEW:
        return None
    left = referral.decision_due_at - now
    state = "late" if left <= timedelta() else "soon" if left <= SOON else "ok"
    whole = (referral.decision_due_at - referral.referred_at).total_seconds() or 1
    share = 1 - left.total_seconds() / whole
    text = clock.human(abs(int(left.total_seconds())) // 60, exact=False)
    return {"state": state, "stage": "Decision", "text": text, "share": min(1.0, max(0.0, share))}


def context(referral, parts, user, zone, now):
    """Everything templates/leads/referral.html draws."""
    lead = referral.lead
    confirmed = sum(each.confirmed_at is not None for each in parts.events)
    return {
        "referral": referral,
        "lead": lead,
        "venues": [_venue(each, zone, now) for each in parts.beside],
        "others": parts.others,
        "line": pages.line(lead, zone, now),
        "events": [_event(each, zone) for each in parts.events],
        "title_words": _title(parts.events, zone),
        "links_words": f"{confirmed} of {len(parts.events)} events confirmed",
        "stamp_words": stamp_words(confirmed, len(parts.events)),
        "charges": [court.charge(each) for each in parts.charges],
        "proceedings": [court.proceeding(each) for each in parts.proceedings],
        "revocation": court.revocation(referral),
        **docket.listed(parts.dockets),
        "done": _done(parts.activities),
        "activities": [(each, pages.dated(each.at, zone)) for each in parts.activities],
        "activities_cut": len(parts.activities) >= MOST_ACTIVITIES,
        "feed": [_deed(each, zone, now) for each in parts.deeds if each.verb in DEEDS],
        "clock": decision_clock(referral, now),
        "made": pages.dated(referral.referred_at, zone),
        "may_decide": allows(policies.decide, user, referral),
        "may_answer": allows(policies.answer, user, referral),
        "may_charge": allows(policies.charge, user, referral),
        "may_revoke": allows(policies_court.revoke, user, referral),
        "may_end": any(each.is_open for each in parts.charges),
        "as_of": pages.moment(now, zone, now.year),
        "printed": f"{now.astimezone(ZoneInfo(zone)):%a %-d %b %Y %H:%M}",
    }


def stamp_words(confirmed, many):
    """What the stamp of a case says: never less than that a link is missing."""
    if many and confirmed == many:
        return "Every event is confirmed by a firearm examiner."
    missing = many - confirmed
    verb = "is" if missing == 1 else "are"
    return f"{missing} of {many} events {verb} not confirmed: no ground for a warrant or a charge by itself."


def _venue(referral, zone, now):
    pairs = [("Referred", pages.dated(referral.referred_at, zone))]
    if referral.decided_at:
        who = f"{pages.dated(referral.decided_at, zone)}, {referral.decided_by}"
        pairs.append(("Asked" if referral.status == Status.MORE_ASKED else "Decided", who))
    if referral.status == Status.DECLINED:
        pairs.append(("Why", referral.get_decline_reason_display()))
    if referral.decision_note:
        pairs.append(("Asked for" if referral.status == Status.MORE_ASKED else "Note", referral.decision_note))
    if referral.court_number:
        pairs.append(("Court", referral.court_number))
    counts = ", ".join(f"{each.title} ({each.counts})" for each in referral.charges.all() if not each.is_superseded)
    pairs += [("Counts", counts)] if counts else []
    if referral.next_on:
        pairs.append(("Next", f"{referral.next_what} {referral.next_on:%a %-d %b %Y}"))
    return {
        "name": f"{venue(referral)}: {referral.office}",
        "icon": "shield" if venue(referral) == "Federal" else "scale",
        "status": referral.get_status_display(),
        "tone": TONES[Status(referral.status)],
        "pairs": pairs,
        "clock": decision_clock(referral, now),
        "due": f"by {referral.decision_due_at.astimezone(ZoneInfo(zone)):%a %-d %b}",
        "url": referral.get_absolute_url(),
    }


def _event(event, zone):
    wall = event.occurred_at.astimezone(ZoneInfo(zone)) if event.occurred_at else None
    casings = f"{event.casings} casing{'s' if event.casings != 1 else ''}" if event.casings else ""
    exhibit = f"exhibit {event.exhibit_number}" if event.exhibit_number else ""
    link = f"Confirmed {event.confirmed_at.astimezone(ZoneInfo(zone)):%-d %b %Y}" if event.confirmed_at else ""
    return {
        "event": event,
        "when": f"{wall:%-d %b %Y %H:%M}" if wall else "Not dated",
        "what": group_of(event.kind).label,
        "offense": event.offense,
        "agency": event.agency.code if event.agency else event.agency_text,
        "exhibits": ", ".join(filter(None, [casings, exhibit, event.lab_number])) or "-",
        "link": f"{link}, {event.report}" if link else "",
    }


def _title(events, zone):
    """ "One gun, four events, 18 May to 24 June 2026"."""
    days = [each.occurred_at.astimezone(ZoneInfo(zone)) for each in events if each.occurred_at]
    many = NUMBERS[len(events)] if len(events) < len(NUMBERS) else str(len(events))
    noun = "event" if len(events) == 1 else "events"
    if not days:
        return f"One presumed gun, {many} {noun}"
    first, last = min(days), max(days)
    begin = f"{first.day} {first:%B}" if first.year == last.year else f"{first.day} {first:%B %Y}"
    return f"One presumed gun, {many} {noun}, {begin} to {last.day} {last:%B %Y}"


def _done(activities):
    """How often each kind of thing was done, by agency."""
    found = defaultdict(Counter)
    for each in activities:
        found[each.agency.code][each.get_kind_display().lower()] += 1
    return [
        f"{code}: {', '.join(f'{kind} {many}' for kind, many in sorted(found[code].items()))}" for code in sorted(found)
    ]


def _deed(event, zone, now):
    icon, words = DEEDS[event.verb]
    when = pages.moment(event.at, zone, now.year)
    return {"icon": icon, "who": str(event.by), "text": words, "iso": event.at.isoformat(), "when": when}

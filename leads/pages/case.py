"""What the pages of prosecution say, in plain values for the components. Nothing is read or written here."""

from collections import Counter, defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from agencies.access import allows
from evidence import listing
from leads import clock, policies
from leads.gunline import group_of
from leads.insight.prosecution import MOST_ACTIVITIES, REVIEW, TABS
from leads.models import Referral
from leads.pages import casebeside, court, docket
from leads.pages import leads as pages
from leads.pages.casebeside import TONES
from leads.policies import court as policies_court
from leads.policies import referrals as policies_referrals

Status = Referral.Status
SOON = timedelta(days=5)
DEEDS = {
    "referral.made": ("scale", "referred the case"),
    "referral.accepted": ("check", "accepted the case"),
    "referral.declined": ("x", "declined the case"),
    "referral.more_asked": ("help", "asked for more"),
    "referral.answered": ("back", "answered the office"),
    "referral.planned": ("clock", "recorded what comes next in court"),
    "referral.transferred": ("right", "transferred the case to another office"),
    "referral.adopted": ("swap", "adopted the case: it goes on in federal court"),
    "referral.parted": ("back", "took the adoption back"),
}
EMPTY = {
    "review": ("Nothing to decide", "A case stands here when an agency refers it to your office, or yours refers one."),
    "court": ("No accepted case", "A case stands here from acceptance on, by its next court date."),
    "declined": ("No declined case", "A case that an office declined stands here with the reason."),
    "moved": (
        "No case with another office",
        "A case that was transferred, or dismissed for the federal one, goes here.",
    ),
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def list_frame(tab, counts, now, zone):
    tabs = [
        {
            "label": label,
            "url": f"{reverse('referrals')}?tab={name}",
            "count": listing.capped(counts[name]),
            "current": name == tab,
            "late": name == "review" and counts["late"] > 0,
        }
        for name, label in TABS.items()
    ]
    late = f"{listing.capped(counts['late'])} past the day of decision" if counts["late"] else ""
    order = {
        "review": "the first due on top",
        "court": "by the next court date",
    }.get(tab, "the newest first")
    people = counts["people"]
    who = f"{listing.many(people, 'person')} in open cases" if people else ""
    return {
        "tabs": tabs,
        "late_words": late,
        "people_words": who,
        "order": order,
        "empty": EMPTY[tab],
        "as_of": pages.moment(now, zone),
    }


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
        "next": f"{referral.next_on:%-d %b %Y}" if _is_coming(referral) else "",
        "missed": _is_coming(referral) and referral.next_on < now.astimezone(ZoneInfo(zone)).date(),
        "why": referral.get_decline_reason_display() if referral.status == Status.DECLINED else "",
    }


def _is_coming(referral):
    """Whether there is a next day in court: a case that was declined, or that another office has, has none here."""
    return referral.next_on is not None and referral.status not in (Status.DECLINED, *Referral.MOVED)


def venue(referral):
    return referral.get_venue_display()


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
    every = parts.beside + [each for each, _same in parts.elsewhere]
    same = [casebeside.elsewhere(each, True, zone) for each, same in parts.elsewhere if same]
    return _said_of_events(lead, parts, zone) | {
        "referral": referral,
        "lead": lead,
        "venues": [_venue(each, zone, now) for each in parts.beside] + same,
        "shared": bool(parts.elsewhere),
        "gun": [casebeside.elsewhere(each, False, zone) for each, same in parts.elsewhere if not same],
        "others": parts.others,
        "moves": casebeside.moves(referral, every),
        "line": pages.line(lead, zone, now),
        "charges": [court.charge(each) for each in parts.charges],
        "proceedings": court.proceedings(parts.proceedings, referral.office.zone, now),
        "revocation": court.revocation(referral),
        **docket.listed(parts.dockets),
        "done": _done(parts.activities),
        "activities": [(each, pages.dated(each.at, zone)) for each in parts.activities],
        "activities_cut": len(parts.activities) >= MOST_ACTIVITIES,
        "feed": [_deed(each, zone, now) for each in parts.deeds if each.verb in DEEDS],
        "decisions": casebeside.decisions(parts.decisions, zone),
        "asked": [casebeside.asked(each, referral.agency.zone, now) for each in parts.tasks],
        "notes": None if parts.notes is None else [casebeside.note(each, zone) for each in parts.notes],
        "checked": any(each.checked_on and not each.struck_at for each in parts.notes or ()),
        "clock": decision_clock(referral, now),
        "made": pages.dated(referral.referred_at, zone),
        "may_decide": allows(policies.decide, user, referral),
        "may_answer": allows(policies.answer, user, referral),
        "may_charge": allows(policies.charge, user, referral),
        "may_note": allows(policies_referrals.note, user, referral),
        "may_adopt": parts.may_adopt and allows(policies_referrals.adopt, user, referral),
        "may_part": any(each.adopted_into_id == referral.pk for each in every)
        and allows(policies_referrals.note, user, referral),
        "may_revoke": allows(policies_court.revoke, user, referral),
        "may_end": any(each.is_open for each in parts.charges),
        "as_of": pages.moment(now, zone, now.year),
        "printed": f"{now.astimezone(ZoneInfo(zone)):%a %-d %b %Y %H:%M}",
    }


def _said_of_events(lead, parts, zone):
    """The lead's own events, with the stamp, and those asserted of the person, on whichever lead of the gun."""
    own = [each for each in parts.events if each.lead_id == lead.pk and not each.withdrawn_at]
    confirmed = sum(each.confirmed_at is not None for each in own)
    return {
        "events": [event(each, zone) for each in own],
        "asserted": [event(each, zone) for each in parts.events if each.is_asserted],
        "title_words": _title(own, zone),
        "links_words": f"{confirmed} of {len(own)} events confirmed",
        "stamp_words": stamp_words(confirmed, len(own)),
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
    # What was said before the agency answered stands under How it was decided.
    if referral.decision_note and referral.status != Status.REFERRED:
        pairs.append(("In words", referral.decision_note))
    if referral.court_number:
        pairs.append(("Court", referral.court_number))
    counts = ", ".join(f"{each.title} ({each.counts})" for each in referral.charges.all() if not each.is_superseded)
    pairs += [("Counts", counts)] if counts else []
    if _is_coming(referral):
        over = ", past" if referral.next_on < now.astimezone(ZoneInfo(zone)).date() else ""
        pairs.append(("Next", f"{referral.next_what} {referral.next_on:%a %-d %b %Y}{over}"))
    return {
        "name": f"{venue(referral)}: {referral.office}",
        "icon": casebeside.icon(referral),
        "status": referral.get_status_display(),
        "tone": TONES[Status(referral.status)],
        "pairs": pairs,
        "clock": decision_clock(referral, now),
        "due": f"by {referral.decision_due_at.astimezone(ZoneInfo(zone)):%a %-d %b}",
        "url": referral.get_absolute_url(),
    }


def event(one, zone):
    """One event as a row of a table."""
    casings = f"{one.casings} casing{'s' if one.casings != 1 else ''}" if one.casings else ""
    exhibit = f"exhibit {one.exhibit_number}" if one.exhibit_number else ""
    link = f"Confirmed {one.confirmed_at.astimezone(ZoneInfo(zone)):%-d %b %Y}" if one.confirmed_at else ""
    return {
        "event": one,
        "when": pages.happened(one.occurred_at, zone) if one.occurred_at else "Not dated",
        "what": group_of(one.kind).label,
        "offense": one.offense,
        "agency": one.agency.code if one.agency else one.agency_text,
        "exhibits": ", ".join(filter(None, [casings, exhibit, one.lab_number])) or "-",
        "link": f"{link}, {one.report}" if link else "",
        "lead": one.lead,
        "withdrawn": one.withdrawn_at is not None,
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

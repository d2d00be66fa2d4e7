"""NIBIN lead notices become leads: opened once, grown by later notices, never two under one number."""

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies import access, audit
from agencies.models import Agency, User
from agencies.notifications import notify
from evidence.imports.notices import from_dict
from leads import policies, queries
from leads.actions import _mentions as mentions
from leads.actions._clusters import regroup
from leads.actions._directory import Directory
from leads.actions._events import take
from leads.actions._held import keep_back, missing_review, write_decision
from leads.actions._leads import hold, hold_promises, refresh, settle
from leads.actions._names import KEY, understand
from leads.actions._noted import note, remember
from leads.actions._pairs import stand_beside
from leads.actions._releases import tell_of_growth
from leads.actions._reports import Became, Problem, Report, one_event, stranger
from leads.models import HeldNotice, Lead, LeadEvent
from leads.queries import clusters as queries_clusters

LONG_NUMBER = "Lead number is longer than {most} characters, its site's code before it included. Correct it."
LONG_CASE = "Case number is longer than 40 characters. Correct it: this event is left out."
TAKEN = "Lead {number} is kept by another center under this very number. Write the site's code before it."
REFUSED = "Lead {number} cannot be kept: {why}. Check its rows, then load the file again."


@dataclass
class _Load:
    """What every notice of one load needs. `leads` are the center's, locked, by number; `foreign` are the numbers that
    other centers keep; `brought` the rows by the ids of the events that they brought or confirmed, `added` those of
    the former.
    """

    directory: Directory
    by: User
    now: object
    leads: dict[str, Lead]
    foreign: set[str]
    released: bool
    report: Report = field(default_factory=Report)
    brought: dict[int, int] = field(default_factory=dict)
    added: list[int] = field(default_factory=list)
    kept_back: dict[int, int] = field(default_factory=dict)
    naming: list[mentions.Naming] = field(default_factory=list)


@transaction.atomic
def load(*, notices, center, by, site=None, now=None, batch=None):
    """Open or grow one lead for each notice of a list. Loads of one center wait for each other, so that two of them
    never open the same lead twice. A new one of which no second person reviewed the images is held. What a file
    (`batch`) brought is noted, so that it can be taken back.
    """
    center = _hold_center(center)
    access.enforce(policies.load_notices, by, center)
    return _bring(notices, center, site, by, now or timezone.now(), batch=batch)


def _hold_center(center):
    return Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=center.pk)


def _bring(notices, center, site, by, now, released=False, batch=None):
    directory = Directory(center)
    directory.know({item.case_key for notice in notices for item in notice.events if item.case_key})
    sited = [(notice, directory.agency(notice.site, "") or site) for notice in notices]
    numbers = {name for notice, site in sited for name in _names(notice, site, directory)}
    work = _Load(
        directory=directory,
        by=by,
        now=now,
        leads={lead.number: lead for lead in hold(Lead.objects.filter(number__in=numbers, agency=center))},
        foreign=set(Lead.objects.filter(number__in=numbers).exclude(agency=center).values_list("number", flat=True)),
        released=released,
    )
    if batch:
        remember(work.leads.values())
    for notice, site in sited:
        _load_one(notice, site, work)
    if batch:
        note(batch, events=work.brought, added=work.added, held=work.kept_back)
    opened = [work.leads[number] for number in (*work.report.opened, *work.report.reopened)]
    tied, work.report.unknown = mentions.take(work.naming, opened, center=center, by=by, now=now, batch=batch)
    if grown := {*LeadEvent.objects.filter(pk__in=work.added).values_list("lead_id", flat=True), *tied}:
        regroup(grown, by=by, now=now)
        # Of a gun that grew by leads as well the clock tells, once of both.
        tell_of_growth(grown - queries_clusters.to_be_told(grown, now), by=by, now=now)
    return work.report


def _names(notice, site, directory):
    """The numbers a lead may have: its own, or with the code of its site before it where another has the plain one."""
    number = directory.number(notice, site)
    return number, f"{(site or directory.center).code}-{number}"


def _load_one(notice, site, work):
    row = notice.events[0].row_number if notice.events else None
    number, lead = _number(notice, site, work)

    def problem(code, sentence):
        work.report.problems.append(Problem(row, "lead_number", notice.lead_number, code, sentence))

    if number is None:
        return problem("taken", TAKEN.format(number=notice.lead_number))
    if len(number) > Lead._meta.get_field("number").max_length:
        return problem("long", LONG_NUMBER.format(most=Lead._meta.get_field("number").max_length))
    named = [understand(item, work.directory) for item in _fitting(notice, work.report)]
    if (lead is None or lead.is_withdrawn) and len({each.identity for each in named}) < 2:
        return problem("one_event", one_event(notice))
    if (
        (lead is None or lead.is_withdrawn)
        and not work.released
        and (why := missing_review(notice, number, site, timezone.localdate(work.now)))
    ):
        held = keep_back(notice, number, site, why, center=work.directory.center, by=work.by, now=work.now)
        if held.held_at == work.now:
            work.kept_back[held.pk] = row or 0
        work.report.held.append((row, number, why))
        # Said now, while it can be corrected: when the notice goes out nobody reads a report.
        work.report.waits += [(each.item.row_number, each.item.case_number) for each in named if _unfound(each)]
        work.report.strangers += [stranger(each.item) for each in named if not each.agency]
        return None
    try:
        with transaction.atomic():
            done = _keep(lead or _open(number, notice, site, work), named, lead is not None, work)
            hold_promises()
    except IntegrityError as error:
        return problem("refused", REFUSED.format(number=number, why=str(error).splitlines()[0]))
    _write_down(done, named, row, work)
    if notice.named:
        work.naming.append(mentions.Naming(done[0], notice, site))
    return None


def _write_down(done, named, row, work):
    """What became of one notice, for the report and for what follows once all of them are kept."""
    kept, taken, became = done
    work.brought |= {event.pk: row or 0 for event, row in (*taken.added, *taken.confirmed)}
    work.added += [event.pk for event, _row in taken.added]
    work.leads[kept.number] = kept
    unfound = {row for event, row in taken.added if event.incident_id is None}
    waiting = [each.item for each in named if each.item.row_number in unfound and _unfound(each)]
    work.report.waits += [(item.row_number, item.case_number) for item in waiting]
    added = {row for event, row in taken.added if event.agency_id is None}
    work.report.strangers += [stranger(each.item) for each in named if each.item.row_number in added]
    work.report.joined += taken.joined
    work.report.leads.append(Became(row, kept.number, became))


def _unfound(named):
    """Whether a person has to look for the incident of an event. Of one without a case number the file's reader said
    so already.
    """
    return named.incident is None and bool(named.item.case_key)


def _number(notice, site, work):
    """(the number of a notice's lead, the lead if there is one); (None, None) when there is no number left for it."""
    for name in _names(notice, site, work.directory):
        lead = work.leads.get(name)
        if lead is None and name not in work.foreign:
            return name, None
        if lead and (site is None or lead.site is None or lead.site == site):
            return name, lead
    return None, None


def _fitting(notice, report):
    for item in notice.events:
        if len(item.case_key) > KEY:
            report.problems.append(Problem(item.row_number, "case_number", item.case_number, "long", LONG_CASE))
        else:
            yield item


def _open(number, notice, site, work):
    return Lead.objects.create(
        number=number,
        agency=work.directory.center,
        site=site,
        notice_on=notice.notice_date or timezone.localdate(work.now, ZoneInfo(work.directory.center.zone)),
        due_at=work.now + timedelta(days=1),
        opened_at=work.now,
        created_by=work.by,
        reviewer_1=notice.reviewer_1,
        reviewer_2=notice.reviewer_2,
    )


def _keep(lead, named, known, work):
    """Bring a notice's events to a lead, which grows by them: (the lead, what it took, what became of it). What a later
    notice only confirms opens nothing again.
    """
    center, by, now = work.directory.center, work.by, work.now
    there, again = lead.events(manager="every").all() if known else [], known and lead.is_withdrawn
    taken = take(lead, named, there, by=by, now=now)
    added = [event for event, _row in taken.added]
    if taken.confirmed:
        for event, _row in taken.confirmed:
            audit.record("event.confirmed", event, by=by, agency=center, lead=lead.number, report=event.report)
        notify(queries.involved(lead), "lead.confirmed", lead, by=by, now=now)
    if added:
        # Of a line of which an elimination left one event that was taken off with the other.
        back = stand_beside(lead, by=by, now=now) if known and not lead.events_count else []
        gained = {event.agency_id for event in (*added, *back)} if known else set()
        settle(lead, directory=work.directory, by=by, now=now, gained=gained, grew=known, opened=not known)
        data = {"number": lead.number, "events": [event.case_number for event in added]}
        audit.record("lead.grew" if known else "lead.opened", lead, by=by, agency=center, **data)
        return lead, taken, "reopens" if again else "grows" if known else "opens"
    if taken.confirmed:
        refresh(lead, by=by, now=now)
    return lead, taken, "confirms" if taken.confirmed else "same"


@transaction.atomic
def release(*, held, by, reason):
    """Let a held notice go without a second review, for a reason that is kept; what became of it."""
    held = _locked(held)
    access.enforce(policies.decide_notice, by, held, reason)
    return _let_go(held, by, reason=reason)


@transaction.atomic
def decline(*, held, by, reason):
    """Say that a held notice opens no lead."""
    held = _locked(held)
    access.enforce(policies.decide_notice, by, held, reason)
    write_decision(held, HeldNotice.Status.DECLINED, by=by, reason=reason)
    return held


@transaction.atomic
def release_reviewed(*, held, by):
    """Let a held notice go once two people have reviewed it at its site; None where they have not yet."""
    access.enforce(policies.release_reviewed, by)
    held = _locked(held)
    review = queries.review_that_releases(held)
    return _let_go(held, by, review=review) if review else None


def _locked(held):
    """Behind the lock of its center, as every load takes it first."""
    _hold_center(held.agency)
    found = HeldNotice.objects.select_for_update(of=["self"], no_key=True)
    return found.select_related("agency", "site").get(pk=held.pk)


def _let_go(held, by, review=None, reason=""):
    """The lead opens, and its clocks begin, now."""
    write_decision(held, HeldNotice.Status.RELEASED, by=by, review=review, reason=reason)
    report = _bring([from_dict(held.notice)], held.agency, held.site, by, timezone.now(), released=True)
    if report.problems:
        raise access.Refused(report.problems[0].words, "notices.release", held)
    return report

"""NIBIN lead notices become leads: opened once, grown by later notices, never two under one number."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.models import Agency
from leads import policies
from leads.actions._leads import Directory, add_event, find_or_open, settle


@dataclass
class Report:
    """What a load did: numbers of leads by what became of them, and what a person has to look at."""

    opened: list[str] = field(default_factory=list)
    grown: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    waiting: int = 0
    waits: list[tuple[int, str]] = field(default_factory=list)
    problems: list[tuple[int | None, str]] = field(default_factory=list)

    def as_counts(self):
        return {
            "new": len(self.opened),
            "updated": len(self.grown),
            "unchanged": len(self.unchanged),
            "review": self.waiting,
            "errors": len(self.problems),
        }


@transaction.atomic
def load(*, notices, center, by, site=None, now=None):
    """Open or grow one lead for each notice. Loads of one center wait for each other, so that two of them never open
    the same lead twice.
    """
    now = now or timezone.now()
    center = Agency.objects.select_for_update(of=["self"]).get(pk=center.pk)
    access.enforce(policies.load_notices, by, center)
    report, directory = Report(), Directory(center)
    for notice in notices:
        _load_one(notice, directory=directory, site=site, by=by, now=now, report=report)
    return report


def _load_one(notice, *, directory, site, by, now, report):
    site = directory.agency(notice.site, "") or site
    lead, known = find_or_open(notice, directory=directory, site=site, by=by, now=now)
    if lead is None:
        report.problems.append(
            (
                notice.events[0].row_number if notice.events else None,
                f"Lead {notice.lead_number} names one event: a lead links two or more. Add the other event's row.",
            )
        )
        return
    pairs = [(item, add_event(lead, item, directory, by, now)) for item in notice.events]
    added = [event for _item, event in pairs if event]
    waits = [(item.row_number, item.case_number) for item, event in pairs if event and event.incident_id is None]
    report.waits += waits
    report.waiting += len(waits)
    if not added:
        report.unchanged.append(lead.number)
        return
    settle(lead, directory=directory, by=by, now=now, grew=known)
    verb = "lead.grew" if known else "lead.opened"
    audit.record(verb, lead, by=by, agency=directory.center, number=lead.number, events=[e.case_number for e in added])
    (report.grown if known else report.opened).append(lead.number)

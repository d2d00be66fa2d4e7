"""What follows of pairs for the events of a line: which are confirmed, which are off, what happens to doubles."""

from django.db.models import Q

from agencies import audit
from leads import pairs
from leads.models import BulletinEvent, Comparison, ConfirmationItem, LeadEvent

Status = Comparison.Status
CONFIRMED = ["confirmed_at", "confirmed_by", "report", "paired"]


def derive(lead, events):
    """Write on each event whether the pairs that stand confirm it, and count the hits of the line. What a notice or a
    report said of an event without naming the other specimen holds as it was said.
    """
    ids = [event.pk for event in events]
    hits = list(Comparison.objects.confirmed().filter(lead=lead, first__in=ids, second__in=ids).order_by("recorded_at"))
    said = {event.pk for event in events if event.confirmed_at and not event.paired}
    core = pairs.core(ids, [(each.first_id, each.second_id) for each in hits], said)
    lead.hits = len(hits)
    for event in events:
        if event.pk in said:
            continue
        under = next((each for each in hits if event.pk in (each.first_id, each.second_id)), None)
        _write(event, under if event.pk in core else None)


def _write(event, under):
    values = (under.recorded_at, under.recorded_by_id, under.report, True) if under else (None, None, "", False)
    if (event.confirmed_at, event.confirmed_by_id, event.report, event.paired) != values:
        event.confirmed_at, event.confirmed_by_id, event.report, event.paired = values
        event.save(update_fields=CONFIRMED)


def taken_off(lead):
    """The ids of events that an examiner took off a line, by results that stand."""
    found = Comparison.objects.standing().filter(lead=lead).exclude(off=None).values_list("off", "also_off")
    return {pk for both in found for pk in both if pk}


def bring_in_accord(lead, *, by, now):
    """Take off the line what results eliminate and put back what none does any more: (events gone, events back)."""
    rows = list(lead.comparisons.filter(status__in=[Status.STANDING, Status.SUPERSEDED]))
    known = {pk for row in rows for pk in (row.off_id, row.also_off_id) if pk}
    off = {row.off_id for row in rows if row.off_id and row.status == Status.STANDING}
    pool = list(LeadEvent.every.filter(Q(withdrawn_at=None) | Q(pk__in=known), lead=lead).order_by("pk"))
    stay = set(pairs.on_line([event.pk for event in pool], off))
    gone = [event for event in pool if event.withdrawn_at is None and event.pk not in stay]
    back = [event for event in pool if event.withdrawn_at and event.pk in stay]
    for event in gone + back:
        event.withdrawn_at, event.withdrawn_by = (None, None) if event in back else (now, by)
        event.save(update_fields=["withdrawn_at", "withdrawn_by"])
    alone = next((event for event in gone if event.pk not in off), None)
    last = max((row for row in rows if row.off_id and row.status == Status.STANDING), key=lambda r: r.pk, default=None)
    if alone and last:
        last.also_off = alone
        last.save(update_fields=["also_off"])
    Comparison.objects.filter(lead=lead, also_off__in=back).update(also_off=None)
    return gone, back


def stand_beside(lead, *, by, now):
    """What an elimination left alone stands again beside what a notice brought: the events that are back."""
    if not taken_off(lead):
        return []
    _gone, back = bring_in_accord(lead, by=by, now=now)
    for event in back:
        audit.record("event.restored", event, by=by, agency=lead.agency, lead=lead.number, case=event.case_number)
    return back


def doubt(first, second):
    """An examiner found anything but one firearm of two events: that a notice or a report said so of either without
    naming the other holds no longer by itself, but by the pairs that stand.
    """
    LeadEvent.every.filter(pk__in=[first, second]).exclude(confirmed_at=None).update(paired=True)


def move(double, into):
    """What is on record of a double is of the event that stays, where that has nothing of its own. Whether anything
    is left that only the double can carry: then it stays on record, off the line.
    """
    left = False
    for row in Comparison.objects.filter(Q(first=double) | Q(second=double)).select_for_update(no_key=True):
        other = row.second_id if row.first_id == double.pk else row.first_id
        names = {"off": into.pk if row.off_id == double.pk else row.off_id}
        if other == into.pk or _has(into.pk, other) or row.also_off_id == double.pk:
            left = True
            continue
        first, second = pairs.ordered(other, into.pk)
        Comparison.objects.filter(pk=row.pk).update(first=first, second=second, off=names["off"])
    for item in ConfirmationItem.objects.filter(event=double):
        if ConfirmationItem.objects.filter(request=item.request_id, event=into).exists():
            left = True
        else:
            ConfirmationItem.objects.filter(pk=item.pk).update(event=into)
    # A bulletin tells of the case, which is still on the line.
    told = BulletinEvent.objects.filter(event=double)
    told.filter(bulletin__told_of__event=into).delete()
    told.update(event=into)
    return left


def _has(one, other):
    first, second = pairs.ordered(one, other)
    return Comparison.objects.standing().filter(first=first, second=second).exists()

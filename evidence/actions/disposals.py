"""An exhibit leaves by three steps of at least two people: proposed, approved, carried out before a witness."""

from django.db import connection, transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from agencies.roles import Permission
from evidence import policies, queries
from evidence.actions._legs import add_leg, locked_exhibit
from evidence.models import CustodyEvent, Disposal, Exhibit, RetentionRule

Status = Disposal.Status


@transaction.atomic
def keep(*, exhibit, by, until, reason):
    """Keep an exhibit after its review, until another day."""
    exhibit = locked_exhibit(exhibit)
    access.enforce(policies.review_exhibit, by, exhibit)
    audit.record("exhibit.kept", exhibit, by=by, until=until.isoformat(), reason=reason)
    exhibit.review_on = until
    exhibit.save(update_fields=["review_on"])
    return exhibit


@transaction.atomic
def propose(*, exhibit, by, method, reason):
    """Propose that an exhibit goes; who may approve it is told."""
    exhibit = locked_exhibit(exhibit)
    access.enforce(policies.propose_disposal, by, exhibit)
    made = Disposal.objects.create(
        exhibit=exhibit, agency=exhibit.agency, method=method, reason=reason, proposed_at=timezone.now(), proposed_by=by
    )
    audit.record("disposal.proposed", exhibit, by=by, disposal=made.pk, method=method, reason=reason)
    notify(queries.people_with(Permission.DISPOSAL_APPROVE, exhibit.agency), "disposal.proposed", made, by=by)
    return made


@transaction.atomic
def waive(*, disposal, by, reason):
    """Say that it may go in spite of what stands against it; the second who says so has to be another person."""
    disposal = _locked(disposal)
    access.enforce(policies.waive_disposal, by, disposal, reason)
    which = "seconded" if disposal.waived_by_id else "waived"
    facts = {f"{which}_at": timezone.now(), f"{which}_by": by, f"{which}_because": reason.strip()}
    _set(disposal, **facts)
    audit.record("disposal.waived", disposal.exhibit, by=by, disposal=disposal.pk, reason=reason.strip())
    return disposal


@transaction.atomic
def approve(*, disposal, by):
    """Approve what another proposed. The database looks itself for what stands against it."""
    disposal = _locked(disposal)
    access.enforce(policies.approve_disposal, by, disposal, queries.disposal_gaps(disposal))
    _set(disposal, status=Status.APPROVED, approved_at=timezone.now(), approved_by=by)
    disposal.refresh_from_db(fields=["gaps"])
    audit.record("disposal.approved", disposal.exhibit, by=by, disposal=disposal.pk, gaps=_logged(disposal))
    notify([disposal.proposed_by], "disposal.approved", disposal, by=by)
    return disposal


def _logged(disposal):
    """What stood against it, for a log that people read who may not know whether a gun was traced."""
    return ",".join(gap for gap in disposal.gaps.split(",") if gap != "trace")


@transaction.atomic
def send_back(*, disposal, by, reason):
    disposal = _locked(disposal)
    access.enforce(policies.send_back_disposal, by, disposal, reason)
    _end(disposal, by, Status.SENT_BACK, reason)
    notify([disposal.proposed_by], "disposal.sent_back", disposal, by=by)
    return disposal


@transaction.atomic
def withdraw(*, disposal, by, reason):
    disposal = _locked(disposal)
    access.enforce(policies.withdraw_disposal, by, disposal, reason)
    _end(disposal, by, Status.WITHDRAWN, reason)
    return disposal


@transaction.atomic
def carry_out(*, disposal, by, witness, note=""):
    """The exhibit is gone: the last row of its chain says how, and before whom."""
    disposal = _locked(disposal)
    exhibit = disposal.exhibit
    access.enforce(policies.carry_out_disposal, by, disposal, queries.disposal_gaps(disposal), witness)
    last = exhibit.custody.last()
    now = timezone.now()
    add_leg(
        exhibit,
        by,
        purpose=CustodyEvent.Purpose.DISPOSED,
        from_whom=last.to_whom if last else str(by),
        from_person=by,
        to_whom=f"{disposal.get_method_display()}, witness {witness}",
        at=max(now, last.at) if last else now,
        note=note or disposal.reason,
    )
    exhibit.disposed_at, exhibit.disposed_by = now, by
    exhibit.save(update_fields=["disposed_at", "disposed_by"])
    _set(disposal, witness=witness)
    _end(disposal, by, Status.DONE, "")
    return disposal


def _end(disposal, by, status, reason):
    _set(disposal, status=status, ended_at=timezone.now(), ended_by=by, ended_because=reason.strip())
    audit.record(f"disposal.{Status(status).value}", disposal.exhibit, by=by, disposal=disposal.pk, reason=reason)


def _set(disposal, **values):
    for name, value in values.items():
        setattr(disposal, name, value)
    disposal.save(update_fields=list(values))


def _locked(disposal):
    exhibit = locked_exhibit(disposal.exhibit)
    held = Disposal.objects.select_for_update(of=["self"], no_key=True).select_related("agency", "proposed_by")
    found = held.get(pk=disposal.pk)
    found.exhibit = exhibit
    return found


DATED = """
update evidence_exhibit e
   set review_on = least(((e.collected_at at time zone %s) + make_interval(months => %s))::date, '9999-12-31'::date)
 where e.agency_id = %s and e.kind = %s and e.review_on is null and e.disposed_at is null"""


@transaction.atomic
def set_rule(*, agency, kind, months, by):
    """Say how long an agency keeps one kind; exhibits of it that have no date of review get theirs."""
    access.enforce(policies.keep_rules, by, agency)
    rule, _ = RetentionRule.objects.update_or_create(agency=agency, kind=kind, defaults={"months": months})
    with connection.cursor() as cursor:
        cursor.execute(DATED, [agency.zone, months, agency.pk, Exhibit.Kind(kind)])
        dated = cursor.rowcount
    audit.record("retention.set", rule, by=by, kind=kind, months=months, dated=dated)
    return rule

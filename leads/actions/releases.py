"""Packets in the hands of people: released, opened, received, revoked, retracted, acknowledged."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from agencies.queueing import later
from evidence import vault
from leads import tasks
from leads.actions._leads import hold
from leads.actions._packets import note_traced
from leads.actions._releases import HAS_IT, end_of, locked, locked_version, retracted, why_not_until
from leads.models import Disclosure, Lead, PacketRelease, PacketUnmasking
from leads.packets import bag, carried, contents, wording
from leads.policies import releases as policies
from leads.queries import outdated
from leads.queries import releases as queries

State = PacketRelease.State
BATCH = 100


@transaction.atomic
def release(*, version, to, office, duty, ends_on, by, letter="", files=(), now=None):
    """Give a version to one person of an office until the end of a day there. `files`: files of the lead that go along.
    The register has a line for each item of the index that the version holds.
    """
    now = now or timezone.now()
    # Whoever takes a link back holds its lead: so either this sees that, or that finds this one released.
    hold(Lead.objects.filter(pk__in=queries.leads_of(version.packet)))
    version = locked_version(version)
    access.enforce(policies.release, by, version)
    ends_at = end_of(ends_on, office.zone)
    _fits(version, to, office, ends_at, now)
    allowed = {each.pk: each for each in queries.files_of(version.packet, by)}
    if any(each.pk not in allowed for each in files):
        raise Refused("A file that you chose may not go along any more. Choose again.", "releases.release", version)
    taken = [allowed[each.pk].file for each in files]
    letter = _letter(letter, version, to, office, ends_on, now)
    letter, *names = _unnamed(version.packet, by, letter, [file.name for file in taken])
    made = PacketRelease.objects.create(
        version=version, source=version.packet.agency, office=office, to=to, duty=duty,
        letter=letter, ends_at=ends_at, released_at=now, released_by=by,
        files=[_file(file, name, number) for number, (file, name) in enumerate(zip(taken, names, strict=True), 1)],
    )  # fmt: skip
    told = {"to": to.name, "office": office.code, "duty": duty, "ends": ends_at.isoformat(), "files": len(taken)}
    audit.record("packet.released", made, by=by, agency=version.packet.agency, **told)
    _register(made, by, now)
    if not version.releases.exclude(pk=made.pk).exists():
        _supersede(version, by, now)
    later(tasks.prepare_copy, made.pk)
    return made


def _unnamed(packet, by, text, names=()):
    """[text, names of files] of what goes along with a packet, without the names that its pages withhold."""
    shown = queries.unmasked(packet, by)
    return contents.unnamed(packet.lead, by, packet.agency, text, names, shown)


def _letter(text, version, to, office, ends_on, now):
    """The letter with what stands in its places (`leads.packets.wording`)."""
    if why := wording.problem(text):
        raise Refused(why, "releases.release", version)
    packet = version.packet
    values = {
        "packet": packet.number, "version": str(version.version), "lead": packet.lead.number,
        "agency": packet.agency.name, "recipient": to.name, "office": office.name,
        "day": carried.day(now, office.zone), "ends": f"{ends_on.day} {ends_on:%b %Y}",
    }  # fmt: skip
    return wording.filled(text, values).strip()


def _fits(version, to, office, ends_at, now):
    if not queries.may_get(version.packet.agency).filter(user=to, agency=office).exists():
        raise Refused("This person does not read packets in that office.", "releases.release", version)
    if why := why_not_until(ends_at, now):
        raise Refused(why, "releases.release", version)
    why, _more = outdated.since(version)
    if why:
        raise Refused(f"{why} Make another version and release that.", "releases.release", version)
    if version.releases.filter(to=to, revoked_at=None).exists():
        raise Refused(HAS_IT, "releases.release", version)


def _file(file, name, number):
    return {"file": file.pk, "name": bag.safe_name(name, number), "sha256": file.sha256, "size": file.size}


def _register(release, by, now):
    """A line of the disclosure register for each item that stands in the pages."""
    listed = release.version.snapshot["sections"].get("disclosure", ())
    agency, to = release.source, f"{release.to.name}, {release.office.name}"[:160]
    Disclosure.objects.bulk_create(
        Disclosure(
            lead_id=row["lead_id"], item=row["item"], label=f"{row['what']}: {row['words']}"[:200], agency=agency,
            to=to, duty=release.duty, how=f"Packet {release}", release=release, disclosed_at=now, disclosed_by=by,
        )
        for row in listed if not row["kept"]
    )  # fmt: skip


def _supersede(version, by, now):
    """Who has an earlier version hears that there is a newer one, when that goes to the first of its readers."""
    older = PacketRelease.objects.filter(version__packet=version.packet, version__version__lt=version.version)
    for each in older.filter(revoked_at=None).select_related("to", "version__packet").order_by("pk"):
        notify({each.to}, "packet.superseded", each, by=by, now=now)


@transaction.atomic
def hand_out(*, release, how, by, now=None):
    """Record that a copy is opened, and open it: the PDF of this person. Raises vault.Gone."""
    now = now or timezone.now()
    access.enforce(policies.open_, by, release, now)
    audit.record("packet.copy_opened", release, by=by, agency=release.source_id, how=how)
    note_traced([release.version.snapshot], by)
    return vault.opened(release.copy_sha256)


@transaction.atomic
def receive(*, release, by, now=None):
    """The recipient confirms that they have it: the register's lines of it bear that."""
    now = now or timezone.now()
    release = locked(release)
    access.enforce(policies.receive, by, release, now)
    release.received_at, release.received_by = now, by
    release.save(update_fields=["received_at", "received_by"])
    words = f"Confirmed in the portal by {by.name}"[:120]
    release.disclosures.filter(received_at=None).update(received_at=now, received_by=by, receipt=words)
    audit.record("packet.received", release, by=by, agency=release.source)
    notify({release.released_by}, "packet.received", release, by=by, now=now)
    return release


@transaction.atomic
def revoke(*, release, reason, by, now=None):
    """End the link at once: who had it may not open it any more."""
    now = now or timezone.now()
    release = locked(release)
    access.enforce(policies.revoke, by, release, reason=reason)
    (why,) = _unnamed(release.version.packet, by, reason.strip())
    release.revoked_at, release.revoked_by, release.revoked_why = now, by, why[:300]
    release.save(update_fields=["revoked_at", "revoked_by", "revoked_why"])
    audit.record("packet.revoked", release, by=by, agency=release.source, reason=release.revoked_why)
    notify({release.to}, "packet.revoked", release, by=by, now=now)
    return release


@transaction.atomic
def retract(*, version, reason, by, now=None):
    """Take a version back: everybody who has a copy hears so at once and acknowledges that."""
    version = locked_version(version)
    access.enforce(policies.retract, by, version, reason=reason)
    (why,) = _unnamed(version.packet, by, reason.strip())
    return retracted(version, why[:300], by=by, now=now or timezone.now())


@transaction.atomic
def heed(*, release, by, now=None):
    """The recipient acknowledges that their copy is not to be relied on."""
    release = locked(release)
    access.enforce(policies.heed, by, release)
    release.due_at, release.heeded_at, release.heeded_by = None, now or timezone.now(), by
    release.save(update_fields=["due_at", "heeded_at", "heeded_by"])
    audit.record("packet.heeded", release, by=by, agency=release.source)
    return release


@transaction.atomic
def escalate(*, by, now=None):
    """Tell supervisors of retractions that recipients did not acknowledge in time, once each; how many there were."""
    now = now or timezone.now()
    access.enforce(policies.keep_packets, by)
    due = PacketRelease.objects.filter(due_at__lte=now, escalated_at=None).order_by("due_at", "pk")
    due = due.select_for_update(of=["self"], no_key=True, skip_locked=True)
    rows = list(due.select_related("source", "version__packet")[:BATCH])
    for release in rows:
        release.escalated_at = now
        release.save(update_fields=["escalated_at"])
        audit.record("packet.unheeded", release, by=by, agency=release.source)
        notify(queries.supervisors(release), "packet.unheeded", release, now=now)
    return len(rows)


@transaction.atomic
def unmask(*, packet, person, reason, by, now=None):
    """Let the versions of a packet from now on say a name that is masked, for a reason that stays on record."""
    access.enforce(policies.unmask, by, packet, reason=reason)
    if not queries.maskable(packet, by).filter(pk=person.pk).exists():
        raise Refused("Nobody is named on this lead whose masked name you may read.", "releases.unmask", packet)
    (why,) = _unnamed(packet, by, reason.strip())
    made, new = PacketUnmasking.objects.get_or_create(
        packet=packet, person=person,
        defaults={"reason": why[:300], "unmasked_at": now or timezone.now(), "unmasked_by": by},
    )  # fmt: skip
    if not new:
        raise Refused("This name is unmasked in this packet already.", "releases.unmask", packet)
    audit.record("packet.unmasked", packet, by=by, agency=packet.agency_id, person=person.pk, reason=made.reason)
    return made

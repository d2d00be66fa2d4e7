"""Packets sealed, and copies of recipients prepared, by a worker."""

import logging

from django.db import transaction
from django.utils import timezone
from pyhanko.sign.timestamps import TimestampRequestError

from agencies import access, audit
from agencies.notifications import notify
from agencies.queueing import later
from evidence import vault
from leads import tasks
from leads.actions._releases import locked, locked_version
from leads.models import PacketRelease, PacketSeal, PacketVersion
from leads.packets import bag, bagging, carried, certificates, paper, signing, typeset
from leads.policies import releases as policies

log = logging.getLogger(__name__)
LARGEST = 200 * 1024 * 1024
MOST_TRIES = 3
UNBUILT = "The pages of this version could not be built."
State = PacketRelease.State
BROKEN = (certificates.Unsealed, TimestampRequestError, typeset.PressError, vault.Gone, vault.Unfit)


@transaction.atomic
def seal(*, version, by, now=None):
    """Put the center's signature on a version that was built; harmless when repeated. What cannot be sealed waits."""
    access.enforce(policies.keep_packets, by)
    version = locked_version(version)
    if version.state != PacketVersion.State.BUILT or PacketSeal.objects.filter(version=version).exists():
        return None
    try:
        with certificates.sealer() as sealer, vault.opened(version.pdf_sha256) as file:
            kept = _kept(file.read(), version, sealer)
            certificate, timed = sealer.signer.signing_cert.sha256.hex(), sealer.timestamper is not None
    except BROKEN as problem:
        log.warning("%s was not sealed: %s", version, problem)
        return None
    items = carried.listed(version.snapshot)
    made = PacketSeal.objects.create(
        version=version, pdf_sha256=kept.sha256, pdf_size=kept.size, items_sha256=carried.digest(items),
        certificate=certificate, timed=timed,
        sealed_at=now or timezone.now(), sealed_by=by,
    )  # fmt: skip
    audit.record("packet.sealed", version, by=by, agency=version.packet.agency, sha256=kept.sha256)
    return made


def _kept(pdf, version, sealer):
    signed = signing.sign_pdf(pdf, sealer, carried.said(version.packet.number, version.version))
    return vault.keep([signed], LARGEST, scan=False)


@transaction.atomic
def prepare(*, release, by, now=None):
    """Set and seal the copy of one recipient, with their name on every page; harmless when repeated."""
    now = now or timezone.now()
    access.enforce(policies.keep_packets, by)
    waiting = PacketRelease.objects.unmade().filter(pk=release.pk)
    if not waiting.select_for_update(of=["self"], no_key=True, skip_locked=True).exists():
        return None
    release = locked(release)
    if release.version.state == PacketVersion.State.FAILED:
        return _give_up(release, UNBUILT, by, now)
    if release.version.state != PacketVersion.State.BUILT:
        return None
    release.tries += 1
    try:
        pages = paper.pages(release.version.snapshot) | carried.marks(release)
        content = typeset.pdf(pages).content
        with certificates.sealer() as sealer:
            kept = _kept(content, release.version, sealer)
    except BROKEN as problem:
        return _failed(release, problem, by, now)
    release.state, release.ready_at = State.READY, now
    release.copy_sha256, release.copy_size = kept.sha256, kept.size
    release.save(update_fields=["state", "tries", "ready_at", "copy_sha256", "copy_size"])
    audit.record("packet.copied", release, by=by, agency=release.source, sha256=kept.sha256)
    notify({release.to}, "packet.released", release, now=now)
    return release


@transaction.atomic
def pack(*, release, by):
    """Make the bag of a copy that is ready, and keep its tag files; harmless when repeated. What keeps it from being
    made for good is told on the page of the release; what is away for a while is waited for.
    """
    access.enforce(policies.keep_packets, by)
    waiting = PacketRelease.objects.unbagged().filter(pk=release.pk)
    if not waiting.select_for_update(of=["self"], no_key=True, skip_locked=True).exists():
        return None
    release = locked(release)
    try:
        release.bag = carried.bagged(release)
    except (certificates.Unsealed, vault.Away) as problem:
        log.warning("The bag of %s waits: %s", release, problem)
        return None
    except (bag.TooLarge, bagging.BagError, vault.Gone) as problem:
        release.bag_why = str(problem)[:300]
        log.error("The bag of %s cannot be made: %s", release, problem)
    release.save(update_fields=["bag", "bag_why"])
    verb = "packet.not_bagged" if release.bag_why else "packet.bagged"
    audit.record(verb, release, by=by, agency=release.source, reason=release.bag_why)
    return release


def _failed(release, problem, by, now):
    """Tried again by the next sweep, and not for ever."""
    if release.tries < MOST_TRIES:
        release.save(update_fields=["tries"])
        audit.record("packet.not_copied", release, by=by, agency=release.source, reason=str(problem)[:300])
        return
    _give_up(release, str(problem), by, now)


def _give_up(release, why, by, now):
    """Who released it hears that there is no copy, and may have it prepared once more."""
    release.state, release.failed_why = State.FAILED, why[:300]
    release.save(update_fields=["state", "tries", "failed_why"])
    audit.record("packet.copy_failed", release, by=by, agency=release.source, reason=release.failed_why)
    notify({release.released_by}, "packet.copy_failed", release, now=now)


@transaction.atomic
def again(*, release, by):
    """Have a copy prepared once more that could not be prepared."""
    release = locked(release)
    access.enforce(policies.again, by, release)
    release.state, release.failed_why, release.tries = State.PREPARING, "", 0
    release.save(update_fields=["state", "failed_why", "tries"])
    audit.record("packet.asked_again", release, by=by, agency=release.source)
    later(tasks.prepare_copy, release.pk)
    return release

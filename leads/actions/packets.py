"""Packets: made of a lead, taken down version by version, built by a worker, read on record."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from agencies.queueing import later
from evidence import vault
from leads import tasks
from leads.actions._packets import alone, held, locked, note_told, note_traced, sealed_or_bare, tell
from leads.models import Lead, Packet, PacketVersion
from leads.packets import contents, paper, typeset
from leads.packets.sections import ordered
from leads.packets.snapshot import digest
from leads.policies import packets as policies
from leads.queries import releases as releasing

State = PacketVersion.State
LARGEST, MOST_TRIES = 500 * 1024 * 1024, 3
WORDS = ("title", "summary", "sections")
BROKE = "Three workers broke off at these pages. Choose fewer sections, or tell your administrator."


@transaction.atomic
def make(*, lead, agency, purpose, by, title, sections, summary="", bates_prefix="", referral=None, now=None):
    """Make a packet of a lead with its first version."""
    now = now or timezone.now()
    lead = _seen(lead, by)
    access.enforce(policies.make, by, lead, agency)
    if referral is not None and (
        referral.lead_id != lead.pk or agency.pk not in (referral.agency_id, referral.office_id)
    ):
        raise Refused("This referral is not of that lead and agency.", "packets.make", lead)
    made = Packet.objects.create(
        lead=lead, agency=agency, referral=referral, purpose=purpose, title=title.strip(), summary=summary.strip(),
        sections=_some(sections), bates_prefix=_bates(bates_prefix, lead, by, agency), created_at=now, created_by=by,
    )  # fmt: skip
    audit.record("packet.made", made, by=by, agency=agency, lead=lead.number, purpose=purpose)
    _take_down(made, by, now)
    return made


def _seen(lead, by):
    """The lead, for who sees it: else it is as if there were none."""
    found = Lead.objects.visible_to(by).filter(pk=lead.pk).select_related("desk", "agency", "site").first()
    if found is None:
        raise Refused("You do not see the lead of this packet.", "packets.make", None)
    return found


def _some(sections):
    chosen = ordered(sections)
    if not chosen:
        raise Refused("Choose at least one section.", "packets.make", None)
    return chosen


@transaction.atomic
def ask(*, packet, by, now=None, **words):
    """Take down another version of a packet; `words` are those of WORDS that change."""
    packet = locked(packet)
    access.enforce(policies.ask, by, packet)
    _seen(packet.lead, by)
    before = {name: getattr(packet, name) for name in WORDS}
    after = before | {name: value.strip() if isinstance(value, str) else _some(value) for name, value in words.items()}
    for name, value in after.items():
        setattr(packet, name, value)
    packet.save(update_fields=list(WORDS))
    return _take_down(packet, by, now or timezone.now())


def _take_down(packet, by, now):
    """The next version: what is on record at this moment, for a worker to set as pages."""
    last = packet.versions.order_by("-version").values_list("version", flat=True).first() or 0
    said = _about(packet, last + 1, by)
    snapshot = contents.gather(
        packet.lead, user=by, agency=packet.agency, sections=packet.sections, said=said, as_of=now,
        unmasked=releasing.unmasked(packet, by),
    )  # fmt: skip
    _retitle(packet, snapshot["packet"])
    made = PacketVersion.objects.create(
        packet=packet, version=last + 1, as_of=now, sections=packet.sections, snapshot=snapshot,
        snapshot_sha256=digest(snapshot), asked_at=now, asked_by=by,
    )  # fmt: skip
    note_told(made)
    audit.record(
        "packet.taken_down", made, by=by, agency=packet.agency, packet=packet.pk, version=made.version,
        sections=packet.sections, sha256=made.snapshot_sha256,
    )  # fmt: skip
    note_traced([snapshot], by)
    later(tasks.build_packet, made.pk)
    return made


def _retitle(packet, said):
    """What a person typed on its cover stands without names that are withheld wherever the packet is listed."""
    if packet.title != said["title"]:
        packet.title = said["title"]
        packet.save(update_fields=["title"])


def _bates(typed, lead, by, agency):
    """What numbers of pages begin with: nobody's name."""
    own, typed = lead.number[:16], typed.strip()
    return typed if typed and contents.unnamed(lead, by, agency, typed) == [typed] else own


def _about(packet, version, by):
    """What a snapshot says of the packet itself."""
    return {
        "number": packet.number, "version": version, "title": packet.title, "purpose": packet.purpose,
        "summary": packet.summary, "bates": packet.bates_prefix, "maker": str(by),
    }  # fmt: skip


@transaction.atomic
def look(*, lead, agency, purpose, by, title="", sections=(), summary="", bates_prefix="", referral=None, packet=None):
    """What a packet would say, without making one; looking at traces is on record. packet: of which it would be another
    version.
    """
    lead = _seen(lead, by)
    access.enforce(policies.make, by, lead, agency)
    said = {
        "number": "Preview", "version": 0, "title": title or f"Lead {lead.number}", "purpose": purpose,
        "summary": summary, "bates": bates_prefix or lead.number, "maker": str(by),
    }  # fmt: skip
    shown = releasing.unmasked(packet, by) if packet else frozenset()
    snapshot = contents.gather(lead, user=by, agency=agency, sections=sections, said=said, unmasked=shown)
    audit.record("packet.previewed", lead, by=by, agency=agency, purpose=purpose, sections=ordered(sections))
    note_traced([snapshot], by)
    return snapshot


@transaction.atomic
def attempt(*, version, by, now=None):
    """Whether a worker should begin now: nobody else is at it, and it did not bring three workers down before."""
    access.enforce(policies.build, by)
    if not alone(version):
        return False
    version = held(version)
    if version.state not in (State.QUEUED, State.BUILDING):
        return False
    if version.tries >= MOST_TRIES:
        _enter(version, State.FAILED, by, failed_why=BROKE, begun_at=version.begun_at or now or timezone.now())
        return False
    begun = now or timezone.now()
    _enter(version, State.BUILDING, by, tries=version.tries + 1, begun_at=begun, progress=10)
    return True


@transaction.atomic
def build(*, version, by, watched=False, now=None):
    """Set the pages of a version from its snapshot and keep them. Harmless when repeated: what a killed worker began
    another one does again, to the same bytes. None where there is nothing to do.
    """
    access.enforce(policies.build, by)
    if not alone(version):
        return None
    version = PacketVersion.objects.get(pk=version.pk)
    if version.state != State.BUILDING:
        return None
    step = (lambda progress: tell(version, progress)) if watched else (lambda _progress: None)
    try:
        data = paper.pages(version.snapshot)
        step(30)
        set_ = typeset.pdf(data)
        step(90)
        kept = vault.keep([set_.content], LARGEST, scan=False)
    except typeset.PressError as problem:
        return _enter(held(version), State.FAILED, by, failed_why=str(problem)[:300])
    except vault.Unstored:
        # The store is away for a while: that is no fault of these pages.
        version = held(version)
        return _enter(version, State.QUEUED, by, progress=0, tries=max(version.tries - 1, 0))
    return _built(held(version), kept, set_.count, by, now or timezone.now())


def _built(version, kept, pages, by, now):
    _enter(
        version, State.BUILT, by, progress=100, pages=pages, pdf_sha256=kept.sha256, pdf_size=kept.size, built_at=now
    )
    notify([version.asked_by], "packet.built", version, by=by, now=now)
    return version


def _enter(version, state, by, **values):
    before = version.state
    for name, value in {"state": state, **values}.items():
        setattr(version, name, value)
    version.save(update_fields=["state", *values])
    said = {name: value for name, value in values.items() if name in ("pdf_sha256", "pages", "tries", "failed_why")}
    agency = version.packet.agency
    audit.record(f"packet.{state.value}", version, by=by, agency=agency, before=before, **said)
    if state == State.FAILED:
        notify([version.asked_by], "packet.failed", version, by=by)
    return version


@transaction.atomic
def try_again(*, version, by):
    """Queue a version that failed."""
    version = held(version)
    access.enforce(policies.try_again, by, version)
    _enter(version, State.QUEUED, by, failed_why="", tries=0, progress=0)
    later(tasks.build_packet, version.pk)
    return version


@transaction.atomic
def note_read(*, version, by, beside=None):
    """Put on record that somebody read a version in the browser, with what stands otherwise in one beside it."""
    audit.record("packet.read", version, by=by, agency=version.packet.agency, version=version.version)
    note_traced([each.snapshot for each in (version, beside) if each], by)


@transaction.atomic
def hand_out(*, version, by):
    """Open the PDF of a version, on record: the sealed one as soon as there is one. Raises vault.Gone."""
    if version.state != State.BUILT:
        raise vault.NotYet("These pages are not built yet. Look again in a moment.")
    sha256 = sealed_or_bare(version)
    opened = vault.opened(sha256)
    audit.record(
        "packet.opened", version, by=by, agency=version.packet.agency, version=version.version, sha256=sha256,
    )  # fmt: skip
    note_traced([version.snapshot], by)
    return opened

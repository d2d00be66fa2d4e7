"""What a side has told others: a bulletin not acknowledged yet, a question to another agency, its answer, a packet."""

from datetime import timedelta

from agencies.models import Agency
from agencies.roles import Role
from evidence import vault
from evidence.actions import exhibits
from leads import bulletins as pure
from leads.actions import activities, bulletins, deconfliction, disclosures, packets, releases, wordings
from leads.models import BulletinRecipient, InquiryAnswer, PacketRelease, PacketVersion
from leads.packets import bag
from leads.packets.sections import SECTIONS
from leads.queries.disclosures import items
from tests import factories


def bulletin_of(side):
    """A bulletin of the center's that its police department has not acknowledged yet."""
    marker = side.marker
    words = {"purpose": "request", "title": f"{marker} gun", "sections": list(pure.SECTIONS)}
    words |= {"summary": f"{marker} summary", "asks": f"{marker} asks", "contact": f"{marker} desk"}
    made = bulletins.draft(
        lead=side.lead, agency=side.center, by=side["analyst"], to=[side.police], handling=pure.HANDLING, **words
    )
    made = bulletins.submit(bulletin=made, by=side["analyst"])
    side.bulletin = bulletins.approve(bulletin=made, by=side["center_coordinator"])
    side.recipient = BulletinRecipient.objects.get(bulletin=made, agency=side.police)


def inquiry_of(side):
    """A detective asked about a gun of a second department, which answers; so does their own."""
    marker = side.marker
    side.second_police = factories.agency(f"{side.code}Q", Agency.Kind.POLICE, parent=side.center)
    technician = factories.member(side.second_police, Role.EVIDENCE_TECHNICIAN)
    for agency in (side.second_police, side.police):
        said = {"contact": f"{marker} gun desk", "phone": "555-0142", "email": ""}
        deconfliction.set_rule(agency=agency, answers=True, by=side["center_coordinator"], **said)
    described = {"make": "Glock", "model": "19", "caliber": "9 mm", "type_code": "PI", "serial": f"{marker}31"}
    case = factories.incident(side.second_police, by=technician, case_number=f"26-{marker}Q")
    exhibits.add(
        incident=case, by=technician, number=f"{marker}-Q", kind="firearm", firearm=described,
        collected_at=side.now - timedelta(days=1),
    )  # fmt: skip
    case.grants.exclude(group=side.second_police.group).delete()
    side.inquiry = deconfliction.ask_gun(
        agency=side.police, by=side["detective"], serial=f"{marker}31", case_number=f"26-{marker}1",
        reason=f"{marker} reason",
    )  # fmt: skip
    side.inquiry_answer = InquiryAnswer.objects.get(inquiry=side.inquiry)


def packet_of(side):
    """A packet of all sections with a version that failed, and a second one."""
    marker = side.marker
    words = {"title": f"{marker} packet", "summary": f"{marker} words", "sections": list(SECTIONS)}
    made = packets.make(
        lead=side.lead, agency=side.police, purpose="charging", by=side["detective"], bates_prefix=marker, **words
    )
    side.packet = made
    side.packet_version = PacketVersion.objects.get(packet=made)
    PacketVersion.objects.filter(packet=made).update(
        state="failed", failed_why=f"{marker} broke", begun_at=side.packet_version.as_of
    )
    side.newer_packet = packets.ask(packet=made, by=side["detective"])


def copied(side):
    """The copy and the bag of a release are there, as seals would have made them."""
    text = f"%PDF-1.7 {side.marker} copy"
    kept = vault.keep([text.encode()], 1000, scan=False)
    side.release.state, side.release.ready_at = PacketRelease.State.READY, side.now
    side.release.copy_sha256, side.release.copy_size = kept.sha256, kept.size
    side.release.bag = {bag.TAGS: f"{side.marker} tags", bag.SIGNATURE: ""}
    side.release.save(update_fields=["state", "ready_at", "copy_sha256", "copy_size", "bag"])


def release_of(side):
    """The second version in the hands of the prosecutor, retracted; an item of its lead given, another kept back."""
    marker = side.marker
    side.release = releases.release(
        version=side.newer_packet, to=side["prosecutor"], office=side.office, duty="brady", letter=f"{marker} letter",
        ends_on=side.now.date() + timedelta(days=30), by=side["supervisor"],
    )  # fmt: skip
    copied(side)
    releases.retract(version=side.newer_packet, reason=f"{marker} wrong", by=side["supervisor"])
    side.release.refresh_from_db()
    wordings.write(agency=side.police, kind="letter", text=f"{marker} wording", by=side["supervisor"])
    entries = [
        activities.log(obligation=side.obligation, kind="note", text=f"{marker} alibi {n}", by=side["detective"])
        for n in (1, 2)
    ]
    for entry in entries:
        disclosures.mark(
            lead=side.lead, activity=entry, kind="exculpatory", note=f"{marker} note", by=side["detective"]
        )
    given, kept = [each.key for each in items(side.lead) if each.kind == "exculpatory"][:2]
    said = {"lead": side.lead, "by": side["detective"]}
    side.disclosure = disclosures.register(item=given, to=f"{marker} defense", duty="brady", how="Letter", **said)
    side.withholding = disclosures.withhold(item=kept, reason=f"{marker} reason", **said)

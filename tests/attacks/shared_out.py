"""What a side has told others: a bulletin not acknowledged yet, a question to another agency, its answer, a packet."""

from datetime import timedelta

from agencies.models import Agency
from agencies.roles import Role
from evidence.actions import exhibits
from leads import bulletins as pure
from leads.actions import bulletins, deconfliction, packets
from leads.models import BulletinRecipient, InquiryAnswer, PacketVersion
from leads.packets.sections import SECTIONS
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

"""Packets of a line at each step of their way. Every PDF that is made here is read for names it must not say."""

import re

from pypdf import PdfReader

from agencies.models import User
from evidence import vault
from leads.actions import packets
from leads.models import Assertion, PacketVersion
from leads.packets.sections import PRESETS, SECTIONS
from tests.factories import NOW

EVERY = list(SECTIONS)


def make(city, lead, purpose="charging", now=NOW, **values):
    given = {"agency": city.papd, "by": city.detective, "title": "State v. Quill", "sections": PRESETS[purpose]}
    return packets.make(lead=lead, purpose=purpose, now=now, **given | values)


def version(packet, number=1):
    return PacketVersion.objects.get(packet=packet, version=number)


def rows(packet, section, number=1):
    return version(packet, number).snapshot["sections"][section]


def build(made):
    """As a worker does."""
    by = User.objects.system()
    if packets.attempt(version=made, by=by):
        packets.build(version=made, by=by)
    made = PacketVersion.objects.get(pk=made.pk)
    assert not made.pdf_sha256 or look(made.pdf_sha256, made.packet) == set()
    return made


def look(sha256, packet):
    """Names of victims, witnesses and juveniles of the lead that the pages of a PDF say and must not."""
    said = Assertion.objects.filter(lead=packet.lead, entity__kind="person").select_related("entity")
    shown = set(packet.unmaskings.values_list("person__standing", flat=True))
    young = NOW.replace(year=NOW.year - 18).date()
    names = {
        each.entity.name for each in said
        if each.entity.standing_id not in shown
        and (each.role in Assertion.PROTECTED or (each.entity.born_on and each.entity.born_on > young))
    }  # fmt: skip
    if not names:
        return set()
    with vault.opened(sha256) as file:
        pages = " ".join(page.extract_text() for page in PdfReader(file).pages)
    words = " ".join(pages.split()).casefold()
    others = {each.entity.name.casefold() for each in said} - {name.casefold() for name in names}
    for each in others:
        words = words.replace(each, "")
    alone = set(re.findall(r"\w+", words))
    return {name for name in names if name.casefold() in words or {part for part in _parts(name) if part in alone}}


def _parts(name):
    """What of a name tells whose it is when it stands alone."""
    return [part for part in re.findall(r"\w+", name.casefold()) if len(part) > 3]

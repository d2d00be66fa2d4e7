"""Puts together what a packet says: nothing but what its maker and the agency in whose name it is made may see."""

from django.conf import settings
from django.utils import timezone

from leads import disclosing
from leads.models import Packet, Withholding
from leads.packets import evidence, masking, record, scene, story, unsaid
from leads.packets.sections import CAVEAT, CONFIRMED, ordered
from leads.packets.snapshot import FORM, plain
from leads.queries import disclosures

LONGEST, SHORTEST = (Packet._meta.get_field(name).max_length for name in ("title", "bates_prefix"))
MAKERS = {
    "summary": record.summary,
    "line": record.line,
    "events": record.events,
    "links": record.links,
    "exhibits": evidence.exhibits,
    "laboratory": evidence.laboratory,
    "trace": evidence.traces,
    "people": story.people,
    "witnesses": story.witnesses,
    "map": story.places,
    "chart": record.chart,
    "activity": story.activity,
    "outcomes": story.outcomes,
}
# What the timeline is made of, whether or not it is shown by itself.
TIMED = ("events", "links", "laboratory", "outcomes")


def gather(lead, *, user, agency, sections, said, as_of=None, unmasked=frozenset()):
    """The snapshot (`leads.packets.snapshot`) of a lead's packet as the record stands now.

    said: {number, version, title, purpose, summary, bates, maker} of the packet. sections: names of
    `leads.packets.sections`. A section of traces is empty for who may hold none. The disclosure index is always there.
    unmasked: ids of people whose names the packet may say (`PacketUnmasking`).
    """
    found = scene.read(lead, user, agency)._replace(unmasked=unmasked)
    wanted = ordered(sections)
    made = {name: [] for name in wanted}
    for name in MAKERS:
        if name in wanted or ("timeline" in wanted and name in TIMED):
            made[name] = MAKERS[name](found)
    if "summary" in wanted and said["summary"].strip():
        made["summary"].insert(0, {"key": "words", "text": said["summary"].strip()})
    if "timeline" in wanted:
        made["timeline"] = story.timeline(made)
    for name, words in found.left_out.items():
        if name in wanted:
            made[name].append({"key": "left-out", "left_out": words})
    link, word = scene.stamp(found)
    whole = {
        "form": FORM,
        "as_of": as_of or timezone.now(),
        "packet": {name: value for name, value in said.items() if name != "summary"}
        | {"agency": agency.name, "code": agency.code, "zone": agency.zone, "synthetic": settings.SYNTHETIC_DATA},
        "lead": {
            "number": lead.number, "cluster": found.cluster.number if found.cluster else "",
            "leads": [each.number for each in found.leads], "link": link, "stamp": word,
            "caveat": CONFIRMED if link is True else CAVEAT,
        },
        "sections": {name: made[name] for name in wanted} | {"disclosure": _index(found)},
    }  # fmt: skip
    return _masked(plain(whole), unsaid.finder(found.readers), lead)


def _masked(whole, found, lead):
    """A snapshot without names that it may not say. Page numbers that begin with one begin with the lead's instead."""
    if found is None:
        return whole
    masked = masking.throughout(whole, found)
    said = masked["packet"]
    said |= {"withholds": True, "title": said["title"][:LONGEST]}
    if said["bates"] != whole["packet"]["bates"]:
        said["bates"] = lead.number[:SHORTEST]
    return masked


def unnamed(lead, user, agency, text, names=(), unmasked=frozenset()):
    """[a text that goes along with a packet, names of files that do], without the names that it may not say: of a file
    whose name has a part of one stands only what kind it is.
    """
    found = unsaid.finder(scene.readers(lead, user, agency, unmasked))
    return [masking.without(text, found), *(masking.file_name(name, found) for name in names)]


def _index(found):
    """What may have to be disclosed of all leads of the packet, with what two of its agency keep back as such."""
    kept = disclosures.kept_back(found.leads, found.agency)
    agreed = {key for key, status in kept.items() if status == Withholding.Status.AGREED}
    return disclosing.rows(disclosures.items(*found.leads), agreed)

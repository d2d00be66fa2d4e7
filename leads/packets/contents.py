"""Puts together what a packet says: nothing but what its maker and the agency in whose name it is made may see."""

from django.conf import settings
from django.utils import timezone

from leads import disclosing
from leads.packets import evidence, masking, record, scene, story
from leads.packets.sections import CAVEAT, CONFIRMED, ordered
from leads.packets.snapshot import FORM, plain
from leads.queries import disclosures

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
    return masking.without(plain(whole), masking.pattern(story.withheld(found)))


def _index(found):
    """What may have to be disclosed of all leads of the packet, with what its agency keeps back as such."""
    kept = disclosures.kept_back(found.leads, found.agency)
    return disclosing.rows(disclosures.items(*found.leads), kept)

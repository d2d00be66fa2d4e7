"""Deeds of packets on a `deeds.Scene`, each with whom it tells."""

from datetime import timedelta

from agencies.models import User
from leads.actions import disclosures, packets, releases, seals
from leads.actions._releases import look_for_stale_packets
from leads.models import Activity, LeadEvent, PacketRelease, PacketVersion, Withholding
from leads.queries.disclosures import items
from tests.factories import NOW


def newest():
    return PacketVersion.objects.latest("pk")


def make(s):
    words = {"title": "State v. Quill", "sections": ["summary", "events"]}
    packets.make(lead=s.lead, agency=s.papd, purpose="charging", by=s.detective, now=NOW, **words)


def ask(s):
    packets.ask(packet=newest().packet, by=s.supervisor, now=NOW)


def build(s):
    by = User.objects.system()
    packets.attempt(version=newest(), by=by, now=NOW)
    packets.build(version=newest(), by=by, now=NOW)


def break_down(s):
    PacketVersion.objects.filter(pk=newest().pk).update(tries=3)
    packets.attempt(version=newest(), by=User.objects.system(), now=NOW)


PACKET = [
    (make, {}),
    (build, {"The pages of a packet you asked for are there": "Chidi"}),
    (ask, {}),
    (break_down, {"The pages of a packet you asked for could not be built": "Amara"}),
]


def release(s):
    version, ends_on = PacketVersion.objects.filter(state="built").latest("pk"), NOW.date() + timedelta(days=9)
    given = {"to": s.prosecutor, "office": s.da, "duty": "rule16", "ends_on": ends_on, "by": s.supervisor}
    releases.release(version=version, now=NOW, **given)


def last():
    return PacketRelease.objects.latest("pk")


def prepare(s):
    seals.prepare(release=last(), by=User.objects.system(), now=NOW)


def receive(s):
    releases.receive(release=last(), by=s.prosecutor, now=NOW)


def fail(s):
    PacketRelease.objects.filter(pk=last().pk).update(tries=2)
    kept, seals.certificates.sealer = seals.certificates.sealer, _nothing
    try:
        seals.prepare(release=last(), by=User.objects.system(), now=NOW)
    finally:
        seals.certificates.sealer = kept


def _nothing():
    raise seals.certificates.Unsealed(seals.certificates.NONE)


def revoke(s):
    releases.revoke(release=last(), reason="Wrong office", by=s.supervisor, now=NOW)


def retract(s):
    releases.retract(version=PacketRelease.objects.earliest("pk").version, reason="Wrong", by=s.supervisor, now=NOW)


def lose_a_link(s):
    LeadEvent.objects.filter(pk=s.lead.events.first().pk).update(withdrawn_at=NOW, withdrawn_by=s.examiner)
    look_for_stale_packets([s.lead.pk], by=s.examiner, now=NOW)
    LeadEvent.every.filter(lead=s.lead).update(withdrawn_at=None, withdrawn_by=None)


def not_heeded(s):
    releases.escalate(by=User.objects.system(), now=NOW + timedelta(days=9))


def keep_back(s):
    entry = Activity.objects.create(
        lead=s.lead, agency=s.papd, kind="note", at=NOW, recorded_at=NOW, by=s.detective, text="He was away"
    )
    disclosures.mark(lead=s.lead, activity=entry, kind="exculpatory", note="An alibi", by=s.detective, now=NOW)
    disclosures.withhold(lead=s.lead, item=items(s.lead)[-1].key, reason="Ongoing", by=s.detective, now=NOW)


def agree(s):
    disclosures.decide(withholding=Withholding.objects.latest("pk"), agrees=True, by=s.supervisor, now=NOW)


RELEASED = [
    (make, {}),
    (build, {"The pages of a packet you asked for are there": "Chidi"}),
    (release, {}),
    (prepare, {"A packet was released to you": "Ruth"}),
    (receive, {"A packet you released was received": "Amara"}),
    (
        lambda s: s.grow(),
        {
            "A lead of your agency has a new event": "Amara Otis Ilse Gil",
            "More is known of the gun of a packet you have: ask for a newer version": "Ruth",
            "A packet you gave does not tell all that is known of its gun: make another version": "Chidi Amara",
        },
    ),
    (ask, {}),
    (build, {"The pages of a packet you asked for are there": "Amara"}),
    (release, {"A newer version of a packet you have was released": "Ruth"}),
    (fail, {"A copy of a packet could not be prepared": "Amara"}),
    (revoke, {"A packet you had was revoked": "Ruth"}),
    (retract, {"Do not rely on a packet you have: acknowledge that": "Ruth"}),
    (
        lose_a_link,
        {
            "Do not rely on a packet you have: acknowledge that": "Ruth",
            "A link that a packet of your agency tells of was taken back": "Amara",
        },
    ),
    (not_heeded, {"A packet was retracted, and who has it did not acknowledge that": "Amara Amara Otis Otis"}),
    (keep_back, {"Keeping an item back from disclosure waits for a second person": "Amara Mara Otis Rowan"}),
    (agree, {"What you proposed to keep back was decided": "Chidi"}),
]

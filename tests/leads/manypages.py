"""A packet of many pages, of which nothing is on record: for what takes its time and its memory."""

from django.utils import timezone

from leads.models import Packet, PacketVersion
from leads.packets.snapshot import digest

# Some 200 pages, with seven legs of custody each.
EXHIBITS, LEGS = 350, 7


def ask(lead, *, by, agency, many=EXHIBITS, number=1):
    """A version that waits to be built, of a packet of its own."""
    said, now = snapshot(many, number), timezone.now()
    packet = Packet.objects.create(
        lead=lead, agency=agency, purpose="charging", title="State v. Quill", sections=["exhibits"],
        bates_prefix=f"PAPD-{number}", created_at=now, created_by=by,
    )  # fmt: skip
    return PacketVersion.objects.create(
        packet=packet, version=1, as_of=now, sections=["exhibits"], snapshot=said, snapshot_sha256=digest(said),
        asked_at=now, asked_by=by,
    )  # fmt: skip


def snapshot(many=EXHIBITS, number=1):
    """What a packet says that has so many exhibits."""
    exhibits = [
        {
            "key": f"exhibit-{number}", "case": f"PAPD 26-{number:06d}", "number": "1", "what": "Cartridge cases",
            "caliber": "9 mm", "count": 7, "description": "Seven fired cartridge cases", "property_number": "P26-1",
            "lab_number": "", "collected_at": "2026-07-01T04:00:00Z", "collected_by": "Ofc. Cal Whitney",
            "compared": True, "firearm": "", "disposed_at": None, "custody": [_leg(place) for place in range(LEGS)],
        }
        for number in range(many)
    ]  # fmt: skip
    return {
        "form": 1, "as_of": "2026-07-16T14:42:00Z", "sections": {"exhibits": exhibits},
        "packet": {"number": f"PK-{number}", "version": 1, "title": "State v. Quill", "purpose": "charging",
                   "bates": f"PAPD-{number}", "maker": "Det. Chidi Okafor", "agency": "Port Alder PD", "code": "PAPD",
                   "zone": "America/Chicago"},
        "lead": {"number": "WCL-2026-00412", "cluster": "", "leads": ["WCL-2026-00412"], "link": False,
                 "stamp": "UNCONFIRMED", "caveat": "An investigative lead only."},
    }  # fmt: skip


def _leg(place):
    return {
        "position": place, "at": f"2026-07-{place + 1:02d}T15:20:00Z", "purpose": "Sent to the laboratory",
        "from": "Ofc. Cal Whitney, Port Alder PD", "to": "Wexley County Crime Laboratory, intake",
        "seal": f"S0029{place}", "condition": "Sealed", "paper": "", "confirmed": True, "hash": f"{place}" * 64,
    }  # fmt: skip

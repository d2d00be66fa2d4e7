"""What every step of a packet does: hold it, be alone at it, tell how far it is."""

from django.db import connection, connections

from evidence.actions import traces
from leads.models import Packet, PacketEvent, PacketVersion
from leads.queries.releases import told_of

LOCK = 724031


def locked(packet):
    """The packet as it stands, held until the transaction ends: versions are numbered one after the other."""
    held = Packet.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("agency", "lead__desk").get(pk=packet.pk)


def held(version):
    """The version as it stands, held until the transaction ends."""
    rows = PacketVersion.objects.select_for_update(of=["self"], no_key=True)
    return rows.select_related("packet__agency", "packet__lead", "asked_by").get(pk=version.pk)


def note_told(version):
    """Note which events a version tells of when it is taken down: what is taken back before its pages are built finds
    it too.
    """
    PacketEvent.objects.bulk_create(
        PacketEvent(version=version, event=event, confirmed=confirmed) for event, confirmed in told_of(version)
    )


def sealed_or_bare(version):
    """The hash of the pages of a version under their seal, or before it as they were set."""
    return version.seal.pdf_sha256 if hasattr(version, "seal") else version.pdf_sha256


def note_traced(snapshots, by):
    """Whoever reads of traces in versions of packets, or writes them down, does so on record."""
    told = [row for one in snapshots for row in one["sections"].get("trace", ())]
    if ids := sorted({row["id"] for row in told if "id" in row}):
        traces.look(traces=ids, by=by)


def alone(version):
    """Whether nobody else is building a version, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [LOCK, version.pk])
        return cursor.fetchone()[0]


def tell(version, progress):
    """How far a version is, seen at once through a connection of its own while the transaction is open."""
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute(
                "update leads_packetversion set progress = %s where id = %s and state = 'building'",
                [progress, version.pk],
            )
    finally:
        other.close()

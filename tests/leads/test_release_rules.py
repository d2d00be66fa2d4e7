"""Whom a packet is released to and behind which locks, and what becomes of a copy that cannot be made."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access import Refused
from agencies.models import Agency, AuditEvent, Notification, User
from agencies.roles import Role
from leads.actions import packets, releases, seals
from leads.models import PacketRelease, PacketVersion
from leads.queries import releases as queries
from tests.factories import NOW, agency, member
from tests.leads import packing
from tests.leads.releasing import SOON, TODAY, give, prepared, sealed


def waiting(city, line):
    return packing.version(packing.make(city, line))


def test_a_release_holds_the_leads_before_the_version(city, line):
    """Whoever takes a link back holds its lead, then looks who has a version that tells of it."""
    version = waiting(city, line)
    with CaptureQueriesContext(connection) as asked:
        give(city, version)
    held = [each["sql"] for each in asked if "FOR NO KEY UPDATE" in each["sql"]]
    assert ['FROM "leads_lead"' in each for each in held[:2]] == [True, False]
    assert 'FROM "leads_packetversion"' in held[1]


def test_only_those_get_a_packet_whom_the_page_offers(city, line):
    far = agency("FAR", "Far County Police", city.other_center) if hasattr(city, "other_center") else None
    office = far or Agency.objects.get(pk=city.outsider.memberships.get().agency_id)
    who = member(office, Role.SUPERVISOR)
    assert not queries.recipients(city.papd).filter(user=who).exists()
    with pytest.raises(Refused, match="does not read packets in that office"):
        give(city, waiting(city, line), to=who, office=office)


def test_of_very_many_people_those_who_prosecute_are_offered_first(city, line, monkeypatch):
    monkeypatch.setattr(queries, "MOST_PEOPLE", 1)
    (only,) = queries.recipients(city.papd)
    assert only.agency.kind in Agency.PROSECUTORS
    assert queries.may_get(city.papd).count() > 1


def test_a_file_that_may_not_go_along_any_more_is_refused(city, line):
    gone = type("Gone", (), {"pk": 0})()
    with pytest.raises(Refused, match="may not go along any more"):
        give(city, waiting(city, line), files=[gone])


def test_a_copy_of_a_version_that_cannot_be_built_fails_and_may_be_prepared_once_that_is(city, line):
    version = waiting(city, line)
    release = give(city, version)
    assert not PacketRelease.objects.unmade().exists(), "nothing to do before the pages are built"
    PacketVersion.objects.filter(pk=version.pk).update(state="failed", failed_why="x", begun_at=NOW)
    assert list(PacketRelease.objects.unmade()) == [release]
    release = prepared(release)
    assert (release.state, release.failed_why) == ("failed", seals.UNBUILT)
    assert [each.user for each in Notification.objects.filter(verb="packet.copy_failed")] == [city.supervisor]
    with pytest.raises(Refused, match="could not be built"):
        seals.again(release=release, by=city.supervisor)
    packets.try_again(version=version, by=city.detective)
    packing.build(version)
    seals.again(release=release, by=city.supervisor)
    assert prepared(release).state == "ready"


def test_what_was_revoked_before_its_copy_was_there_reaches_nobody(city, line):
    release = give(city, sealed(city, line))
    releases.revoke(release=release, reason="Wrong office", by=city.supervisor)
    assert prepared(release).state == "preparing"
    assert not Notification.objects.filter(verb="packet.released").exists()
    PacketRelease.objects.filter(pk=release.pk).update(state="failed", failed_why="x")
    with pytest.raises(Refused, match="release it anew"):
        seals.again(release=release, by=city.supervisor)


def test_traces_in_a_copy_and_in_an_older_version_beside_are_read_on_record(city, line, client, monkeypatch):
    seen = []
    monkeypatch.setattr("evidence.actions.traces.look", lambda *, traces, by: seen.append((list(traces), by)))
    version = sealed(city, line)
    version.snapshot["sections"]["trace"] = [{"id": 8, "key": "trace-8"}]
    copy = prepared(give(city, version))
    copy.version.snapshot = version.snapshot
    releases.hand_out(release=copy, how="read", by=city.prosecutor, now=TODAY).close()
    assert seen == [([8], city.prosecutor)]
    newer = packets.ask(packet=version.packet, by=city.detective, now=SOON)
    packets.note_read(version=newer, beside=version, by=city.detective)
    assert seen[1:] == [([8], city.detective)]
    client.force_login(city.detective)
    monkeypatch.setattr(packets, "note_read", lambda **said: seen.append(said["beside"]))
    client.get(reverse("packet_changes", args=[newer.pk]))
    assert seen[-1] == version
    assert AuditEvent.objects.filter(verb="packet.copy_opened").count() == 1


def test_a_retraction_waits_until_each_of_two_recipients_has_acknowledged_it_for_themself(city, line, client):
    version, wren = sealed(city, line), member(city.usao, Role.PROSECUTOR, name="Wren Castle")
    first, second = (
        prepared(give(city, version, to=to, office=office))
        for to, office in ((city.prosecutor, city.da), (wren, city.usao))
    )
    releases.retract(version=version, reason="Wrong gun", by=city.supervisor)
    told = Notification.objects.filter(verb="packet.retracted").values_list("user", flat=True)
    assert sorted(told) == sorted([city.prosecutor.pk, wren.pk])

    def owing():
        return {row["id"] for row in queries.releases(city.supervisor, show="waiting")}

    assert owing() == {first.pk, second.pk}
    with pytest.raises(Refused, match="Only the person"):
        releases.heed(release=second, by=city.prosecutor)
    client.force_login(city.prosecutor)
    assert client.post(reverse("packet_heed", args=[second.pk])).status_code == 404
    client.post(reverse("packet_heed", args=[first.pk]))
    assert owing() == {second.pk}
    assert [row["id"] for row in queries.releases(wren, show="owed")] == [second.pk]
    late = max(each.due_at for each in PacketRelease.objects.exclude(due_at=None))
    assert releases.escalate(by=User.objects.system(), now=late) == 1
    releases.heed(release=second, by=wren)
    assert owing() == set()
    assert set(PacketRelease.objects.values_list("heeded_by", flat=True)) == {city.prosecutor.pk, wren.pk}

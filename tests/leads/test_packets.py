"""A packet holds what its maker may see, as it was at one moment; a worker sets its pages, and nothing of it changes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies.access import Refused
from agencies.models import AuditEvent, Notification
from leads.actions import packets
from leads.models import Packet, PacketVersion
from leads.packets import typeset
from leads.packets.snapshot import digest
from tests.factories import NOW
from tests.leads import confirming
from tests.leads.packing import EVERY, build, make, rows, version
from tests.scenery import scene


@scene
def made(city, line):
    return make(city, line)


def test_a_version_says_what_was_on_record_when_it_was_asked_for(city, line, second, made):
    confirming.report(city, line, second, ("26-1", "26-2", "confirmed"))
    again = packets.ask(packet=made, by=city.detective, now=NOW + timedelta(days=1))
    first = version(made)
    assert (first.version, again.version) == (1, 2)
    assert (first.snapshot["lead"]["stamp"], again.snapshot["lead"]["stamp"]) == (
        "UNCONFIRMED",
        "PARTLY CONFIRMED, 1 of 3 pairs",
    )
    assert digest(first.snapshot) == first.snapshot_sha256
    assert first.as_of == NOW


def test_what_was_taken_down_never_changes_and_is_never_deleted(made):
    first = version(made)
    for change in (
        {"snapshot": {"x": 1}}, {"snapshot_sha256": "0" * 64}, {"sections": ["summary"]}, {"version": 9},
        {"as_of": NOW + timedelta(days=1)},
    ):  # fmt: skip
        refused(lambda change=change: PacketVersion.objects.filter(pk=first.pk).update(**change))
    refused(lambda: PacketVersion.objects.filter(pk=first.pk).delete())
    refused(lambda: Packet.objects.filter(pk=made.pk).delete())
    refused(lambda: Packet.objects.filter(pk=made.pk).update(bates_prefix="Else"))
    built = build(first)
    refused(lambda: PacketVersion.objects.filter(pk=built.pk).update(pdf_sha256="1" * 64))


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_it_works(city, line):
    made = make(city, line, sections=EVERY)
    built = build(version(made))
    assert (built.state, built.failed_why) == ("built", "")

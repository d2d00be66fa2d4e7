"""Nothing that may have to be disclosed is left out; what nobody disclosed has an age; keeping back takes two."""

import contextlib
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access import Refused
from leads import disclosing
from leads.actions import disclosures, packets, releases
from leads.models import Activity, Disclosure, Withholding
from leads.queries import disclosures as queries
from tests.factories import NOW, member
from tests.leads import confirming, packing, people
from tests.leads.casework import refer
from tests.leads.releasing import give, prepared, sealed
from tests.scenery import scene

LATER = NOW + timedelta(days=3)
Item, Row = disclosing.Item, SimpleNamespace


@scene
def known(city, line, second):
    """A line with an inconclusive pair, an event taken off, a suspect, and an entry that speaks for somebody."""
    people.suspect(city, line)
    confirming.report(city, line, second, ("26-1", "26-3", "inconclusive"), number="F-1")
    confirming.report(city, line, second, ("26-1", "26-2", "eliminated", "26-2"), number="F-2")
    entry = Activity.objects.create(
        lead=line, agency=city.papd, kind="interview", at=NOW, recorded_at=NOW, by=city.detective, text="He was away"
    )
    disclosures.mark(lead=line, activity=entry, kind="exculpatory", note="An alibi", by=city.detective, now=NOW)
    return line


def kinds(lead):
    return {each.kind: each.key for each in queries.items(lead)}


def refused(change):
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        change()


def test_the_index_has_what_was_eliminated_inconclusive_taken_back_others_and_what_was_marked(known):
    assert set(kinds(known)) == {"inconclusive", "eliminated", "taken_back", "suspect", "exculpatory"}
    words = {each.kind: each.words for each in queries.items(known)}
    assert words["suspect"].endswith(". Source: Police report")


def test_every_packet_has_the_index_whatever_its_sections_are(city, known):
    made = packing.make(city, known, sections=["summary"])
    rows = packing.rows(made, "disclosure")
    assert {row["item"] for row in rows} == set(kinds(known).values())


def test_what_was_kept_back_by_two_stands_in_the_index_as_such_without_its_words(city, known):
    row = disclosures.withhold(
        lead=known, item=kinds(known)["exculpatory"], reason="Ongoing", by=city.detective, now=NOW
    )
    with pytest.raises(Refused, match="Somebody else than who proposed it"):
        disclosures.decide(withholding=row, agrees=True, by=city.detective)
    refused(lambda: Withholding.objects.update(status="agreed", decided_at=NOW, decided_by=city.detective))
    disclosures.decide(withholding=row, agrees=True, by=city.supervisor, now=NOW)
    made = packing.make(city, known, sections=["summary"])
    kept = [each for each in packing.rows(made, "disclosure") if each["kept"]]
    assert [each["item"] for each in kept] == [row.item]
    assert "An alibi" not in str(kept)
    disclosures.lift(withholding=row, by=city.supervisor, now=LATER)
    again = packets.ask(packet=made, by=city.detective, now=LATER)
    assert not any(each["kept"] for each in again.snapshot["sections"]["disclosure"])
    refused(lambda: Withholding.objects.update(reason="Else"))
    refused(lambda: Withholding.objects.all().delete())


def test_what_one_alone_proposes_to_keep_back_is_said_in_a_packet(city, known):
    key = kinds(known)["exculpatory"]
    disclosures.withhold(lead=known, item=key, reason="Ongoing", by=city.detective)
    made = packing.make(city, known, sections=["summary"])
    (row,) = (each for each in packing.rows(made, "disclosure") if each["item"] == key)
    assert (row["words"], row["kept"]) == ("An alibi", False)


def test_what_was_given_meanwhile_is_not_agreed_to_be_kept_back(city, known):
    key = kinds(known)["suspect"]
    row = disclosures.withhold(lead=known, item=key, reason="Ongoing", by=city.detective)
    disclosures.register(lead=known, item=key, to="R. Ash", duty="brady", how="Letter", by=city.detective)
    with pytest.raises(Refused, match="cannot be kept back any more"):
        disclosures.decide(withholding=row, agrees=True, by=city.supervisor)
    assert disclosures.decide(withholding=row, agrees=False, by=city.supervisor).status == "refused"


@pytest.mark.parametrize("step", ["mark", "register", "withhold", "decide"])
def test_each_step_of_the_register_holds_the_lead_before_it_looks(city, known, step):
    key, by = kinds(known)["suspect"], city.detective
    row = disclosures.withhold(lead=known, item=kinds(known)["exculpatory"], reason="Ongoing", by=city.detective)
    steps = {
        "mark": lambda: disclosures.mark(lead=known, file=None, kind="impeaching", note="x", by=by),
        "register": lambda: disclosures.register(lead=known, item=key, to="x", duty="brady", how="x", by=by),
        "withhold": lambda: disclosures.withhold(lead=known, item=key, reason="x", by=by),
        "decide": lambda: disclosures.decide(withholding=row, agrees=True, by=city.supervisor),
    }
    with CaptureQueriesContext(connection) as asked, contextlib.suppress(Refused):
        steps[step]()
    first = next(each["sql"] for each in asked if not each["sql"].startswith("SAVEPOINT"))
    assert '"leads_lead"' in first
    assert first.endswith("FOR NO KEY UPDATE")


def test_a_packet_discloses_once_its_copy_is_there(city, known, seen):
    given = give(city, sealed(city, known))
    key, own = kinds(known)["suspect"], [city.papd.pk]

    def told():
        return len(queries.told(known, queries.items(known), own))

    page = seen(city.detective, "disclosure_index", known.pk)
    assert ("5 not disclosed yet" in page, "The copy is being prepared" in page, told()) == (True, True, 0)
    assert "Add the receipt" not in page
    with pytest.raises(Refused, match="cannot be kept back any more"):
        disclosures.withhold(lead=known, item=key, reason="Late", by=city.detective)
    with pytest.raises(Refused, match="no receipt of it"):
        disclosures.receive(disclosure=given.disclosures.first(), receipt="x", by=city.detective)
    releases.revoke(release=given, reason="Wrong office", by=city.supervisor)
    prepared(given)
    page = seen(city.detective, "disclosure_index", known.pk)
    assert ("5 not disclosed yet" in page, "Revoked before the copy was there" in page, told()) == (True, True, 0)
    assert disclosures.withhold(lead=known, item=key, reason="Ongoing", by=city.detective)
    prepared(give(city, given.version))
    assert told() == 5
    assert "Nothing of the index waits" in seen(city.detective, "disclosure_index", known.pk)


def test_a_reason_refused_leaves_it_to_be_disclosed_and_what_was_disclosed_is_not_kept_back(city, known):
    key = kinds(known)["suspect"]
    row = disclosures.withhold(lead=known, item=key, reason="Ongoing", by=city.detective)
    with pytest.raises(Refused, match="already"):
        disclosures.withhold(lead=known, item=key, reason="Again", by=city.supervisor)
    disclosures.decide(withholding=row, agrees=False, by=city.supervisor)
    with pytest.raises(Refused, match="decided already"):
        disclosures.decide(withholding=row, agrees=True, by=city.supervisor)
    disclosures.register(lead=known, item=key, to="R. Ash", duty="brady", how="Letter of today", by=city.detective)
    with pytest.raises(Refused, match="cannot be kept back any more"):
        disclosures.withhold(lead=known, item=key, reason="Late", by=city.detective)


def test_the_register_is_only_added_to_and_a_receipt_is_added_once(city, known):
    key = kinds(known)["inconclusive"]
    row = disclosures.register(lead=known, item=key, to="R. Ash", duty="giglio", how="Disc", by=city.detective, now=NOW)
    refused(lambda: Disclosure.objects.update(to="Else"))
    refused(lambda: Disclosure.objects.all().delete())
    disclosures.receive(disclosure=row, receipt="Signed by R. Ash", by=city.detective)
    with pytest.raises(Refused, match="already"):
        disclosures.receive(disclosure=row, receipt="Twice", by=city.detective)
    refused(lambda: Disclosure.objects.update(receipt="Else"))
    with pytest.raises(Refused, match="not in the index"):
        disclosures.register(lead=known, item="event-0", to="x", duty="none", how="x", by=city.detective)


def test_the_page_has_each_item_with_its_age_and_leads_to_what_is_to_be_done(city, known, seen, client):
    page = seen(city.detective, "disclosure_index", known.pk)
    assert "5 not disclosed yet" in page
    assert "An alibi" in page
    assert "Not disclosed yet, " in page
    client.force_login(city.detective)
    address = reverse("disclosure_new", args=[known.pk]) + f"?item={kinds(known)['suspect']}"
    client.post(address, {"to": "R. Ash, defense", "duty": "rule16", "how": "Letter"})
    page = seen(city.detective, "disclosure_index", known.pk)
    assert "4 not disclosed yet" in page
    assert "R. Ash, defense" in page


def test_who_does_not_keep_the_register_or_does_not_see_the_lead_does_nothing_here(city, known, client):
    for person, status in ((city.technician, 403), (member(city.gmpd), 200), (city.outsider, 404)):
        client.force_login(person)
        assert client.get(reverse("disclosure_index", args=[known.pk])).status_code == status
    with pytest.raises(Refused, match="does not see this lead"):
        disclosures.withhold(lead=known, item="x", reason="x", by=city.outsider)


def test_what_one_agency_keeps_back_or_gave_is_not_anothers_that_sees_the_lead_too(city, known, client):
    other, key = member(city.gmpd), kinds(known)["exculpatory"]
    row = disclosures.withhold(lead=known, item=key, reason="Ongoing", by=city.detective)
    gave = {"item": kinds(known)["suspect"], "to": "R. Ash", "duty": "none", "how": "Disc"}
    line = disclosures.register(lead=known, by=city.detective, **gave)
    address = reverse("disclosure_receipt", args=[line.pk])
    client.force_login(other)
    assert address not in client.get(reverse("disclosure_index", args=[known.pk])).content.decode()
    assert client.post(address, {"receipt": "Forged"}).status_code == 404
    assert client.post(reverse("withholding_decide", args=[row.pk]), {"agrees": "yes"}).status_code == 404
    disclosures.decide(withholding=row, agrees=True, by=city.supervisor)
    assert client.post(reverse("withholding_lift", args=[row.pk])).status_code == 404
    with pytest.raises(Refused, match="Only the agency that proposed"):
        disclosures.lift(withholding=row, by=other)
    client.force_login(city.detective)
    assert address in client.get(reverse("disclosure_index", args=[known.pk])).content.decode()


@pytest.mark.parametrize("step", ["proposed", "agreed", "lifted"])
def test_why_something_is_kept_back_and_by_whom_is_read_by_the_agency_that_keeps_it_back_alone(city, known, seen, step):
    """Others on the lead learn that the item is in the index, and that nobody has disclosed it yet."""
    row = disclosures.withhold(lead=known, item=kinds(known)["suspect"], reason="SECRETWHY", by=city.detective)
    if step != "proposed":
        disclosures.decide(withholding=row, agrees=True, by=city.supervisor)
    if step == "lifted":
        disclosures.lift(withholding=row, by=city.supervisor)
    for reader in (city.detective, city.supervisor):
        assert "SECRETWHY" in seen(reader, "disclosure_index", known.pk)
    refer(city, known, city.da)
    for reader in (city.prosecutor, city.analyst, city.coordinator, member(city.gmpd)):
        page = seen(reader, "disclosure_index", known.pk)
        assert "5 not disclosed yet" in page
        assert not [word for word in ("SECRETWHY", ">Kept back<", "a second person", "Proposed") if word in page]
        assert not Withholding.objects.visible_to(reader).exists()


def test_each_agency_keeps_back_for_itself_and_no_packet_tells_of_another_that_does(city, known):
    key = kinds(known)["exculpatory"]
    disclosures.withhold(lead=known, item=key, reason="Ours", by=city.detective)
    other = member(city.gmpd)
    made = packing.make(city, known, sections=["summary"], agency=city.gmpd, by=other)
    assert not [row for row in packing.rows(made, "disclosure") if row["kept"]]
    row = disclosures.withhold(lead=known, item=key, reason="Theirs", by=other)
    disclosures.decide(withholding=row, agrees=True, by=member(city.gmpd))
    again = packets.ask(packet=made, by=other)
    assert [row["item"] for row in again.snapshot["sections"]["disclosure"] if row["kept"]] == [key]
    with pytest.raises(Refused, match="already"):
        disclosures.withhold(lead=known, item=key, reason="Twice", by=other)


def test_that_something_was_disclosed_is_for_all_and_to_whom_for_who_gave_or_got_it(city, known, seen):
    gave = {"item": kinds(known)["suspect"], "to": "R. SECRETASH", "duty": "giglio", "how": "SECRETDISC"}
    disclosures.register(lead=known, by=city.detective, **gave)
    assert "R. SECRETASH" in seen(city.detective, "disclosure_index", known.pk)
    page = seen(member(city.gmpd), "disclosure_index", known.pk)
    assert "4 not disclosed yet" in page
    assert "By another agency" in page
    assert not [word for word in ("SECRETASH", "SECRETDISC", "Giglio") if word in page]


def test_what_a_packet_gave_an_office_is_read_there_and_in_no_third_agency(
    city, known, seen, client, tmp_path, settings
):
    settings.MEDIA_ROOT = tmp_path
    refer(city, known, city.da)
    version = sealed(city, known)
    prepared(give(city, version))
    line = Disclosure.objects.filter(release__office=city.da).first()
    for reader, reads in ((city.prosecutor, True), (city.detective, True), (city.analyst, False)):
        assert Disclosure.objects.visible_to(reader).exists() is reads
        assert (f"Packet {version.packet.number}" in seen(reader, "disclosure_index", known.pk)) is reads
        # The office has to pass on what it got; for the others it is disclosed.
        waits = "Nothing of the index waits" not in seen(reader, "disclosure_index", known.pk)
        assert waits is (reader == city.prosecutor)
    client.force_login(city.prosecutor)
    assert client.get(reverse("disclosure_receipt", args=[line.pk])).status_code == 403


def test_an_item_is_marked_once_and_belongs_to_its_lead(city, known):
    entry = Activity.objects.filter(exculpatory__isnull=False).get()
    with pytest.raises(Refused, match="marked already"):
        disclosures.mark(lead=known, activity=entry, kind="impeaching", note="x", by=city.detective)
    with pytest.raises(Refused, match="Choose an entry"):
        disclosures.mark(lead=known, kind="impeaching", note="x", by=city.detective)


@pytest.mark.parametrize("many", [1, 3])
def test_the_index_is_one_statement_for_one_item_as_for_three(many, city, line, django_assert_num_queries):
    for number in range(many):
        people.suspect(city, line, f"Marlo {number}")
    with django_assert_num_queries(1):
        assert len(queries.items(line)) == many


@pytest.mark.parametrize("gave", [True, False])
@pytest.mark.parametrize("status", [None, "proposed", "agreed", "refused", "lifted"])
def test_each_item_stands_once_in_one_state(gave, status):
    """Given whatever was said of keeping it back; else as the standing word says; else open, with its age."""
    now = datetime.fromisoformat("2026-07-15T12:00:00+00:00")
    items = [Item(1, key, "suspect", key, now - timedelta(days=age)) for key, age in (("a", 3), ("b", 40), ("c", 0))]
    kept = [Row(item="a", status=status)] if status else []
    lines = {line.item.key: line for line in disclosing.index(items, [Row(item="a")] if gave else [], kept, now)}
    assert next(iter(lines)) == "b"
    assert {key: line.age for key, line in lines.items()} == {"a": 3, "b": 40, "c": 0}
    assert lines["b"].state == lines["c"].state == "open"
    assert lines["a"].state == ("given" if gave else {"proposed": "asked", "agreed": "kept"}.get(status, "open"))

"""What an agency keeps back from disclosure: two people say so, for itself alone, and nothing that somebody has."""

import contextlib
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access import Refused
from leads.actions import disclosures, packets, releases
from leads.models import Disclosure, Withholding
from leads.queries import disclosures as queries
from tests.factories import NOW, member
from tests.leads import packing
from tests.leads.casework import refer
from tests.leads.guarded import refused
from tests.leads.indexing import kinds
from tests.leads.releasing import give, prepared, sealed

LATER = NOW + timedelta(days=3)


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


@pytest.mark.parametrize("reason", ["", " ", "\n\t "])
def test_nothing_is_kept_back_without_a_reason_by_form_by_action_or_in_the_database(city, known, client, reason):
    key = kinds(known)["exculpatory"]
    client.force_login(city.detective)
    page = client.post(f"{reverse('disclosure_withhold', args=[known.pk])}?item={key}", {"reason": reason})
    assert (page.status_code, "Give the reason." in page.content.decode()) == (200, True)
    with pytest.raises(Refused, match="Say why it is not disclosed"):
        disclosures.withhold(lead=known, item=key, reason=reason, by=city.detective)
    assert not Withholding.objects.exists()
    row = {"lead": known, "agency": city.papd, "item": key, "label": "x", "proposed_at": NOW}
    refused(lambda: Withholding.objects.create(proposed_by=city.detective, reason=reason.strip(), **row))


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


def test_what_waits_for_a_second_person_alone_is_said_over_the_index(city, known, seen):
    for key in {each.key for each in queries.items(known)}:
        disclosures.withhold(lead=known, item=key, reason="Ongoing", by=city.detective)
    page = seen(city.supervisor, "disclosure_index", known.pk)
    assert "5 for a second person to decide" in page
    assert "Nothing of the index waits" not in page


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

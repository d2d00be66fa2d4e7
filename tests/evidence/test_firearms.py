"""Firearms: what was typed beside what it is called, the theft check, the list and its serial search."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies import access, walk
from agencies.access import Refused
from agencies.models import AuditEvent
from evidence import queries, search
from evidence.actions import exhibits, firearms, incidents, traces
from evidence.models import Exhibit, Firearm, FirearmSight, IncidentGrant
from leads.demo import derived
from tests.evidence.intake import EARLIER, page, text
from tests.evidence.test_corrections import shown
from tests.scenery import scene

PISTOL = {"make": "Glok", "model": "g19", "caliber": "9mm luger", "type_code": "PI", "serial": "abc-123 4"}


def case(city, number="26-1", of=None, by=None):
    return incidents.record(
        agency=of or city.papd, by=by or city.technician, case_number=number, kind="gun_recovery", occurred_at=EARLIER
    )


def gun(incident, by, number="1", keep_words=False, **firearm):
    made = exhibits.add(
        incident=incident, by=by, number=number, kind="firearm", collected_at=EARLIER, firearm=PISTOL | firearm,
        keep_words=keep_words,
    )  # fmt: skip
    return Firearm.objects.get(exhibit=made)


def answers(user, typed, **how):
    return [(row["rank"].name.lower(), row["serial"]) for row in queries.firearms_numbered(user, typed, **how).rows]


def correct(made, by, **firearm):
    whole = Exhibit.objects.select_related("firearm").get(pk=made.exhibit_id)
    exhibits.correct(exhibit=whole, by=by, seen=whole.version, firearm=firearm)
    return Firearm.objects.get(pk=made.pk)


def test_what_was_typed_of_a_gun_stays_beside_what_it_is_called(client, city):
    made = gun(case(city), city.technician)
    assert (made.make, made.make_code, made.model, made.caliber, made.caliber_code) == (
        "Glock", "GLC", "19", "9 mm", "9",
    )  # fmt: skip
    assert (made.serial, made.serial_key, made.exhibit.caliber) == ("ABC1234", "ABC1234", "9 mm")
    assert {name: word["words"] for name, word in made.typed.items()} == {
        "make": "Glok", "model": "g19", "caliber": "9mm luger", "serial": "abc-123 4",
    }  # fmt: skip
    answer = text(page(client, city.detective, "exhibit", made.exhibit_id))
    for words in ("Glock (GLC)", "Glok", "95% sure", "9 mm (9)"):
        assert words in answer, words


def test_what_no_table_knows_stays_as_it_was_typed_and_so_does_what_a_person_keeps(city):
    incident = case(city)
    odd = gun(incident, city.technician, make="Zzq Widgets", model="X 1", caliber="odd")
    assert (odd.make, odd.make_code, odd.model, odd.caliber, odd.caliber_code) == ("Zzq Widgets", "", "X 1", "odd", "")
    kept = gun(incident, city.technician, number="2", keep_words=True)
    assert (kept.make, kept.make_code, kept.model, kept.serial) == ("Glok", "", "g19", "abc-123 4")
    assert kept.serial_key == "ABC1234"
    assert kept.typed["make"]["kept"]


def test_only_what_a_person_changes_is_read_anew_and_is_known_as_theirs(city):
    made = gun(case(city), city.technician)
    again = correct(made, city.technician, importer="Far Co", make="Glock")
    assert (again.typed, again.corrected) == (made.typed, "importer")
    again = correct(made, city.technician, make="taurus intl", caliber=".40")
    assert (again.make, again.make_code, again.caliber, again.caliber_code) == ("Taurus", "TAS", ".40", "40")
    assert again.corrected == "caliber,importer,make"
    assert again.typed["model"]["words"] == "g19"
    assert Exhibit.objects.get(pk=made.exhibit_id).caliber == ".40"


def test_the_form_takes_all_that_is_known_of_a_gun_and_says_what_does_not_go_together(client, city):
    made = gun(case(city), city.technician)
    client.force_login(city.technician)
    address = reverse("exhibit_edit", args=[made.exhibit_id])
    values = shown(client, "exhibit_edit", made.exhibit) | {"markings": "slide: P80 AUSTRIA\nQC 4", "country": "AT"}
    wrong = client.post(address, values | {"restored_serial": "ABC9", "conversion_kind": "switch"}).content.decode()
    assert "Only an obliterated number is restored." in wrong
    wrong = client.post(address, values | {"is_obliterated": "on", "restored_serial": "ABC9"}).content.decode()
    assert "Say who restored the number." in wrong
    assert (
        "Write each marking on its own line" in client.post(address, values | {"markings": "slide:"}).content.decode()
    )
    right = {"is_obliterated": "on", "restored_serial": "xyz-77812", "restored_by": "Ed Marsh, WCL"}
    more = {"restored_on": "2026-01-02", "has_conversion_device": "on", "conversion_kind": "switch", "serial": ""}
    assert client.post(address, values | right | more).status_code == 302
    made = Firearm.objects.get()
    assert (made.restored_serial, made.serial_key, made.conversion_kind) == ("xyz-77812", "XYZ77812", "switch")
    assert made.markings == [{"where": "slide", "text": "P80 AUSTRIA"}, {"where": "", "text": "QC 4"}]
    answer = text(client.get(made.exhibit.get_absolute_url()))
    for words in ("On the slide", "P80 AUSTRIA", "xyz-77812 (by Ed Marsh, WCL, 2 Jan 2026)", "Switch on the slide"):
        assert words in answer, words
    assert shown(client, "exhibit_edit", made.exhibit)["markings"] == "slide: P80 AUSTRIA\nQC 4"


def test_what_is_being_typed_is_answered_with_what_it_would_be_kept_as(client, city):
    client.force_login(city.technician)
    said = client.get(reverse("gun_words"), {"make": "Glok", "model": "19", "caliber": "9x19", "serial": "S1"}).json()
    assert (said["make"]["value"], said["make"]["code"], said["make"]["differs"]) == ("Glock", "GLC", True)
    assert (said["caliber"]["value"], said["type_code"]["value"]) == ("9 mm", "PI")
    assert "serial" not in said
    assert client.get(reverse("gun_words")).json() == {}
    client.force_login(city.detective)
    assert client.get(reverse("gun_words"), {"make": "Glok"}).status_code == 403


def test_whether_a_gun_is_stolen_is_recorded_with_who_asked_and_under_which_number(client, city):
    made = gun(case(city), city.technician)
    now = timezone.now()
    check = {"firearm": made, "checked_at": now}
    with pytest.raises(Refused, match="Give the NCIC number"):
        firearms.check_theft(status="stolen", by=city.technician, **check)
    with pytest.raises(Refused, match="lies in the future"):
        firearms.check_theft(firearm=made, status="not_stolen", checked_at=now + timedelta(hours=1), by=city.technician)
    with pytest.raises(Refused, match="record whether its firearms are stolen"):
        firearms.check_theft(status="not_stolen", by=city.gm_detective, **check)
    client.force_login(city.technician)
    address = reverse("firearm_theft", args=[made.pk])
    sent = {"status": "stolen", "reference": " G123456789 ", "checked_at": "2026-01-02T10:00"}
    assert "Give the NCIC number" in client.post(address, sent | {"reference": ""}).content.decode()
    assert client.post(address, sent).url == made.exhibit.get_absolute_url()
    made = Firearm.objects.get()
    assert (made.stolen_status, made.stolen_reference, made.stolen_checked_by) == (
        "stolen", "G123456789", city.technician,
    )  # fmt: skip
    answer = text(client.get(made.exhibit.get_absolute_url()))
    assert "Reported stolen" in answer
    assert "Reference G123456789" in answer
    firearms.check_theft(firearm=made, status="not_checked", by=city.technician)
    made = Firearm.objects.get()
    assert (made.stolen_reference, made.stolen_checked_at, made.stolen_checked_by) == ("", None, None)
    told = AuditEvent.objects.filter(verb="firearm.theft_checked").order_by("pk")
    assert [event.data["status"] for event in told] == [
        "stolen", "not_checked",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        {"stolen_status": "stolen", "stolen_reference": "G1"},
        {"conversion_kind": "switch"},
        {"restored_serial": "A1"},
        {"stolen_status": "lost"},
    ],
)
def test_the_database_refuses_half_of_what_belongs_together(city, values):
    made = gun(case(city), city.technician)
    with pytest.raises(IntegrityError), transaction.atomic():
        Firearm.objects.filter(pk=made.pk).update(**values)


# --- the list and the search ---


@scene
def guns(city):
    """Five of Port Alder, one of Glenmoor; the center sees all of them."""
    ours, theirs = case(city), case(city, "26-2", of=city.gmpd, by=city.analyst)
    numbers = ("SBO1234", "SB01235", "5801234", "X369J257", "AB?1*")
    made = [gun(ours, city.technician, str(place), serial=each) for place, each in enumerate(numbers, 1)]
    return [*made, gun(theirs, city.analyst, serial="SB0-12 34", make="Taurus", model="G3", caliber=".40 S&W")]


def test_a_number_is_found_however_it_was_read_best_first(city, guns):
    assert answers(city.technician, "sb0 1234") == [
        ("exact", "SBO1234"), ("misread", "5801234"), ("one_edit", "SB01235"),
    ]  # fmt: skip
    assert answers(city.analyst, "SB01234")[:2] == [("exact", "SB01234"), ("exact", "SBO1234")]
    assert answers(city.technician, "x369257") == [("embedded", "X369J257")]
    assert answers(city.technician, "S?O12*") == [
        ("readable", "5801234"), ("readable", "SB01235"), ("readable", "SBO1234"),
    ]  # fmt: skip
    assert answers(city.technician, "69J2") == [("partial", "X369J257")]
    assert answers(city.technician, "ABC1234") == [("readable", "AB?1*")]
    assert answers(city.technician, "SB01234", words=["make:taurus"]) == []
    assert answers(city.analyst, "SB01234", words=["make:taurus"]) == [("exact", "SB01234")]


@pytest.mark.parametrize("typed", ["*", "1*", "???", "", "1" * 200, "*" * 200, "A?1"])
def test_what_would_be_true_of_every_gun_is_answered_with_what_to_type_instead(client, city, guns, typed):
    found = queries.firearms_numbered(city.technician, typed)
    assert found.rows == []
    assert found.instead.endswith(".")
    if typed:
        assert "Type more of the number" in text(page(client, city.technician, "firearms", q=typed))
    assert "from three characters on" in text(page(client, city.technician, "firearms", q="Z9"))


def test_who_may_not_see_a_gun_is_told_as_much_as_of_one_that_is_not_there(client, city, guns):
    for person in (city.gm_detective, city.outsider):
        hidden, nowhere = (
            text(page(client, person, "firearms", q=typed)).replace(typed, "") for typed in ("X369J257", "Q777J777")
        )
        cut = [each.partition('name="csrfmiddlewaretoken"')[0] for each in (hidden, nowhere)]
        assert cut[0] == cut[1]
        assert search.find(person, "X369J257") is None
    assert answers(city.gm_detective, "5801234") == [("misread", "SB01234")]


def test_sight_is_lost_and_won_with_the_grant_and_follows_the_gun(city, guns):
    assert answers(city.prosecutor, "X369J257") == []
    access.share(guns[3].exhibit.incident, city.da)
    assert answers(city.prosecutor, "X369J257") == [("exact", "X369J257")]
    correct(guns[3], city.technician, serial="NEW778")
    assert answers(city.prosecutor, "X369J257") == []
    assert answers(city.prosecutor, "NEW778") == [("exact", "NEW778")]
    IncidentGrant.objects.filter(group=city.da.group).delete()
    assert answers(city.prosecutor, "NEW778") == []
    whole = Exhibit.objects.get(pk=guns[3].exhibit_id)
    exhibits.correct(exhibit=whole, by=city.technician, seen=whole.version, kind="other")
    assert not FirearmSight.objects.filter(content_object=guns[3].pk).exists()
    assert [found for found in derived.broken_promises() if "firearm" in found] == []


def test_the_list_is_newest_first_and_narrowed_by_what_is_asked(client, city, guns):
    def listed(person, **asked):
        return [row["id"] for row in page(client, person, "firearms", **asked).context["page"]["rows"]]

    ids = [each.pk for each in guns]
    assert listed(city.technician) == ids[4::-1]
    assert listed(city.analyst) == ids[::-1]
    assert listed(city.analyst, make="taurus int'l") == ids[5:]
    assert listed(city.analyst, make="Glok", caliber="9mm", type="PI") == ids[4::-1]
    assert listed(city.analyst, mark="private") == []
    firearms.check_theft(
        firearm=guns[0], status="stolen", reference="G1", checked_at=timezone.now(), by=city.technician
    )
    assert listed(city.technician, theft="stolen") == ids[:1]
    traces.request(firearm=guns[1], by=city.technician)
    assert listed(city.technician, untraced="1") == [ids[4], ids[3], ids[2], ids[0]]
    # Whether a gun was traced is nothing for who may not hold trace data.
    assert listed(city.examiner, untraced="1") == []


def test_a_page_of_the_list_goes_on_where_the_last_one_ended(city, guns):
    from_walk = queries.firearms(city.analyst, limit=2)
    assert len(from_walk) == 3
    cursor = walk.encode(from_walk[1]["created_at"].isoformat(), from_walk[1]["id"])
    assert [row["id"] for row in queries.firearms(city.analyst, cursor=cursor)] == [each.pk for each in guns[3::-1]]
    narrowed = queries.firearms(city.analyst, words=["make:glock"], cursor=cursor)
    assert [row["id"] for row in narrowed] == [each.pk for each in guns[3::-1]]


def test_the_index_finds_what_the_walk_of_the_newest_does_not(city, guns, monkeypatch):
    monkeypatch.setattr(import_module("evidence.queries.firearms"), "PROBE", 1)
    assert answers(city.technician, "69J2") == [("partial", "X369J257")]
    assert answers(city.technician, "ABC1234") == [("readable", "AB?1*")]
    assert answers(city.technician, "SB01234")[0] == ("exact", "SBO1234")
    assert [row["id"] for row in queries.firearms(city.analyst, words=["make:taurus"])] == [guns[5].pk]


def test_the_search_at_the_top_opens_the_one_gun_or_the_list_of_those_like_it(city, guns):
    assert search.find(city.technician, "x369j257") == guns[3].exhibit.get_absolute_url()
    assert search.find(city.technician, "X369K257") == "/firearms/?q=X369K257"
    assert search.find(city.analyst, "SB01234") == "/firearms/?q=SB01234"
    assert search.find(city.technician, "nothing here") is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_statements_for_one_row_as_for_three(client, city, count, django_assert_num_queries):
    incident = case(city)
    for place in range(count):
        gun(incident, city.technician, str(place), serial=f"QQ{place}1234")
    client.force_login(city.technician)
    client.get(reverse("firearms"))
    with django_assert_num_queries(8):
        client.get(reverse("firearms"))

"""The triage sheet of a group of casings: what lay where, which one goes into NIBIN and why."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from agencies import access
from agencies.models import AuditEvent
from evidence.actions import triage
from evidence.models import CasingMark, CasingSheet
from tests import factories
from tests.evidence.intake import case, page, text
from tests.scenery import scene

MARK = {"place": "", "headstamp": "", "is_representative": False, "reason": ""}


@scene
def casings(city):
    return factories.exhibit(factories.incident(city.papd), "4", count=6, caliber="9 mm")


def rows(*marks):
    """A form with these (marker, count, place) and two empty rows."""
    data = {"mark-TOTAL_FORMS": len(marks) + 2, "mark-INITIAL_FORMS": 0, "headstamp": "WIN", "condition": "good"}
    for place, (marker, count, where) in enumerate(marks):
        data |= {f"mark-{place}-marker": marker, f"mark-{place}-count": count, f"mark-{place}-place": where}
    return data


def errors(answer):
    return str(
        [answer.context["form"].errors, answer.context["marks"].non_form_errors(), answer.context["marks"].errors]
    )


def test_a_sheet_is_filled_at_the_bench_corrected_and_printed(client, city, casings):
    client.force_login(city.technician)
    address = reverse("casing_sheet", args=[casings.pk])
    assert client.get(address).status_code == 200
    data = rows(("1", 4, "North curb"), ("2", 1, "Lawn"))
    assert client.post(address, data | {"chosen": "1", "reason": "Clearest firing pin impression"}).status_code == 302
    sheet = CasingSheet.objects.get()
    assert list(sheet.marks.values_list("marker", "count", "is_representative")) == [("1", 4, False), ("2", 1, True)]
    shown = text(page(client, city.detective, "exhibit", casings.pk))
    assert "Marker 2: Clearest firing pin impression" in shown
    assert "1 casing without a marker" in shown
    received = factories.acquisition(casings, city.lab)
    access.share(casings.incident, city.lab)
    entry = page(client, city.examiner, "acquisition_enter", received.pk).context["form"]
    assert entry["representative"].value() == "Marker 2, headstamp WIN: Clearest firing pin impression"
    sheets = text(page(client, city.detective, "incident_triage", casings.incident_id))
    assert ("North curb" in sheets, "WIN" in sheets, "Fill the sheet" in sheets) == (True, True, False)
    client.force_login(city.technician)
    again = client.get(address)
    assert again.context["form"]["chosen"].value() == "1"
    seen = again.context["form"]["seen"].value()
    stale = client.post(address, data)
    assert "Somebody else saved this sheet" in errors(stale)
    data |= {"seen": seen, "mark-0-marker": "", "mark-0-place": "", "chosen": "", "mark-INITIAL_FORMS": 2}
    assert client.post(address, data).status_code == 302
    assert list(sheet.marks.values_list("marker", "is_representative")) == [("2", False)]
    assert AuditEvent.objects.filter(verb="casings.triaged").count() == 2


def test_a_sheet_that_does_not_add_up_is_refused_in_words(client, city, casings):
    client.force_login(city.technician)
    address = reverse("casing_sheet", args=[casings.pk])
    cases = {
        "The markers list 7 casings, and exhibit 4 counts 6": rows(("1", 4, ""), ("2", 3, "")),
        "Two rows have the same marker": rows(("1", 1, ""), ("1", 1, "")),
        "Say why this casing goes into NIBIN": rows(("1", 1, "")) | {"chosen": "0"},
        "Give the marker, or empty the row": rows(("", 1, "Lawn")),
    }
    for sentence, data in cases.items():
        assert sentence in errors(client.post(address, data)), sentence
    assert not CasingSheet.objects.exists()
    client.force_login(city.detective)
    assert client.post(address, rows()).status_code == 403
    gun = case(city, "26-9").exhibits.get(kind="firearm")
    with pytest.raises(access.Refused, match="Only a group of cartridge cases"):
        triage.fill(exhibit=gun, by=city.technician, seen="", marks=[])
    assert page(client, city.technician, "casing_sheet", gun.pk).status_code == 404


def test_the_database_holds_one_representative_and_no_more_than_the_exhibit_counts(city, casings):
    sheet = triage.fill(
        exhibit=casings, by=city.technician, seen="",
        marks=[
            MARK | {"marker": "1", "count": 4},
            MARK | {"marker": "2", "count": 2, "is_representative": True, "reason": "Best"},
        ],
    )  # fmt: skip
    wrong = [
        lambda: CasingMark.objects.filter(marker="1").update(is_representative=True, reason="Also"),
        lambda: CasingMark.objects.filter(marker="2").update(reason=""),
        lambda: CasingMark.objects.filter(marker="1").update(count=5),
        lambda: CasingMark.objects.create(sheet=sheet, position=3, marker="3"),
        lambda: type(casings).objects.filter(pk=casings.pk).update(count=5),
    ]
    for write in wrong:
        with pytest.raises(IntegrityError):
            at_once(write)


@transaction.atomic
def at_once(write):
    write()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def test_an_exhibit_keeps_what_its_sheet_needs(client, city, casings):
    triage.fill(exhibit=casings, by=city.technician, seen="", marks=[MARK | {"marker": "1", "count": 4}])
    client.force_login(city.technician)
    form = client.get(reverse("exhibit_edit", args=[casings.pk])).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data |= {"collected_at": "2026-07-11T10:00", "nibin_eligible": "on"}
    for change, sentence in (({"count": 3}, "lists 4 casings"), ({"kind": "magazine"}, "stays cartridge cases")):
        answer = client.post(reverse("exhibit_edit", args=[casings.pk]), data | change)
        assert sentence in str(answer.context["form"].errors)

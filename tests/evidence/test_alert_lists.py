"""Lists of gunshot alerts: loaded once, merged, matched, and what they tell of decided by a person."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from agencies.access import Refused
from agencies.models import AuditEvent
from evidence import tasks
from evidence.actions import alerts, detections, imports
from evidence.imports.targets import KINDS
from evidence.models import Detection, GunshotAlert, ImportBatch, Incident
from tests import factories
from tests.evidence.import_city import loaded, uploaded
from tests.evidence.intake import page, text
from tests.shared import shared

pytestmark = pytest.mark.usefixtures("stored_files")

SAMPLES = settings.BASE_DIR / "docs" / "samples"
HEADER = "Alert ID,Date,Time,Type,Rounds,Latitude,Longitude,Case Number\n"


def load(city, content, name="alerts.csv", agency=None, by=None):
    """A list through the wizard's actions: uploaded, checked, loaded."""
    content = content if isinstance(content, bytes) else (HEADER + content).encode()
    by, agency = by or city.technician, agency or city.papd
    batch = imports.upload(agency=agency, kind="alerts", upload=uploaded(content, name), by=by)
    imports.start_check(batch=batch, by=by, queue=False)
    checked = imports.check(batch=batch, by=by)
    assert checked.status == ImportBatch.Status.CHECKED, checked.problem
    assert not GunshotAlert.objects.filter(batch=batch).exists(), "a check writes nothing"
    imports.start_load(batch=batch, by=by, queue=False)
    done = imports.load(batch=batch, by=by)
    assert {name: done.counts[name] for name in ("new", "updated")} == {
        name: checked.counts[name] for name in ("new", "updated")
    }
    return done


def became():
    """{numbers of the alerts: what became of their shots}."""
    found = Detection.objects.prefetch_related("alerts").order_by("at", "pk")
    return {" ".join(each.number for each in d.alerts.all()): (d.state, d.how, str(d.incident or "")) for d in found}


def test_the_sample_is_merged_matched_and_loaded_only_once(client, city):
    loaded(city.papd, SAMPLES / "incidents.csv", by=city.technician)
    content = (SAMPLES / "alerts.csv").read_bytes()
    counts = load(city, content).counts
    assert [counts[name] for name in ("new", "updated", "unchanged", "merged", "matched")] == [5, 0, 0, 1, 3]
    assert became() == {
        "GDS-1001 GDS-1002": ("matched", "place", "26-900101"),
        "GDS-1003": ("matched", "place", "26-900102"),
        "GDS-1004": ("matched", "number", "26-900104"),
        "GDS-1005": ("open", "", ""),
    }
    one = Detection.objects.get(incident__case_number="26-900101")
    assert (one.alerts_count, one.rounds, one.address, one.has_evidence) == (2, 6, "900 block Quarry St", False)
    again = load(city, content).counts
    assert [again[name] for name in ("new", "updated", "unchanged")] == [0, 0, 5]
    changed = load(city, content.replace(b",9,60 block", b",12,60 block")).counts
    assert [changed[name] for name in ("new", "updated", "unchanged")] == [0, 1, 4]
    assert Detection.objects.get(how="number").rounds == 12
    assert len(became()) == 4

    shown = text(page(client, city.technician, "alerts"))
    assert "1 never became an incident" in shown
    assert "300 block Harbor St" in shown
    assert "900 block Quarry St" not in shown
    bare = text(page(client, city.technician, "alerts", show="bare"))
    assert "26-900101" in bare
    factories.exhibit(one.incident)
    assert Detection.objects.get(pk=one.pk).has_evidence, "the copy follows the scene"
    assert "26-900101" not in text(page(client, city.technician, "alerts", show="bare"))
    assert "26-900101" in text(page(client, city.technician, "alerts", show="matched"))


def test_rows_without_a_number_are_known_again_and_doubles_of_a_file_are_told(city):
    row = ",2026-03-02,23:08,Shot,1,41.8806,-87.6313,\n"
    counts = load(
        city, row + row + "A-1,2026-03-02,23:08,Shot,1,41.99,-87.6313,\na-1,2026-03-03,01:00,Shot,1,,,\n"
    ).counts
    assert (counts["new"], counts["findings"], counts["errors"], counts["twice"]) == (2, 2, 0, 2)
    assert load(city, row).counts["unchanged"] == 1
    assert load(city, "B-1,2026-03-02,23:08,Shot,1,41.8806,-87.6313,\nB-2,31/31/2026,,,,,,\n").counts["errors"] == 1
    assert Detection.objects.filter(alerts_count=2).count() == 1, "another source's alert of the same shots joins"


def test_a_later_alert_between_two_makes_one_of_them_but_not_of_what_a_person_decided(city):
    load(city, "A,2026-03-02,23:08,,,41.8806,-87.6313,\nC,2026-03-02,23:11,,,41.8806,-87.6313,\n")
    assert sorted(became()) == ["A", "C"]
    load(city, "B,2026-03-02,23:09,,,41.8806,-87.6313,\n")
    assert sorted(became()) == ["A B C"]
    load(city, "E,2026-03-02,23:14,,,41.8806,-87.6313,\n")
    detections.dismiss(detection=Detection.objects.get(alerts__number="E"), dismissal="fireworks", by=city.technician)
    load(city, "D,2026-03-02,23:13,,,41.8806,-87.6313,\n")
    assert became() == {"A B C D": ("open", "", ""), "E": ("dismissed", "", "")}
    load(city, "F,2026-03-02,23:16,,,41.8806,-87.6313,\n")
    assert became()["E F"] == ("dismissed", "", "")


def test_an_incident_that_comes_later_finds_its_alerts_and_of_two_a_person_decides(client, city):
    load(city, "A,2026-03-02,23:08,,,41.8806,-87.6313,\nB,2026-03-12,10:00,,,41.8806,-87.6313,\n")
    first, other = Detection.objects.order_by("at")
    where = {"lat": 41.8807, "lng": -87.6314}
    late = factories.incident(city.papd, occurred_at=first.at + timedelta(minutes=9), case_number="26-7", **where)
    factories.incident(city.papd, occurred_at=first.at, case_number="26-0", time_known=False, **where)
    factories.incident(city.gmpd, occurred_at=first.at, case_number="GM-7", **where)
    factories.incident(city.papd, occurred_at=first.at, case_number="26-G", kind="gun_recovery", **where)
    client.force_login(city.technician)
    client.post(reverse("alerts_match"))
    assert became()["A"] == ("matched", "place", "26-7")
    assert Detection.objects.get(pk=first.pk).meters == 14
    for number in ("26-8", "26-9"):
        factories.incident(city.papd, occurred_at=other.at, case_number=number, **where)
    Detection.objects.filter(pk=other.pk).update(at=late.occurred_at)
    alerts.match(agency=city.papd, by=city.technician)
    other.refresh_from_db()
    assert (other.state, other.nearby) == ("open", 2)
    shown = text(page(client, city.technician, "detection", other.pk))
    assert "It is this one" in shown
    client.post(reverse("detection_belong", args=[other.pk]), {"case_number": "26-9"})
    assert became()["B"] == ("matched", "person", "26-9")
    tasks.match_alerts()


def test_a_person_makes_an_incident_of_an_alert_dismisses_it_or_takes_that_back(client, city):
    load(city, "A,2026-03-02,23:08,Shots,4,41.8806,-87.6313,\nB,2026-03-12,10:00,,,41.8806,-87.6313,\n")
    one, two = Detection.objects.order_by("at")
    client.force_login(city.technician)
    client.post(reverse("detection_make", args=[one.pk]), {"case_number": "26-77", "kind": "gds_alert_confirmed"})
    made = Incident.objects.get(case_number="26-77")
    assert (made.occurred_at, made.lat, became()["A"]) == (one.at, 41.8806, ("matched", "made", "26-77"))
    taken = client.post(reverse("detection_make", args=[two.pk]), {"case_number": "26-77", "kind": "homicide"})
    assert "has a case 26-77 already" in text(taken)
    assert "No incident has this number" in text(
        client.post(reverse("detection_belong", args=[two.pk]), {"case_number": "26-99"})
    )
    assert "Say in a few words" in text(
        client.post(reverse("detection_dismiss", args=[two.pk]), {"dismissal": "other"})
    )
    client.post(reverse("detection_dismiss", args=[two.pk]), {"dismissal": "fireworks"})
    assert became()["B"] == ("dismissed", "", "")
    assert "Fireworks" in text(page(client, city.technician, "alerts", show="dismissed"))
    client.post(reverse("detection_reopen", args=[two.pk]))
    assert became()["B"] == ("open", "", "")
    verbs = AuditEvent.objects.filter(object_type="evidence.detection").values_list("verb", flat=True)
    assert list(verbs).count("detection.decided") == 3
    with pytest.raises(Refused, match="Nothing was decided"):
        detections.reopen(detection=two, by=city.technician)
    for person in (city.detective, city.gm_supervisor):
        with pytest.raises(Refused, match="Only people who record evidence"):
            detections.dismiss(detection=two, dismissal="test", by=person)
    assert page(client, city.gm_detective, "detection", two.pk).status_code == 404
    assert page(client, city.analyst, "detection", two.pk).status_code == 200
    hidden = factories.incident(city.outsider_agency, case_number="OUT-1")
    with pytest.raises(Refused, match="not there"):
        detections.belong(detection=two, incident=hidden, by=city.technician)


def test_the_list_costs_the_same_for_three_rows_as_for_one_and_says_what_to_do_when_empty(
    client, city, django_assert_num_queries
):
    assert "Load what your gunshot detection" in text(page(client, city.technician, "alerts"))
    for number in range(3):
        load(city, f"A{number},2026-03-0{number + 1},23:08,Shots,4,41.8806,-87.6313,\n")
        if number != 1:
            with django_assert_num_queries(7):
                client.get(reverse("alerts"))


def test_the_page_on_mappings_names_every_field_of_an_alert():
    named = (settings.BASE_DIR / "docs" / "mapping.md").read_text().partition("## Fields of a gunshot alert")[2]
    assert not [name for name in KINDS["alert"] if f"`{name}`" not in named]


def test_nine_years_of_a_real_citys_alerts_are_loaded(city):
    content = shared("data/gunshot_detection/dc_shotspotter_2006_2013.csv").read_bytes()
    batch = imports.upload(agency=city.papd, kind="alerts", upload=uploaded(content, "dc.csv"), by=city.technician)
    imports.start_load(
        batch=ImportBatch.objects.get(pk=batch.pk) if _checked(batch) else batch, by=city.technician, queue=False
    )
    counts = imports.load(batch=batch, by=city.technician).counts
    assert (counts["new"], counts["errors"]) == (39_066, 0)
    assert counts["merged"] == 39_066 - Detection.objects.count()


def _checked(batch):
    """As a dry run leaves it, without the time that one takes."""
    return ImportBatch.objects.filter(pk=batch.pk).update(status=ImportBatch.Status.CHECKED)

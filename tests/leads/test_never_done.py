"""What was never done stands on the dashboard, and who reviewed a lead on its page."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from evidence.models import CorrelationReview
from leads.models import Lead
from tests import factories
from tests.leads.scenes import lead

DAY = timedelta(days=1)


def seen(client, person, name, *args):
    client.force_login(person)
    return " ".join(client.get(reverse(name, args=args)).content.decode().split())


def test_a_lead_says_who_reviewed_it_and_one_of_our_own_laboratory_without_a_second_review_is_marked(client, city):
    made = lead(city, "WCL-2026-00001")
    Lead.objects.filter(pk=made.pk).update(site=None)
    assert "Reviewers not said" in seen(client, city.analyst, "lead", made.pk)
    Lead.objects.filter(pk=made.pk).update(site=city.lab)
    assert "Reviewers not said" in seen(client, city.analyst, "lead", made.pk), "the site keeps no reviews here yet"
    casings = factories.exhibit(factories.incident(city.papd))
    entry = factories.acquisition(casings, city.lab)
    before = timezone.now() - 400 * DAY
    review = CorrelationReview.objects.create(
        acquisition=entry, site=city.lab, due_at=before, status="second", lead_number="2026-00001",
        first_at=before, first_by=city.examiner,
    )  # fmt: skip
    assert f"No second review on record at {city.lab}" in seen(client, city.analyst, "lead", made.pk)
    other = factories.member(city.lab, "examiner", name="Ines Calder")
    CorrelationReview.objects.filter(pk=review.pk).update(status="released", second_at=before, second_by=other)
    assert "Reviewed by Ed Marsh and Ines Calder" in seen(client, city.analyst, "lead", made.pk)
    assert "Reviewed by Ed Marsh and Ines Calder" in seen(client, city.analyst, "lead_print", made.pk)


def test_the_dashboard_counts_what_was_never_collected_entered_and_traced(client, city):
    for days in (1, 9):
        factories.incident(city.papd, occurred_at=timezone.now() - days * DAY)
    recovery = factories.incident(city.papd, kind="gun_recovery", occurred_at=timezone.now() - 2 * DAY)
    factories.exhibit(recovery, kind="firearm")
    client.force_login(city.commander)
    undone = client.get(reverse("dashboard")).context["undone"]
    assert [(each["label"], each["value"]) for each in undone[:3]] == [
        ("Scenes without an answer", "2"),
        ("Of these, for a week and more", "1"),
        ("Never entered in NIBIN", "1"),
    ]
    assert (undone[1]["value"], undone[1]["url"]) == ("1", "/scenes/?days=7")
    assert [client.get(each["url"]).status_code for each in undone] == [200] * 4
    client.force_login(city.examiner)
    assert len(client.get(reverse("dashboard")).context["undone"]) == 3, "the law keeps traces from examiners"

"""What the demo city has of prosecution, for the tests of the city, which is made once for all of them."""

import shutil
import tempfile
from datetime import datetime

from django.apps import apps
from django.db import models
from django.db.models import Count
from django.test import TestCase, override_settings
from django.urls import reverse

from agencies.models import User
from leads.demo.cast import DOMAIN
from leads.demo.scenes import TZ
from leads.models import GunArrest, PacketVersion, Referral, Revocation, Screening
from leads.policies import releases as policies
from leads.queries import referrals

AT = datetime(2026, 7, 16, 9, 42, tzinfo=TZ)
OURS = ("agencies", "evidence", "leads")
# What may lie ahead: what is due, set for a day, planned, or ends by itself.
AHEAD = {
    "court_on", "day", "decision_due_at", "due_at", "due_on", "ends_at", "expires_at", "held_at", "mail_after",
    "needed_on", "next_on", "next_step_at", "on", "paused_until", "purge_on", "review_due", "review_on", "soon_at",
    "starts_at", "until", "until_on",
}  # fmt: skip


class WithFiles(TestCase):
    """A folder of its own for stored files."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="demo-city-")
        cls.enterClassContext(override_settings(MEDIA_ROOT=cls.folder))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        super().setUpClass()


class OfTheCourt:
    """Tests of a city that stands."""

    def test_cases_are_before_every_kind_of_court(self):
        assert set(Referral.objects.values_list("venue", flat=True)) == set(Referral.Venue.values)
        (young,) = Referral.objects.filter(venue="juvenile")
        assert referrals.is_of_juvenile(young)
        assert (young.status, young.office.code, young.asserted.count()) == ("referred", "DA", 1)
        (revoked,) = Revocation.objects.filter(referral__venue="revocation")
        assert (revoked.referral.status, revoked.referral.decisions.count()) == ("accepted", 1)
        assert not revoked.referral.charges.exists()
        self.client.force_login(User.objects.get(email=f"prosecutor@{DOMAIN}"))
        for case in (young, revoked.referral):
            page = self.client.get(case.get_absolute_url()).content.decode()
            assert case.get_venue_display() in page
            assert case.defendant in page

    def test_nothing_that_is_on_record_as_done_lies_ahead(self):
        found = {}
        for model in (each for name in OURS for each in apps.get_app_config(name).get_models()):
            for field in model._meta.concrete_fields:
                if isinstance(field, models.DateField) and field.name not in AHEAD:
                    last = AT if isinstance(field, models.DateTimeField) else AT.date()
                    later = model._base_manager.filter(**{f"{field.name}__gt": last})
                    found[f"{model.__name__}.{field.name}"] = later.count()
        ahead = {name: many for name, many in found.items() if many}
        # The system's own user came with the tables.
        assert ahead == {"User.created_at": 1}, ahead

    def test_somebody_who_answers_for_the_district_attorneys_office_releases_its_packets(self):
        chief = User.objects.get(memberships__role="supervisor", memberships__agency__code="DA")
        versions = PacketVersion.objects.visible_to(chief).filter(packet__agency__code="DA").exclude(state="failed")
        may = [each for each in versions if policies.release(chief, each) is None]
        assert may
        self.client.force_login(chief)
        page = self.client.get(reverse("packet_give", args=[may[0].pk])).content.decode()
        assert "Under what duty" in page
        prosecutor = User.objects.get(email=f"prosecutor@{DOMAIN}")
        assert policies.release(prosecutor, may[0]) is not None

    def test_two_offices_weigh_one_person_and_the_federal_one_has_new_arrests_to_look_through(self):
        several = Screening.objects.annotate(said=Count("versions", distinct=True), offices=Count("views__office"))
        sheet = several.get(said__gt=1)
        assert len(set(sheet.views.values_list("chosen__code", flat=True))) == 2
        for mail in ("prosecutor", "federal.prosecutor"):
            self.client.force_login(User.objects.get(email=f"{mail}@{DOMAIN}"))
            page = self.client.get(sheet.get_absolute_url()).content.decode()
            assert "will not go to federal court" in page
            assert "the exposure is three times that of the state" in page
        assert set(GunArrest.objects.values_list("status", flat=True)) == set(GunArrest.Status.values)
        waiting = self.client.get(reverse("gun_arrests")).content.decode()
        assert GunArrest.objects.filter(status="waiting").first().outcome.number in waiting

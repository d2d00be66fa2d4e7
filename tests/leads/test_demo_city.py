"""The demo city is what it says: calibrated to published figures, the same for a seed, true to every promise."""

import hashlib
import json
from datetime import timedelta
from io import StringIO
from unittest import mock

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, F
from django.test import override_settings

from agencies import access
from agencies.models import Agency, Membership, Notification, User
from agencies.roles import Role
from evidence import vault
from evidence.models import Acquisition, Disposal, Firearm, HandOver, ImportBatch, Incident, Inventory, Trace
from evidence.models.laboratory import CorrelationReview, LabRequest
from leads.demo import city, crowd, crowd_leads, derived
from leads.demo.cast import DOMAIN, KNOWN, SIGN_IN_PHRASE
from leads.models import Charge, Cluster, Escalation, HeldNotice, Lead, LeadEvent, LeadPair, Obligation, Referral
from leads.queries import undisclosed
from tests.leads import demo_court
from tests.leads.demo_court import AT
from tests.shared import shared

LEADS = apps.get_app_config("leads")
# A share of some three hundred rows scatters by chance: two standard deviations of one half are six points.
LOOSE = 0.07
EVIDENCE = ["evidence_incident", "evidence_custodyevent"]
TABLES = [*EVIDENCE, "leads_lead", "leads_leadevent", "leads_obligation", "leads_charge"]


def share(rows, condition):
    rows = list(rows)
    return sum(bool(condition(row)) for row in rows) / len(rows)


def digest():
    """One hash over whole tables: the same only for the same rows under the same numbers."""
    whole = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select coalesce(string_agg(t::text, '|' order by t.id), '') from {table} t")  # noqa: S608
            whole.update(cursor.fetchone()[0].encode())
    return whole.hexdigest()


def rightly_searched():
    """How many leads have the search document that the database's own function writes."""
    with connection.cursor() as cursor:
        cursor.execute("create temp table before on commit drop as select lead_id, doc from leads_leadsearch")
        cursor.execute("select leads_search_refresh(array(select id from leads_lead))")
        cursor.execute("select count(*) from before join leads_leadsearch using (lead_id, doc)")
        return cursor.fetchone()[0]


def rolled_back(build, *how):
    """The digest of a city that is taken back, with all sequences where they were."""
    with connection.cursor() as cursor:
        cursor.execute("savepoint before")
        build(*how)
        found = digest()
        cursor.execute("rollback to savepoint before")
    return found


class TheSmallCity(demo_court.OfTheCourt, demo_court.WithFiles):
    @classmethod
    def setUpTestData(cls):
        cls.another, cls.same = (rolled_back(city.build, "small", seed, AT) for seed in (8, 1))
        city.build("small", 1, AT)
        # Else each test would check all references anew: its rollback takes back that they were checked.
        connection.check_constraints()

    def test_the_same_seed_and_time_give_the_same_rows(self):
        assert self.another != self.same == digest()

    def test_every_promise_of_the_database_holds(self):
        assert derived.broken_promises() == []

    def test_a_row_that_breaks_a_promise_is_found(self):
        with connection.cursor() as cursor:
            cursor.execute("set local session_replication_role = replica")
            cursor.execute("delete from leads_obligation where id = (select min(id) from leads_obligation)")
            cursor.execute("update evidence_custodyevent set to_whom = 'somebody else' where id = 5")
            cursor.execute("set local session_replication_role = origin")
        found = " ".join(derived.broken_promises())
        assert "an event's agency has no obligation" in found
        assert "a custody row does not follow from the one before" in found
        assert "leads_activity.obligation_id points nowhere" in found

    def test_guns_on_several_leads_stand_in_clusters_and_what_was_said_of_leads_in_each_state(self):
        assert {2, 3, 4} <= set(Cluster.objects.values_list(Count("members"), flat=True))
        assert set(Cluster.objects.values_list(Count("members__lead__caliber", distinct=True), flat=True)) == {1}
        assert set(LeadPair.objects.values_list("status", flat=True)) == {"joined", "apart", "taken_back"}

    def test_search_documents_are_those_the_triggers_would_have_written(self):
        assert rightly_searched() == Lead.objects.count() > 200

    def test_three_fifths_of_the_exhibits_enter_nibin_within_two_business_days(self):
        entered = Acquisition.objects.exclude(entered_at=None)
        assert abs(share(entered, lambda row: row.entered_at <= row.due_at) - 0.60) < LOOSE
        quick = share(entered, lambda row: row.entered_at - row.received_at <= timedelta(hours=48))
        assert abs(quick - 0.40) < LOOSE

    def test_a_hundred_acquisitions_give_eighteen_leads(self):
        assert 16 <= 100 * Lead.objects.count() / Acquisition.objects.count() <= 20

    def test_clusters_are_as_large_as_published(self):
        sizes = list(Lead.objects.values_list("events_count", flat=True))
        for size, expected in ((2, 0.62), (3, 0.20), (4, 0.09)):
            assert abs(sizes.count(size) / len(sizes) - expected) < LOOSE, size
        assert 0.02 < sum(size > 4 for size in sizes) / len(sizes) < 0.16

    def test_a_fifth_of_the_leads_cross_agencies_and_a_sixth_are_confirmed(self):
        leads = Lead.objects.annotate(agencies=Count("events__agency", distinct=True))
        assert abs(share(leads, lambda lead: lead.agencies > 1) - 0.20) < LOOSE
        assert abs(share(leads, lambda lead: lead.is_confirmed) - 0.15) < LOOSE

    def test_a_third_of_the_lines_end_with_the_gun(self):
        found = ("gun_recovery", "traffic_stop", "search_warrant", "found_gun")
        with_gun = LeadEvent.objects.filter(kind__in=found).values("lead").distinct().count()
        assert abs(with_gun / Lead.objects.count() - 0.30) < LOOSE

    def test_a_quarter_of_the_obligations_is_late_at_some_stage(self):
        late = Escalation.objects.filter(level__gte=2).values("obligation").distinct().count()
        assert abs(late / Obligation.objects.count() - 0.25) < LOOSE

    def test_people_answer_as_quickly_as_published(self):
        done = [row for row in Obligation.objects.all() if row.assigned_at]
        day = timedelta(hours=24)
        assert 0.6 < share(done, lambda row: row.acknowledged_at - row.sent_at <= day) < 0.92
        assert abs(share(done, lambda row: row.assigned_at - row.acknowledged_at <= day) - 0.70) < 2 * LOOSE
        waits = sorted(row.started_at - row.assigned_at for row in done if row.started_at)
        assert timedelta(days=3) <= waits[len(waits) // 2] <= timedelta(days=5)

    def test_three_fifths_are_closed_within_ninety_days(self):
        quarter = timedelta(days=90)
        old = Obligation.objects.filter(sent_at__lt=AT - quarter)
        assert abs(share(old, lambda row: row.closed_at and row.closed_at - row.sent_at <= quarter) - 0.60) < 2 * LOOSE

    def test_outcomes_and_usefulness_are_as_published(self):
        closed = list(Obligation.objects.filter(state="closed"))
        expected = {"arrest": 0.16, "case_linked": 0.25, "exhausted": 0.25, "suspect_identified": 0.12}
        for outcome, part in expected.items():
            found = sum(row.outcome.startswith(outcome) for row in closed) / len(closed)
            assert abs(found - part) < LOOSE, outcome
        assert abs(share(closed, lambda row: row.usefulness > 3) - 0.31) < LOOSE
        assert abs(share(closed, lambda row: row.usefulness < 3) - 0.11) < LOOSE

    def test_helpful_ratings_fall_with_the_age_of_the_lead(self):
        closed = Obligation.objects.filter(state="closed")
        young = [row for row in closed if row.closed_at - row.sent_at < timedelta(days=60)]
        old = [row for row in closed if row.closed_at - row.sent_at > timedelta(days=120)]
        assert share(young, lambda row: row.usefulness > 3) > share(old, lambda row: row.usefulness > 3)

    def test_traces_are_asked_and_answered_as_published(self):
        traces = list(Trace.objects.select_related("firearm"))
        asked = {trace.firearm_id for trace in traces if trace.status not in ("draft", "cancelled")}
        assert abs(len(asked) / Firearm.objects.count() - 0.85) < LOOSE
        done = [trace for trace in traces if trace.completed_at]
        assert abs(share(done, lambda trace: trace.status == "completed_to_purchaser") - 0.75) < LOOSE
        days = sorted((trace.completed_at - trace.requested_at).days for trace in done)
        assert 10 <= days[len(days) // 2] <= 14
        assert 13 <= sum(days) / len(days) <= 19

    def test_guilty_pleas_and_dismissals_share_as_in_the_published_table(self):
        published = json.loads(shared("data/nibin/published_rates.json").read_text())
        outcomes = published["dc_cgic_evaluation"]["known_outcomes_[ballistics_only,nibin_hit]"]
        hits = {name: numbers[1] for name, numbers in outcomes.items() if "No Paper" not in name}
        ended = list(Charge.objects.exclude(disposition="pending"))
        pleas = share(ended, lambda charge: charge.disposition == "guilty_plea")
        assert abs(pleas - hits["Guilty Plea"] / sum(hits.values())) < 0.25  # a few dozen cases only

    def test_every_list_has_rows_in_every_state(self):
        assert set(Obligation.objects.values_list("state", flat=True)) == set(Obligation.State.values)
        stages = set(Obligation.objects.open().values_list("state", "level"))
        assert {(state, level) for state in Obligation.OPEN for level in range(6)} <= stages
        named = ("ConfirmationRequest", "Proceeding", "Deadline", "GunArrest", "Withholding")
        for model in (Referral, Trace, LabRequest, CorrelationReview, HeldNotice, *map(LEADS.get_model, named)):
            assert set(model.objects.values_list("status", flat=True)) == set(model.Status.values)
        for model in map(LEADS.get_model, ("DeskItem", "ScoreTable")):
            assert set(model.objects.values_list("state", flat=True)) == set(model.State.values)
        assert all(undisclosed.page(User.objects.get(email=f"prosecutor@{DOMAIN}"), long=AT).counts.values())
        assert LabRequest.objects.filter(status="sent", needed_on__lt=AT.date()).exists()
        assert LeadEvent.objects.waiting().count() > 5
        assert ImportBatch.objects.get(kind="incidents", status="loaded").findings.count() == 4
        for model, field, many in ((Disposal, "status", 4), (HandOver, "status", 3), (Inventory, "status", 2)):
            assert model.objects.order_by().values(field).distinct().count() >= many, model
        assert {each.due_at < AT for each in Acquisition.objects.filter(entered_at=None)} == {True, False}

    def test_the_lead_of_the_pictures_stands_as_drawn(self):
        lead = Lead.objects.get(number="WCL-2026-00412")
        assert (lead.events_count, lead.confirmed_count, lead.status) == (5, 2, Lead.Status.OPEN)
        assert 40 <= (lead.last_event_at - lead.first_event_at).days <= 41
        assert [event[2] for event in lead.line] == ["PAPD", "PAPD", "GMPD", "WCSO", "PAPD"]
        late = {row.agency.code: row.due_at < AT for row in lead.obligations.select_related("agency")}
        assert late == {"PAPD": True, "GMPD": False, "WCSO": False}

    def test_nothing_happens_after_the_time_the_city_stands_at(self):
        assert not Incident.objects.filter(occurred_at__gt=AT).exists()
        assert not Lead.objects.filter(opened_at__gt=AT).exists()
        assert not Escalation.objects.filter(at__gt=AT).exists()
        assert not Notification.objects.filter(created_at__gt=AT).exists()
        assert not Lead.objects.filter(last_event_at__gt=F("opened_at")).exists()

    def test_nobody_gets_mail_about_the_fiction(self):
        assert not Notification.objects.to_mail().exists()

    def test_each_role_has_somebody_who_can_sign_in_and_begins_at_a_list_with_rows(self):
        assert {role for _, _, _, role, _, _ in KNOWN} == set(Role)
        for mail, _, name, role, code, _ in KNOWN:
            user = User.objects.get(email=f"{mail}@{DOMAIN}")
            assert user.name == name
            assert user.check_password(SIGN_IN_PHRASE)
            assert Membership.objects.filter(user=user, role=role, agency__code=code, ended_at=None).exists()
            self.client.force_login(user)
            page = self.client.get("/", follow=True).content.decode()
            assert ('class="empty"><svg' in page) == (role in (Role.RESEARCHER, Role.COMMUNITY_LIAISON)), mail

    def test_probation_and_the_federal_task_force_are_asked_to_take_part(self):
        asked = Obligation.objects.exclude(asked="").select_related("agency")
        assert {part.agency.code for part in asked} == {"PROB", "FED"}
        assert 0.02 < asked.values("lead").distinct().count() / Lead.objects.count() < 0.12
        waiting = asked.filter(agency__code="PROB").open()
        assert set(waiting.values_list("state", flat=True)) == set(Obligation.OPEN)
        assert waiting.filter(investigator__email=f"probation@{DOMAIN}", due_at__lt=AT).exists()

    def test_one_person_works_in_two_agencies(self):
        analyst = User.objects.get(email=f"analyst@{DOMAIN}")
        assert {standing.agency_code for standing in access.standings(analyst)} == {"CTR", "PAPD"}

    def test_all_origin_numbers_and_telephones_are_fictional(self):
        for agency in Agency.objects.prefetch_related("oris"):
            assert all(row.ori.startswith("XX") for row in agency.oris.all())
            assert agency.phone.startswith("555-01")
        assert not User.objects.exclude(email__endswith=".example").filter(is_system=False).exists()

    def test_the_loaded_file_lies_in_the_vault(self):
        for file in (batch.file for batch in ImportBatch.objects.all()):
            assert vault.path(file.sha256).stat().st_size == file.size

    def test_a_second_city_is_refused(self):
        with pytest.raises(CommandError, match="empty database"):
            call_command("demo_city")

    def test_the_sign_ins_are_printed(self):
        out = StringIO()
        call_command("demo_sign_ins", stdout=out)
        assert "detective@portal.example" in out.getvalue()
        assert SIGN_IN_PHRASE in out.getvalue()


class AnyCity(demo_court.WithFiles):
    @pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
    def test_a_crowd_made_by_two_processes_is_the_one_made_by_one(self):
        with mock.patch.object(crowd_leads, "PORTION", 40):
            assert rolled_back(crowd.build, 200, 1, AT, 1) == rolled_back(crowd.build, 200, 1, AT, 2)

    def test_a_city_is_refused_where_data_are_real(self):
        with override_settings(SYNTHETIC_DATA=False):
            for command in ("demo_city", "demo_sign_ins"):
                with pytest.raises(CommandError, match="SYNTHETIC_DATA"):
                    call_command(command)

    def test_an_owner_without_superuser_rights_builds_the_crowd_with_every_promise_kept(self):
        with connection.cursor() as cursor:
            cursor.execute("select current_user")
            owner = cursor.fetchone()[0]
            cursor.execute("create role demo_owner nosuperuser")
            cursor.execute(f'grant "{owner}" to demo_owner')
            cursor.execute("set local role demo_owner")
        crowd.build(300, 1, AT)
        assert derived.broken_promises() == []
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_trigger where tgenabled <> 'O'")
            assert cursor.fetchone()[0] == 0
            cursor.execute("reset role")
        assert rightly_searched() == 300
        readers = User.objects.filter(email__startswith="bench-")
        assert {user.name.split()[1] for user in readers} == {"tiny", "typ", "multi", "big", "wide"}
        assert len(access.standings(readers.get(name="Reader wide"))) == 40
        assert [user.name for user in readers if not Lead.objects.visible_to(user).exists()] == []

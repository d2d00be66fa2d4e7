"""Addresses of the work on leads: obligations, boards, prosecution."""

from django.urls import path

from agencies import navigation
from agencies.models import Agency
from agencies.roles import Permission, Role
from leads.urls import court as urls_court
from leads.urls import outcomes as urls_outcomes
from leads.urls import screening as urls_screening
from leads.urls import time as urls_time
from leads.views import accountability, dashboard, mine, obligations, referrals

urlpatterns = [
    path("my-leads/", mine.my_leads, name="my_leads"),
    path("obligations/", accountability.obligations, name="obligations"),
    path("obligations/<int:pk>/acknowledge/", obligations.obligation_acknowledge, name="obligation_acknowledge"),
    path("obligations/<int:pk>/assign/", obligations.obligation_assign, name="obligation_assign"),
    path("obligations/<int:pk>/take/", obligations.obligation_take, name="obligation_take"),
    path("obligations/<int:pk>/start/", obligations.obligation_start, name="obligation_start"),
    path("obligations/<int:pk>/return/", obligations.obligation_return, name="obligation_return"),
    path("obligations/<int:pk>/log/", obligations.obligation_log, name="obligation_log"),
    path("obligations/<int:pk>/propose/", obligations.obligation_propose, name="obligation_propose"),
    path("obligations/<int:pk>/approve/", obligations.obligation_approve, name="obligation_approve"),
    path("obligations/<int:pk>/send-back/", obligations.obligation_send_back, name="obligation_send_back"),
    path("obligations/<int:pk>/reroute/", obligations.obligation_reroute, name="obligation_reroute"),
    path("accountability/", accountability.accountability, name="accountability"),
    path("accountability/remind/", accountability.remind, name="remind"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/export/", dashboard.dashboard_export, name="dashboard_export"),
    path("dashboard/<int:stage>/", dashboard.dashboard_rows, name="dashboard_rows"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/<int:pk>/", referrals.referral, name="referral"),
    path("referrals/<int:pk>/decide/", referrals.referral_decide, name="referral_decide"),
    path("referrals/<int:pk>/answer/", referrals.referral_answer, name="referral_answer"),
    path("referrals/<int:pk>/hearing/", referrals.referral_hearing, name="referral_hearing"),
    path("leads/<int:pk>/refer/", referrals.referral_new, name="referral_new"),
    *urls_court.urlpatterns,
    *urls_time.urlpatterns,
    *urls_outcomes.urlpatterns,
    *urls_screening.urlpatterns,
]

STEPS = ("take", "start", "log", "propose", "pause", "resume", "extend")

navigation.register(
    navigation.Entry(
        "mine",
        "My leads",
        "home",
        "my_leads",
        Permission.OBLIGATION_WORK,
        order=10,
        pages=(*(f"obligation_{step}" for step in STEPS), "absences"),
        home_of=(Role.DETECTIVE, Role.SUPERVISION_OFFICER),
    ),
    navigation.Entry(
        "accountability",
        "Accountability",
        "board",
        "accountability",
        Permission.DASHBOARD_VIEW,
        section="Center",
        order=60,
        pages=(
            "obligations",
            "obligation_acknowledge",
            "obligation_assign",
            "obligation_approve",
            "obligation_return",
            "obligation_reroute",
            "obligation_send_back",
            "obligation_time",
            "clock_rule",
            "outcomes",
            "outcome",
            "outcome_merge",
        ),
        home_of=(Role.SUPERVISOR, Role.COMMANDER),
    ),
    navigation.Entry(
        "dashboard",
        "Dashboard",
        "dash",
        "dashboard",
        Permission.DASHBOARD_VIEW,
        section="Center",
        order=61,
        pages=("dashboard_rows",),
    ),
    navigation.Entry(
        "prosecution",
        "Prosecution",
        "scale",
        "referrals",
        Permission.REFERRAL_VIEW,
        section="People and partners",
        order=40,
        pages=(
            "referral",
            "referral_new",
            "referral_decide",
            "referral_answer",
            "referral_hearing",
            *urls_court.PAGES,
            "referral_adopt",
            "referral_part",
            "referral_note",
            "referral_check",
            "work_note_strike",
            "screening",
            "screening_edit",
            "screening_venue",
        ),
        # An office of prosecutors owes no steps on leads: what is before it is its board.
        home_of=(Role.SUPERVISOR, Role.COMMANDER),
        home_in=Agency.PROSECUTORS,
    ),
)

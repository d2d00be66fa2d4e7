"""Addresses of the work on leads: obligations, boards, prosecution."""

from django.urls import path

from agencies import navigation
from agencies.roles import Permission, Role
from leads.views import accountability, mine, obligations

urlpatterns = [
    path("my-leads/", mine.my_leads, name="my_leads"),
    path("obligations/", accountability.obligations, name="obligations"),
    path("obligations/<int:pk>/acknowledge/", obligations.obligation_acknowledge, name="obligation_acknowledge"),
    path("obligations/<int:pk>/assign/", obligations.obligation_assign, name="obligation_assign"),
    path("obligations/<int:pk>/start/", obligations.obligation_start, name="obligation_start"),
    path("obligations/<int:pk>/return/", obligations.obligation_return, name="obligation_return"),
    path("obligations/<int:pk>/log/", obligations.obligation_log, name="obligation_log"),
    path("obligations/<int:pk>/propose/", obligations.obligation_propose, name="obligation_propose"),
    path("obligations/<int:pk>/approve/", obligations.obligation_approve, name="obligation_approve"),
    path("obligations/<int:pk>/send-back/", obligations.obligation_send_back, name="obligation_send_back"),
    path("obligations/<int:pk>/reroute/", obligations.obligation_reroute, name="obligation_reroute"),
    path("accountability/", accountability.accountability, name="accountability"),
    path("accountability/remind/", accountability.remind, name="remind"),
]

STEPS = ("start", "log", "propose")

navigation.register(
    navigation.Entry(
        "mine",
        "My leads",
        "lead",
        "my_leads",
        Permission.OBLIGATION_WORK,
        order=10,
        pages=tuple(f"obligation_{step}" for step in STEPS),
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
        pages=("obligations", "obligation_assign", "obligation_approve"),
        home_of=(Role.SUPERVISOR, Role.COMMANDER),
    ),
)

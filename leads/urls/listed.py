"""Addresses of the people list and of who may read it."""

from django.urls import path

from agencies import navigation
from agencies.roles import Permission
from leads.views import listed, listed_steps

ENTRY_STEPS = ("approve", "review", "move", "remove", "hold", "lift", "give", "fact")

urlpatterns = [
    path("listed/", listed.listed_people, name="listed_people"),
    path("listed/ask/", listed.listed_ask, name="listed_ask"),
    path("listed/new/", listed_steps.listed_new, name="listed_new"),
    path("listed/new/<int:pk>/", listed_steps.listed_propose, name="listed_propose"),
    path("listed/rule/", listed_steps.list_rule, name="list_rule"),
    path("listed/trained/", listed_steps.trainings, name="trainings"),
    path("listed/trained/<int:pk>/end/", listed_steps.training_end, name="training_end"),
    path("listed/events/<int:pk>/withdraw/", listed_steps.listed_fact_withdraw, name="listed_fact_withdraw"),
    path("listed/<int:pk>/", listed.listed_person, name="listed_person"),
    path("listed/<int:pk>/open/", listed.listed_open, name="listed_open"),
    path("listed/<int:pk>/print/", listed.listed_print, name="listed_print"),
    path("listed/<int:pk>/paper/", listed.listed_paper, name="listed_paper"),
    path("listed/<int:pk>/approve/", listed_steps.listed_approve, name="listed_approve"),
    path("listed/<int:pk>/review/", listed_steps.listed_review, name="listed_review"),
    path("listed/<int:pk>/move/", listed_steps.listed_move, name="listed_move"),
    path("listed/<int:pk>/remove/", listed_steps.listed_remove, name="listed_remove"),
    path("listed/<int:pk>/hold/", listed_steps.listed_hold, name="listed_hold"),
    path("listed/<int:pk>/lift/", listed_steps.listed_lift, name="listed_lift"),
    path("listed/<int:pk>/give/", listed_steps.listed_give, name="listed_give"),
    path("listed/<int:pk>/event/", listed_steps.listed_fact, name="listed_fact"),
]

PAGES = ("listed_person", "listed_open", "listed_print", "listed_paper", "listed_ask", "listed_new", "listed_propose",
         "list_rule", *(f"listed_{step}" for step in ENTRY_STEPS))  # fmt: skip

navigation.register(
    navigation.Entry(
        "listed", "People list", "flag", "listed_people", Permission.LISTED_VIEW, section="Center", order=72,
        pages=PAGES,
    ),
    navigation.Entry(
        "trainings", "Part 23 training", "checkc", "trainings", Permission.AGENCY_MANAGE, section="Administration",
        order=807,
    ),
)  # fmt: skip

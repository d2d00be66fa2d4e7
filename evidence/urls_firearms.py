"""Addresses of firearms: the list with its serial search, theft checks, and guns that were recovered twice."""

from django.urls import path

from agencies import navigation
from agencies.navigation import Entry
from agencies.roles import Permission
from evidence.views import firearms

urlpatterns = [
    path("firearms/", firearms.firearm_list, name="firearms"),
    path("firearms/words/", firearms.gun_words, name="gun_words"),
    path("firearms/same/", firearms.same_gun_list, name="same_guns"),
    path("firearms/same/<int:pk>/yes/", firearms.same_gun_decide, {"status": "same"}, name="same_gun_yes"),
    path("firearms/same/<int:pk>/no/", firearms.same_gun_decide, {"status": "different"}, name="same_gun_no"),
    path("firearms/same/<int:pk>/undo/", firearms.same_gun_decide, {"status": "suggested"}, name="same_gun_undo"),
    path("firearms/<int:pk>/theft/", firearms.firearm_theft, name="firearm_theft"),
]

navigation.register(
    Entry(
        "firearms", "Firearms", "gun", "firearms", Permission.INCIDENT_VIEW, section="Cases and exhibits", order=32,
        pages=("firearm_theft", "same_guns"),
    ),
)  # fmt: skip

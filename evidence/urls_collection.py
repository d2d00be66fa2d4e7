"""Addresses of the comprehensive collection: scenes with gunfire and what was found there."""

from django.urls import path

from agencies import navigation
from agencies.navigation import Entry
from agencies.roles import Permission
from evidence.views import collection

urlpatterns = [
    path("scenes/", collection.scenes, name="scenes"),
    path("scenes/rules/", collection.collection_rules, name="collection_rules"),
    path("scenes/rules/<int:pk>/", collection.collection_rule, name="collection_rule"),
    path("incidents/<int:pk>/scene/", collection.collection_answer, name="collection_answer"),
    path("incidents/<int:pk>/scene/withdraw/", collection.collection_withdraw, name="collection_withdraw"),
    path("incidents/<int:pk>/scene/owes/", collection.collection_owe, name="collection_owe"),
]

navigation.register(
    Entry(
        "scenes", "Scenes", "pin", "scenes", Permission.INCIDENT_VIEW, order=34,
        pages=("collection_answer", "collection_owe"),
    ),
    Entry(
        "collection_rules", "Scene rules", "evid", "collection_rules", Permission.AGENCY_MANAGE, section="Center",
        order=95, pages=("collection_rule",),
    ),
)  # fmt: skip

"""Addresses of the comprehensive collection: scenes with gunfire and what was found there, and alerts of shots."""

from django.urls import path

from agencies import navigation
from agencies.navigation import Entry
from agencies.roles import Permission
from evidence.views import alerts, collection

urlpatterns = [
    path("scenes/", collection.scenes, name="scenes"),
    path("scenes/rules/", collection.collection_rules, name="collection_rules"),
    path("scenes/rules/<int:pk>/", collection.collection_rule, name="collection_rule"),
    path("incidents/<int:pk>/scene/", collection.collection_answer, name="collection_answer"),
    path("incidents/<int:pk>/scene/withdraw/", collection.collection_withdraw, name="collection_withdraw"),
    path("incidents/<int:pk>/scene/owes/", collection.collection_owe, name="collection_owe"),
    path("alerts/", alerts.alert_list, name="alerts"),
    path("alerts/match/", alerts.alerts_match, name="alerts_match"),
    path("alerts/<int:pk>/", alerts.detection, name="detection"),
    path("alerts/<int:pk>/belongs/", alerts.detection_belong, name="detection_belong"),
    path("alerts/<int:pk>/incident/", alerts.detection_make, name="detection_make"),
    path("alerts/<int:pk>/dismiss/", alerts.detection_dismiss, name="detection_dismiss"),
    path("alerts/<int:pk>/reopen/", alerts.detection_reopen, name="detection_reopen"),
]

navigation.register(
    Entry(
        "scenes", "Scenes", "pin", "scenes", Permission.INCIDENT_VIEW, section="Cases and exhibits", order=34,
        pages=("collection_answer", "collection_owe"),
    ),
    Entry(
        "alerts", "Gunshot alerts", "bell", "alerts", Permission.INCIDENT_VIEW, section="Cases and exhibits", order=35,
        pages=("detection", "detection_belong", "detection_make", "detection_dismiss"),
    ),
    Entry(
        "collection_rules", "Scene rules", "evid", "collection_rules", Permission.AGENCY_MANAGE, section="Center",
        order=95, pages=("collection_rule",),
    ),
)  # fmt: skip

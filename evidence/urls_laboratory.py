"""Addresses of the laboratory: requests, test fires, NIBIN entries, reviews of what NIBIN correlates."""

from django.urls import path

from agencies import navigation
from agencies.navigation import Entry
from agencies.roles import Permission
from evidence.views import acquisitions, correlations, laboratory

urlpatterns = [
    path("laboratory/", laboratory.lab_request_list, name="lab_requests"),
    path("laboratory/<int:pk>/", laboratory.lab_request, name="lab_request"),
    path("laboratory/<int:pk>/receive/", laboratory.lab_request_receive, name="lab_request_receive"),
    path("laboratory/<int:pk>/result/", laboratory.lab_request_finish, name="lab_request_finish"),
    path("laboratory/<int:pk>/back/", laboratory.lab_request_send_back, name="lab_request_send_back"),
    path("laboratory/<int:pk>/decline/", laboratory.lab_request_decline, name="lab_request_decline"),
    path("laboratory/<int:pk>/cancel/", laboratory.lab_request_cancel, name="lab_request_cancel"),
    path("incidents/<int:pk>/laboratory/", laboratory.lab_request_new, name="lab_request_new"),
    path("exhibits/<int:pk>/test-fire/", laboratory.test_fire_new, name="test_fire_new"),
    path("acquisitions/never/", acquisitions.never_entered, name="never_entered"),
    path("acquisitions/<int:pk>/reject/", acquisitions.acquisition_reject, name="acquisition_reject"),
    path("correlations/", correlations.correlation_list, name="correlations"),
    path("correlations/<int:pk>/", correlations.correlation, name="correlation"),
    path("correlations/<int:pk>/again/", correlations.correlation_again, name="correlation_again"),
]

navigation.register(
    Entry(
        "lab_requests", "Requests", "seal", "lab_requests", Permission.INCIDENT_VIEW, section="Laboratory",
        order=55,
        pages=("lab_request", "lab_request_new", *(f"lab_request_{name}" for name, *_ in laboratory.STEPS)),
    ),
    Entry(
        "correlations", "Correlation", "link", "correlations", Permission.INCIDENT_VIEW, section="Laboratory",
        order=56,
        pages=("correlation",),
    ),
)  # fmt: skip

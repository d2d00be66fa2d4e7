"""Addresses of custody: hand-overs, places, labels, the bench, inventories, disposal."""

from django.urls import path

from agencies import navigation
from agencies.navigation import Entry
from agencies.roles import Permission
from evidence.views import custody

urlpatterns = [
    path("exhibits/<int:pk>/custody/new/", custody.custody_new, name="custody_new"),
    path("hand-overs/", custody.hand_overs, name="hand_overs"),
    path("hand-overs/confirm/", custody.hand_overs_confirm, name="hand_overs_confirm"),
    path("hand-overs/<int:pk>/", custody.hand_over, name="hand_over"),
    path("hand-overs/<int:pk>/refuse/", custody.hand_over_refuse, name="hand_over_refuse"),
    path("hand-overs/<int:pk>/withdraw/", custody.hand_over_withdraw, name="hand_over_withdraw"),
]

navigation.register(
    Entry(
        "hand_overs", "My hand-overs", "swap", "hand_overs", Permission.INCIDENT_VIEW, order=34,
        pages=("hand_over", "hand_over_refuse", "hand_over_withdraw"),
    ),
)  # fmt: skip

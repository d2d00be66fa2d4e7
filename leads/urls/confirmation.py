"""Addresses of confirmation: requests to laboratories, results of pairs, their corrections."""

from django.urls import path

from agencies import navigation
from agencies.roles import Permission
from leads.views import comparisons, confirmations

urlpatterns = [
    path("confirmations/", confirmations.confirmations, name="confirmations"),
    path("confirmations/pairs/", confirmations.confirmation_pairs, name="confirmation_pairs"),
    path("confirmations/<int:pk>/", confirmations.confirmation, name="confirmation"),
    path("confirmations/<int:pk>/receive/", confirmations.confirmation_receive, name="confirmation_receive"),
    path("confirmations/<int:pk>/assign/", confirmations.confirmation_assign, name="confirmation_assign"),
    path("confirmations/<int:pk>/results/", comparisons.confirmation_results, name="confirmation_results"),
    path("confirmations/<int:pk>/back/", confirmations.confirmation_return, name="confirmation_return"),
    path("confirmations/<int:pk>/again/", confirmations.confirmation_again, name="confirmation_again"),
    path("confirmations/<int:pk>/cancel/", confirmations.confirmation_cancel, name="confirmation_cancel"),
    path("comparisons/<int:pk>/correct/", comparisons.comparison_correct, name="comparison_correct"),
    path("comparisons/<int:pk>/settle/", comparisons.comparison_settle, name="comparison_settle"),
    path("leads/<int:pk>/confirmation/", confirmations.confirmation_new, name="confirmation_new"),
    path("leads/<int:pk>/results/", comparisons.lead_results, name="lead_results"),
]

navigation.register(
    navigation.Entry(
        "confirmations",
        "Confirmations",
        "seal",
        "confirmations",
        Permission.LEAD_VIEW,
        section="Laboratory",
        order=57,
        pages=(
            "confirmation",
            "confirmation_pairs",
            *(f"confirmation_{step}" for step in ("new", "receive", "assign", "results", "return", "again", "cancel")),
            "comparison_correct",
            "comparison_settle",
            "lead_results",
        ),
    ),
)

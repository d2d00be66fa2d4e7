"""Addresses of what leads came to, of tasks, and of questions to the analyst."""

from django.urls import path

from leads.views import outcomes

urlpatterns = [
    path("outcomes/", outcomes.outcomes, name="outcomes"),
    path("outcomes/<int:pk>/", outcomes.outcome, name="outcome"),
    path("outcomes/<int:pk>/merge/", outcomes.outcome_merge, name="outcome_merge"),
    path("outcomes/<int:pk>/part/", outcomes.outcome_part, name="outcome_part"),
]

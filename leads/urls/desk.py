"""Addresses of triage: the analyst's desk, and what leads are scored by."""

from django.urls import path

from agencies import navigation
from agencies.roles import Permission
from leads.views import desk, scoring

urlpatterns = [
    path("leads/desk/", desk.desk_list, name="desk"),
    path("leads/desk/together/", desk.desk_many, name="desk_many"),
    path("leads/desk/rule/", desk.desk_rule, name="desk_rule"),
    path("leads/desk/<int:pk>/", desk.desk_item, name="desk_item"),
    path("leads/desk/<int:pk>/preview/", desk.desk_preview, name="desk_preview"),
    path("leads/desk/<int:pk>/accept/", desk.desk_accept, name="desk_accept"),
    path("leads/desk/<int:pk>/send/", desk.desk_send, name="desk_send"),
    path("leads/desk/<int:pk>/defer/", desk.desk_defer, name="desk_defer"),
    path("leads/desk/<int:pk>/decline/", desk.desk_decline, name="desk_decline"),
    path("leads/desk/<int:pk>/agree/", desk.desk_agree, name="desk_agree"),
    path("leads/desk/<int:pk>/back/", desk.desk_back, name="desk_back"),
    path("leads/weights/", scoring.score_tables, name="score_tables"),
    path("leads/weights/draft/", scoring.score_table_new, name="score_table_new"),
    path("leads/weights/test/", scoring.score_test, name="score_test"),
    path("leads/weights/<int:pk>/", scoring.score_table, name="score_table"),
    path("leads/weights/<int:pk>/agree/", scoring.score_table_agree, name="score_table_agree"),
    path("leads/weights/<int:pk>/discard/", scoring.score_table_discard, name="score_table_discard"),
    path("leads/<int:pk>/score/", scoring.lead_score, name="lead_score"),
    path("leads/flags/<int:pk>/withdraw/", scoring.flag_withdraw, name="flag_withdraw"),
]

WEIGHT_PAGES = ("score_tables", "score_table", "score_table_new", "score_test")

navigation.register(
    navigation.Entry(
        "desk",
        "Triage",
        "list",
        "desk",
        Permission.LEAD_TRIAGE,
        section="Center",
        order=68,
        pages=("desk_item", "desk_defer", "desk_decline", "desk_many", "desk_rule", *WEIGHT_PAGES),
    ),
)

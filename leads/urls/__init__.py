"""Addresses of leads: a table of contents."""

from django.urls import path

from agencies import navigation
from agencies.roles import Permission, Role
from leads import search
from leads.urls import bulletins as urls_bulletins
from leads.urls import confirmation as urls_confirmation
from leads.urls import dates as urls_dates
from leads.urls import deconfliction as urls_deconfliction
from leads.urls import desk as urls_desk
from leads.urls import entities as urls_entities
from leads.urls import feedback as urls_feedback
from leads.urls import listed as urls_listed
from leads.urls import meetings as urls_meetings
from leads.urls import packets as urls_packets
from leads.urls import releases as urls_releases
from leads.urls import work as urls_work
from leads.views import askings, bulk, clusters, exports, held, lead, mentions, notices, queue, waiting

urlpatterns = [
    path("leads/", queue.leads, name="leads"),
    path("leads/filter/", queue.lead_filter, name="lead_filter"),
    path("leads/export/", exports.lead_export, name="lead_export"),
    path("leads/together/", bulk.lead_bulk, name="lead_bulk"),
    path("leads/views/", bulk.saved_view_save, name="saved_view_save"),
    path("leads/views/<int:pk>/remove/", bulk.saved_view_remove, name="saved_view_remove"),
    path("leads/notice/", notices.notice_new, name="notice_new"),
    path("leads/waiting/", waiting.waiting_events, name="waiting_events"),
    path("leads/waiting/<int:pk>/", waiting.event_match, name="event_match"),
    path("leads/unknown/", mentions.unknown_numbers, name="unknown_numbers"),
    path("leads/unknown/<int:pk>/", mentions.mention, name="mention"),
    path("leads/unknown/<int:pk>/back/", mentions.mention_take_back, name="mention_take_back"),
    path("leads/held/", held.held_notices, name="held_notices"),
    path("leads/held/<int:pk>/", held.held_notice, name="held_notice"),
    path("leads/files/<int:pk>/", lead.lead_file, name="lead_file"),
    path("leads/<int:pk>/", lead.lead, name="lead"),
    path("leads/<int:pk>/preview/", queue.lead_preview, name="lead_preview"),
    path("leads/<int:pk>/print/", lead.lead_print, name="lead_print"),
    path("leads/<int:pk>/confirm/", lead.lead_confirm, name="lead_confirm"),
    path("leads/<int:pk>/ask/", askings.lead_ask, name="lead_ask"),
    path("leads/<int:pk>/files/", lead.lead_file_add, name="lead_file_add"),
    path("leads/<int:pk>/same-gun/", clusters.lead_pair, name="lead_pair"),
    path("clusters/<int:pk>/", clusters.cluster, name="cluster"),
    path("clusters/<int:pk>/chart/", clusters.cluster_arrange, name="cluster_arrange"),
    path("clusters/pairs/<int:pk>/", clusters.pair_take_back, name="pair_take_back"),
    *urls_desk.urlpatterns,
    *urls_entities.urlpatterns,
    *urls_confirmation.urlpatterns,
    *urls_bulletins.urlpatterns,
    *urls_dates.urlpatterns,
    *urls_deconfliction.urlpatterns,
    *urls_work.urlpatterns,
    *urls_meetings.urlpatterns,
    *urls_feedback.urlpatterns,
    *urls_listed.urlpatterns,
    *urls_releases.urlpatterns,
    *urls_packets.urlpatterns,
]

LEAD_PAGES = (
    "lead",
    "lead_filter",
    "lead_export",
    "lead_bulk",
    "saved_view_save",
    "lead_print",
    "lead_confirm",
    "lead_ask",
    "lead_file_add",
    "lead_pair",
    "notice_new",
    "cluster",
    "pair_take_back",
    "lead_score",
    "person_name",
    "thing_name",
    "lead_checklist",
    "checklists",
    *(f"disclosure_{step}" for step in ("index", "mark", "new", "withhold", "receipt")),
)

navigation.register(
    navigation.Entry(
        "leads",
        "Leads",
        "lead",
        "leads",
        Permission.LEAD_VIEW,
        order=20,
        pages=LEAD_PAGES,
        home_of=(Role.ANALYST, Role.CENTER_COORDINATOR),
        searches="lead, place",
        find=search.find,
    ),
    navigation.Entry(
        "held",
        "Not released",
        "lock",
        "held_notices",
        Permission.LEAD_IMPORT,
        section="Center",
        order=71,
        pages=("held_notice",),
    ),
    navigation.Entry(
        "waiting",
        "Waiting events",
        "link",
        "waiting_events",
        Permission.LEAD_TRIAGE,
        section="Center",
        order=70,
        pages=("event_match", "unknown_numbers", "mention"),
    ),
)

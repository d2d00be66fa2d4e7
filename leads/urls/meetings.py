"""Addresses of lead reviews and of what they give out."""

from django.urls import path

from agencies import navigation
from agencies.roles import Permission
from leads.views import actionitems, agendas, meetings

urlpatterns = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/change/", meetings.meeting_change, name="meeting_change"),
    path("meetings/<int:pk>/open/", meetings.meeting_open, name="meeting_open"),
    path("meetings/<int:pk>/cancel/", meetings.meeting_cancel, name="meeting_cancel"),
    path("meetings/<int:pk>/close/", meetings.meeting_close, name="meeting_close"),
    path("meetings/<int:pk>/minutes/", meetings.minutes, name="minutes"),
    path("meetings/<int:pk>/minutes/pdf/", meetings.minutes_file, name="minutes_file"),
    path("meetings/<int:pk>/sheets/", agendas.meeting_sheets, name="meeting_sheets"),
    path("meetings/<int:pk>/add/", agendas.agenda_add, name="agenda_add"),
    path("agenda/<int:pk>/", agendas.agenda_item, name="agenda_item"),
    path("agenda/<int:pk>/remove/", agendas.agenda_remove, name="agenda_remove"),
    path("agenda/<int:pk>/decide/", agendas.agenda_decide, name="agenda_decide"),
    path("decisions/<int:pk>/give/", agendas.decision_give, name="decision_give"),
    path("action-items/", actionitems.action_items, name="action_items"),
    path("action-items/<int:pk>/", actionitems.action_item, name="action_item"),
    path("action-items/<int:pk>/done/", actionitems.action_finish, name="action_finish"),
    path("action-items/<int:pk>/drop/", actionitems.action_drop, name="action_drop"),
]

MEETING_PAGES = ("meeting", "meeting_new", "meeting_change", "meeting_close", "minutes", "meeting_sheets", "agenda_add")
ITEM_PAGES = ("agenda_item", "agenda_remove", "agenda_decide", "decision_give")
ACTION_PAGES = ("action_items", "action_item", "action_finish", "action_drop")

navigation.register(
    navigation.Entry(
        "meetings",
        "Lead reviews",
        "meet",
        "meetings",
        Permission.LEAD_VIEW,
        section="Center",
        order=62,
        pages=MEETING_PAGES + ITEM_PAGES + ACTION_PAGES,
    ),
)

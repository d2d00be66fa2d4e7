"""Addresses of a prosecutor's day: days of cases, calendars, arrests to look through."""

from django.urls import path

from agencies import navigation
from agencies.models import Agency
from agencies.roles import Permission, Role
from leads.views import calendars, casedates, gunarrests, prosecution, undisclosed

urlpatterns = [
    path("prosecution/", prosecution.prosecution_day, name="prosecution_day"),
    path("prosecution/cases/", prosecution.my_cases, name="my_cases"),
    path("prosecution/undisclosed/", undisclosed.undisclosed, name="undisclosed"),
    path("prosecution/dates/", casedates.case_dates, name="case_dates"),
    path("prosecution/dates/ahead/<int:pk>/", casedates.reminder_rule, name="reminder_rule"),
    path("prosecution/arrests/", gunarrests.gun_arrests, name="gun_arrests"),
    path("prosecution/arrests/shown/", gunarrests.arrest_rules, name="arrest_rules"),
    path("prosecution/arrests/shown/<int:pk>/", gunarrests.arrest_rule, name="arrest_rule"),
    path("prosecution/arrests/<int:pk>/", gunarrests.gun_arrest, name="gun_arrest"),
    path("referrals/<int:pk>/prosecutor/", casedates.referral_give, name="referral_give"),
    path("referrals/<int:pk>/deadlines/new/", casedates.deadline_new, name="deadline_new"),
    path("deadlines/<int:pk>/move/", casedates.deadline_move, name="deadline_move"),
    path("deadlines/<int:pk>/done/", casedates.deadline_done, name="deadline_done"),
    path("deadlines/<int:pk>/drop/", casedates.deadline_drop, name="deadline_drop"),
    path("calendar/", calendars.my_calendar, name="my_calendar"),
    path("calendar/<int:pk>/revoke/", calendars.calendar_revoke, name="calendar_revoke"),
    path("calendar/<str:secret>.ics", calendars.calendar_feed, name="calendar_feed"),
]

navigation.register(
    navigation.Entry(
        "prosecution_day",
        "My day",
        "home",
        "prosecution_day",
        Permission.REFERRAL_DECIDE,
        order=12,
        pages=(
            "my_cases",
            "case_dates",
            "reminder_rule",
            "gun_arrests",
            "gun_arrest",
            "my_calendar",
            "referral_give",
            *(f"deadline_{step}" for step in ("new", "move", "done", "drop")),
        ),
        home_of=(Role.PROSECUTOR, Role.SUPERVISOR, Role.COMMANDER),
        home_in=Agency.PROSECUTORS,
    ),
    navigation.Entry(
        "undisclosed",
        "Not disclosed yet",
        "scale",
        "undisclosed",
        Permission.REFERRAL_DECIDE,
        order=49,
    ),
    navigation.Entry(
        "arrest_rules",
        "Arrests shown",
        "scale",
        "arrest_rules",
        Permission.AGENCY_MANAGE,
        section="Administration",
        order=809,
        pages=("arrest_rule",),
    ),
)

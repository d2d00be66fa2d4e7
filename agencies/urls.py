from django.urls import path

from agencies import navigation
from agencies.navigation import Entry
from agencies.roles import Permission, Role
from agencies.views import (
    agencies,
    agency,
    gallery,
    guides,
    health,
    home,
    joining,
    notice_choices,
    notices,
    passwords,
    people,
    sessions,
)

ADMINISTRATION = "Administration"
PEOPLE = ("membership", "membership_grant", "membership_place", "person_invite")
AGENCY = ("agency", "agency_rename", "agency_part", "agency_hours", "agency_close_on")
ADMINISTRATOR, AUDITOR = (Role.AGENCY_ADMINISTRATOR,), (Role.AUDITOR,)

navigation.register(
    Entry(
        "people",
        "People",
        "person",
        "people",
        Permission.AGENCY_MANAGE,
        ADMINISTRATION,
        800,
        PEOPLE,
        ADMINISTRATOR,
        "person",
    ),
    Entry("agencies", "Agency", "shield", "agencies", Permission.AGENCY_MANAGE, ADMINISTRATION, 805, AGENCY),
    Entry("units", "Units", "people", "units", Permission.AGENCY_MANAGE, ADMINISTRATION, 810, ("unit_change",)),
    Entry("audit", "Audit log", "history", "audit", Permission.AUDIT_VIEW, ADMINISTRATION, 820, (), AUDITOR),
    Entry("tokens", "API tokens", "keys", "tokens", Permission.TOKEN_USE, "You", 900),
    Entry("notifications", "Notices", "bell", "notifications", Permission.HOME, "You", 910, ("notice_choices",)),
)

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("sign-in/", sessions.sign_in, name="sign_in"),
    path("sign-out/", sessions.sign_out, name="sign_out"),
    path("lock/", sessions.lock, name="lock"),
    path("session/lock/", sessions.lock_now, name="session_lock"),
    path("session/extend/", sessions.extend, name="session_extend"),
    path("agency/", sessions.switch_agency, name="switch_agency"),
    path("password/", passwords.password_change, name="password_change"),
    path("password/forgotten/", passwords.password_reset, name="password_reset"),
    path("password/forgotten/sent/", passwords.password_reset_done, name="password_reset_done"),
    path("password/<uidb64>/<token>/", passwords.password_reset_confirm, name="password_reset_confirm"),
    path("password/saved/", passwords.password_reset_complete, name="password_reset_complete"),
    path("guides/", guides.guide_list, name="guides"),
    path("guides/<slug:name>/", guides.guide, name="guide"),
    path("notifications/", notices.notifications, name="notifications"),
    path("notifications/mail/", notice_choices.notice_choices, name="notice_choices"),
    path("notifications/off/<str:token>/", notice_choices.notice_off, name="notice_off"),
    path("notifications/read/", notices.notifications_read, name="notifications_read"),
    path("notifications/<int:pk>/", notices.notification, name="notification"),
    path("notifications/<int:pk>/read/", notices.notification_read, name="notification_read"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.person_invite, name="person_invite"),
    path("people/invitations/<int:pk>/send/", people.invitation_send, name="invitation_send"),
    path("people/invitations/<int:pk>/withdraw/", people.invitation_withdraw, name="invitation_withdraw"),
    path("people/<int:pk>/", people.membership, name="membership"),
    path("people/<int:pk>/role/", people.membership_grant, name="membership_grant"),
    path("people/<int:pk>/unit/", people.membership_place, name="membership_place"),
    path("people/<int:pk>/end/", people.membership_end, name="membership_end"),
    path("people/<int:pk>/lock/", people.person_lock, name="person_lock"),
    path("people/<int:pk>/release/", people.person_release, name="person_release"),
    path("invitation/<str:secret>/", joining.invitation_accept, name="invitation_accept"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/<int:pk>/", agencies.agency, name="agency"),
    path("agencies/<int:pk>/name/", agencies.agency_rename, name="agency_rename"),
    path("agencies/<int:pk>/part/", agencies.agency_part, name="agency_part"),
    path("agencies/<int:pk>/hours/", agencies.agency_hours, name="agency_hours"),
    path("agencies/<int:pk>/closed/", agencies.agency_close_on, name="agency_close_on"),
    path("agencies/<int:pk>/opened/", agencies.agency_open_on, name="agency_open_on"),
    path("units/", agency.units, name="units"),
    path("units/<int:pk>/", agency.unit_change, name="unit_change"),
    path("tokens/", agency.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", agency.token_revoke, name="token_revoke"),
    path("audit/", agency.audit_log, name="audit"),
    path("components/", gallery.components, name="gallery"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
]

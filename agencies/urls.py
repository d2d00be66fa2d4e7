from django.urls import path

from agencies.views import gallery, health, home, notices, passwords, sessions

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("sign-in/", sessions.sign_in, name="sign_in"),
    path("sign-out/", sessions.sign_out, name="sign_out"),
    path("lock/", sessions.lock, name="lock"),
    path("session/extend/", sessions.extend, name="session_extend"),
    path("agency/", sessions.switch_agency, name="switch_agency"),
    path("password/", passwords.password_change, name="password_change"),
    path("password/forgotten/", passwords.password_reset, name="password_reset"),
    path("password/forgotten/sent/", passwords.password_reset_done, name="password_reset_done"),
    path("password/<uidb64>/<token>/", passwords.password_reset_confirm, name="password_reset_confirm"),
    path("password/saved/", passwords.password_reset_complete, name="password_reset_complete"),
    path("notifications/", notices.notifications, name="notifications"),
    path("notifications/read/", notices.notifications_read, name="notifications_read"),
    path("notifications/<int:pk>/", notices.notification, name="notification"),
    path("notifications/<int:pk>/read/", notices.notification_read, name="notification_read"),
    path("components/", gallery.components, name="gallery"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
]

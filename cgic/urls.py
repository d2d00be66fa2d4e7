from django.urls import include, path

urlpatterns = [
    path("", include("agencies.urls")),
    path("", include("evidence.urls")),
    path("", include("leads.urls")),
]

handler400 = "agencies.views.errors.bad_request"
handler403 = "agencies.views.errors.permission_denied"
handler404 = "agencies.views.errors.not_found"
handler500 = "agencies.views.errors.server_error"

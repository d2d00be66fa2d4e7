from django.urls import include, path

from agencies.api.views import SchemaView

urlpatterns = [
    path("", include("agencies.urls")),
    path("", include("evidence.urls")),
    path("", include("leads.urls")),
    path("api/v1/", include("agencies.api.urls")),
    path("api/v1/", include("evidence.api.urls")),
    path("api/v1/", include("leads.api.urls")),
    path("api/schema/", SchemaView.as_view(), name="api_schema"),
]

handler400 = "agencies.views.errors.bad_request"
handler403 = "agencies.views.errors.permission_denied"
handler404 = "agencies.views.errors.not_found"
handler500 = "agencies.views.errors.server_error"

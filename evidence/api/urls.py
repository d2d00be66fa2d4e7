from django.urls import path

from evidence.api import views

urlpatterns = [
    path("incidents/", views.IncidentsView.as_view(), name="api_incidents"),
    path("incidents/<int:pk>/", views.IncidentView.as_view(), name="api_incident"),
    path("exhibits/", views.ExhibitsView.as_view(), name="api_exhibits"),
    path("exhibits/<int:pk>/", views.ExhibitView.as_view(), name="api_exhibit"),
    path("exhibits/<int:pk>/custody/", views.CustodyView.as_view(), name="api_exhibit_custody"),
]

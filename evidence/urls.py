from django.urls import path

from agencies import navigation
from agencies.navigation import Entry
from agencies.roles import Permission, Role
from evidence import (
    queries,
    search,
    urls_collection,
    urls_custody,
    urls_files,
    urls_firearms,
    urls_imports,
    urls_laboratory,
    urls_traces,
)
from evidence.views import acquisitions, exhibits, incidents

urlpatterns = [
    path("incidents/", incidents.incident_list, name="incidents"),
    path("incidents/export/", incidents.incidents_export, name="incidents_export"),
    path("incidents/new/", incidents.incident_new, name="incident_new"),
    path("incidents/<int:pk>/", incidents.incident, name="incident"),
    path("incidents/<int:pk>/correct/", incidents.incident_edit, name="incident_edit"),
    path("incidents/<int:pk>/exhibits/new/", exhibits.exhibit_new, name="exhibit_new"),
    path("exhibits/", exhibits.exhibit_list, name="exhibits"),
    path("exhibits/export/", exhibits.exhibits_export, name="exhibits_export"),
    path("exhibits/<int:pk>/", exhibits.exhibit, name="exhibit"),
    path("exhibits/<int:pk>/correct/", exhibits.exhibit_edit, name="exhibit_edit"),
    path("exhibits/<int:pk>/receive/", acquisitions.acquisition_receive, name="acquisition_receive"),
    path("acquisitions/", acquisitions.entry_queue, name="acquisitions"),
    path("acquisitions/<int:pk>/", acquisitions.acquisition_enter, name="acquisition_enter"),
    *urls_files.urlpatterns,
    *urls_collection.urlpatterns,
    *urls_custody.urlpatterns,
    *urls_firearms.urlpatterns,
    *urls_imports.urlpatterns,
    *urls_laboratory.urlpatterns,
    *urls_traces.urlpatterns,
]

navigation.register(
    Entry(
        "evidence", "Evidence", "evid", "incidents", Permission.INCIDENT_VIEW, section="Cases and exhibits", order=30,
        pages=("incident", "incident_new", "incident_edit", *urls_files.PAGES), searches="case, exhibit, serial",
        find=search.find,
    ),
    Entry(
        "exhibits", "Exhibits", "casing", "exhibits", Permission.INCIDENT_VIEW, section="Cases and exhibits", order=31,
        pages=("exhibit", "exhibit_new", "exhibit_edit", "custody_new", "acquisition_receive"),
    ),
    Entry(
        "acquisitions", "NIBIN entry", "flask", "acquisitions", Permission.INCIDENT_VIEW, section="Laboratory",
        order=54, pages=("acquisition_enter", "acquisition_reject", "never_entered", "test_fire_new"),
        home_of=(Role.EVIDENCE_TECHNICIAN, Role.EXAMINER), home_if=queries.enters,
    ),
)  # fmt: skip

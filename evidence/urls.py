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
)
from evidence.urls_traces import urlpatterns as of_traces
from evidence.views import acquisitions, exhibits, imports, incidents, traces

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
    path("traces/", traces.trace_list, name="traces"),
    path("traces/<int:pk>/", traces.trace, name="trace"),
    path("firearms/<int:pk>/trace/", traces.trace_new, name="trace_new"),
    *urls_files.urlpatterns,
    path("imports/", imports.index, name="imports"),
    path("imports/new/", imports.new, name="import_new"),
    path("imports/samples/<str:kind>/", imports.sample, name="import_sample_file"),
    path("imports/<int:pk>/", imports.show, name="import"),
    path("imports/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("imports/<int:pk>/columns/file/", imports.mapping_file, name="import_mapping_file"),
    path("imports/<int:pk>/progress/", imports.progress, name="import_progress"),
    path("imports/<int:pk>/findings/", imports.findings, name="import_findings"),
    path("imports/<int:pk>/findings/file/", imports.findings_file, name="import_findings_file"),
    path("imports/<int:pk>/rows/file/", imports.rows_file, name="import_rows_file"),
    path("imports/<int:pk>/file/", imports.file, name="import_file"),
    path("imports/<int:pk>/check/", imports.check, name="import_check"),
    path("imports/<int:pk>/load/", imports.load, name="import_load"),
    path("imports/<int:pk>/cancel/", imports.cancel, name="import_cancel"),
    *urls_collection.urlpatterns,
    *urls_custody.urlpatterns,
    *urls_firearms.urlpatterns,
    *urls_imports.urlpatterns,
    *urls_laboratory.urlpatterns,
    *of_traces,
]

navigation.register(
    Entry(
        "evidence", "Evidence", "evid", "incidents", Permission.INCIDENT_VIEW, order=30,
        pages=("incident", "incident_new", "incident_edit", *urls_files.PAGES), searches="case, serial",
        find=search.find,
    ),
    Entry(
        "exhibits", "Exhibits", "casing", "exhibits", Permission.INCIDENT_VIEW, order=31,
        pages=("exhibit", "exhibit_new", "exhibit_edit", "custody_new", "acquisition_receive"),
    ),
    Entry(
        "acquisitions", "NIBIN entry", "flask", "acquisitions", Permission.INCIDENT_VIEW, order=32,
        pages=("acquisition_enter", "acquisition_reject", "never_entered", "test_fire_new"),
        home_of=(Role.EVIDENCE_TECHNICIAN, Role.EXAMINER), home_if=queries.enters,
    ),
    Entry(
        "imports", "Imports", "import", "imports", Permission.IMPORT, section="Center", order=90,
        also=(Permission.LEAD_IMPORT,),
        pages=("import", "import_new", "import_columns", "import_findings"),
    ),
    Entry("traces", "Traces", "trace", "traces", Permission.TRACE_VIEW, order=33, pages=("trace", "trace_new")),
)  # fmt: skip

"""Addresses of files on their way in and out."""

from django.urls import path

from agencies import navigation
from agencies.navigation import Entry
from agencies.roles import Permission
from evidence.views import imports, imports_out

urlpatterns = [
    path("imports/", imports.index, name="imports"),
    path("imports/new/", imports.new, name="import_new"),
    path("imports/samples/<str:kind>/", imports.sample, name="import_sample_file"),
    path("imports/export/", imports_out.take, name="import_export"),
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
    path("imports/<int:pk>/undo/", imports.undo, name="import_undo"),
    path("imports/<int:pk>/cancel/", imports.cancel, name="import_cancel"),
]

navigation.register(
    Entry(
        "imports", "Imports", "import", "imports", Permission.IMPORT, section="Center", order=90,
        also=(Permission.LEAD_IMPORT, Permission.ACQUISITION_RECORD, Permission.AGENCY_MANAGE),
        pages=("import", "import_new", "import_columns", "import_findings", "import_undo", "import_export"),
    ),
)  # fmt: skip

"""Addresses of photos, files and triage sheets."""

from django.urls import path

from agencies import navigation
from agencies.navigation import Entry
from agencies.roles import Permission
from evidence.views import attachments, files, triage

urlpatterns = [
    path("incidents/<int:pk>/files/", attachments.incident_files, name="incident_files"),
    path("incidents/<int:pk>/files/new/", attachments.incident_file_new, name="incident_file_new"),
    path("incidents/<int:pk>/triage/", triage.incident_triage, name="incident_triage"),
    path("incidents/photos/", attachments.intake_photo, name="intake_photo"),
    path("exhibits/<int:pk>/files/", attachments.exhibit_files, name="exhibit_files"),
    path("exhibits/<int:pk>/files/new/", attachments.exhibit_file_new, name="exhibit_file_new"),
    path("exhibits/<int:pk>/triage/", triage.casing_sheet, name="casing_sheet"),
    path("attachments/<int:pk>/", attachments.attachment, name="attachment"),
    path("attachments/<int:pk>/file/", attachments.attachment_file, name="attachment_file"),
    path("attachments/<int:pk>/withdraw/", attachments.attachment_withdraw, name="attachment_withdraw"),
    path("files/alarms/", files.file_alarms, name="file_alarms"),
]

PAGES = (
    "incident_files",
    "incident_file_new",
    "exhibit_files",
    "exhibit_file_new",
    "incident_triage",
    "casing_sheet",
    "attachment",
    "attachment_withdraw",
)

navigation.register(
    Entry(
        "file_alarms", "File alarms", "shield", "file_alarms", Permission.AUDIT_VIEW, section="Administration",
        order=825, also=(Permission.AGENCY_MANAGE,),
    ),
)  # fmt: skip

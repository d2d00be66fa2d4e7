"""Files on leads for programs."""

from functools import partial

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import enforce
from agencies.api import paging
from agencies.api.inputs import cleaned
from agencies.roles import Permission
from evidence import vault
from evidence.actions import files as stored_files
from evidence.views import serving
from leads import policies
from leads.actions import files
from leads.api import answers, bodies, shapes
from leads.models import Lead, LeadFile

FORM_AROUND = 1024 * 1024
BYTES = {(200, "application/octet-stream"): OpenApiTypes.BINARY, 410: None}


class LeadFilesView(APIView):
    """The files on a lead, the newest first; POST hangs one more on it, sent as a form with a file."""

    required_permission = Permission.LEAD_VIEW
    parser_classes = [MultiPartParser]
    largest_body = stored_files.LARGEST + FORM_AROUND

    @extend_schema(
        operation_id="leads_files_list",
        parameters=[paging.CURSOR],
        responses=paging.page_of("LeadFiles", shapes.FileRow),
    )
    def get(self, request, pk):
        found = get_object_or_404(Lead.objects.visible_to(request.user), pk=pk)
        pages = paging.KeysetPagination()
        rows = pages.paginate_queryset(found.files.select_related("file", "agency", "added_by"), request, self)
        return pages.get_paginated_response([answers.file(row) for row in rows])

    @extend_schema(operation_id="leads_files_add", request=bodies.AddFile, responses={201: shapes.FileRow})
    def post(self, request, pk):
        found = get_object_or_404(Lead.objects.visible_to(request.user), pk=pk)
        enforce(policies.add_file, request.user, found)
        given = cleaned(bodies.AddFile, request)
        act = partial(files.upload, lead=found, **given)
        added, problem = serving.taken(act, by=request.user, agency=given["agency"])
        if problem:
            raise ValidationError({"upload": [problem]})
        return Response(answers.file(added), status=201)


class LeadFileView(APIView):
    """One file of a lead as its bytes, of a photo without what the camera wrote into it. That somebody took it is put
    on record.
    """

    required_permission = Permission.LEAD_VIEW

    @extend_schema(operation_id="leads_files_read", responses=BYTES)
    def get(self, request, pk):
        visible = LeadFile.objects.visible_to(request.user).select_related("lead", "file__picture__shown")
        found = get_object_or_404(visible, pk=pk)
        try:
            return serving.download(found.file, found, request.user)
        except vault.Gone as told:
            return Response({"detail": str(told)}, status=410)

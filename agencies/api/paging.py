"""Pages of lists of any length: each answer carries the address of the next one, and nothing is counted or skipped."""

from django.db import connection
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from agencies import walk


class KeysetPagination(BasePagination):
    """Newest first by id; or in the order of the view's `walk()`, which returns the arguments of
    `agencies.walk.visible_ids`: grant table, groups, order.
    """

    def paginate_queryset(self, queryset, request, view=None):
        self.address, self.cursor = request.build_absolute_uri(), None
        cursor = request.query_params.get("cursor", "")
        if hasattr(view, "walk"):
            return self._walked(queryset, place(cursor), *view.walk())
        if cursor:
            queryset = queryset.filter(pk__lt=_ours(walk.decode(cursor), "")[1])
        rows = list(queryset.order_by("-pk")[: walk.PAGE + 1])
        if len(rows) > walk.PAGE:
            self.cursor = walk.encode("", rows[walk.PAGE - 1].pk)
        return rows[: walk.PAGE]

    def _walked(self, queryset, after, table, groups, order):
        with connection.cursor() as cursor:
            cursor.execute(*walk.visible_ids(table, groups, order, after=after, limit=walk.PAGE + 1))
            keys = cursor.fetchall()
        if len(keys) > walk.PAGE:
            self.cursor = walk.encode(str(keys[walk.PAGE - 1][0]), keys[walk.PAGE - 1][1])
        found = queryset.in_bulk([pk for _, pk in keys[: walk.PAGE]])
        return [found[pk] for _, pk in keys[: walk.PAGE] if pk in found]

    def get_paginated_response(self, data):
        return answer(self.address, data, self.cursor)

    def get_paginated_response_schema(self, schema):
        following = {"type": "string", "format": "uri", "nullable": True}
        return {"type": "object", "properties": {"next": following, "results": schema}, "required": ["next", "results"]}

    def get_schema_operation_parameters(self, view):
        return [{"name": "cursor", "in": "query", "required": False, "description": DESCRIBED, "schema": STRING}]


STRING = {"type": "string"}
DESCRIBED = "From the `next` address of the page before; leave it out to begin at the top."
CURSOR = OpenApiParameter("cursor", str, description=DESCRIBED)


def page_of(name, row):
    """The shape of a page of rows, for the description of the interface."""
    return inline_serializer(name, {"next": serializers.URLField(allow_null=True), "results": row(many=True)})


def answer(address, rows, cursor):
    """One page: its rows and the address of the next, null at the end."""
    return Response({"next": replace_query_param(address, "cursor", cursor) if cursor else None, "results": rows})


def asked(request, read=walk.place):
    """The cursor a program sent, held to be one of ours as `read` knows them; "" for the first page."""
    text = request.query_params.get("cursor", "")
    place(text, read)
    return text


def place(cursor, read=walk.place):
    """The moment and id of a cursor, None for the first page. What was not ours to begin with is refused."""
    return _ours(read(cursor)) if cursor else None


def _ours(keys, moment=None):
    if keys is None or not 0 < keys[1] < walk.LARGEST_ID or moment not in (None, keys[0]):
        raise ValidationError({"cursor": "This cursor is not one of ours. Begin again without it."})
    return keys

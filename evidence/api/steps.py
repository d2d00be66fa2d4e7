"""What the interface's views of evidence share: one step of a record, and lists in the order of their pages."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies import walk
from agencies.access import enforce
from agencies.api import paging
from agencies.api.inputs import cleaned
from agencies.api.paging import KeysetPagination
from agencies.roles import Permission
from evidence.api import bodies

READ, EDIT = Permission.INCIDENT_VIEW, Permission.INCIDENT_EDIT


def step(operation, says, *, of, policy, body, act, noun, shape, right=READ, status=200):
    """A view of one step. The policy answers first, then the body is read, then the action works.

    of: the rows of a user. noun: as what the action takes the row. shape: what the action made of it, for the answer:
    a function of the request and what the action gave.
    """

    class StepView(APIView):
        required_permission = right

        @extend_schema(
            operation_id=operation,
            description=says,
            request=None if body is bodies.Nothing else body,
            responses={status: shape.kind},
        )
        def post(self, request, pk):
            found = get_object_or_404(of(request.user), pk=pk)
            enforce(policy, request.user, found)
            made = act(**{noun: found}, by=request.user, **cleaned(body, request, of=found))
            return Response(shape(request, made), status=status)

    return StepView.as_view()


class Shown:
    """The answer about one record: read anew from what the user sees, as `kind` (a serializer) has it."""

    def __init__(self, kind, of, context=lambda user, rows: {}):
        self.kind, self.of, self.context = kind, of, context

    def __call__(self, request, made):
        found = self.of(request.user).get(pk=made.pk)
        return self.many(request, [found])[0]

    def many(self, request, rows):
        context = {"user": request.user, **self.context(request.user, rows)}
        return self.kind(rows, many=True, context=context).data


class Pages(KeysetPagination):
    """In the order and within the reach of the list page, whose query is the view's `rows(cursor)` by its `key`."""

    def paginate_queryset(self, queryset, request, view=None):
        self.address, self.cursor = request.build_absolute_uri(), None
        rows = view.rows(paging.asked(request))
        if len(rows) > walk.PAGE:
            last = rows[walk.PAGE - 1]
            self.cursor = walk.encode(last[view.key].isoformat(), last["id"])
        found = queryset.in_bulk([row["id"] for row in rows[: walk.PAGE]])
        return [found[row["id"]] for row in rows[: walk.PAGE] if row["id"] in found]


class Rows(generics.GenericAPIView):
    """A list; subclasses name `shown` (a Shown), and `rows` and `key` where a page has an order of its own."""

    required_permission = READ
    shown = None

    def get_queryset(self):
        return self.shown.of(self.request.user)

    def get(self, request, **_where):
        rows = self.seen(self.paginate_queryset(self.get_queryset()))
        return self.get_paginated_response(self.shown.many(request, rows))

    def seen(self, rows):
        return rows


class One(APIView):
    """One record; subclasses name `shown`."""

    required_permission = READ
    shown = None

    def get(self, request, pk):
        return Response(self.shown(request, self.seen(get_object_or_404(self.shown.of(request.user), pk=pk))))

    def seen(self, found):
        return found


def listed(operation, shape, name, choices):
    """The description of a list that one parameter narrows."""
    narrowed = OpenApiParameter(name, str, enum=[value for value in choices if value])
    return extend_schema(operation_id=operation, parameters=[narrowed], responses=shape(many=True))


def chosen(request, name, choices):
    """A parameter's value, the first of the choices when it is not sent. Anything else is refused."""
    value = request.query_params.get(name, choices[0])
    if value not in choices:
        raise ValidationError({name: f"Choose one of: {', '.join(filter(None, choices))}."})
    return value

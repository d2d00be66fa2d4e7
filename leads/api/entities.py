"""Whom and what was named on leads, for programs: by a whole key, a few at once, and a masked name for nobody."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as s
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.roles import Permission
from leads.models import Entity
from leads.queries import entities

LONGEST = 160


class EntityRow(s.Serializer):
    id = s.IntegerField()
    number = s.CharField()
    kind = s.ChoiceField(Entity.Kind.choices)
    name = s.CharField(allow_blank=True, help_text="Empty where it is masked: it is unmasked on its page alone.")
    masked = s.CharField(allow_blank=True, help_text="Why: victim, witness or juvenile.")
    region = s.CharField(allow_blank=True, help_text="The state of a plate.")
    born_on = s.DateField(allow_null=True)
    leads = s.ListField(child=s.CharField(), help_text="The leads you see on which it stands, by number.")


def row(found):
    masked = entities.masked(found, found.agency)
    plain = {"name": "", "born_on": None} if masked else {"name": found.name, "born_on": found.born_on}
    same = {name: getattr(found, name) for name in ("id", "number", "kind", "region", "leads")}
    return same | plain | {"masked": masked}


class EntitiesView(APIView):
    """The persons, vehicles, phones and addresses on leads that you see which a whole key means: last and first name, a
    plate, a phone number, an address, or a number such as P-12. Beginnings find nothing, and five are given at most.
    """

    required_permission = Permission.LEAD_VIEW

    @extend_schema(
        operation_id="entities_find",
        parameters=[OpenApiParameter("q", str, required=True, description="The whole of it, in any spelling.")],
        responses=EntityRow(many=True),
    )
    def get(self, request):
        typed = request.query_params.get("q", "").replace("\0", "").strip()[:LONGEST]
        if not typed:
            raise ValidationError({"q": "Say what to look for."})
        return Response([row(each) for each in entities.exactly(request.user, typed)])

from drf_spectacular.utils import extend_schema, inline_serializer
from drf_spectacular.views import SpectacularAPIView
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies import access
from agencies.roles import Permission

ME = inline_serializer(
    "Me",
    {
        "name": serializers.CharField(),
        "email": serializers.EmailField(),
        "roles": inline_serializer(
            "RoleHeld", {"agency": serializers.CharField(), "role": serializers.CharField()}, many=True
        ),
    },
)


class MeView(APIView):
    """Who the token speaks for."""

    required_permission = Permission.HOME

    @extend_schema(responses=ME)
    def get(self, request):
        roles = [{"agency": each.agency_code, "role": each.role.value} for each in access.standings(request.user)]
        return Response({"name": str(request.user), "email": request.user.email, "roles": roles})


class SchemaView(SpectacularAPIView):
    """The description of this interface, for programs that write programs."""

    required_permission = Permission.HOME

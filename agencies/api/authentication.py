"""Programs come with `Authorization: Bearer <token>`; what they may do is what the token's owner may do now."""

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from agencies import access, queries
from agencies.roles import Permission

NOT_VALID = "This token does not work: it is wrong, revoked or expired, or its owner may not use one any more."


class TokenAuthentication(BaseAuthentication):
    keyword = "Bearer"

    def authenticate(self, request):
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        token = queries.token_by_secret(_secret(words), timezone.now()) if len(words) == 2 else None
        owner = token.user if token else None
        if owner is None or owner.is_shut or not access.has_permission(owner, Permission.TOKEN_USE):
            raise AuthenticationFailed(NOT_VALID)
        return owner, token

    def authenticate_header(self, request):
        return self.keyword


def _secret(words):
    return words[1].decode("ascii", errors="replace")


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer"}

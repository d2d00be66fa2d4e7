"""Keys for programs: the secret is shown once, only its hash is kept."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agencies import access, audit, keys, policies, queries
from agencies.models import ApiToken

PREFIX = "cgic_"


@transaction.atomic
def make(*, name, days, by):
    """Make a token that can do what its owner can, for some days; returns it and its secret."""
    access.enforce(policies.make_token, by, by)
    secret = keys.new(PREFIX)
    token = ApiToken.objects.create(
        user=by,
        name=name,
        secret_hash=keys.hashed(secret),
        hint=secret[:8],
        expires_at=timezone.now() + timedelta(days=days),
    )
    audit.record("token.made", token, by=by, agency=access.standings(by)[0].agency_id, days=days)
    return token, secret


@transaction.atomic
def revoke(*, token, by):
    token = ApiToken.objects.select_for_update(of=["self"], no_key=True).select_related("user").get(pk=token.pk)
    access.enforce(policies.revoke_token, by, token)
    token.revoked_at, token.revoked_by = timezone.now(), by
    token.save(update_fields=["revoked_at", "revoked_by"])
    audit.record("token.revoked", token, by=by, agency=queries.main_agency_id(token.user))

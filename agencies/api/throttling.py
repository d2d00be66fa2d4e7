"""How often a person's programs may ask: all their tokens together, for everybody can make as many as they like."""

from django.conf import settings
from rest_framework.throttling import BaseThrottle

from agencies import limits


class PerPerson(BaseThrottle):
    def allow_request(self, request, view):
        if not request.user or not request.user.is_authenticated:
            return True
        return limits.take("api", request.user.pk, most=settings.API_REQUESTS_PER_MINUTE)

    def wait(self):
        return limits.rest()

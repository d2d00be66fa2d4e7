from django.db import models
from django.db.models import Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from evidence import words


class ReviewCallQuerySet(models.QuerySet):
    def visible_to(self, user):
        own = access.agencies_with(user, Permission.INCIDENT_EDIT)
        return self.filter(Q(agency__in=own) | Q(agency__parent__in=own))


class ReviewCall(models.Model):
    """An agency was told that exhibits of its came to their day of review: all of one day in one notice."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="review_calls")
    exhibits_count = models.PositiveIntegerField()
    told_at = models.DateTimeField()

    objects = ReviewCallQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(exhibits_count__gte=1), name="review_call_of_some")]

    def __str__(self):
        return words.counted(self.exhibits_count, "exhibit")

    def get_absolute_url(self):
        return reverse("disposals")

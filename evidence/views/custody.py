from functools import partial

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from agencies.access import requires
from agencies.roles import Permission
from evidence import policies
from evidence.actions import custody
from evidence.forms.custody import CustodyForm
from evidence.models import Exhibit
from evidence.views import steps


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def custody_new(request, pk):
    """One hand-over of an exhibit."""
    visible = Exhibit.objects.visible_to(request.user).select_related("incident", "agency")
    exhibit = steps.reach(request, visible, pk, policies.record_custody)
    form = CustodyForm(request.POST or None, exhibit=exhibit, user=request.user)
    done = steps.take(request, form, partial(custody.record, exhibit=exhibit), _told, exhibit)
    return done or render(request, "evidence/custody_new.html", {"form": form, "exhibit": exhibit})


def _told(leg):
    return f"Exhibit {leg.exhibit} is now with {leg.to_whom}."

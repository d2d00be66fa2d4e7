from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import policies
from evidence.actions import custody
from evidence.forms.custody import CustodyForm
from evidence.models import Exhibit


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def custody_new(request, pk):
    """One hand-over of an exhibit."""
    visible = Exhibit.objects.visible_to(request.user).select_related("incident", "agency")
    exhibit = get_object_or_404(visible, pk=pk)
    access.enforce(policies.record_custody, request.user, exhibit)
    form = CustodyForm(request.POST or None, exhibit=exhibit, user=request.user)
    if form.is_valid():
        leg = custody.record(exhibit=exhibit, by=request.user, **form.cleaned_data)
        messages.success(request, f"Exhibit {exhibit} is now with {leg.to_whom}.")
        return redirect(exhibit)
    return render(request, "evidence/custody_new.html", {"form": form, "exhibit": exhibit})

"""What a person was told."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from agencies import queries
from agencies.access import requires
from agencies.actions import notices
from agencies.models import Notification
from agencies.notifications import target_of
from agencies.roles import Permission


@require_safe
@requires(Permission.HOME)
def notifications(request):
    page = queries.notices(request.user, after=request.GET.get("after"))
    return render(request, "agencies/notifications.html", {"page": page})


@require_safe
@requires(Permission.HOME)
def notification(request, pk):
    """Where the link of a mail leads: the record, if it may still be seen, else the list."""
    found = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    target = target_of(found, request.user)
    if target is None or not hasattr(target, "get_absolute_url"):
        return redirect("notifications")
    return HttpResponseRedirect(target.get_absolute_url())


@require_POST
@requires(Permission.HOME)
def notification_read(request, pk):
    found = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    notices.read(notification=found, by=request.user)
    return redirect("notifications")


@require_POST
@requires(Permission.HOME)
def notifications_read(request):
    notices.read_all(by=request.user)
    return redirect("notifications")

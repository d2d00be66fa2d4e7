from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from agencies import navigation
from agencies.access import requires
from agencies.roles import Permission


@require_safe
@requires(Permission.HOME)
def home(request):
    """Each role begins where its work waits."""
    return redirect(navigation.home(request.user))


@require_safe
@requires(Permission.HOME)
def search(request):
    """What is typed at the top goes to the list that the person's role searches first."""
    found = navigation.search(request.user)
    if found is None:
        return redirect("home")
    return redirect(reverse(found) + "?" + urlencode({"q": request.GET.get("q", "")[:200]}))

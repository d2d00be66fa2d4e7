from django.contrib import messages
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
    """What is typed at the top goes to the first list that has it, else to the list the role searches first."""
    pages, typed = navigation.searches(request.user), request.GET.get("q", "").replace("\x00", "").strip()[:200]
    if not pages:
        messages.info(request, "Your role has no records to search. What is for you stands in the menu.")
        return redirect("home")
    found = (page.find(request.user, typed) for page in pages if page.find and typed)
    address = next(filter(None, found), None)
    return redirect(address or reverse(pages[0].url_name) + "?" + urlencode({"q": typed}))

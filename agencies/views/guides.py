from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies import guides, navigation
from agencies.access import requires
from agencies.roles import Permission


@require_safe
@requires(Permission.HOME)
def guide_list(request):
    """The guides of the reader's roles, then all of them."""
    own = dict.fromkeys(name for role in navigation.roles(request.user) for name in guides.OF_ROLE[role])
    rest = [name for name in guides.folder() if name not in own and name != guides.INDEX]
    return render(request, "agencies/guides.html", {"own": guides.titles(own), "rest": guides.titles(rest)})


@require_safe
@requires(Permission.HOME)
def guide(request, name):
    if name not in guides.folder() or name == guides.INDEX:
        raise Http404
    return render(request, "agencies/guide.html", {"guide": guides.read(name)})

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies import gallery
from agencies.access import public


@require_safe
@public
def components(request):
    """Every component in every state, for those who build pages; not offered where real work is done."""
    if not (settings.DEBUG or settings.SYNTHETIC_DATA):
        raise Http404
    return render(request, "components/gallery.html", gallery.context() | {"shell": gallery.SHELL})

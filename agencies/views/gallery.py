from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies import gallery
from agencies.access import public

SHEETS = {
    "": "components/gallery.html",
    "list": "components/gallery_list.html",
    "preview": "components/gallery_preview.html",
}


@require_safe
@public
def components(request):
    """Every component in every state, for those who build pages; not offered where real work is done.

    `?as=list` is a list page with its preview, `?as=preview` what the list loads beside it.
    """
    template = SHEETS.get(request.GET.get("as", ""))
    if template is None or not (settings.DEBUG or settings.SYNTHETIC_DATA):
        raise Http404
    return render(request, template, gallery.context() | {"shell": gallery.SHELL})

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies import walk
from agencies.access import requires
from agencies.roles import Permission
from evidence import keys, labels, queries
from evidence.forms.labels import LabelForm


def _chosen(request):
    """The exhibits whose numbers stand in the address."""
    return [pk for pk in map(walk.whole, request.GET.getlist("exhibit")[: labels.MOST]) if pk]


@require_safe
@requires(Permission.INCIDENT_VIEW)
def label_choice(request):
    """Choose stock and labels; what is clean leads to the sheet."""
    asked = {name: request.GET[name][:80] for name in ("case", "place", "numbers") if name in request.GET}
    context = {"form": LabelForm(initial={"stock": "5160"} | asked), "chosen": _chosen(request)}
    return render(request, "evidence/label_choice.html", context)


@require_safe
@requires(Permission.INCIDENT_VIEW)
def label_sheet(request):
    """The sheet as it is printed: nothing on it but labels."""
    form, chosen = LabelForm(request.GET), _chosen(request)
    found = _asked(request.user, form, chosen) if form.is_valid() else []
    if not found:
        if form.is_valid():
            form.add_error("case", "Nothing that you see has this number. Compare it with the report.")
        return render(request, "evidence/label_choice.html", {"form": form, "chosen": chosen})
    shown, stock = found[: labels.MOST], form.cleaned_data["stock"]
    context = {
        "sheets": labels.sheets(stock, shown, form.cleaned_data["skip"] or 0),
        "stock": labels.STOCKS[stock],
        "count": len(shown),
        "left": len(found) - len(shown),
        "most": labels.MOST,
        "synthetic": settings.SYNTHETIC_DATA,
    }
    return render(request, "evidence/label_sheet.html", context)


def _asked(user, form, chosen):
    """The labels asked for, and one more than are printed at once when there are more."""
    asked = form.cleaned_data
    if asked["place"]:
        return [labels.of_place(each) for each in queries.places_labelled(user, asked["place"], labels.MOST + 1)]
    cases = keys.named(asked["case"]) if asked["case"] else None
    found = queries.exhibits_labelled(user, cases, chosen)
    return [labels.of_exhibit(each) for each in found if form.wants(each.number)][: labels.MOST + 1]

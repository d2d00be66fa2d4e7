"""The disclosure index and register of a lead."""

from functools import partial

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import allows, requires
from agencies.roles import Permission
from evidence import listing
from evidence.views import steps
from leads import disclosing, queries
from leads.actions import disclosures as actions
from leads.forms.releases import DisclosureForm, MarkForm, ReceiptForm, WithholdForm
from leads.models import Disclosure, Lead, Withholding
from leads.pages import disclosure as page
from leads.policies import disclosures as policies
from leads.queries import disclosures

ON = "disclosure_index"


@require_safe
@requires(Permission.DISCLOSURE_KEEP)
def disclosure_index(request, pk):
    """Every item of a lead that may have to be disclosed, with what became of it; the register below."""
    lead, now = get_object_or_404(Lead.objects.visible_to(request.user), pk=pk), timezone.now()
    zone, own = queries.reader(request.user).zone, list(disclosures.own(request.user))
    withheld = disclosures.withheld(lead, request.user)
    index = disclosures.page(lead, withheld, own, after=request.GET.get("after"))
    given, older = disclosures.given(lead, request.user, after=request.GET.get("register"))
    of_page, told = disclosures.given_of(lead, index.items, request.user), disclosures.told(lead, index.items, own)
    lines = disclosing.index(index.items, of_page, withheld, now, told)
    context = page.frame(request.GET, index, older) | {
        "lead": lead, "lines": [page.line(each, zone, now) for each in lines],
        "register": [page.entry(each, zone, now, each.agency_id in own) for each in given],
        "kept": [_withheld(request.user, each, zone, now) for each in withheld],
    }  # fmt: skip
    return render(request, "leads/disclosure.html", context)


def _withheld(user, row, zone, now):
    """What is kept back, and what the reader, who sees the lead, may do about it."""
    may = {name: allows(getattr(policies, name), user, row, True) for name in ("decide", "lift")}
    return page.kept(row, zone, now) | may


def _lead(request, pk):
    return steps.reach(request, Lead.objects.visible_to(request.user), pk, policies.keep)


def _step(request, lead, heading, form, act, told, item=None):
    to = reverse(ON, args=[lead.pk])
    done = steps.take(request, form, act, told, to)
    context = {"heading": heading, "form": form, "lead": lead, "back": to, "item": item}
    return done or render(request, "leads/disclosure_step.html", context)


def _item(request, lead):
    """The item of the index that the address names, or None."""
    found = disclosures.items(lead)
    chosen = listing.chosen(request, "item", [each.key for each in found])
    return next((each for each in found if each.key == chosen), None)


@require_http_methods(["GET", "POST"])
@requires(Permission.DISCLOSURE_KEEP)
def disclosure_mark(request, pk):
    """Mark an entry, a statement or a file as one that may have to be disclosed."""
    lead = _lead(request, pk)
    things = zip(("entry", "statement", "file"), disclosures.markable(lead, request.user), strict=True)
    form = MarkForm(request.POST or None, things=list(things))
    told = "Marked. It stands in the index of every packet from now on."
    return _step(request, lead, "Mark for disclosure", form, partial(actions.mark, lead=lead), told)


def _of_item(request, pk, heading, form, act, told):
    lead = _lead(request, pk)
    item = _item(request, lead)
    if item is None:
        return redirect(ON, pk)
    return _step(request, lead, heading, form(request.POST or None), partial(act, lead=lead, item=item.key), told, item)


@require_http_methods(["GET", "POST"])
@requires(Permission.DISCLOSURE_KEEP)
def disclosure_new(request, pk):
    """Enter that an item was given to somebody otherwise than in a packet."""
    told = "The register has it."
    return _of_item(request, pk, "Register a disclosure", DisclosureForm, actions.register, told)


@require_http_methods(["GET", "POST"])
@requires(Permission.DISCLOSURE_KEEP)
def disclosure_withhold(request, pk):
    """Propose that an item is not disclosed."""
    told = "Proposed. A second person decides."
    return _of_item(request, pk, "Propose to keep back", WithholdForm, actions.withhold, told)


@require_http_methods(["GET", "POST"])
@requires(Permission.DISCLOSURE_KEEP)
def disclosure_receipt(request, pk):
    """Add the receipt to a line of the register."""
    visible = Disclosure.objects.visible_to(request.user).select_related("lead")
    found = steps.reach(request, visible, pk, policies.receive)
    form = ReceiptForm(request.POST or None)
    return _step(
        request, found.lead, "Add the receipt", form, partial(actions.receive, disclosure=found), "Added.", found
    )


def _kept(request, pk, policy, act, told):
    found = steps.reach(request, Withholding.objects.visible_to(request.user).select_related("lead"), pk, policy)
    return steps.take(request, None, partial(act, withholding=found), told, reverse(ON, args=[found.lead_id]))


@require_POST
@requires(Permission.DISCLOSURE_KEEP)
def withholding_decide(request, pk):
    agrees = request.POST.get("agrees") == "yes"
    told = "Kept back. It stays in the index as such." if agrees else "Refused: it is to be disclosed."
    return _kept(request, pk, policies.decide, partial(actions.decide, agrees=agrees), told)


@require_POST
@requires(Permission.DISCLOSURE_KEEP)
def withholding_lift(request, pk):
    return _kept(request, pk, policies.lift, actions.lift, "Lifted: it is not disclosed yet.")

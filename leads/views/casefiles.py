"""Cases with their charges and sentences as a file, and on record who took it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access import enforce, requires
from agencies.roles import Permission
from evidence import listing
from evidence.actions import exports
from leads import queries
from leads.forms.court import CasesForm
from leads.insight import prosecution
from leads.models import Referral
from leads.pages import casefile
from leads.policies import referrals as policies
from leads.queries import casefiles as found


@require_safe
@requires(Permission.REFERRAL_DECIDE, Permission.LEAD_EXPORT)
def referral_export(request):
    """Asks for the kind of file and which cases, then hands it out."""
    enforce(policies.export, request.user)
    tab, form = listing.chosen(request, "tab", prosecution.TABS), listing.chosen(request, "form", listing.FORMATS)
    if not form:
        tabs = list(prosecution.TABS.items())
        many = listing.many(found.count(request.user), "case")
        context = {"form": CasesForm(tabs=tabs, initial={"tab": tab}), "most": listing.MOST_EXPORTED, "many": many}
        return render(request, "leads/referral_export.html", context)
    cases = found.cases(request.user, prosecution.ORDERS[tab][1] if tab else None, most=listing.MOST_EXPORTED)
    exports.note(model=Referral, ids=[each.pk for each in cases], form=form, by=request.user)
    lines = casefile.lines(cases, queries.reader(request.user).zone)
    return listing.spreadsheet("cases", casefile.COLUMNS, lines, form)

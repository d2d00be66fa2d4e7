"""Numbers of leads that notices name and nobody knows: the list, and saying which one is meant."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import walk
from agencies.access import allows, enforce, requires
from agencies.roles import Permission
from leads import queries
from leads.actions import mentions
from leads.forms.clusters import MentionForm
from leads.pages import leads as pages
from leads.policies import mentions as policies
from leads.queries import mentions as found


@require_safe
@requires(Permission.LEAD_TRIAGE)
def unknown_numbers(request):
    zone, now = queries.reader(request.user).zone, timezone.now()
    after = walk.whole(request.GET.get("after", ""), walk.LARGEST_ID - 1)
    rows, older, count = found.unknown(request.user, after=after)
    context = {
        "rows": [{"mention": each, "said": pages.day_time(each.said_at, zone, now)} for each in rows],
        "count": pages.number(count),
        "newer": reverse("unknown_numbers") if after else "",
        "older": f"?after={older}" if older else "",
    }
    return render(request, "leads/unknown_numbers.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def mention(request, pk):
    """One number: what was said of it, or the form that settles it."""
    one = get_object_or_404(found.whole(request.user), pk=pk)
    if request.method == "POST":
        enforce(policies.settle, request.user, one)
    given = request.POST if request.method == "POST" else None
    form = MentionForm(given, user=request.user, near=found.alike(one, request.user))
    if form.is_valid():
        messages.success(request, _settled(one, form.cleaned_data, request.user))
        return redirect("unknown_numbers")
    zone, now = queries.reader(request.user).zone, timezone.now()
    context = {"one": one, "lead": one.lead, "form": form, "said": pages.day_time(one.said_at, zone, now)}
    context["ended"] = pages.day_time(at, zone, now) if (at := one.named_at or one.absent_at) else ""
    context |= {"may": allows(policies.settle, request.user, one)}
    context |= {"may_take_back": allows(policies.take_back, request.user, one)}
    return render(request, "leads/mention.html", context)


def _settled(one, given, by):
    if given["verdict"] == MentionForm.NONE:
        mentions.say_absent(mention=one, why=given["why"].strip(), by=by)
        return f"Noted: there is no lead {one.number}. Where its notice comes after all, it is tied."
    made = mentions.name(mention=one, lead=given["lead"], by=by)
    return f"{made.number} is lead {made.named}: it and {made.lead} are of one gun as long as the notice stands."


@require_POST
@requires(Permission.LEAD_TRIAGE)
def mention_take_back(request, pk):
    one = get_object_or_404(found.whole(request.user), pk=pk)
    mentions.take_back(mention=one, by=request.user)
    messages.success(request, f"Taken back: {one.number} waits again.")
    return redirect("mention", one.pk)

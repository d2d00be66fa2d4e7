"""How a person is mailed: their own choices, and the link of a mail that ends one kind."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agencies import keys, policies, queries
from agencies.access import allows, public, requires
from agencies.actions import notices
from agencies.forms.notices import NoticesForm
from agencies.kinds_of_notice import KINDS, PAGE
from agencies.models import User
from agencies.roles import Permission


@require_http_methods(["GET", "POST"])
@requires(Permission.HOME)
def notice_choices(request):
    form = NoticesForm(request.POST or None, chosen=queries.notice_choices(request.user))
    if form.is_valid():
        notices.choose(person=request.user, chosen=form.cleaned_data, by=request.user)
        messages.success(request, "Saved. In the page you read everything, whatever is mailed.")
        return redirect("notice_choices")
    hours = queries.working_words(request.user)
    return render(request, "agencies/notice_choices.html", {"form": form, "hours": hours})


@require_http_methods(["GET", "POST"])
@never_cache
@public
def notice_off(request, token):
    """Whoever has the mail ends this kind of mail to this person, and nothing else."""
    pk, kind = keys.read_off_token(token) or (None, None)
    person = User.objects.filter(pk=pk, is_active=True, is_system=False).first()
    if person is None or not allows(policies.choose_notice, person, person, kind, PAGE):
        return render(request, "registration/notice_off.html", {"kind": "", "done": False}, status=404)
    if request.method == "POST":
        notices.choose(person=person, chosen={kind: PAGE}, by=person)
    context = {"kind": KINDS[kind].label, "done": request.method == "POST"}
    return render(request, "registration/notice_off.html", context)

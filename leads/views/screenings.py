"""What prosecutors' offices weigh together, adoption, and the work product of one."""

from functools import partial

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import ChangedMeanwhileError, requires
from agencies.roles import Permission
from evidence.views import steps
from leads import queries
from leads.actions import adoptions, screenings, worknotes
from leads.forms.screening import CheckForm, NoteForm, ScreeningForm, StateForm, StrikeForm, VenueForm
from leads.models import Referral, Screening, WorkNote
from leads.pages import screening as screeningpage
from leads.policies import referrals as policies_referrals
from leads.queries import referrals as near


def _sheets(request):
    return Screening.objects.visible_to(request.user).select_related("lead__agency")


@require_safe
@requires(Permission.REFERRAL_DECIDE)
def screening(request, pk):
    """The worksheet of one person's case, for the offices it is before."""
    found = get_object_or_404(_sheets(request), pk=pk)
    if found.merged_into_id:
        return redirect("screening", found.merged_into_id)
    parts = near.weighed(found, request.user)
    office = policies_referrals.office_of(request.user, {each.pk for each in parts.offices})
    zone = queries.reader(request.user).zone
    return render(request, "leads/screening.html", screeningpage.context(parts, office, zone, timezone.now()))


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def screening_edit(request, pk):
    found = steps.reach(request, _sheets(request), pk, policies_referrals.weigh)
    form = ScreeningForm(request.POST or None, version=found.versions.first())
    told = "The worksheet is saved. What it said before stays below it."
    theirs = None
    try:
        done = steps.take(request, form, partial(screenings.fill_in, screening=found), told)
    except ChangedMeanwhileError as changed:
        done, latest = None, found.versions.select_related("office", "saved_by").first()
        form.begin_from(latest, str(changed))
        theirs = screeningpage.whole(latest, queries.reader(request.user).zone)
    return done or _sheet(request, "Fill in the worksheet", "Save the worksheet", found, form, theirs)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def screening_venue(request, pk):
    found = steps.reach(request, _sheets(request), pk, policies_referrals.weigh)
    form = VenueForm(request.POST or None, offices=near.concerned(found))
    told = "Your office has said so. The other offices of this case are told."
    done = steps.take(request, form, partial(screenings.say, screening=found), told)
    return done or _sheet(request, "Say who should have the case", "Say so", found, form)


def _sheet(request, title, button, found, form, theirs=None):
    """The page of a form; `theirs` is what somebody else saved since it was opened."""
    context = {"title": title, "button": button, "screening": found, "lead": found.lead, "form": form, "theirs": theirs}
    return render(request, "leads/screening_form.html", context)


def _found(request, pk, policy):
    related = ("lead__agency", "agency", "office", "person")
    return steps.reach(request, Referral.objects.visible_to(request.user).select_related(*related), pk, policy)


def _step(request, title, button, found, form, act, told, asked=""):
    """Take the step and go back to the case, or show its page."""
    done = steps.take(request, form, partial(act, referral=found), told, found)
    return done or _form(request, title, button, found, form, asked)


def _form(request, title, button, found, form, asked=""):
    context = {"title": title, "button": button, "referral": found, "lead": found.lead, "form": form}
    context |= {"asked": asked, "charge": None, "decides": False, "seen": ""}
    return render(request, "leads/referral_form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def referral_adopt(request, pk):
    found = _found(request, pk, policies_referrals.adopt)
    form = StateForm(request.POST or None, states=near.adoptable(found))
    told = "The case is adopted. The state's office and the agencies are told."
    asked = "" if form.states else "No state office has an open case of this person: there is nothing to adopt."
    return _step(request, "Adopt the state's case", "Adopt it", found, form, adoptions.adopt, told, asked)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def referral_part(request, pk):
    found = _found(request, pk, policies_referrals.part)
    form = StateForm(request.POST or None, states=found.adopts.select_related("office", "agency"))
    told = "The state's case goes on as it stood. Its office and the agencies are told."
    return _step(request, "Take the adoption back", "Take it back", found, form, adoptions.part, told)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def referral_note(request, pk):
    found = _found(request, pk, policies_referrals.note)
    form = NoteForm(request.POST or None)
    told = "The note is kept. Nobody but your office reads it."
    return _step(request, "Note of this office", "Keep the note", found, form, worknotes.write, told)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def referral_check(request, pk):
    found = _found(request, pk, policies_referrals.note)
    form = CheckForm(request.POST or None, zone=found.office.zone)
    told = "The day of the check is kept. Nobody but your office reads it."
    return _step(request, "Giglio check", "Keep the day", found, form, worknotes.check, told)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def work_note_strike(request, pk):
    related = ("referral__lead__agency", "referral__agency", "referral__office", "referral__person")
    rows = WorkNote.objects.visible_to(request.user).select_related(*related)
    note = steps.reach(request, rows, pk, policies_referrals.strike)
    form, told = StrikeForm(request.POST or None), "Struck. It stays, with your reason, for your office alone."
    done = steps.take(request, form, partial(worknotes.strike, note=note), told, note.referral)
    return done or _form(request, "Strike a note of this office", "Strike it", note.referral, form, str(note.text))

"""Questions to the center's analysts: the lists, one question, asking, answering."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import requires
from agencies.roles import Permission
from evidence import listing
from evidence.views import steps
from leads.actions import questions as actions
from leads.forms.casetasks import AnswerForm, QuestionForm
from leads.models import Obligation
from leads.pages import task as taskpage
from leads.policies import questions as policies_questions
from leads.queries import casetasks as found


@require_safe
@requires(Permission.LEAD_VIEW)
def questions(request):
    which, now = listing.chosen(request, "tab", taskpage.EMPTY) or "open", timezone.now()
    rows, older = found.questions(request.user, which, after=request.GET.get("after"))
    context = {
        "which": which,
        "tabs": listing.views(request, "tab", [("open", "Open"), ("ended", "Answered")], which),
        "rows": [taskpage.question(each, now) for each in rows],
        "empty": taskpage.EMPTY[which],
        "older": listing.address(request, after=older) if older else "",
        "newer": listing.address(request) if request.GET.get("after") else "",
    }
    return render(request, "leads/questions.html", context)


@require_safe
@requires(Permission.LEAD_VIEW)
def question(request, pk):
    one = get_object_or_404(found.whole_questions(request.user), pk=pk)
    before = found.asked_before(one, request.user)
    return render(request, "leads/question.html", taskpage.question_page(one, before, request.user, timezone.now()))


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK)
def question_new(request, pk):
    seen = Obligation.objects.visible_to(request.user).select_related("lead__agency", "agency")
    part = steps.reach(request, seen, pk, policies_questions.ask)
    form = QuestionForm(request.POST or None)
    told = "Your question stands on the list of the analysts. You are told of the answer."
    done = steps.take(request, form, partial(actions.ask, obligation=part), told)
    return done or _step(request, form, part, "Ask the analyst", "Ask", part.get_absolute_url())


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def question_answer(request, pk):
    one = steps.reach(request, found.whole_questions(request.user), pk, policies_questions.answer)
    form = AnswerForm(request.POST or None)
    done = steps.take(request, form, partial(actions.answer, question=one), "Answered. Who asked is told.")
    return done or _step(request, form, one, "Answer", "Send the answer", one.get_absolute_url(), one.text)


@require_POST
@requires(Permission.OBLIGATION_WORK)
def question_withdraw(request, pk):
    one = steps.reach(request, found.whole_questions(request.user), pk, policies_questions.withdraw)
    return steps.take(request, None, partial(actions.withdraw, question=one), "The question is taken back.")


def _step(request, form, record, title, button, back, said=""):
    context = {"form": form, "back": back, "title": title, "button": button, "said": said, "lead": record.lead}
    return render(request, "leads/work_form.html", context)

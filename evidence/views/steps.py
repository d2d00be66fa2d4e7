"""A step is a page with one form: what was typed is done and told, or it stands there again with what is wrong."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from agencies.access import enforce


def reach(request, visible, pk, policy):
    """One of the `visible` rows, or 404; refused with the policy's sentence when the person may not take the step."""
    found = get_object_or_404(visible, pk=pk)
    enforce(policy, request.user, found)
    return found


def take(request, form, act, told, to=None):
    """Where the person goes when the step is taken, None when the page is to be shown (again).

    form: None for a step that is one button. act: the action with what it acts upon; it gets `by` and the clean values.
    told: a sentence, or a function that makes one of what the action gave. to: an address or a record with a page of
    its own; without it, what the action gave is shown.
    """
    if request.method != "POST" or (form and not form.is_valid()):
        return None
    made = act(by=request.user, **(form.cleaned_data if form else {}))
    messages.success(request, told(made) if callable(told) else told)
    return redirect(to or made)

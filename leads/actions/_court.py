"""What comes next in court: one place that keeps it beside the case, for lists and the calendar."""

from leads.models import Proceeding

Kind, Status = Proceeding.Kind, Proceeding.Status
KINDS = {kind.label.casefold(): kind for kind in Kind if kind not in Proceeding.FILED}
ANEW, NOTHING = "Set anew.", "Nothing is set any more."


def derive(referral):
    """Keep the first day that is set beside the case; whether that is another than before."""
    coming = referral.proceedings.coming().first()
    before = referral.next_on, referral.next_what
    referral.next_on, referral.next_what = (coming.on, str(coming)) if coming else (None, "")
    if (referral.next_on, referral.next_what) == before:
        return False
    referral.save(update_fields=["next_on", "next_what"])
    return True


def end(proceeding, status, *, by, now, result="", custody=""):
    proceeding.status, proceeding.result, proceeding.custody = status, result, custody
    proceeding.ended_at, proceeding.ended_by = now, by
    proceeding.save(update_fields=["status", "result", "custody", "ended_at", "ended_by"])


def plan(referral, next_on, next_what, *, by, now):
    """What comes next, in the words of a person: the day that was next is put off to it, or the first is set; what is
    set on that day stands; with nothing, whatever is set is taken off. Whether what comes next is another than before.
    """
    coming = list(referral.proceedings.coming().select_for_update(of=["self"], no_key=True))
    if not next_on:
        for each in coming:
            end(each, Status.OFF, by=by, now=now, result=NOTHING)
        return derive(referral)
    first = coming[0] if coming else None
    kind = KINDS.get(next_what.casefold(), Kind.HEARING)
    there = [each for each in coming if each.on == next_on]
    if there:
        if next_what not in map(str, there):
            there[0].what = next_what
            there[0].save(update_fields=["what"])
        return derive(referral)
    if first:
        end(first, Status.CONTINUED, by=by, now=now, result=ANEW)
    Proceeding.objects.create(
        referral=referral, kind=kind, what="" if kind.label == next_what else next_what, on=next_on,
        number=referral.court_number, continued_from=first, recorded_at=now, recorded_by=by,
    )  # fmt: skip
    return derive(referral)

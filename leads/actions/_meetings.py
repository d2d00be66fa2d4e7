"""What every step of a meeting begins with."""

from leads.models import Meeting


def locked(meeting):
    """A meeting, held until the transaction ends: what is written under it waits for who closes it, and the other way
    round.
    """
    return (
        Meeting.objects.select_for_update(of=["self"], no_key=True).select_related("agency", "chair").get(pk=meeting.pk)
    )

"""Statutes, proceedings and dockets: what is there."""

from django.db.models import Count, Prefetch, Q

from evidence.models import Incident
from leads import statutes
from leads.models import Docket, DocketMove, StatusSpelling, Statute

MOST_DOCKETS = 20
MOST_MOVES = 200
MOST_STATUTES = 500
MOST_SPELLINGS = 100


def table(office):
    """The lines of an office: its own, and ours of the federal statutes."""
    own = Statute.objects.used().filter(office=office).order_by("-id")[:MOST_STATUTES]
    return (*(each.line for each in own), *statutes.FEDERAL)


def dockets(user, incidents):
    """The dockets of incidents (a queryset or ids) that a person sees, with what files said of them before; one more
    than are shown, so that a page can say that there are more.
    """
    moves = DocketMove.objects.select_related("spelling").order_by("docket_id", "moved_at", "id")
    found = Docket.objects.visible_to(user).filter(incident__in=incidents).select_related("spelling", "incident")
    found = found.order_by("incident_id", "filed_on", "number", "id").prefetch_related(Prefetch("moves", moves))
    return list(found[: MOST_DOCKETS + 1])


def waiting(user):
    """Spellings that nobody has said the meaning of, with how many dockets that one sees stand at each; the most on
    top.
    """
    seen = Count("dockets", filter=Q(dockets__incident__in=Incident.objects.visible_to(user)))
    found = StatusSpelling.objects.visible_to(user).waiting().annotate(many=seen)
    return list(found.select_related("center").order_by("-many", "key")[:MOST_SPELLINGS])


def said(user):
    """What people have said that spellings mean, the newest first."""
    found = StatusSpelling.objects.visible_to(user).filter(said_at__isnull=False).select_related("center", "said_by")
    return list(found.order_by("-said_at", "-id")[:MOST_SPELLINGS])

"""Statutes, proceedings and dockets: what is there."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, IntegerField, OuterRef, Prefetch, Subquery, Window
from django.db.models.functions import RowNumber

from evidence.models import Incident
from leads import statutes
from leads.models import Docket, DocketMove, OfficeMeaning, StatusSpelling, Statute

MOST_DOCKETS = 20
MOST_MOVES = 200
MOST_COUNTED = 1000
MOST_STATUTES = 500
MOST_SPELLINGS = 100


def table(office):
    """The lines of an office: its own, and ours of the federal statutes."""
    own = Statute.objects.used().filter(office=office).order_by("-id")[:MOST_STATUTES]
    return (*(each.line for each in own), *statutes.FEDERAL)


def dockets(user, incidents):
    """The dockets of incidents (a queryset or ids) that a person sees, with what files said of them before and what
    their office says that it means; one more than are shown, so that a page can say that there are more.
    """
    own = _own_meaning(user)
    moves = DocketMove.objects.select_related("spelling").annotate(own_meaning=own)
    newest = Window(RowNumber(), partition_by="docket_id", order_by=["-moved_at", "-id"])
    moves = moves.annotate(newest=newest).filter(newest__lte=MOST_MOVES + 1)
    found = Docket.objects.visible_to(user).filter(incident__in=incidents).annotate(own_meaning=own)
    found = found.select_related("spelling", "incident")
    found = found.order_by("incident_id", "filed_on", "number", "id").prefetch_related(Prefetch("moves", moves))
    return list(found[: MOST_DOCKETS + 1])


def moves(docket):
    """(where files said that a docket stood, the newest last; whether there was more before)."""
    found = sorted(docket.moves.all(), key=lambda each: (each.moved_at, each.pk))
    return found[-MOST_MOVES:], len(found) > MOST_MOVES


def _own_meaning(user):
    """What the reader's office says that the spelling of a row means, null where it says nothing for itself."""
    own = OfficeMeaning.objects.visible_to(user).held().filter(spelling=OuterRef("spelling")).order_by("office")
    return Subquery(own.values("meaning")[:1])


def waiting(user):
    """Spellings that nobody has said the meaning of, neither for the center nor for an office of the reader, with how
    many dockets that one sees stand at each, exact to a thousand; the most on top.
    """
    own = OfficeMeaning.objects.visible_to(user).held().filter(spelling=OuterRef("pk"))
    seen = Docket.objects.filter(spelling=OuterRef("pk"), incident__in=Incident.objects.visible_to(user)).order_by()
    seen = ArraySubquery(seen.values("pk")[: MOST_COUNTED + 1])
    many = Func(seen, function="cardinality", output_field=IntegerField())
    found = StatusSpelling.objects.visible_to(user).waiting().exclude(Exists(own)).annotate(many=many)
    return list(found.select_related("center").order_by("-many", "key")[:MOST_SPELLINGS])


def said(user):
    """What people have said that spellings mean, the newest first."""
    found = StatusSpelling.objects.visible_to(user).filter(said_at__isnull=False).select_related("center", "said_by")
    return list(found.order_by("-said_at", "-id")[:MOST_SPELLINGS])


def own_meanings(user):
    """What spellings mean to the offices of a person alone, the newest first."""
    found = OfficeMeaning.objects.visible_to(user).held().select_related("spelling", "office", "said_by")
    return list(found[:MOST_SPELLINGS])


def own_meaning(spelling, offices):
    """What a spelling means to the first of some offices that says so for itself, or None."""
    return OfficeMeaning.objects.held().filter(spelling=spelling, office__in=offices).order_by("office").first()

"""Pages of incidents that stay quick at a million rows: a walk of the grants, keyset cursors."""

from agencies import walk
from agencies.access import agencies_with, groups_with
from agencies.models import Agency
from agencies.roles import Permission
from evidence.models import Incident
from evidence.queries.reach import MOST, PAGE, fetch


def incidents(user, *, kind="", cursor=None, limit=PAGE, permission=Permission.INCIDENT_VIEW):
    """The newest incidents, one more than `limit` when there are more, of one kind or all: those of the agencies in
    which the user holds `permission`.
    """
    sql, params = walk.visible_ids(
        "evidence_incidentgrant",
        groups_with(user, permission),
        _newest(kind),
        after=walk.place(cursor),
        limit=limit + 1,
    )
    return fetch(f"with k as ({sql}) {INCIDENT_ROWS} join k on k.id = i.id order by k.sort_key desc, i.id desc", params)


def incidents_named(user, named):
    """The visible incidents that a case number can mean as somebody typed it (`keys.named`), newest first."""
    ids = list(Incident.objects.visible_to(user).filter(named).values_list("pk", flat=True)[:PAGE])
    return fetch(f"{INCIDENT_ROWS} where i.id = any(%s) order by i.occurred_at desc, i.id desc", [ids]) if ids else []


def incidents_count(user, *, kind=""):
    """How many are visible, exact to a thousand and a thousand and one beyond."""
    groups = groups_with(user, Permission.INCIDENT_VIEW)
    return fetch(*walk.count("evidence_incidentgrant", groups, _newest(kind), most=MOST))[0]["count"]


def _newest(kind):
    if kind:
        return walk.Order("occurred_at", descending=True, where="s.kind = %s", params=(kind,))
    return walk.Order("occurred_at", descending=True, where="s.occurred_at is not null")


INCIDENT_ROWS = """
  select i.id, i.case_number, i.kind, i.occurred_at, i.time_known, i.offense, i.address, i.district, i.victims_count,
         i.review, a.code, a.mark, a.name as agency, a.zone,
         (select count(*) from evidence_exhibit e where e.incident_id = i.id) as exhibits
    from evidence_incident i join agencies_agency a on a.id = i.agency_id"""


def recordable_agencies(user):
    """The agencies for which a person may record evidence: their own and those of their center, by name."""
    mine = agencies_with(user, Permission.INCIDENT_EDIT)
    owners = Agency.objects.filter(is_active=True, kind__in=[*Agency.INVESTIGATORS, Agency.Kind.LABORATORY])
    return owners.filter(pk__in=mine) | owners.filter(parent__in=mine)

"""Whose work a board speaks of: the reader's own agencies, and for people of a center its members."""

from typing import NamedTuple

from django.db.models import Q

from agencies import access
from agencies.models import Agency
from agencies.roles import Permission


class Scope(NamedTuple):
    """`own`: agencies of which the reader sees the boards, `groups` their groups; `centers`: those among them that are
    centers; `agencies`: by id, with the members of these centers. Who has one agency alone sees its units, others see
    agencies.
    """

    own: list
    groups: list
    centers: list
    agencies: dict

    @property
    def ids(self):
        return list(self.agencies)

    @property
    def by_agency(self):
        return len(self.agencies) > 1

    @property
    def zone(self):
        first = self.agencies.get(self.own[0]) if self.own else None
        return first.zone if first else "UTC"

    @property
    def params(self):
        whose = {"agencies": self.ids, "own": self.own, "groups": self.groups, "centers": self.centers}
        return whose | {"zone": self.zone}


def of(user):
    """The scope of a reader. A center speaks of its members' work on the leads that it keeps, and of no others."""
    own = access.agencies_with(user, Permission.DASHBOARD_VIEW)
    mine = Q(pk__in=own) | Q(parent_id__in=own, parent__kind=Agency.Kind.CENTER)
    found = {each.pk: each for each in Agency.objects.filter(mine, is_active=True).order_by("name")}
    centers = [pk for pk in own if pk in found and found[pk].kind == Agency.Kind.CENTER]
    return Scope(own, access.groups_with(user, Permission.DASHBOARD_VIEW), centers, found)


# An obligation `o` within a scope. Written as one text for counts and rows alike, so that a number and what it opens
# can never differ.
OWED = """o.agency_id = any(%(agencies)s::bigint[]) and (o.agency_id = any(%(own)s::bigint[])
  or exists (select 1 from leads_lead kept
              where kept.id = o.lead_id and kept.agency_id = any(%(centers)s::bigint[])))"""

"""Whose work a board speaks of: the reader's own agencies, and for people of a center its members."""

from typing import NamedTuple

from django.db.models import Q

from agencies import access
from agencies.models import Agency
from agencies.roles import Permission


class Scope(NamedTuple):
    """`own`: agencies of which the reader sees the boards, `groups` their groups; `agencies`: these by id, and for a
    center its members. Who has one agency alone sees its units, others see agencies.
    """

    own: list
    groups: list
    agencies: dict

    def within(self, agencies):
        """What of it belongs to these agencies (ids) or to members of these."""
        kept = {pk: each for pk, each in self.agencies.items() if pk in agencies or each.parent_id in agencies}
        return self._replace(agencies=kept)

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
        return {"agencies": self.ids, "groups": self.groups, "zone": self.zone}


def of(user):
    """The scope of a reader. A center speaks of its members' work on the leads that it sees, and of no others; of those
    that take no part any more as well, since what they owed is still there.
    """
    own = access.agencies_with(user, Permission.DASHBOARD_VIEW)
    mine = Q(pk__in=own) | Q(parent_id__in=own, parent__kind=Agency.Kind.CENTER)
    found = {each.pk: each for each in Agency.objects.filter(mine).order_by("name")}
    return Scope(own, access.groups_with(user, Permission.DASHBOARD_VIEW), found)


# An obligation `o` within a scope. Written as one text for counts and rows alike, so that a number and what it opens
# can never differ; the grants say what is seen, as everywhere, and are read from their index alone.
# What was withdrawn was never owed.
OWED = """o.agency_id = any(%(agencies)s::bigint[]) and o.return_reason <> 'withdrawn'
  and exists (select 1 from leads_leadgrant kept
  where kept.content_object_id = o.lead_id and kept.group_id = any(%(groups)s::int[]))"""

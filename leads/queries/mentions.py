"""Numbers of leads that notices name and nobody knows."""

from agencies import access, walk
from agencies.roles import Permission
from leads.models import Lead, LeadMention

NEAR, MOST = 3, 1000


def names_of(number, site, center):
    """The numbers under which a lead may be kept: as written, or with the code of a site before it."""
    return (number, *(f"{each.code}-{number}" for each in (site, center) if each))


def near(number, site, center, seen):
    """Numbers of `seen` leads that begin as this one does but for its last two signs."""
    found = []
    for name in names_of(number, site, center):
        found += seen.filter(number__startswith=name[:-2]).order_by("number").values_list("number", flat=True)[:NEAR]
    return list(dict.fromkeys(found))[:NEAR]


def numbers_named(leads):
    """{lead: the numbers that its own notices name, as they write them} of leads (ids) that the reader sees."""
    found = {}
    said = LeadMention.objects.standing().filter(lead__in=leads).order_by("pk")
    for lead, number in said.values_list("lead_id", "number"):
        found.setdefault(lead, []).append(number)
    return found


def _for(user):
    """What the notices of leads say that a person sees and whose center's analyst they are."""
    keeps = access.agencies_with(user, Permission.LEAD_TRIAGE)
    return LeadMention.objects.visible_to(user).filter(lead__agency__in=keeps)


def unknown(user, *, after=None, limit=walk.PAGE):
    """(a page of unknown numbers, the newest first; the cursor of the older; how many, exact to a thousand)."""
    waiting = _for(user).unknown()
    rows = waiting.filter(pk__lt=after) if after else waiting
    rows = list(rows.select_related("lead", "said_by").order_by("-pk")[: limit + 1])
    older = rows[limit - 1].pk if len(rows) > limit else None
    return rows[:limit], older, waiting.order_by()[: MOST + 1].count()


def whole(user):
    """What a person may settle, or has: with all that the page of one shows."""
    related = ("lead__agency", "lead__site", "named", "named_by", "absent_by", "said_by")
    return _for(user).standing().select_related(*related)


def alike(mention, user):
    """Numbers near that of a mention, of other leads of the center that a person sees."""
    lead = mention.lead
    seen = Lead.objects.visible_to(user).filter(agency=lead.agency_id).exclude(pk=lead.pk)
    return near(mention.number, lead.site, lead.agency, seen)

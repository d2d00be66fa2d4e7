"""What the disclosure index of a lead has, and what became of it."""

import json

from agencies import access
from agencies.models import Agency
from agencies.roles import Permission, roles_with
from evidence.queries.reach import fetch
from leads import queries
from leads.disclosing import Item
from leads.models import Activity, Assertion, Disclosure, LeadFile, Withholding

MOST = 500
# The kinds of source as people read them, by what stands in the column.
SOURCES = json.dumps(dict(Assertion.Source.choices))
# What is on record of leads that may have to be disclosed, in one statement: (lead, key, kind, words,
# since).
ITEMS = """
select c.lead_id as lead, 'comparison-' || c.id as key,
       case when c.status = 'superseded' then 'corrected' else c.result end as kind,
       a.case_number || ' and ' || b.case_number || ', ' || c.result || ', report ' || c.report as words,
       coalesce(c.settled_at, c.recorded_at) as since
  from leads_comparison c join leads_leadevent a on a.id = c.first_id join leads_leadevent b on b.id = c.second_id
 where c.lead_id = any(%(leads)s::bigint[])
   and (c.status = 'superseded' or c.status = 'standing' and c.result in ('eliminated', 'inconclusive', 'unsuitable'))
union all
select e.lead_id, 'event-' || e.id, 'taken_back', e.agency_text || ' ' || e.case_number, e.withdrawn_at
  from leads_leadevent e where e.lead_id = any(%(leads)s::bigint[]) and e.withdrawn_at is not null
union all
select s.lead_id, 'assertion-' || s.id, case when s.withdrawn_at is null then 'suspect' else 'suspect_withdrawn' end,
       'P-' || s.entity_id || ', ' || coalesce(v.case_number, 'no event') || '. Source: '
         || (%(sources)s::jsonb ->> s.source_kind),
       coalesce(s.withdrawn_at, s.said_at)
  from leads_assertion s left join leads_leadevent v on v.id = s.event_id
 where s.lead_id = any(%(leads)s::bigint[]) and s.role = 'suspect'
union all
select m.lead_id, 'mark-' || m.id, case m.kind when 'suspect' then 'pointing' else m.kind end, m.note, m.marked_at
  from leads_exculpatorymark m where m.lead_id = any(%(leads)s::bigint[])
 order by since, key limit %(most)s"""


def items(*leads):
    """The items of the index of some leads, the oldest first."""
    asked = {"leads": [each.pk for each in leads], "most": MOST, "sources": SOURCES}
    return [Item(**row) for row in fetch(ITEMS, asked)]


def given(lead, user):
    """The lines of the register of a lead that a person may read, the newest first."""
    found = Disclosure.objects.visible_to(user).filter(lead=lead)
    return list(found.select_related("agency", "disclosed_by", "received_by", "release")[: 2 * MOST])


def told(lead):
    """The items of a lead that anybody has disclosed: that they were is for all who see its index."""
    return set(Disclosure.objects.filter(lead=lead).values_list("item", flat=True).distinct())


def withheld(lead, user):
    """What a person's own agencies keep back of a lead, or kept."""
    found = Withholding.objects.visible_to(user).filter(lead=lead)
    return list(found.select_related("agency", "proposed_by", "decided_by", "lifted_by")[:MOST])


def kept_back(leads, agency):
    """{item: status} of what an agency keeps back of some leads, or proposed to."""
    found = Withholding.objects.filter(lead__in=leads, agency=agency, status__in=["proposed", "agreed"])
    return dict(found.values_list("item", "status"))


def own(user):
    """The ids of those in whose name a person keeps the register."""
    return access.agencies_with(user, Permission.DISCLOSURE_KEEP)


def agencies(user):
    """In whose name a person keeps the register."""
    return Agency.objects.filter(pk__in=own(user)).order_by("name")


def agency_of(user, lead):
    """That of a person's agencies which keeps the register for a lead: one with an event in it before others."""
    mine = list(agencies(user))
    return next((each for each in mine if lead.has_event_of(each.pk)), mine[0] if mine else None)


def deciders(withholding):
    """Who hears that keeping something back waits for a second person: who keeps the register in that agency."""
    return set(queries.holders(withholding.agency, *roles_with(Permission.DISCLOSURE_KEEP)))


def markable(lead, user):
    """Entries, statements and files of a lead that nobody has marked yet: (activities, assertions, files)."""
    entries = Activity.objects.visible_to(user).filter(lead=lead, exculpatory=None)[:100]
    said = (
        Assertion.objects.visible_to(user).filter(lead=lead, exculpatory=None).select_related("entity", "event")[:100]
    )
    files = LeadFile.objects.visible_to(user).filter(lead=lead, exculpatory=None).select_related("file")[:100]
    return entries, said, files

"""What the disclosure index of a lead has, and what became of it."""

import json
from typing import NamedTuple

from django.db.models import Q

from agencies import access, walk
from agencies.models import Agency
from agencies.roles import Permission, roles_with
from evidence.queries.reach import beginning, fetch
from leads import queries
from leads.disclosing import Item
from leads.models import Activity, Assertion, Disclosure, LeadFile, Withholding

MOST = 500
# The kinds of source as people read them, by what stands in the column.
SOURCES = json.dumps(dict(Assertion.Source.choices))
# What is on record of some leads (`source`, with their ids) that may have to be disclosed: (lead, key, number, kind,
# words, since). All five sorts have numbers of their own: the number of an item is eight times that and its sort. Of a
# pair of leads the other one is not named: not everybody who reads of the first sees it.
ON_RECORD = """
select c.lead_id as lead, 'comparison-' || c.id as key, 8 * c.id as number,
       case c.status when 'superseded' then 'corrected' when 'standing' then c.result else c.status end as kind,
       a.case_number || ' and ' || b.case_number || ', ' || c.result || ', report ' || c.report as words,
       coalesce(c.settled_at, c.recorded_at) as since
  from source join leads_comparison c on c.lead_id = source.id
  join leads_leadevent a on a.id = c.first_id join leads_leadevent b on b.id = c.second_id
 where c.status <> 'standing' or c.result in ('eliminated', 'inconclusive', 'unsuitable')
union all
select e.lead_id, 'event-' || e.id, 8 * e.id + 1, 'taken_back', e.agency_text || ' ' || e.case_number, e.withdrawn_at
  from source join leads_leadevent e on e.lead_id = source.id where e.withdrawn_at is not null
union all
select s.lead_id, 'assertion-' || s.id, 8 * s.id + 2,
       case when s.withdrawn_at is null then 'suspect' else 'suspect_withdrawn' end,
       'P-' || s.entity_id || ', ' || coalesce(v.case_number, 'no event') || '. Source: '
         || (%(sources)s::jsonb ->> s.source_kind),
       coalesce(s.withdrawn_at, s.said_at)
  from source join leads_assertion s on s.lead_id = source.id left join leads_leadevent v on v.id = s.event_id
 where s.role = 'suspect'
union all
select m.lead_id, 'mark-' || m.id, 8 * m.id + 3, case m.kind when 'suspect' then 'pointing' else m.kind end, m.note,
       m.marked_at
  from source join leads_exculpatorymark m on m.lead_id = source.id
union all
select source.id, 'pair-' || p.id, 8 * p.id + 4, case p.status when 'apart' then 'apart' else 'parted' end,
       'Pair ' || p.id || ' with another lead', p.decided_at
  from source join lateral (
         select * from leads_leadpair where one_id = source.id
         union all select * from leads_leadpair where other_id = source.id) p on true
 where p.status in ('apart', 'taken_back')
   and not exists (select from leads_deskitem d where d.lead_id in (p.one_id, p.other_id) and d.state <> 'sent')"""
OF_LEADS = f"with source as (select unnest(%(leads)s::bigint[]) as id), found as ({ON_RECORD})"
# As `Disclosure.objects.disclosing_for`.
GIVEN = """exists (
  select from leads_disclosure d left join leads_packetrelease r on r.id = d.release_id
   where d.lead_id = f.lead and d.item = f.key and d.duty <> 'none'
     and (r.id is null or r.ready_at is not null and r.office_id <> all(%(own)s::bigint[])))"""
# Of one lead: what is not disclosed yet, what waits for a second person, what is kept back, what was given; each the
# oldest first. The rank of an item is the last figure of what it is found by.
PAGE = f"""
{OF_LEADS}, ranked as (
  select f.*, case when {GIVEN} then 3 when f.key = any(%(asked)s::text[]) then 1
                   when f.key = any(%(kept)s::text[]) then 2 else 0 end as rank from found f
), counted as (select count(*) as many, count(*) filter (where rank = 0) as waiting,
                      count(*) filter (where rank = 1) as proposed from ranked)
select r.lead, r.key, r.kind, r.words, r.since, 4 * r.number + r.rank as place, n.many, n.waiting,
       n.proposed
  from counted n left join lateral (
    select * from ranked r
     where %(id)s::bigint is null
        or (r.rank, r.since, r.number) > (%(id)s::bigint %% 4, %(at)s::timestamptz, %(id)s::bigint / 4)
     order by r.rank, r.since, r.number limit %(limit)s) r on true
 order by r.rank, r.since, r.number"""


class Index(NamedTuple):
    """A page of the index of a lead: its items, how many there are, how many of all are not disclosed yet, how many
    wait for a second person to agree that they are kept back, and the cursor of what comes after.
    """

    items: list[Item]
    many: int
    waiting: int
    proposed: int
    older: str


def items(*leads):
    """The items of the index of some leads, the oldest first."""
    asked = {"leads": [each.pk for each in leads], "sources": SOURCES}
    sql = f"{OF_LEADS} select lead, key, kind, words, since from found order by since, number"
    return [Item(**row) for row in fetch(sql, asked)]


def page(lead, withheld, own, *, after=None, limit=walk.PAGE):
    """A page of the index of a lead (`Index`). withheld: what is kept back of it, as far as the reader may know, the
    newest first; own: the ids of the reader's agencies.
    """
    begin, standing = walk.place(after), {}
    for each in reversed(withheld):
        if each.status in ("proposed", "agreed"):
            standing[each.item] = each.status
    asked = {
        "leads": [lead.pk], "sources": SOURCES, "limit": limit + 1, "own": own, **beginning(begin),
        "asked": [key for key, status in standing.items() if status == "proposed"],
        "kept": [key for key, status in standing.items() if status == "agreed"],
    }  # fmt: skip
    rows = fetch(PAGE, asked)
    counted, shown = rows[0], [row for row in rows if row["key"]]
    last = shown[limit - 1] if len(shown) > limit else None
    return Index(
        [Item(**{name: row[name] for name in Item._fields}) for row in shown[:limit]],
        counted["many"], counted["waiting"], counted["proposed"],
        walk.encode(last["since"].isoformat(), last["place"]) if last else "",
    )  # fmt: skip


def given(lead, user, *, after=None, limit=walk.PAGE):
    """(a page of the lines of the register of a lead that a person may read, the newest first; the cursor of what is
    older).
    """
    found = Disclosure.objects.visible_to(user).filter(lead=lead)
    if begin := walk.place(after):
        at, pk = begin
        found = found.filter(Q(disclosed_at__lt=at) | Q(disclosed_at=at, pk__lt=pk))
    rows = list(found.select_related("agency", "disclosed_by", "received_by", "release")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return rows[:limit], walk.encode(last.disclosed_at.isoformat(), last.pk) if last else ""


def given_of(lead, items, user):
    """The lines of the register by which some items are disclosed, as far as a person reads them, the newest first."""
    found = (
        Disclosure.objects.visible_to(user)
        .disclosing_for(own(user))
        .filter(lead=lead, item__in=[each.key for each in items])
    )
    return list(found[: 2 * MOST])


def told(lead, items, own):
    """Those of some items of a lead that anybody has disclosed: that they were is for all who see its index."""
    found = Disclosure.objects.disclosing_for(own).filter(lead=lead, item__in=[each.key for each in items])
    return set(found.values_list("item", flat=True).distinct())


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
    """The newest entries, statements and files of a lead that nobody has marked: (activities, assertions, files)."""
    entries, said, files = (
        model.objects.visible_to(user).filter(lead=lead, exculpatory=None).order_by("-pk")
        for model in (Activity, Assertion, LeadFile)
    )
    return entries[:MOST], said.select_related("entity", "event")[:MOST], files.select_related("file")[:MOST]

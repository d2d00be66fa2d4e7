"""Leads that a notice names by their numbers: of one gun with its own, as long as the notice stands."""

from typing import NamedTuple

from agencies import audit
from evidence.imports.notices import Notice
from leads.models import Lead, LeadMention
from leads.queries.mentions import names_of, near

# So many unknown numbers of one load are looked for among what is alike.
MOST_LOOKED_FOR = 50


class Naming(NamedTuple):
    """A notice that names other leads, with its own lead and the site that gave it."""

    lead: Lead
    notice: Notice
    site: object


class Unknown(NamedTuple):
    """A number that is of no lead which the loader sees: the row, the number, and numbers near it that they see."""

    row: int
    number: str
    near: list


def take(naming, opened, *, center, by, now, batch=None):
    """Keep what notices name, and find by it what waited for one of the leads that were `opened`: (ids of leads that
    are tied by that, [Unknown]).
    """
    seen = Lead.objects.filter(agency=center)
    if not by.is_system:
        seen = seen.filter(pk__in=Lead.objects.visible_to(by).values("pk"))
    wanted = {
        name for each in naming for said in each.notice.named for name in names_of(said.number, each.site, center)
    }
    by_number = {lead.number: lead for lead in seen.filter(number__in=wanted)} if wanted else {}
    known = set(_standing(naming))
    made, unknown = [], []
    for lead, notice, site in naming:
        for said in notice.named:
            named = next((by_number[n] for n in names_of(said.number, site, center) if n in by_number), None)
            if named == lead or (lead.pk, said.number) in known:
                continue
            known.add((lead.pk, said.number))
            when = {"named": named, "named_at": now, "named_by": by} if named else {}
            told = {"number": said.number, "supersedes": said.supersedes, "said_at": now, "said_by": by}
            made.append(LeadMention(lead=lead, batch=batch, **told, **when))
            if named is None:
                alike = near(said.number, site, center, seen) if len(unknown) < MOST_LOOKED_FOR else []
                unknown.append(Unknown(said.row_number, said.number, alike))
    LeadMention.objects.bulk_create(made)
    for lead in {each.lead for each in made}:
        numbers = [each.number for each in made if each.lead == lead]
        audit.record("lead.mentioned", lead, by=by, agency=center, number=lead.number, named=numbers)
    tied = {pk for each in made if each.named_id for pk in (each.lead_id, each.named_id)}
    return tied | _found(opened, center, by, now), unknown


def _standing(naming):
    found = LeadMention.objects.standing().filter(lead__in={each.lead.pk for each in naming})
    return found.values_list("lead_id", "number") if naming else ()


def _found(opened, center, by, now):
    """What waited for a lead that is here by now."""
    named = {}
    for lead in opened:
        codes = (each.code for each in (lead.site, center) if each)
        named |= dict.fromkeys((lead.number, *(lead.number.removeprefix(f"{code}-") for code in codes)), lead)
    waiting = LeadMention.objects.standing().filter(named=None, number__in=named, lead__agency=center)
    tied = set()
    for each in waiting.select_for_update(of=["self"], no_key=True).select_related("lead") if named else ():
        lead = named[each.number]
        if each.lead_id != lead.pk and each.lead.site_id in (None, lead.site_id):
            each.named, each.named_at, each.named_by = lead, now, by
            # That there is none was said until it came.
            each.absent_at, each.absent_by, each.absent_why = None, None, ""
            each.save(update_fields=["named", "named_at", "named_by", "absent_at", "absent_by", "absent_why"])
            tied |= {each.lead_id, lead.pk}
    return tied


def withdraw(batch, *, by, now):
    """The file that named leads is taken back: the ids of the leads that it tied."""
    there = LeadMention.objects.standing().filter(batch=batch).select_related("lead")
    there = list(there.select_for_update(of=["self"], no_key=True).order_by("pk"))
    LeadMention.objects.filter(pk__in=[each.pk for each in there]).update(withdrawn_at=now, withdrawn_by=by)
    for each in there:
        audit.record("lead.mention_withdrawn", each.lead, by=by, agency=each.lead.agency_id, named=[each.number])
    return {pk for each in there if each.named_id for pk in (each.lead_id, each.named_id)}

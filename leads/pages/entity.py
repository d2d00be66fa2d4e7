"""Persons and things as pages show them: rows in, words out. What is masked never reaches a template."""

from django.urls import reverse

from agencies.access import allows
from leads import enriching
from leads.models import Assertion, EnrichmentItem, Entity
from leads.pages import leads as pages
from leads.policies import entities as policies
from leads.policies import listed as policies_listed
from leads.queries.entities import masked

Kind, Role, State = Entity.Kind, Assertion.Role, EnrichmentItem.State
ICONS = {Kind.PERSON: "person", Kind.VEHICLE: "car", Kind.PHONE: "phone", Kind.ADDRESS: "pin"}
TONES = {Role.SUSPECT: "accent", Role.POSSESSOR: "accent", Role.WITNESS: "", Role.VICTIM: "", Role.NAMED: ""}
STATES = {
    State.OPEN: ("muted", "circle"),
    State.ASKED: ("soon-t", "clock"),
    State.DONE: ("good-t", "checkc"),
    State.NOT_AVAILABLE: ("muted", "minus"),
}
PERSONAL = ("other_name", "state_number", "fbi_number", "local_number")


def face(entity, hidden):
    """How an entity is called: its name, or its number where the name is masked (`hidden`: why)."""
    name = "" if hidden else " ".join(filter(None, [entity.name, entity.region]))
    return {
        "number": entity.number,
        "url": entity.get_absolute_url(),
        "icon": ICONS[entity.kind],
        "kind": entity.get_kind_display(),
        "name": name or f"{entity.get_kind_display()} {entity.number}",
        "hidden": hidden,
        "born": f"{entity.born_on:%-d %b %Y}" if entity.born_on and not hidden else "",
    }


def line(said, hidden, user, zone, now):
    """What a source says of somebody in one event; `now` None on paper."""
    event, year = said.event, now.year if now else 0
    case = f"{event.agency.code if event.agency else event.agency_text} {event.case_number}".strip() if event else ""
    return face(said.entity, hidden) | {
        "pk": said.pk,
        "lead": said.lead,
        "role": said.get_role_display(),
        "tone": TONES[said.role],
        "event": case or "The lead as a whole",
        "what": event.get_kind_display() if event else "",
        "source": f"{said.get_source_kind_display()}: {said.source}",
        "grade": f"{said.reliability}{said.validity}",
        "grade_words": f"Source {said.get_reliability_display()}; content {said.get_validity_display()}",
        "said": f"{said.said_by}, {said.agency.code}, {pages.moment(said.said_at, zone, year)}",
        "withdrawn": _withdrawn(said, zone, year),
        "may_withdraw": now is not None and not said.withdrawn_at and bool(allows(policies.withdraw, user, said)),
    }


def _withdrawn(said, zone, year):
    if not said.withdrawn_at:
        return ""
    return f"Withdrawn {pages.moment(said.withdrawn_at, zone, year)} by {said.withdrawn_by}: {said.withdrawn_why}"


def lines(assertions, user, zone, now):
    """What is said on leads, persons first, what was withdrawn last."""
    found = [(each, masked(each, each.entity.agency)) for each in assertions]
    found.sort(key=lambda pair: (bool(pair[0].withdrawn_at), pair[0].entity.kind != Kind.PERSON))
    return [line(each, hidden, user, zone, now) for each, hidden in found]


def on_lead(lead, parts, user, zone, now, agencies):
    """What the page of a lead says of people and things, and its checklist; `now` None on paper, where nothing is done.
    agencies: those that take part in the lead.
    """
    return {
        "named": lines(parts.assertions, user, zone, now),
        "may_name": now is not None and allows(policies.say, user, lead, parts=agencies),
        "checklist": checklist(lead, parts, user, zone, now),
        "may_choose": now is not None and allows(policies.choose, user, lead.agency),
    }


def checklist(lead, parts, user, zone, now):
    """The checklist of a lead: its type, and each item with its state, who said so and when."""
    rule = getattr(lead.agency, "enrichment", None)
    of = enriching.type_of(each.kind for each in parts.events)
    answered = {each.kind: each for each in parts.enrichment}
    wanted = enriching.wanted(rule.chosen if rule else {}, of)
    rows = [_item(kind, answered.get(kind), zone, now) for kind in enriching.checklist(wanted, answered)]
    done = sum(row["done"] for row in rows)
    return {
        "type": enriching.TYPES[of],
        "rows": rows,
        "done": done,
        "many": len(rows),
        "may": now is not None and bool(allows(policies.answer, user, lead)),
        "url": reverse("lead_checklist", args=[lead.pk]),
    }


def _item(kind, item, zone, now):
    state = State(item.state) if item else State.OPEN
    tone, icon = STATES[state]
    who = f"{item.changed_by}, {pages.moment(item.changed_at, zone, now.year if now else 0)}" if item else ""
    return {
        "kind": kind,
        "label": enriching.ITEMS[kind],
        "state": state.label,
        "tone": tone,
        "icon": icon,
        "done": state in EnrichmentItem.ANSWERED,
        "who": who,
        "result": item.result if item else "",
        "link": item.link if item else "",
    }


def page(entity, met, suggested, user, agencies, zone, now, *, unmasked=False):
    """Everything templates/leads/entity.html draws. `unmasked`: the reader asked for the name and gave a reason."""
    hidden = "" if unmasked else next((why for each in met.records if (why := masked(each, each.agency))), "")
    records = [face(each, hidden) for each in met.records]
    shown = next(each for each in records if each["number"] == entity.number)
    return {
        "entity": entity,
        "face": shown,
        "others": [each for each in records if each["number"] != entity.number],
        "is_person": entity.kind == Kind.PERSON,
        "unmasked": unmasked,
        "particulars": [_particular(each) for each in met.particulars if not hidden or each.kind not in PERSONAL],
        "lines": [line(each, hidden, user, zone, now) for each in met.assertions],
        "leads": sorted({each.lead.number for each in met.assertions if not each.withdrawn_at}),
        "decisions": [_decision(each, user, zone, now) for each in met.decisions],
        # Who is named alike says the name.
        "suggested": [_maybe(each, hidden) for each in suggested],
        "may_decide": allows(policies.compare, user, entity),
        "may_list": entity.kind == Kind.PERSON and not hidden and policies_listed.may_propose(user, entity),
        "may_unmask": hidden and allows(policies.unmask, user, entity, agencies),
        "as_of": pages.moment(now, zone),
    }


def _maybe(entity, hidden=""):
    return face(entity, masked(entity, entity.agency) or hidden) | {"leads": ", ".join(entity.leads)}


def found(entities):
    """The rows of the search."""
    return [_maybe(each) for each in entities]


def _particular(particular):
    return {
        "label": particular.get_kind_display(),
        "value": particular.value,
        "from": particular.lead.number,
        "of": particular.entity.number,
    }


def _decision(said, user, zone, now):
    back = ""
    if said.taken_back_at:
        when = pages.moment(said.taken_back_at, zone, now.year)
        back = f"Taken back {when} by {said.taken_back_by}: {said.taken_back_why}"
    return {
        "pk": said.pk,
        "numbers": f"{said.one.number} and {said.other.number}",
        "verdict": said.get_verdict_display(),
        "reason": said.reason,
        "who": f"{said.decided_by}, {pages.moment(said.decided_at, zone, now.year)}",
        "back": back,
        "may": not back and allows(policies.take_back, user, said),
    }

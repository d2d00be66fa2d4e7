"""What happened on a lead, in words: what people did, what the clock did, what the log holds. Pure."""

from datetime import date

from leads import enriching
from leads.models import Assertion, DeskItem, EnrichmentItem, Escalation, LeadFlag, Obligation
from leads.queries import told

# Deeds of the log that a reader of the lead is told; looking and taking copies is for auditors.
DEEDS = {
    "lead.opened": ("lead", "opened the lead from a notice"),
    "lead.grew": ("lead", "added an event from a later notice"),
    "lead.mentioned": ("link", "named another lead: {named}"),
    "lead.mention_withdrawn": ("back", "took back that a notice named another lead: {named}"),
    "lead.reopened": ("swap", "opened the lead again: there is more to do on it"),
    "lead.closed": ("checkc", "closed the lead: nobody owes on it any more"),
    "lead.withdrawn": ("back", "withdrew the lead: its notice was taken back"),
    "event.withdrawn": ("back", "withdrew an event: the notice that named it was taken back"),
    "event.unconfirmed": ("back", "took back that an examiner confirmed a link"),
    "event.matched": ("link", "matched an event of the notice to its incident"),
    "event.merged": ("link", "joined two events that name one case"),
    "event.eliminated": ("x", "took an event off the line: the specimens differ"),
    "event.restored": ("back", "put an event back on the line: the result was corrected"),
    "confirmation.asked": ("seal", "asked for confirmation for {agency}"),
    "confirmation.assigned": ("flask", "gave the confirmation to an examiner of {agency}"),
    "confirmation.returned": ("back", "sent the request for confirmation back for {agency}"),
    "confirmation.cancelled": ("x", "took the request for confirmation back"),
    "comparison.recorded": ("seal", "recorded what comparing a pair showed"),
    "comparison.proposed": ("note", "proposed to correct the result of a pair"),
    "comparison.corrected": ("swap", "agreed to correct the result of a pair"),
    "event.confirmed": ("seal", "confirmed a link under the microscope"),
    "obligation.sent": ("mail", "sent the lead to {agency}"),
    "obligation.asked": ("people", "asked {agency} to take part"),
    "obligation.acknowledged": ("check", "acknowledged for {agency}"),
    "obligation.assigned": ("person", "assigned the part of {agency}"),
    "obligation.started": ("note", "began work for {agency}"),
    "obligation.returned": ("back", "returned the lead for {agency}"),
    "obligation.withdrawn": ("back", "withdrew what {agency} was sent"),
    "obligation.put_back": ("back", "put the part of {agency} back as it was before the notice"),
    "obligation.rerouted": ("swap", "routed the part of {agency} on"),
    "obligation.reopened": ("swap", "opened the part of {agency} again: the line grew"),
    "obligation.hastened": ("late", "made the part of {agency} more urgent, as the lead is"),
    "obligation.proposed": ("note", "proposed to close the part of {agency}"),
    "obligation.sent_back": ("back", "sent the closing of {agency} back"),
    "obligation.pause_asked": ("clock", "asked to pause the clock of {agency}"),
    "obligation.paused": ("clock", "paused the clock of {agency}"),
    "obligation.resumed": ("clock", "let the clock of {agency} run again"),
    "obligation.time_asked": ("clock", "asked for more time for {agency}"),
    "obligation.extended": ("clock", "gave {agency} more time"),
    "obligation.time_refused": ("clock", "refused {agency} the time that was asked for"),
    "obligation.closed": ("checkc", "approved the closing of {agency}"),
    "desk.came": ("lead", "kept the lead for triage: no agency is told yet"),
    "desk.accepted": ("check", "accepted the lead: it is worked up before it goes out"),
    "desk.deferred": ("clock", "deferred the lead to {until}"),
    "desk.proposed": ("note", "proposed to decline the lead"),
    "desk.declined": ("x", "agreed to decline the lead: no agency was told"),
    "desk.back": ("swap", "brought the lead back to triage"),
    "lead.flagged": ("plus", "added to the score: {what}"),
    "lead.unflagged": ("back", "took back from the score: {what}"),
    "assertion.said": ("person", "named {what}"),
    "assertion.withdrawn": ("back", "withdrew what was said of {what}"),
    "enrichment.answered": ("check", "answered the checklist: {what}"),
    "file.added": ("file", "added a file"),
}
NAMING = ("lead.mentioned", "lead.mention_withdrawn")
# Deeds whose note the reader of the lead reads with them.
NOTED = (
    "desk.deferred",
    "desk.proposed",
    "obligation.proposed",
    "obligation.sent_back",
    "obligation.returned",
    "obligation.time_asked",
)
TAKEN = {
    1: "Due soon for {agency}: who owes the step was reminded",
    2: "Overdue: the clock of {agency} ran out",
}
ESCALATED = {
    told.SUPERVISOR: "Escalated to the supervisor of {agency}",
    told.COMMANDER: "Escalated to the commander of {agency}",
    told.CENTER: "Escalated to the center: {agency} is late",
}
# Nobody knows any more whether the agency still took part then.
UNKNOWN = "Escalated to who answers for {agency}"


def items(dossier, when, most):
    """(the newest `most` entries for the component, how many were read). `when` puts a time in words."""
    found = [_activity(each) for each in dossier.activities]
    found += [_escalation(each) for each in dossier.escalations]
    found += [_deed(*each) for each in _together(dossier.deeds)]
    found.sort(key=lambda entry: entry["at"], reverse=True)
    shown = found if most is None else found[:most]
    return [entry | {"iso": entry["at"].isoformat(), "when": when(entry["at"])} for entry in shown], len(found)


def _activity(activity):
    found = f" {activity.get_result_display()}." if activity.result else ""
    text = f"{activity.get_kind_display().lower()}: {activity.text}{found}"
    return {"at": activity.at, "icon": "note", "who": f"{activity.by}, {activity.agency.code}", "text": text}


def _escalation(escalation: Escalation):
    agency, heard = escalation.obligation.agency, told.whom(escalation)
    words = ESCALATED[heard] if heard else TAKEN[escalation.level]
    if heard in (told.SUPERVISOR, told.COMMANDER) and not agency.is_active:
        words = UNKNOWN
    tone = "late" if escalation.level > 1 else ""
    return {"at": escalation.at, "icon": "late", "tone": tone, "text": words.format(agency=agency.code)}


def _together(deeds):
    """(deed, codes of the agencies it was done for): what one person did for several agencies at once is one line."""
    found = {}
    for event in deeds:
        code = event.agency.code if event.agency else "the agency"
        key = (event.verb, event.by_id, f"{event.at:%Y%m%d%H%M}", _said(event))
        _first, codes = found.setdefault(key, (event, []))
        if code not in codes:
            codes.append(code)
    return [(deed, ", ".join(sorted(codes))) for deed, codes in found.values()]


def _deed(event, codes):
    icon, words = DEEDS[event.verb]
    named = ", ".join((event.data or {}).get("named", ())) if event.verb in NAMING else ""
    text = words.format(agency=codes, until=_day(event), what=_what(event), named=named) + _said(event)
    return {"at": event.at, "icon": icon, "who": str(event.by), "text": text}


def _day(event):
    until = (event.data or {}).get("until", "") if event.verb == "desk.deferred" else ""
    return f"{date.fromisoformat(until):%-d %b %Y}" if until else ""


def _what(event):
    """What a deed was about; a person by number, as a name may be masked."""
    data = event.data or {}
    if event.verb == "enrichment.answered":
        state = dict(EnrichmentItem.State.choices)[data["state"]].lower()
        return f"{enriching.ITEMS.get(data['kind'], data['kind']).lower()}, {state}"
    if event.verb.startswith("assertion."):
        role = dict(Assertion.Role.choices).get(data.get("role"), "").lower()
        return f"{data['entity']} as {role}" if role and data["role"] != "named" else data["entity"]
    return dict(LeadFlag.Kind.choices).get(data.get("kind"), "").lower()


def _said(event):
    """What a person gave for it: to whom it goes, how it came out, and the words of the note."""
    data = event.data or {}
    if event.verb == "obligation.rerouted":
        return f" to {data['to']}"
    outcome = dict(Obligation.Outcome.choices).get(data.get("outcome")) if event.verb == "obligation.proposed" else ""
    if event.verb == "obligation.asked":
        return f": {data['reason']}"
    if event.verb in ("obligation.pause_asked", "obligation.paused"):
        return f": {data['reason']}"
    why = dict(DeskItem.Why.choices).get(data.get("why")) if event.verb == "desk.proposed" else ""
    parts = [outcome or why, data.get("note") if event.verb in NOTED else ""]
    return "".join(f": {part}" for part in parts if part)

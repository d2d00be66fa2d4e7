"""The page of a request: the parts of ATF Form 3312.1 in their order, with what is missing beside each. No queries."""

from evidence import tracing

WIDE = ("priority", "justification", "instructions", "is_obliterated", "recovered_more")


def parts(request, faults):
    """The parts with fields, people and what keeps each from being whole; `faults` of tracing.faults."""
    missing = {fault.field for fault in faults}
    found = []
    for numeral, entry in request.form.parts().items():
        names = [bound.name for _number, bound in entry["fields"]]
        people = {"VI": [request.possessor], "VII": request.associates}.get(numeral, [])
        found.append(
            {
                "numeral": numeral,
                "title": entry["part"].title,
                "says": entry["part"].says,
                "fields": [
                    {"number": number, "field": bound, "wants": bound.name in missing, "wide": bound.name in WIDE}
                    for number, bound in entry["fields"]
                ],
                "people": people,
                "missing": sum(name in missing for name in names),
                "anchor": f"part-{numeral}",
                "only_obliterated": numeral == "IX",
            }
        )
    return found


OF_GUN = ("serial", "is_obliterated", "make", "type_code", "caliber", "model", "country", "importer")


def differs(trace):
    """What the record of the gun says otherwise than the request, as "model", or ""."""
    names = [tracing.LABELS[name] for name in OF_GUN if getattr(trace, name) != getattr(trace.firearm, name)]
    return ", ".join(name[:1].lower() + name[1:] for name in names)


def told(faults):
    """Sentences with the part they belong to, for the list at the top."""
    part_of = {name: part.numeral for part in tracing.PARTS for name, _number, _label in part.fields}
    return [{"text": fault.sentence, "field": f"id_{fault.field}", "part": part_of[fault.field]} for fault in faults]

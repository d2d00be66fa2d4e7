"""What a packet may be made of, and what each purpose begins with. Pure."""

# In the order in which they are read. The stamp with its caveat is no choice: it stands in every packet, on every page.
SECTIONS = {
    "summary": "Summary",
    "line": "Gun line",
    "events": "Events",
    "links": "Links and their confirmation",
    "exhibits": "Exhibits and custody",
    "laboratory": "Laboratory",
    "trace": "Firearms traces (law enforcement and prosecutors only)",
    "people": "People (victims and juveniles by number)",
    "witnesses": "Witnesses (by number)",
    "timeline": "Timeline",
    "map": "Map",
    "chart": "Link chart",
    "activity": "Activity log",
    "outcomes": "Outcomes",
}
# No choice either: nothing that may have to be disclosed is left out of any packet.
TITLES = SECTIONS | {"disclosure": "Disclosure index"}
_CASE = ["summary", "line", "events", "links", "exhibits", "laboratory"]
PRESETS = {
    "screening": [*_CASE, "trace", "people", "timeline", "map", "outcomes"],
    "charging": [*_CASE, "trace", "people", "timeline", "map", "chart", "activity", "outcomes"],
    "discovery": [*_CASE, "people", "timeline", "map", "chart", "activity", "outcomes"],
    "trial": [*_CASE, "timeline", "map", "chart"],
}
GRADE = (
    "Grade, as the agency gave it: the source from A (reliable) to E (unreliable), F cannot be judged; what it says "
    "from 1 (confirmed by other sources) to 5 (improbable), 6 cannot be judged."
)
CAVEAT = (
    "A NIBIN lead is an unconfirmed, potential association between two or more pieces of firearm evidence. It is an "
    "investigative lead only: it is not probable cause by itself, and it identifies no person."
)
CONFIRMED = (
    "A firearm examiner confirmed on the specimens that these events are of one firearm. Who held it at any of them is "
    "not said by that."
)


def ordered(names):
    """Those of `names` that are sections, each once, in the order in which they are read."""
    return [name for name in SECTIONS if name in names]

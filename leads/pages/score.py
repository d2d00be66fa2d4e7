"""Scores, their weights and their back-test in plain values for pages. Nothing is read or written here."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from leads import weights
from leads.insight.backtest import FEWEST, MOST
from leads.models import LeadFlag, ScoreTable
from leads.pages import leads as pages

State = ScoreTable.State
TONES = {
    State.DRAFT: ("soon", "note"),
    State.AGREED: ("good", "check"),
    State.SUPERSEDED: ("", "clock"),
    State.DISCARDED: ("", "x"),
}
KINDS = {"homicide": "homicide", "non_fatal_shooting": "person wounded", "robbery_gun": "gun robbery",
         "carjacking": "carjacking", "dv_gun": "domestic violence"}  # fmt: skip


def groups(points, before=None):
    """A table under the letters of GETS: [(letter, name, [(label, points, points before or None)])]."""
    before = before or points
    return [
        (
            letter,
            name,
            [
                (line.label, points[line.key], before[line.key] if before[line.key] != points[line.key] else None)
                for line in weights.LINES
                if line.letter == letter
            ],
        )
        for letter, name in weights.LETTERS.items()
    ]


def versions(found, in_force, now, zone):
    """Rows of the list of versions, the built-in one at the end."""
    listed = [_version(table, in_force, now, zone) for table in found]
    built_in = weights.BUILT_IN.version
    badge = ("In force", "good", "check") if in_force.version == built_in else ("Superseded", "", "clock")
    words = "What every center begins with"
    return [*listed, {"version": built_in, "badge": badge, "reason": words, "by": "Built in", "since": "-", "url": ""}]


def _version(table, in_force, now, zone):
    return {
        "version": table.version,
        "url": table.get_absolute_url(),
        "badge": badge(table, in_force, now),
        "reason": table.reason,
        "by": f"{table.drafted_by}" + (f", {table.agreed_by}" if table.agreed_by else ""),
        "since": pages.dated(table.in_force_from, zone) if table.in_force_from else "-",
    }


def badge(table, in_force, now):
    """What stands of a version by the clock: one that was agreed may begin later, or be followed by another already."""
    tone, icon = TONES[State(table.state)]
    if table.state == State.AGREED and table.in_force_from > now:
        return "Agreed, not in force yet", "soon", "clock"
    if table.state == State.AGREED and table.version != in_force.version:
        return "Superseded", "", "clock"
    return table.get_state_display(), tone, icon


def table(found, in_force, zone, now):
    """One version with who, when, why, and what it changes of the one in force."""
    facts = [
        ("Why", found.reason),
        ("Written", f"{pages.dated(found.drafted_at, zone)}, {found.drafted_by}"),
        ("Put in force by", f"{pages.dated(found.agreed_at, zone)}, {found.agreed_by}" if found.agreed_at else ""),
        ("In force from", pages.dated(found.in_force_from, zone) if found.in_force_from else ""),
        ("Superseded", pages.dated(found.superseded_at, zone) if found.superseded_at else ""),
        ("Open leads scored by it", pages.dated(found.rescored_at, zone) if found.rescored_at else ""),
    ]
    return {
        "table": found,
        "badge": badge(found, in_force, now),
        "facts": [(label, value) for label, value in facts if value],
        "groups": groups(found.points, in_force.points if found.state == State.DRAFT else None),
        "changes": len(weights.changes(in_force.points, found.points)),
        "in_force": in_force.version,
    }


def test(found, version, draft, now, days, zone):
    """The back-test with its numbers, or the sentence why there are none."""
    tz = ZoneInfo(zone)
    since, until = (now - timedelta(days=days)).astimezone(tz), now.astimezone(tz)
    ways = [
        {
            "name": each.name + {version: " (in force)", draft: " (draft)"}.get(each.version or 0, ""),
            "area": f"{each.area:.2f}" if each.area is not None else "-",
            "capture": f"{100 * each.capture:.0f}%" if each.capture is not None else "-",
            "is_plain": each.version is None,
        }
        for each in found.ways
    ]
    return {
        "test": found,
        "ways": ways,
        "period": f"{since:%-d %b %Y} to {until:%-d %b %Y}",
        "fewest": FEWEST,
        "most": MOST,
    }


def lead(found, points, flags, before, zone):
    """The score of a lead, what was weighed, and what it was before."""
    own = [(label, value) for label, value in _inputs(found.score_inputs) if value]
    return {
        "lead": found,
        "score": pages.score(found, zone),
        "inputs": own,
        "groups": groups(points) if points else [],
        "flags": [
            {"flag": flag, "set": f"{pages.dated(flag.set_at, zone)}, {flag.set_by}", "gone": _gone(flag, zone)}
            for flag in flags
        ],
        "before": [
            {
                "score": each.score,
                "version": each.version,
                "as_of": pages.dated(each.as_of, zone),
                "until": pages.dated(each.until, zone),
                "groups": pages.parts(each.reasons),
            }
            for each in before
        ],
    }


def _gone(flag, zone):
    return f"Taken back {pages.dated(flag.withdrawn_at, zone)}, {flag.withdrawn_by}" if flag.withdrawn_at else ""


def _inputs(inputs):
    if not inputs:
        return
    yield "Events", f"{inputs['events']}"
    yield "Agencies", f"{inputs['agencies']}"
    yield "Farthest two events", "" if inputs["spread"] is None else f"{inputs['spread'] / 1000:.1f} km apart"
    yield "Events with a place", f"{inputs['located']} of {inputs['events']}"
    yield "Newest event", "" if inputs["newest"] is None else f"{inputs['newest']:,} days before"
    yield "Shortest gap", "" if inputs["gap"] is None else f"{inputs['gap']:,} days, in the last 90"
    yield "Violence", ", ".join(f"{KINDS[kind]} {days:,} days before" for kind, days in inputs["violence"].items())
    yield "Gun", "recovered" if inputs["recovered"] else "at large"
    yield "Links confirmed", f"{inputs['confirmed']} of {inputs['events']}"
    names = dict(LeadFlag.Kind.choices)
    yield "Set by an analyst", ", ".join(names[flag].lower() for flag in inputs["flags"] if flag in names)

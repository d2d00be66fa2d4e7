"""One record of evidence as its page shows it: a record with what was fetched beside it in, words out. No queries."""

from datetime import datetime

from agencies import markup
from evidence import mros, words
from evidence.guns.tables import TYPES
from evidence.models import Incident
from evidence.pages import custody, laboratory, rows


def acquisition(made, now):
    """One entry into NIBIN with its clock, for the page of an exhibit."""
    clock = mros.clock(
        key=f"clock-{made.pk}",
        received_at=made.received_at,
        due=made.due_at,
        entered_at=made.entered_at,
        now=now,
        calendar=made.site.working_calendar,
    )
    # Beside its sum a clock needs no button to open one.
    face = {name: clock[name] for name in ("state", "text", "share", "due_text")}
    return {
        "made": made,
        "clock": clock,
        "face": face,
        "site": made.site,
        "late_reason": laboratory.late(made),
        "goal": markup.badge(*mros.goal(made.received_at, made.entered_at, now)),
        "review": laboratory.reviewed(made),
        "rejected": laboratory.rejection(made, now),
    }


def firearm(gun):
    """(label, value) of what is known of a firearm."""
    marks = [
        ("is_obliterated", "Serial number obliterated"),
        ("is_privately_made", "Privately made"),
        ("has_conversion_device", "Conversion device"),
    ]
    lines = [
        ("Make", gun.make),
        ("Model", gun.model),
        ("Caliber", gun.caliber),
        ("Type", f"{TYPES.get(gun.type_code, gun.type_code)} ({gun.type_code})" if gun.type_code else ""),
        ("Serial number", gun.serial),
        ("Importer", gun.importer),
        ("Country", gun.country),
        ("Marks", ", ".join(words for name, words in marks if getattr(gun, name))),
    ]
    return [
        (label, value or "Not known")
        for label, value in lines
        if value or label not in ("Importer", "Country", "Marks")
    ]


def incident_facts(found, now):
    """(label, value) of one incident."""
    zone = found.agency.zone
    place = f"{found.lat:.5f}, {found.lng:.5f}" if found.lat is not None else "No point on the map"
    if found.accuracy is not None:
        place += f", by a device within {found.accuracy} m"
    source = f"Import of {found.batch.created_at:%-d %b %Y}" if found.batch else str(found.created_by)
    lines = [
        ("Happened", words.moment(found.occurred_at, zone, now) + ("" if found.time_known else ", hour not known")),
        ("Offense", " ".join(filter(None, [found.offense_code, found.offense]))),
        ("Where", found.address or "No address"),
        ("District", found.district),
        ("Point", place),
        ("Recorded", f"{words.moment(found.created_at, zone, now)}, {source}"),
    ]
    return [(label, value) for label, value in lines if value]


def victims(people):
    """The people hit, without names."""
    fates = {True: "died", False: "survived", None: "outcome not known"}
    return [
        {
            "name": f"Person {each.position}",
            "about": ", ".join(
                filter(None, [each.get_sex_display(), f"{each.age} years" if each.age is not None else ""])
            ),
            "fate": fates[each.died],
            "wound": each.wound,
        }
        for each in people
    ]


def what(made, gun=None):
    """An exhibit in words, its firearm by name."""
    return rows.what(made.kind, made.count, made.caliber, gun.make if gun else "", gun.model if gun else "")


def exhibit_of(made, zone, now):
    """One exhibit on the page of its incident; custody and entries are fetched with it."""
    gun = getattr(made, "firearm", None)
    legs, entries = list(made.custody.all()), list(made.acquisitions.all())
    last = entries[-1] if entries else None
    clock = acquisition(last, now)["clock"] if last else None
    state, tone, icon = rows.nibin_state(made.nibin_eligible, None, None, now)
    return {
        "made": made,
        "icon": markup.icon(rows.EXHIBIT_ICONS[made.kind]),
        "what": what(made, gun),
        "holder": legs[-1].to_whom if legs else "Nobody yet",
        "since": words.moment(legs[-1].at, zone, now) if legs else "",
        "transit": custody.in_transit(made.hand_overs.all(), now),
        "nibin": markup.clock(clock, show_stage=False) if clock else markup.badge(state, tone, icon),
    }


def conflict(form, theirs, now):
    """Both versions of an incident that two people corrected, for the second of them."""
    zone = theirs.agency.zone
    lines = []
    for name, field in form.fields.items():
        if name in ("seen", "other_kind", "accuracy") or not hasattr(theirs, name):
            continue
        saved, yours = getattr(theirs, name), form.facts()[name]
        lines.append(
            {
                "label": field.label,
                "theirs": plain(saved, zone, now),
                "yours": plain(yours, zone, now),
                "differs": saved != yours,
            }
        )
    return {"rows": lines, "when": words.ago(theirs.updated_at, now)}


def plain(value, zone, now):
    """A value of a form in words."""
    if value in (None, ""):
        return "Nothing"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return words.moment(value, zone, now)
    return Incident.Kind(value).label if value in Incident.Kind.values else str(value)


def exhibit_facts(made, now):
    """(label, value) of one exhibit."""
    zone = made.agency.zone
    lines = [
        ("Case", str(made.incident)),
        ("Collected", words.moment(made.collected_at, zone, now)),
        ("Collected by", made.collected_by),
        ("Property number", made.property_number),
        ("Laboratory number", made.lab_number),
        *custody.whereabouts(made, now),
        ("For NIBIN", "Yes" if made.nibin_eligible else f"No: {made.not_eligible_reason}"),
        ("Description", made.description),
        ("Recorded", f"{words.moment(made.created_at, zone, now)}, {made.created_by}"),
    ]
    return [(label, value) for label, value in lines if value]


def exhibit_page(made, now):
    """Facts, chain of custody (newest first), entries into NIBIN and firearm of one exhibit."""
    gun = getattr(made, "firearm", None)
    return {
        "what": what(made, gun),
        "facts": exhibit_facts(made, now),
        "legs": custody.chain(made, now),
        "legs_count": len(made.custody.all()),
        "transit": custody.in_transit(made.hand_overs.all(), now),
        "entries": [acquisition(each, now) for each in made.acquisitions.all()],
        "gun": firearm(gun) if gun else [],
    }

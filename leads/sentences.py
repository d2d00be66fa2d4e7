"""What a court gave, in words. Pure.

A charge is anything with the fields of `leads.models.charge.Sentence`; months are whole, dollars are whole, days are
dates. What a sentence does not say stands as None, "" or False, and is left out.
"""

from leads import statutes

MONTHS = (
    ("prison_months", "prison"),
    ("consecutive_months", "of it mandatory and consecutive"),
    ("suspended_months", "of it suspended"),
    ("probation_months", "probation"),
    ("supervised_months", "supervised release"),
)


def months(number: int) -> str:
    """ "1 month", "180 months": as courts count them."""
    return f"{number} month{'' if number == 1 else 's'}"


def parts(charge) -> list[str]:
    """A sentence part by part, with the day and the court last; [] of none."""
    found = [
        f"life in {what}" if value >= statutes.LIFE and what == "prison" else f"{months(value)} {what}"
        for name, what in MONTHS
        if (value := getattr(charge, name)) is not None
    ]
    found += [f"fine ${charge.fine:,}"] if charge.fine is not None else []
    found += [f"restitution ${charge.restitution:,}"] if charge.restitution is not None else []
    found += ["firearms forfeited"] if charge.forfeits_firearms else []
    if charge.range_low is not None:
        found.append(f"guideline range {charge.range_low} to {months(charge.range_high)}")
    found += [charge.get_departure_display().lower()] if charge.departure else []
    found += ["mandatory minimum"] if charge.has_mandatory_minimum else []
    found += ["armed career criminal"] if charge.is_armed_career else []
    found += [charge.special_conditions] if charge.special_conditions else []
    when = f"{charge.sentenced_on:%-d %b %Y}" if charge.sentenced_on else ""
    where = ", ".join(filter(None, [when, charge.sentenced_by_court]))
    return [*found, where] if where else found

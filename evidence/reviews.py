"""What a file left for a person to look at in an incident, and what answers it."""

from evidence.loading.stage_sql import ENDS_IN_ZERO, NO_LOCATION, SAME_NUMBER

# How to answer, and the words of the answer that nothing is to be corrected.
ANSWERS = {
    NO_LOCATION: ("Give the point under Correct, or say there that none is known.", "No point is known"),
    ENDS_IN_ZERO: (
        "Set it right under Correct, or say there that it is as on the report.",
        "The case number is as on the report",
    ),
    SAME_NUMBER: (
        "Find both by the number without its hyphens. Set a wrong number right under Correct, or say there that this "
        "case is another.",
        "This case is another",
    ),
}


def asks(incident):
    """What an incident asks of who may correct it, "" when nothing."""
    return f"{incident.review}. {ANSWERS[incident.review][0]}" if incident.review in ANSWERS else incident.review


def confirmation(incident):
    """The label of the answer that nothing is to be corrected."""
    return ANSWERS[incident.review][1] if incident.review in ANSWERS else "Nothing is to be corrected"


def is_answered(review, changes):
    """Whether a correction, {field: [before, after]}, gives what the review asks for."""
    if review == NO_LOCATION:
        return changes.get("lat", [None, None])[1] is not None
    return review in (ENDS_IN_ZERO, SAME_NUMBER) and "case_number" in changes


def outlives_files(review):
    """Whether the next file would ask the same again: that no point is known stands in no file."""
    return review == NO_LOCATION

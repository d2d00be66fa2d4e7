"""What several policies ask of a person, and sentences that they share."""

from agencies.access import has_permission

NOT_BEFORE_NOW = "This lies in the future. Check the date and the time."


def works_for(user, permission, agency):
    """Whether a person acts for an agency: as one of its own people or as one of its center's."""
    return has_permission(user, permission, agency.pk) or bool(
        agency.parent_id and has_permission(user, permission, agency.parent_id)
    )

"""What the database's triggers would have kept of a lead of the crowd: who sees it, and by which words it is found.

Made beside the lead and not by `derived`, because one statement for a million leads works on one core only. A test
compares both.
"""

import re

from leads.models import LeadGrant, LeadSearch

WORD = re.compile(r"[^\W_]+")
NOT_CALIBER = re.compile("[^a-z0-9]")


def grants(sheets, permission, line, values, dues):
    """One for the center and one for each agency of the line. `dues`: agency id -> when its own part is due."""
    for seer in sorted((line.center, *line.precincts), key=lambda precinct: precinct.id):
        sheets.add(
            LeadGrant,
            permission_id=permission,
            group_id=seer.group,
            content_object_id=line.id,
            status=values["status"],
            due_at=dues.get(seer.id) or values["due_at"],
            opened_at=values["opened_at"],
        )


def words(sheets, line, values):
    """The document of `leads_search_refresh`."""
    texts, tokens = [values["number"], line.caliber], set()
    for precinct, scene in line.taken:
        texts += (scene.case, scene.address, "Gunfire", scene.kind.replace("_", " "))
        tokens |= {scene.key.lower(), f"§k{scene.kind}", f"§a{precinct.id}", f"§g{precinct.group}"}
    tokens |= {
        *WORD.findall(" ".join(texts).lower()),
        f"§g{line.center.group}",
        f"§s{values['status']}",
        f"§p{values['priority']}",
        f"§c{int(line.confirmed)}",
        f"§b{NOT_CALIBER.sub('', line.caliber.lower())}",
    }
    sheets.add(LeadSearch, opened_at=values["opened_at"], doc=" ".join(tokens))

"""Which table of weights a center scores by, and which it had."""

from leads import weights
from leads.models import LeadFlag, LeadScore, ScoreTable

State = ScoreTable.State


def in_force(center_id, now):
    """The table by which a center scores at a time: the last one put in force, else the built-in one."""
    row = ScoreTable.objects.agreed().filter(agency=center_id, in_force_from__lte=now)
    row = row.order_by("-in_force_from", "-version").first()
    return row.table if row else weights.BUILT_IN


def newly_in_force(now):
    """Tables whose time has come and by which not all open leads are scored yet, of each center the last."""
    rows = ScoreTable.objects.filter(state=State.AGREED, in_force_from__lte=now, rescored_at=None)
    return rows.order_by("agency", "-in_force_from", "-version")


def before(table):
    """Tables of a center that another one takes the place of."""
    rows = ScoreTable.objects.filter(agency=table.agency_id, state=State.AGREED)
    return rows.filter(in_force_from__lte=table.in_force_from, version__lt=table.version)


def tables(center):
    """Every version of a center, its draft included, the last first, the built-in one at the end."""
    rows = ScoreTable.objects.filter(agency=center).exclude(state=State.DISCARDED).order_by("-version")
    return [row.table for row in rows] + [weights.BUILT_IN]


def versions(center):
    """Every row of a center's versions with who and when, the last first."""
    return ScoreTable.objects.filter(agency=center).select_related("drafted_by", "agreed_by").order_by("-version")


def draft_of(center):
    return ScoreTable.objects.filter(agency=center, state=State.DRAFT).first()


def points_of(center, version):
    """{key: points} of a version, None where nobody has it."""
    if version == weights.BUILT_IN.version:
        return weights.BUILT_IN.points
    row = ScoreTable.objects.filter(agency=center, version=version).first()
    return row.points if row else None


def flags_of(lead):
    """What an analyst set on a lead, what stands first."""
    found = LeadFlag.objects.filter(lead=lead).select_related("set_by", "withdrawn_by")
    return sorted(found, key=lambda flag: (flag.withdrawn_at is not None, -flag.set_at.timestamp()))


def scores_of(lead, most=50):
    """The scores that a lead had before, the last first."""
    return list(LeadScore.objects.filter(lead=lead).order_by("-as_of", "-pk")[:most])

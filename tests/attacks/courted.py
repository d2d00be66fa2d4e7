"""What a side holds of its case in court: a day that is set, a statute of the office, a status without a meaning."""

from datetime import timedelta

from django.utils import timezone

from leads.actions import proceedings, referrals, statutes
from leads.models import StatusSpelling


def of(side):
    marker, prosecutor = side.marker, side["prosecutor"]
    side.proceeding = proceedings.record(
        referral=side.referral, kind="hearing", what=f"{marker} motions", court=f"{marker} court", by=prosecutor,
        on=timezone.now().date() + timedelta(days=20),
    )  # fmt: skip
    ended = referrals.make(
        lead=side.lead, agency=side.center, office=side.office, defendant=f"{marker} Roe", summary=marker,
        by=side["center_coordinator"],
    )  # fmt: skip
    ended = referrals.decide(referral=ended, status="accepted", by=prosecutor)
    side.revocation = proceedings.revoke(
        referral=ended, of="parole", revoked_on=timezone.now().date() - timedelta(days=2), months=3,
        court=f"{marker} board", by=prosecutor,
    )  # fmt: skip
    side.statute = statutes.add(
        office=side.office, citation=f"{marker} 7-1", title=f"{marker} statute", jurisdiction="state", by=prosecutor
    )
    side.status_spelling = StatusSpelling.objects.create(
        center=side.center, key=f"{marker}_hld".lower(), raw=f"{marker} Hld", seen_at=timezone.now()
    )

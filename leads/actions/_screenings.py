"""What becomes of worksheets when leads turn out to be of one gun."""

from django.db.models import Q

from agencies import audit
from agencies.notifications import notify
from agencies.roles import Role
from leads import queries
from leads.models import Referral, Screening
from leads.queries import referrals as near


def merge_screenings(leads, *, by, now):
    """After the gun of some leads (ids) grew: worksheets of one person on it become one, the first that was filled in.
    What the others said stays to be read below it; the prosecutors of these cases are told.
    """
    for sheets in near.sheets_of_gun(leads):
        held = Screening.objects.select_for_update(of=["self"], no_key=True).order_by("pk")
        held = list(held.filter(pk__in=[each.pk for each in sheets], merged_into=None))
        kept = next((each for each in held if each.versions.exists()), held[0])
        gone = [each.pk for each in held if each != kept]
        Screening.objects.filter(Q(pk__in=gone) | Q(merged_into__in=gone)).update(merged_into=kept, merged_at=now)
        Referral.objects.filter(screening__in=gone).update(screening=kept)
        audit.record("screening.merged", kept, by=by, agency=kept.lead.agency, of=gone)
        for case in kept.referrals.select_related("office").order_by("id"):
            notify(queries.holders(case.office, Role.PROSECUTOR), "screening.merged", case, by=by, now=now)

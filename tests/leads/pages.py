"""Leads for the tests of pages: made by the same actions as in life."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from evidence.imports.notices import Notice, NoticeEvent
from leads import filters
from leads.actions import notices
from leads.lists import leads as listing
from leads.models import Lead
from tests.factories import incident


def lead(city, number, *, by=None, ago=timedelta(hours=1), kinds=("shots_fired_confirmed", "homicide"), confirmed=None):
    """A lead with one event of each of the two departments, matched to their incidents."""
    now = timezone.now()
    owners = [(city.papd, "Port Alder PD"), (city.gmpd, "Glenmoor PD")]
    rows = []
    for at, (kind, (owner, name)) in enumerate(zip(kinds, owners, strict=False)):
        case = f"26-{abs(hash((number, at))) % 10**6:06d}"
        incident(
            owner, case_number=case, kind=kind, occurred_at=now - timedelta(days=9 - at), address="900 blk Quarry St"
        )
        key = case.replace("-", "")
        rows.append(
            NoticeEvent(
                row_number=at + 2, case_number=case, case_key=key, agency=name, calibre="9 mm", confirmed=confirmed
            )
        )
    notice = Notice(lead_number=number, lead_key=number, notice_date=now.date(), site="WCL", events=rows)
    notices.load(notices=[notice], center=city.center, by=by or city.analyst, now=now - ago)
    return Lead.objects.get(number=number)


def numbers(user, cursor=None, limit=50, **asked):
    """The last digit of each lead on a page of the list, in its order."""
    page = listing.page(user, filters.read(asked), now=timezone.now(), cursor=cursor, limit=limit)
    return [row["number"][-1] for row in page.rows]


def seen(client, user, **asked):
    """The list as a browser gets it."""
    client.force_login(user)
    response = client.get(reverse("leads"), asked)
    assert response.status_code == 200
    return response.content.decode()

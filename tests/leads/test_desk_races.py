"""Two at one desk at the same time: whoever comes second reads why not, and an agency is told once."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from agencies.access import Refused
from agencies.models import Notification
from agencies.roles import Role
from leads.actions import desk
from leads.models import DeskItem, Lead, Obligation
from tests.beside import Beside, somebody_waits_for_us
from tests.factories import NOW, City, member
from tests.leads.working import load, notice

SENT = "was sent: its agencies owe"


@pytest.fixture
def city(transactional_db):
    return City()


def together(first, second):
    """Do the first and, before it is committed, begin the second; what the second was refused with, or ""."""
    with transaction.atomic():
        first()
        beside = Beside(second)
        assert somebody_waits_for_us()
    try:
        beside.ended()
    except Refused as refusal:
        return refusal.reason
    return ""


def test_of_two_at_once_the_second_is_told_what_the_first_decided_and_nobody_hears_twice(city):
    """Two analysts, two tabs, a form sent twice, and a page that the back button brought again."""
    desk.choose(center=city.center, first=True, by=city.coordinator, now=NOW)
    load(city, *(notice(("PAPD", f"26-{n}1"), ("GMPD", f"26-{n}2"), number=f"WCL-{n}") for n in range(7)))
    items = {int(item.lead.number[-1]): item for item in DeskItem.objects.select_related("lead")}
    other = member(city.center, Role.ANALYST, name="Nadia Frost")

    def do(step, n, by=city.analyst, **more):
        return partial(step, item=items[n], by=by, now=NOW, **more)

    no = {"why": "error"}
    assert SENT in together(do(desk.send, 0), do(desk.send, 0))
    assert SENT in together(do(desk.send, 1), do(desk.decline, 1, by=other, **no))
    assert SENT in together(do(desk.send, 2), do(desk.defer, 2, by=other, until_on=NOW.date() + timedelta(days=3)))
    assert "cannot be sent" in together(do(desk.decline, 3, **no), do(desk.send, 3, by=other))
    assert together(do(desk.accept, 4), do(desk.send, 4, by=other)) == "", "what is accepted may be sent"
    assert "cannot be accepted" in together(do(desk.accept, 5), do(desk.accept, 5, by=other))
    desk.decline(item=items[6], by=city.analyst, now=NOW, **no)
    agreed, back = do(desk.agree, 6, by=other), do(desk.bring_back, 6)
    assert "cannot be" in together(agreed, do(desk.agree, 6, by=city.coordinator))
    states = {n: DeskItem.objects.get(pk=item.pk).state for n, item in items.items()}
    assert states == {0: "sent", 1: "sent", 2: "sent", 3: "proposed", 4: "sent", 5: "accepted", 6: "declined"}
    assert Obligation.objects.count() == 2 * 4, "each agency owes once on each lead that was sent"
    assert Notification.objects.filter(user=city.supervisor, verb="lead.sent").count() == 4
    back()
    assert "cannot be declined" in together(do(desk.accept, 6), do(desk.agree, 6, by=other))
    assert Lead.objects.get(number="WCL-6").status == Lead.Status.OPEN
    # The second tab, and the page that the back button brought again.
    client = Client()
    client.force_login(city.analyst)
    for n, step in ((0, "desk_send"), (3, "desk_accept"), (4, "desk_accept")):
        answer = client.post(reverse(step, args=[items[n].pk]))
        assert answer.status_code == 403
        assert "sent" in answer.content.decode() or "declin" in answer.content.decode()
    form = {"why": "error", "note": ""}
    assert client.post(reverse("desk_decline", args=[items[0].pk]), form).status_code == 403
    assert Obligation.objects.count() == 2 * 4

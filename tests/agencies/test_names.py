"""What a name may be: it stands in subjects of mail, in logs and beside other names."""

import pytest
from django.core import mail

from agencies import access, tasks
from agencies.actions import units
from agencies.models import Unit
from agencies.notifications import notify


@pytest.mark.parametrize("name", ["Guns\nBcc: evil@agency.invalid", "Guns\r", "Gu\u202ens", "Gu\u200bns", "Gu\x1bns"])
def test_t22_a_name_is_one_line_of_what_can_be_seen(client, city, name):
    client.force_login(city.administrator)
    answer = client.post("/units/", {"name": f"x{name}x"})
    assert "on one line" in answer.content.decode()
    assert not Unit.objects.filter(name__startswith="x").exists()


def test_blanks_of_any_kind_are_one_blank(client, city):
    client.force_login(city.administrator)
    client.post("/units/", {"name": "Gun\u00a0 \tcrimes"})
    assert Unit.objects.filter(agency=city.papd, name="Gun crimes").exists()


def test_t22_a_line_break_in_a_number_is_no_header_of_a_mail(city):
    mine = city.administrator.memberships.get()
    notify([city.administrator], "person.locked", mine, label="9\nBcc: evil@agency.invalid")
    tasks.mail_notifications()
    assert mail.outbox[0].recipients() == [city.administrator.email]
    assert mail.outbox[0].subject.endswith(": 9 Bcc: evil@agency.invalid")


def test_a_name_that_another_took_at_the_same_moment_is_refused_in_words(city):
    first, second = (units.add(agency=city.papd, name=name, by=city.administrator) for name in ("Gangs", "Guns"))
    with pytest.raises(access.Refused, match="of this name"):
        units.add(agency=city.papd, name="gangs", by=city.administrator)
    with pytest.raises(access.Refused, match="of this name"):
        units.change(unit=second, name="Gangs", is_active=True, by=city.administrator)
    units.change(unit=first, name="GANGS", is_active=True, by=city.administrator)

"""From an empty database to the first administrator, by two commands."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies.models import Agency, User

CENTER = ["Tri-Rivers CGIC", "--code=TRI", "--kind=center", "--ori=XX0000001", "--zone=America/Chicago"]
POLICE = ["Port Alder PD", "--code=PAPD", "--kind=police", "--zone=America/Chicago", "--parent=TRI"]


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_two_commands_and_a_link_make_the_first_administrator(client, db):
    run("create_agency", *CENTER)
    run("create_agency", *POLICE, "--ori=XX0000002", "--ori=XX0000003")
    police = Agency.objects.get(code="PAPD")
    assert police.center.name == "Tri-Rivers CGIC"
    assert police.oris.count() == 2
    assert police.calendar.federal_holidays
    said = run("invite", "chief@papd.invalid", "--name=Ada Min", "--agency=PAPD")
    link = re.search(r"http://[^/]+(/\S+)", said).group(1)
    new = {
        "name": "Ada Min",
        "new_password": "correct horse battery",
        "again": "correct horse battery",
        "acknowledged": "on",
    }
    assert client.post(link, new)["Location"] == "/"
    assert client.get("/")["Location"] == "/people/"
    assert User.objects.get(email="chief@papd.invalid").memberships.get().agency == police


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (["--code=papd!"], "code 'PAPD!': Two to eight capitals"),
        (["--kind=army"], "invalid choice: 'army' .choose from .*laboratory"),
        (["--zone=Mars/Base"], "not a time zone"),
        (["--parent=NONE"], "parent 'NONE': no center has this code.\nCenters here: TRI"),
        (["--ori=SHORT"], "^SHORT is not an ORI: two letters"),
        (["--ori=XX0000001"], "belongs to an agency already"),
    ],
)
def test_an_agency_that_is_described_wrongly_is_refused_with_the_reason(db, change, sentence):
    run("create_agency", *CENTER)
    with pytest.raises(CommandError, match=sentence):
        run("create_agency", *POLICE, *change)
    assert Agency.objects.count() == 1


def test_an_invitation_into_an_unknown_agency_is_refused_with_the_reason(db):
    run("create_agency", *CENTER)
    with pytest.raises(CommandError, match="no agency with the code PAPD"):
        run("invite", "chief@papd.invalid", "--name=Ada Min", "--agency=PAPD")


def test_the_link_of_an_earlier_invitation_dies_when_the_same_role_is_offered_again(client, db):
    run("create_agency", *CENTER)
    first, second = (
        re.search(r"http://[^/]+(/\S+)", run("invite", email, "--name=Ada Min", "--agency=tri")).group(1)
        for email in ("chief@tri.invalid", "Chief@TRI.invalid")
    )
    assert client.get(first).status_code == 404
    page = client.get(second).content.decode()
    assert "Tri-Rivers CGIC invites you as agency administrator" in page


def test_whoever_looks_for_a_superuser_is_told_to_invite(db):
    with pytest.raises(CommandError, match="no superuser"):
        run("createsuperuser", "--noinput", "--email=root@tri.invalid")
    assert not User.objects.filter(is_system=False).exists()


def test_an_invitation_to_what_is_no_address_is_refused_with_the_reason(db):
    run("create_agency", *CENTER)
    with pytest.raises(CommandError, match="valid email"):
        run("invite", "chief", "--name=Ada Min", "--agency=TRI")

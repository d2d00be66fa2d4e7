"""Files of agencies and of people, who live in the app below: its own policies say who may, and people are invited."""

import pytest
from django.core.management import call_command

from agencies.access import Refused
from agencies.actions import invitations
from agencies.models import Agency, AgencyOri, AuditEvent, Invitation, Letter, Membership, User
from agencies.roles import Role
from evidence.actions import imports
from evidence.models import ImportBatch
from tests.evidence.import_city import uploaded
from tests.evidence.records_city import checked, counts, found, lines, loaded, undone
from tests.evidence.test_import_undo import tables
from tests.factories import member, unit

pytestmark = pytest.mark.usefixtures("stored_files")

AGENCIES = lines("""
Code | ORIs                | Name                   | Kind              | Time zone       | Phone
LKPD | XX9000100           | Lockhaven PD           | Police department | America/Chicago | 555-0140
MRSO | XX9000200 XX9000201 | Mill Run County Sheriff | Sheriff's office  | America/Chicago |
GMPD |                     | Glenmoor PD            |                   |                 | 555-0199
""")


def test_agencies_join_the_center_change_by_a_second_file_and_leave_by_undoing(city):
    batch = loaded("agencies", city.center, AGENCIES, by=city.coordinator)
    assert counts(batch) == (2, 1, 0, 0)
    made = Agency.objects.get(code="MRSO")
    assert (made.parent, made.kind, made.calendar, made.is_active) == (
        city.center,
        "sheriff",
        city.center.calendar,
        True,
    )
    assert sorted(made.oris.values_list("ori", flat=True)) == ["XX9000200", "XX9000201"]
    assert made.group.name == "agency:MRSO"
    assert Agency.objects.get(code="GMPD").phone == "555-0199"
    assert AuditEvent.objects.get(verb="agency.loaded").agency == city.center
    assert counts(loaded("agencies", city.center, AGENCIES, by=city.coordinator)) == (0, 0, 3, 0)
    by_ori = "ori,name\nXX9000100,Lockhaven Police\n"
    later = loaded("agencies", city.center, by_ori, by=city.coordinator)
    assert counts(later) == (0, 1, 0, 0)
    assert undone(later, city.coordinator).status == "undone"
    invitations.invite(agency=made, email="a@agency.invalid", name="A", role=Role.DETECTIVE, by=User.objects.system())
    assert undone(batch, city.coordinator).status == "loaded"
    assert {row for row, *_ in found(batch, "undo")} == {3}
    assert AgencyOri.objects.filter(ori__startswith="XX9").count() == 3


def test_agencies_are_taken_back_as_if_they_had_never_been(city):
    before = tables()
    batch = loaded("agencies", city.center, AGENCIES, by=city.coordinator)
    assert undone(batch, city.coordinator).status == "undone"
    assert tables() == before


def test_what_cannot_be_said_of_an_agency_is_named_by_row_and_column(city):
    ori = city.outsider_agency.oris.get().ori
    text = lines(f"""
Code  | ORIs      | Name             | Kind    | Time zone       | Calendar
toolongcode | | A | police | America/Chicago |
AAPD  | XX12      | B                | police  | America/Chicago |
ABPD  |           | C                | police  | Chicago         |
ACPD  | {ori}     | D                | police  | America/Chicago |
ADPD  |           | Port Alder PD    | police  | America/Chicago |
OUT   |           | Far Away         |         |                 |
PAPD  |           |                  | sheriff |                 |
AEPD  |           | E                | center  | America/Chicago |
AFPD  |           |                  | police  | America/Chicago |
AGPD  |           | G                | police  | America/Chicago | Night shift
""")
    batch = checked("agencies", city.center, text, by=city.coordinator)
    assert found(batch) == [
        (2, "A", "wide"),
        (3, "B", "ori"),
        (4, "E", "zone"),
        (5, "B", "taken"),
        (6, "C", "name"),
        (7, "A", "others"),
        (8, "D", "other_kind"),
        (9, "D", "choice"),
        (10, "C", "needed"),
        (11, "F", "calendar"),
    ]
    assert counts(batch) == (0, 0, 0, 10)


def test_only_a_coordinator_of_the_center_loads_agencies_and_only_an_administrator_their_people(city):
    for by, kind, owner in (
        (city.administrator, "agencies", city.center),
        (city.coordinator, "agencies", city.papd),
        (city.technician, "people", city.papd),
        (city.coordinator, "people", city.papd),
    ):
        with pytest.raises(Refused):
            imports.upload(agency=owner, kind=kind, upload=uploaded("code,name\nA,B\n"), by=by)
    loaded("people", city.papd, "email,name,role\nx@agency.invalid,X,detective\n", by=city.administrator)
    assert ImportBatch.objects.visible_to(city.administrator).count() == 1
    assert not ImportBatch.objects.visible_to(city.coordinator).exists(), "people are their own agency's"


PEOPLE = lines("""
E-mail             | Name        | Role        | Unit
new@agency.invalid | Alba Moreno | Detective   | homicide unit
old@agency.invalid | Old Hand    | Supervisor  | Robbery Unit
""")


def test_people_are_invited_without_a_password_and_members_put_into_their_unit(city):
    robbery = unit(city.papd, "Robbery Unit")
    old = member(city.papd, Role.SUPERVISOR, email="old@agency.invalid", unit=city.homicide)
    text = PEOPLE.replace("Name,", "Name,", 1)
    batch = loaded("people", city.papd, text, by=city.administrator)
    assert counts(batch) == (1, 1, 0, 0)
    offer = Invitation.objects.get()
    assert (offer.email, offer.unit, offer.role) == ("new@agency.invalid", city.homicide, "detective")
    assert (offer.invited_by, Letter.objects.get().invitation) == (city.administrator, offer)
    assert not User.objects.filter(email="new@agency.invalid").exists()
    assert Membership.objects.get(user=old).unit == robbery
    assert counts(loaded("people", city.papd, text, by=city.administrator)) == (0, 0, 2, 0)
    batch = undone(batch, city.administrator)
    assert batch.status == "undone"
    offer.refresh_from_db()
    assert (offer.withdrawn_by, Membership.objects.get(user=old).unit) == (city.administrator, city.homicide)


def test_an_invitation_that_was_accepted_keeps_its_file_from_being_undone(city):
    batch = loaded("people", city.papd, "email,name,role\nnew@agency.invalid,N,detective\n", by=city.administrator)
    system, offer = User.objects.system(), Invitation.objects.get()
    invitations.accept(invitation=offer, by=system, name="N", password="quarry lock weir stone")
    batch = undone(batch, city.administrator)
    assert (batch.status, found(batch, "undo")) == ("loaded", [(2, "", "built_on")])


def test_a_role_that_is_not_ones_to_give_and_an_address_that_is_none_are_named(city):
    text = lines(f"""
email | name | role | unit
a@agency.invalid | A | Auditor | |
{city.administrator.email} | B | Detective |
nobody | C | Detective |
d@agency.invalid | D | Detective | Night Unit
e@agency.invalid | | Detective |
f@agency.invalid | F | King |
""").replace(",,\n", ",\n")
    batch = checked("people", city.papd, text, by=city.administrator)
    assert found(batch) == [
        (2, "C", "role"),
        (3, "A", "self"),
        (4, "A", "address"),
        (5, "D", "unit"),
        (6, "B", "needed"),
        (7, "C", "choice"),
    ]


def test_the_command_line_loads_any_kind(city, tmp_path, capsys):
    file = tmp_path / "agencies.csv"
    file.write_text(AGENCIES)
    call_command("import_rows", "agencies", file, agency="CTR", dry_run=True)
    assert "Would load agencies of 3 rows: 2 new, 1 updated" in capsys.readouterr().out
    call_command("import_rows", "agencies", file, agency="CTR")
    assert Agency.objects.filter(code="LKPD").exists()

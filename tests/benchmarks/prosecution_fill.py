"""What prosecutors and those who send them cases have, upon a copy of the database with so many leads: about as many
cases as leads, before two offices in each center, more than half of them before one. What these lists do not read is
left out: words that a lead is found by, pages of packets.
"""

from django.contrib.auth.models import Group
from django.utils import timezone

from agencies.models import Agency, Membership, User
from agencies.roles import Role
from tests.benchmarks import work_fill
from tests.benchmarks.prosecution_rows import ROWS

OFFICES = {"D": Agency.Kind.DISTRICT_ATTORNEY, "U": Agency.Kind.US_ATTORNEY}
# The first district attorney's: it has as many more prosecutors.
BUSY, CASES_OF_ONE, FEW = "D001", 5000, 3


def fill(count):
    work_fill.write(ROWS, lambda: offices(count))


def offices(count):
    """In each center a district attorney's office and a U.S. attorney's, with their people."""
    for number, center in enumerate(Agency.objects.filter(kind=Agency.Kind.CENTER).order_by("id"), 1):
        for letter, kind in OFFICES.items():
            _office(center, f"{letter}{number:03d}", kind, count)


def _office(center, code, kind, count):
    office = Agency.objects.create(
        name=f"{kind.label} {code}", code=code, kind=kind, parent=center, zone=center.zone, mark=1, phone="555-0100",
        calendar_id=center.calendar_id, group=Group.objects.create(name=f"agency:{code}"),
    )  # fmt: skip
    many = max(FEW, count // CASES_OF_ONE) if code == BUSY else FEW
    found = [("supervisor", Role.SUPERVISOR)] + [(f"prosecutor-{n}", Role.PROSECUTOR) for n in range(1, many + 1)]
    users = User.objects.bulk_create(
        User(email=f"{name}-{code.lower()}@portal.example", name=f"{name.capitalize()} of {code}", password="")
        for name, _role in found
    )
    now = timezone.now()
    Membership.objects.bulk_create(
        Membership(user=user, agency=office, role=role, started_at=now)
        for user, (_name, role) in zip(users, found, strict=True)
    )
    groups = User.groups.through
    groups.objects.bulk_create(groups(user_id=user.pk, group_id=office.group_id) for user in users)

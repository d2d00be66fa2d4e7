"""What prosecutors and those who send them cases read, in a portal of so many cases: the lists beside their floors, a
prosecutor's day, what is not disclosed yet, days, statuses of court files, one case with what hangs on it.

The readers are a prosecutor and a supervisor of the office that has most cases, a prosecutor of a federal office, a
detective of the biggest agency and the coordinator of the biggest center.
"""

from django.test import Client
from django.test.utils import override_settings

from agencies.access import agencies_with
from agencies.models import User
from agencies.roles import Permission
from tests.benchmarks.prosecution_lists import LISTS
from tests.benchmarks.serving import run
from tests.benchmarks.work_bench import listed, paged

READERS = {"office": "prosecutor-1-d001@portal.example", "chief": "supervisor-d001@portal.example",
           "usao": "prosecutor-1-u001@portal.example", "town": "detective-1-a001@portal.example",
           "center": "coordinator-bluewater@portal.example"}  # fmt: skip
MOST_SQL_MS, MOST_RATIO = 150, 6
# What is found over all open cases, (ms, rows): of a prosecutor some thousands, of the busy office hundreds of
# thousands, each of a lead with its items. It takes its time for each of them, and is no walk.
SUMS = {"my day": (1_500, 400_000), "not disclosed, mine": (500, 200_000)} | dict.fromkeys(
    ("my day, the office", "not disclosed", "not disclosed, long", "not disclosed, second"), (20_000, 16_000_000)
)
# A row of a large table is seldom in memory.
MOST_GROWTH = 8
# Of one thing that the reader sees.
OF_ONE = {
    "case": """select id from leads_referral where agency_id = any(%(sees)s) or office_id = any(%(sees)s)
                order by id desc limit 1""",
    "lead": "select lead_id from leads_referral where id = %(case)s",
    "sheet": "select screening_id from leads_referral where id = %(case)s",
    "packet": "select max(id) from leads_packet where agency_id = any(%(makes)s)",
    "given": "select max(id) from leads_packetrelease where source_id = any(%(makes)s) or to_id = %(me)s",
    "arrest": "select max(id) from leads_gunarrest where office_id = any(%(decides)s)",
}
PAGES = {
    "my day": "/prosecution/?of=mine", "my day, the office": "/prosecution/?of=office",
    "days ahead": "/prosecution/dates/", "days past": "/prosecution/dates/?show=late",
    "days ahead, mine": "/prosecution/dates/?of=mine", "days past, mine": "/prosecution/dates/?show=late&of=mine",
    "not disclosed": "/prosecution/undisclosed/", "not disclosed, long": "/prosecution/undisclosed/?show=late",
    "not disclosed, second": "/prosecution/undisclosed/?show=asked",
    "not disclosed, mine": "/prosecution/undisclosed/?of=mine",
    "court statuses": "/court-statuses/", "decline reasons": "/decline-reasons/", "statutes": "/statutes/",
    "arrests shown": "/prosecution/arrests/shown/", "a case": "/referrals/{case}/",
    "a worksheet": "/screenings/{sheet}/",
    "its index": "/leads/{lead}/disclosure/", "a packet": "/packets/{packet}/",
    "a released packet": "/packets/released/{given}/", "an arrest": "/prosecution/arrests/{arrest}/",
    "cases for programs": "/api/v1/referrals/", "days for programs": "/api/v1/case-dates/",
    "my calendar": "/calendar/",
}  # fmt: skip


def figures(_connection):
    for name, email in READERS.items():
        user = User.objects.get(email=email)
        client = Client()
        client.force_login(user)
        # As it is served: files are found once, at the start.
        with override_settings(WHITENOISE_AUTOREFRESH=False, STATIC_ROOT=None):
            for each in LISTS:
                if client.get(each.address).status_code == 200 and each.owners(user):
                    yield listed(name, user, client, each, MOST_SQL_MS, MOST_RATIO)
            of_one = _of_one(user)
            for what, address in PAGES.items():
                if client.get(address.format(**of_one)).status_code == 200:
                    more = {"most_growth": MOST_GROWTH} if what in SUMS else {}
                    most = SUMS.get(what, (MOST_SQL_MS,))
                    yield paged(name, client, what, address.format(**of_one), *most, **more)


def _of_one(user):
    """Ids of what the reader sees, by the names in PAGES; 0 where there is none."""
    rights = {"sees": Permission.REFERRAL_VIEW, "makes": Permission.PACKET_MAKE, "decides": Permission.REFERRAL_DECIDE}
    found = {name: agencies_with(user, right) for name, right in rights.items()} | {"me": user.pk}
    for what, sql in OF_ONE.items():
        found[what] = next((each or 0 for (each,) in run(sql, found)), 0)
    return found

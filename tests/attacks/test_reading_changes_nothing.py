"""GET changes nothing but the audit log: each address is opened, and every row of every table is as it was. What shows
a link bears the stamp.
"""

import io
import re
import zipfile

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode

from agencies import keys
from agencies.models import Invitation
from tests.attacks.addresses import EVERY, PUBLIC, WITH_ID, WITHOUT, address, holders, methods

# The log and its chain, and the session with when somebody was last seen at work.
MAY_CHANGE = {"agencies_auditevent", "agencies_auditlink", "django_session"}
ASKED = {"leads": "q=9&all=1", "search": "q=9", "lead_export": "as=csv", "lead_bulk": "verb=assign", "lead": "all=1"}
# What only the person opens to whom it was given.
THEIRS = {"packet_copy", "packet_bag"}
# The words of the stamp, or the field of a program's answer that says the same.
STAMP = re.compile(r'unconfirmed|confirmed in part|partly confirmed|confirmed by|"(?:confirmed|stamp)":', re.IGNORECASE)
# Pages with two such cases and without those words, and why.
UNTIED = {"confirmation_pairs": "each row is what an examiner found of two cases, with name, report and day"}
OPENED = [name for name in (*WITHOUT, *WITH_ID) if "get" in methods(name)]


def without_record(ours):
    """The addresses that hold a word, or a number that is no record's."""
    person = urlsafe_base64_encode(str(ours["detective"].pk).encode())
    Invitation.objects.filter(pk=ours.invitation.pk).update(secret_hash=keys.hashed("secret"))
    token = default_token_generator.make_token(ours["detective"])
    return {
        "import_sample_file": reverse("import_sample_file", args=["incidents"]),
        "password_reset_confirm": reverse("password_reset_confirm", args=[person, token]),
        "guide": reverse("guide", args=["detective"]),
        "dashboard_rows": reverse("dashboard_rows", args=[2]),
        "invitation_accept": reverse("invitation_accept", args=["secret"]),
        "calendar_feed": reverse("calendar_feed", args=[ours.secret]),
        "notice_off": reverse("notice_off", args=[keys.off_token(ours["detective"].pk, "leads")]),
    }


@pytest.fixture
def tables(db):
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        return sorted({name for (name,) in cursor.fetchall()} - MAY_CHANGE)


def state(tables):
    """{table: (how many rows, a sum over all they hold)}."""
    one = "select '{0}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) from \"{0}\" t"
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(one.format(name) for name in tables))
        return {name: found for name, *found in cursor.fetchall()}


WRITTEN = "select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables"


class Watch:
    """Knows all rows as they were. No row changes without a count of the database going up, so those tables alone are
    read again whose count did.
    """

    def __init__(self, tables):
        self.rows, self.counts = state(tables), self._counts()

    def _counts(self):
        with connection.cursor() as cursor:
            cursor.execute(WRITTEN)
            return dict(cursor.fetchall())

    def changed(self):
        """Tables whose rows are not as they were when it was asked before."""
        before, self.counts = self.counts, self._counts()
        now = state(written) if (written := [name for name in self.rows if self.counts[name] != before[name]]) else {}
        wrong = [name for name in now if now[name] != self.rows[name]]
        self.rows |= now
        return wrong


def opened(client, path, query=""):
    """(status, what was answered): what is streamed is read to its end."""
    answer = client.get(f"{path}?{query}")
    return answer.status_code, b"".join(answer)


def ties(content, cases):
    """Whether an answer names two cases that only a gun ties, and not how far that is confirmed."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            content = b"\n".join(whole.read(name) for name in whole.namelist())
    text = content.decode(errors="replace")
    return sum(case in text for case in cases) > 1 and not STAMP.search(text)


def test_opening_an_address_changes_no_row_and_what_shows_a_link_is_stamped(ours, tables):
    watch, found, reached, bare = Watch(tables), {}, set(), set()
    cases = set(ours.lead.events.values_list("case_number", flat=True))
    assert len(cases) > 1
    asked = ASKED | dict.fromkeys(("disclosure_new", "disclosure_withhold"), f"item={ours.disclosure.item}")
    for name in OPENED:
        people = [ours["prosecutor"]] if name in THEIRS else holders(ours, name, most=2)
        for person in [None] if name in PUBLIC else people:
            client = Client()
            if person:
                client.force_login(person)
            status, content = opened(client, address(name, ours), asked.get(name, ""))
            if status < 400:
                reached.add(name)
                bare |= {name} if ties(content, cases) else set()
            if wrong := watch.changed():
                found[name] = wrong
    assert found == {}
    assert state(tables) == watch.rows, "a table changed without being counted"
    assert reached >= THEIRS
    assert bare == set(UNTIED)
    assert len(reached) > 350, sorted(set(OPENED) - reached)


def test_opening_an_address_that_names_no_record_changes_no_row(ours, tables):
    paths, client = without_record(ours), Client()
    watch = Watch(tables)
    assert set(paths) == set(EVERY) - set(WITH_ID) - set(WITHOUT)
    client.force_login(ours["center_coordinator"])
    assert {opened(client, path)[0] for path in paths.values()} <= {200, 302}
    assert watch.changed() == []


def test_a_row_that_changes_is_seen(ours, tables):
    watch = Watch(tables)
    type(ours.unit).objects.filter(pk=ours.unit.pk).update(name="Another name")
    assert watch.changed() == ["agencies_unit"]
    assert watch.changed() == []

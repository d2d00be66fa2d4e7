"""Who was reminded within the hour is read off the log, however long that is."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import User
from leads import queries
from leads.actions.reminders import VERB

# A year in which something climbs each hour; the rows are not chained, nobody asks for that here.
YEAR = """
insert into agencies_auditevent (at, verb, by_id, object_type, data)
select now() - n * interval '1 hour', case when n %% 20 = 0 then %(verb)s else 'obligation.escalated' end, %(by)s,
       'leads.obligation', jsonb_build_object('ids', jsonb_build_array(n)) from generate_series(0, 8000) n"""


def test_the_reminders_of_the_last_hour_are_found_without_reading_the_log(db):
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(YEAR, {"verb": VERB, "by": User.objects.system().pk})
        cursor.execute("set session_replication_role = origin")
        cursor.execute("analyze agencies_auditevent")
    since = timezone.now() - timedelta(hours=1)
    with CaptureQueriesContext(connection) as asked:
        assert queries.reminded_since(VERB, since) == {0}
    with connection.cursor() as cursor:
        cursor.execute(f"explain {asked[0]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "audit_of_many" in plan

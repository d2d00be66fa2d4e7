"""What can become of a file: the table of states, the policies and the verbs say the same."""

import contextlib

import pytest

from agencies.access import Refused
from agencies.models import User
from evidence.actions import imports
from evidence.imports import mapping
from evidence.loading import watching
from evidence.models import ImportBatch, Incident
from tests.evidence.import_city import checked

pytestmark = pytest.mark.usefixtures("stored_files")

FILE = "case_number,date,time\n26-1001,2026-06-03,23:10\n"
Status = ImportBatch.Status
# Who makes each state: a verb and what it is given beside the file.
VERBS = {
    Status.UPLOADED: lambda batch, by: imports.choose_columns(
        batch=batch, by=by, columns=mapping.from_dict(batch.mapping)
    ),
    Status.CHECKING: lambda batch, by: imports.start_check(batch=batch, by=by, queue=False),
    Status.CHECKED: lambda batch, by: imports.check(batch=batch, by=by),
    Status.LOADING: lambda batch, by: imports.start_load(batch=batch, by=by, queue=False),
    Status.LOADED: lambda batch, by: imports.load(batch=batch, by=by),
    Status.FAILED: lambda batch, by: imports.fail(batch=batch, by=by, problem="Cut."),
    Status.CANCELLED: lambda batch, by: imports.cancel(batch=batch, by=by),
}
# Back to where it was, when it turns out that something was built on the file: undoings say so, not a load.
NOT_UNDONE = (Status.UNDOING, Status.LOADED)


@pytest.mark.parametrize("before", Status)
def test_each_state_becomes_what_the_table_says_and_nothing_else(city, before):
    batch = checked(city.papd, FILE)
    for after, verb in VERBS.items():
        ImportBatch.objects.filter(pk=batch.pk).update(status=before, problem="Cut." if before == "failed" else "")
        with contextlib.suppress(Refused):
            verb(ImportBatch.objects.get(pk=batch.pk), User.objects.system())
        became = ImportBatch.objects.get(pk=batch.pk).status
        assert (became == after) == (
            after == before or (after in ImportBatch.TRANSITIONS[before] and (before, after) != NOT_UNDONE)
        ), after


def test_a_file_that_is_stopped_while_it_is_written_leaves_nothing(city, monkeypatch):
    batch, system = checked(city.papd, FILE), User.objects.system()
    imports.start_load(batch=batch, by=system, queue=False)
    real = imports._finish

    def finish(*given):
        imports.cancel(batch=batch, by=system)
        return real(*given)

    monkeypatch.setattr(imports, "_finish", finish)
    with pytest.raises(watching.Stopped):
        imports.load(batch=batch, by=system)
    assert not Incident.objects.exists()

"""The frame of files with a record to a row. A kind is a declaration: its targets (imports/targets_records.py), what a
row refers to, the key that it is known by, and the tables that it goes into. From these follow the dry run, the upsert,
the report, the audit and the undoing, each a handful of statements whatever the number of rows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.urls import reverse

from agencies import audit
from evidence.imports import tables
from evidence.imports.targets import KINDS
from evidence.loading import changes
from evidence.loading.recordstage import Stage
from evidence.models import ImportBatch

WRITTEN = 50


@dataclass(frozen=True)
class Into:
    """One table that a row goes into, as one record.

    match: SQL of the condition under which the record `t` is what the row `s` of the stage tells of. told: {column: SQL
    of what the file says, null where it says nothing}. fixed: {column: SQL}, of new records alone. otherwise: {column:
    SQL of what a new record has where the file says nothing}. when: SQL of which rows bring one. joins: SQL between `s`
    and `t`, such as of what another Into prepared. kept: SQL of an array with the columns of `t` that no file changes.
    fields: {column: field of the file}, where it is not called the same. verb: what the audit log calls it, "" when
    that of another table says it all.
    """

    model: type
    match: str
    told: dict
    fixed: dict = field(default_factory=dict)
    otherwise: dict = field(default_factory=dict)
    when: str = "true"
    joins: str = ""
    kept: str = "'{}'::text[]"
    fields: dict = field(default_factory=dict)
    verb: str = ""

    @property
    def source(self):
        return f"import_{self.model._meta.model_name}"


@dataclass(frozen=True)
class Kind:
    """A handler (see evidence/loading/__init__.py) of files with a record to a row.

    key: columns of the stage that name the record. named: the field that findings about the whole row point at.
    derived: {column: type} of the stage beside the targets; derive(run, mapping) -> a function from {field: value} to a
    tuple of these. found: {column: type} of what `resolve` fills in. resolve(stage): finds what rows refer to, and
    rejects rows. hold: SQL that keeps others from what the file names until it is loaded. values(run): parameters of
    the SQL of a kind. export(agency, user, most): the records out again, as `exports.take` gives them. main: the model
    of which a row brings a record, the first of `into` unless said; url: name of the page of such a record.
    """

    TARGETS: str
    into: tuple
    key: tuple
    named: str
    resolve: Callable
    found: dict = field(default_factory=dict)
    derived: dict = field(default_factory=dict)
    derive: Callable = lambda _run, _how: lambda _values: ()
    hold: tuple = ()
    values: Callable = lambda _run: {}
    url: str = ""
    # Of whose page that is the address, where it is not the record itself.
    page_of: Callable = lambda made: made.pk
    # How a report names one of its records, and what that reads.
    called: Callable = str
    called_with: tuple = ()
    main: type | None = None
    export: Callable | None = None
    HELD_CODES = ()

    @property
    def targets(self):
        return KINDS[self.TARGETS]

    @property
    def mainly(self):
        return next(each for each in self.into if each.model is (self.main or self.into[0].model))

    def open_source(self, file, name):
        return tables.open_table(file, name=name)

    def check(self, run):
        """Read and compare; nothing is written."""
        with transaction.atomic():
            counts, _stage = self._staged(run, write=False)
            transaction.set_rollback(True)
        return counts

    def load(self, run):
        """Write the file's records, what was there before, and the audit rows that name each of them."""
        counts, stage = self._staged(run, write=True)
        for into in self.into:
            columns = [*into.told, *into.fixed]
            changes.insert(stage.cursor, run.batch, into.model, into.source, columns)
            changes.update(stage.cursor, run.batch, into.model, into.source, list(into.told))
            if into.verb:
                new, changed = stage.written(into)
                about = {"by": run.by, "agency": run.batch.agency, "batch": run.batch.pk}
                audit.record_many(f"{into.verb}.loaded", into.model, new, **about)
                audit.record_many(f"{into.verb}.reloaded", into.model, changed, **about)
        return counts

    def read_again(self, run):
        """Report anew what a dry run finds; of a file that is loaded what a person has to correct."""
        if run.batch.status == ImportBatch.Status.LOADED:
            every = run.findings.add
            run.findings.add = lambda finding: every(finding) if finding.level == "error" else None
        self.check(run)

    def written(self, batch, user):
        """The records that a file brought, the first of them: [(label, address)]."""
        model = self.mainly.model
        first = batch.changes.filter(relation=model._meta.db_table, is_new=True).order_by("pk").first()
        if first is None or not self.url:
            return []
        found = model.objects.visible_to(user).filter(pk__in=first.ids[:WRITTEN])
        found = found.select_related(*self.called_with or [None])
        return [(self.called(each), reverse(self.url, args=[self.page_of(each)])) for each in found.order_by("pk")]

    def _staged(self, run, write):
        with connection.cursor() as cursor:
            # One load at a time into one agency: two that touch the same records in other orders would block.
            cursor.execute("select pg_advisory_xact_lock(724003, %s)", [run.batch.agency_id])
        stage = Stage(self, run)
        stage.fill()
        self.resolve(stage)
        stage.reject_doubles()
        for statement in self.hold if write else ():
            stage.execute(statement)
        for into in self.into:
            stage.prepare(into)
        return stage.counts(), stage

"""The rows of one file of records in the database: found, compared, and what became of them. The tables are temporary:
another session never sees them, and they are gone with the transaction.
"""

from itertools import chain

from django.db import connection

from evidence.imports import mapping, records
from evidence.imports.findings import Finding, shown
from evidence.loading import changes
from evidence.loading.blanks import same
from evidence.loading.lines import Lines
from evidence.loading.run import STORED_FINDINGS, Watched
from evidence.loading.stage import hashing

TWICE = "{label} stands twice in this file with the same values. It is loaded once."
UNLIKE = "{label} stands in rows {first} and {other} with different values. Keep the right one and load the file again."
KEPT = "{label} is kept: a person set it right in the portal, or its chain of custody says so. Correct it there."


class Stage:
    """The rows of one file in the database: the table `import_record`, and one for each table that they go into."""

    def __init__(self, kind, run):
        self.kind, self.run, self.how = kind, run, run.mapping
        self.cursor = connection.cursor()
        self.values = {"agency": run.batch.agency_id, "by": run.by.pk, "batch": run.batch.pk} | kind.values(run)
        self.values["clock"] = run.mapping.zone or str(run.zone)
        self.rows = 0

    def execute(self, statement, **values):
        with hashing(self.cursor):
            self.cursor.execute(statement, self.values | values)

    def fetch(self, statement, **values):
        with hashing(self.cursor):
            self.cursor.execute(statement, self.values | values)
            return self.cursor.fetchall()

    def fill(self):
        """COPY the rows of the file that can be read."""
        kind, run = self.kind, self.run
        for name in ("import_record", *(into.source for into in kind.into)):
            self.cursor.execute(f"drop table if exists pg_temp.{name}")
        named = [("row_number", "int"), *records.columns(kind.TARGETS), *kind.derived.items()]
        every = ", ".join(map(" ".join, [*named, *kind.found.items()]))
        self.cursor.execute(f"create temp table import_record ({every}) on commit drop")
        names, texts = ", ".join(name for name, _of in named), ", ".join(name for name, of in named if of == "text")
        with run.open_file() as file:
            table = Watched(kind.open_source(file, run.batch.file.name), run.progress)
            self.columns = table.columns
            lines = Lines(self._with_derived(table))
            self.cursor.copy_expert(
                f"copy import_record ({names}) from stdin (format csv, force_not_null ({texts}))", lines, 1 << 18
            )
        if lines.problem is not None:
            raise lines.problem
        self.rows = table.count
        # Statistics of the columns that are joined by, and no others: of wide texts they take as long as the load.
        self.cursor.execute("analyze import_record (row_number)")

    def _with_derived(self, table):
        rows = records.parse(table, self.how, zone=self.run.zone, today=self.run.today, found=self.run.found)
        if not self.kind.derived:
            return rows
        derive, names = self.kind.derive(self.run, self.how), list(self.kind.targets)
        return (tuple(chain(row, derive(dict(zip(names, row[1:], strict=True))))) for row in rows)

    def reject(self, where, name, sentence, code, **values):
        """Take rows out of which a condition holds (SQL over `s`), and say so at the cell of a field."""
        found = self.fetch(
            f"delete from import_record s where {where} returning s.row_number, {self._words(f's.{name}', name)}",
            **values,
        )
        for row, text in sorted(found):
            self.tell(row, name, text or "", "error", sentence, code)

    def _words(self, value, name):
        """SQL of a value as a person wrote it: a moment by the clock of the agency."""
        if self.kind.targets[name].shape == "moment":
            return f"to_char({value} at time zone %(clock)s, 'YYYY-MM-DD HH24:MI')"
        return f"{value}::text"

    def tell(self, row, name, text, level, sentence, code):
        place = mapping.place(self.how, self.columns, name)
        self.run.found(Finding(row, *place, shown(text), level, code, sentence))

    def reject_doubles(self):
        """A record that stands twice is taken once; with different values nobody knows which is right."""
        label = self.kind.targets[self.kind.named].label
        key = ", ".join(self.kind.key)
        doubled = f"select {key} from import_record group by {key} having count(*) > 1"
        if not self.fetch(f"select 1 from ({doubled}) d limit 1"):
            return
        said = f"({', '.join(f's.{name}' for name, _of in records.columns(self.kind.TARGETS))})::text"
        found = self.fetch(f"""
with d as (select s.row_number, s.{self.kind.named} as text, min(s.row_number) over it as first,
                  max(s.row_number) over it as last, min({said}) over it = max({said}) over it as is_same
             from import_record s join ({doubled}) k using ({key})
           window it as (partition by {", ".join(f"s.{name}" for name in self.kind.key)})),
g as (delete from import_record s using d
       where d.row_number = s.row_number and (not d.is_same or d.row_number <> d.first)
      returning d.row_number, d.text, d.first, d.last, d.is_same)
select * from g order by 1""")
        for row, text, first, last, is_same in found:
            sentence = TWICE if is_same else UNLIKE
            other = last if row == first else row
            sentence = sentence.format(label=label, first=first, other=other)
            self.tell(
                row, self.kind.named, text, "note" if is_same else "error", sentence, "twice" if is_same else "unlike"
            )

    def prepare(self, into):
        """Say of each row which record of a table it is, whether it is new or changed, and what it says of it."""
        meta = into.model._meta
        given = {name: value for name, value in changes.defaults(into.model, every=True).items() if name in into.told}
        texts = {each.column for each in meta.concrete_fields if each.get_internal_type() in ("CharField", "TextField")}
        told = "".join(f", {sql} as told_{name}" for name, sql in into.told.items())
        fixed = "".join(f", {sql} as {name}" for name, sql in into.fixed.items())
        fixed += "".join(f", {sql} as else_{name}" for name, sql in into.otherwise.items())
        first = {name: f"%(default_{name})s" for name in given} | {name: f"x.else_{name}" for name in into.otherwise}
        merged = "".join(f", {_merged(name, first.get(name), name in texts)} as {name}" for name in into.told)
        was = "".join(f", t.{name} as was_{name}" for name in into.told)
        names, before = (", ".join(f"y.{prefix}{name}" for name in into.told) for prefix in ("", "was_"))
        self.execute(
            f"""
create temp table {into.source} on commit drop as
with x as (
  select s.row_number, t.id as here, {into.kept} as kept {told} {fixed}
    from import_record s {into.joins} left join {meta.db_table} t on {into.match} where {into.when}),
y as (
  select x.*, x.here is null as fresh,
         coalesce(x.here, nextval(pg_get_serial_sequence('{meta.db_table}', 'id'))) as id {merged} {was}
    from x left join {meta.db_table} t on t.id = x.here order by x.row_number)
select y.*, {f"not y.fresh and row({names}) is distinct from row({before})" if names else "false"} as changed from y""",
            **{f"default_{name}": value for name, value in given.items()},
        )
        self.cursor.execute(f"analyze {into.source} (row_number, id, fresh, changed)")
        self._tell_kept(into)

    def _tell_kept(self, into):
        for name in into.told:
            column = into.fields.get(name, name)
            if column in self.kind.targets:
                found = self.fetch(
                    f"""select row_number, {self._words(f"told_{name}", column)} from {into.source}
                         where not fresh and '{name}' = any(kept) and told_{name} is distinct from {name}
                           and told_{name} is not null order by 1 limit {STORED_FINDINGS}"""
                )
                for row, text in found:
                    self.tell(row, column, text, "note", KEPT.format(label=self.kind.targets[column].label), "kept")

    def written(self, into):
        """(ids of new records, ids of changed ones), each ascending."""
        return self.fetch(
            f"select coalesce(array_agg(id order by id) filter (where fresh), '{{}}'),"
            f" coalesce(array_agg(id order by id) filter (where changed), '{{}}') from {into.source}"
        )[0]

    def counts(self):
        """{"rows", "new", "updated", "unchanged", "held"}: records by what became of them, a row each."""
        rows = "select row_number from {} where fresh"
        new = rows.format(self.kind.mainly.source)
        touched = " union ".join(f"{rows.format(each.source)} or changed" for each in self.kind.into)
        new, updated, whole = self.fetch(
            f"""select count(*) filter (where row_number in ({new})),
                       count(*) filter (where row_number in ({touched}) and row_number not in ({new})), count(*)
                  from import_record"""
        )[0]
        unchanged = whole - new - updated
        return {"rows": self.rows, "new": new, "updated": updated, "unchanged": unchanged, "held": 0}


def _merged(name, otherwise, is_text):
    """What a record has after the load: what the file leaves empty stays, and so does what differs by blanks alone."""
    told = f"x.told_{name}"
    first = f"coalesce({told}, {otherwise})" if otherwise else told
    blank = same(f"t.{name}", told) if is_text else ""
    return (
        f"case when x.here is null then {first}"
        f" when {told} is null or '{name}' = any(x.kept) {blank} then t.{name} else {told} end"
    )

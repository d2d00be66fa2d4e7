"""How a file that is loaded knows cases again whose key or number is another than when they came."""

from agencies import audit
from evidence import keys
from evidence.loading import stage

RENUMBERED = "This case is {number} here: a person set its number right. If this file is right, correct it there."
NOT_RENUMBERED = (
    "Case {number} had this number until a person set it right. This row is not plainly the same event and is loaded "
    "as a case of its own: compare the two."
)
KEPT_BACK = (
    "Two cases here have had this number: the one that has it, and {number} until a person set it right. This row is "
    "not plainly one of them and is kept back: set right the row, or the case that it is, and load it again."
)
TOLD = {
    "taken": ("note", RENUMBERED, "kept"),
    "new": ("review", NOT_RENUMBERED, "former"),
    "kept back": ("review", KEPT_BACK, "two_cases"),
}
COUNTED = (
    "Only the hyphen tells this number from {number}: once this file is loaded, hyphens count in every case number of "
    "{agency}, for good. If one of the two is mistyped, set it right first."
)
MAY_BE_SAME = (
    "This may be case {number}: the two differ by hyphens alone. It is a case of its own here; compare the two."
)


def count_hyphens(run, cursor, how, write):
    """The first file of an agency that says that hyphens count, or has two numbers that only they tell apart, makes
    them count for what is here already: for good, or with `write` False for the comparison alone. What to tell of it,
    as `known_again` has it.
    """
    agency_id, told = run.batch.agency_id, []
    if keys.hyphens_count(agency_id):
        return told
    if not how.hyphens_count:
        found = keys.apart(stage.written_otherwise(cursor, agency_id=agency_id), how.key_keep_last)
        if found is None:
            return told
        row, number, other = found
        told.append((row, number, "review", COUNTED.format(number=other, agency=run.batch.agency), "hyphens"))
        how.hyphens_count = True
        counted = {each: keys.as_in_file(each, True, how.key_keep_last) for each in stage.numbers(cursor)}
        stage.give_keys(cursor, counted)
    if not stage.has_hyphens(cursor):
        return told
    if write:
        keys.hold(agency_id, alone=True)
        stage.set_rule(cursor, agency_id=agency_id, batch_id=run.batch.pk)
        audit.record("import.hyphens_counted", run.batch, by=run.by)
    stage.rekey(cursor, keys.with_hyphens(agency_id), agency_id=agency_id, batch_id=run.batch.pk, write=write)
    return told


def known_again(run, cursor, how, hold, limit):
    """Take rows under a number that a person replaced for its incident where they are plainly the same event; what to
    tell of them: [(row, number in the file, level, sentence, code)].
    """
    found = stage.take_former(
        cursor,
        keys.former(run.batch.agency_id, how),
        agency_id=run.batch.agency_id,
        sha256=run.batch.file.sha256,
        zone=run.batch.agency.zone,
        hold=hold,
        limit=limit,
    )
    return [
        (row, number, TOLD[verdict][0], TOLD[verdict][1].format(number=here), TOLD[verdict][2])
        for row, number, here, verdict in found
    ]


def doubles(run, cursor, how, limit):
    """Mark new cases that may be others whose numbers have other hyphens; what to tell of them, as `known_again`."""
    if not how.hyphens_count:
        return []
    found = stage.same_but_hyphens(cursor, agency_id=run.batch.agency_id, limit=limit)
    return [(row, number, "review", MAY_BE_SAME.format(number=other), "hyphens") for row, number, other in found]

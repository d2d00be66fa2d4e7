"""How a file that is loaded knows cases again whose key or number is another than when they came."""

from agencies import audit
from evidence import keys, stage

RENUMBERED = "This case is {number} here: a person set its number right. If this file is right, correct it there."
NOT_RENUMBERED = (
    "Case {number} had this number until a person set it right. This row is not plainly the same event and is loaded "
    "as a case of its own: compare the two."
)


def count_hyphens(run, cursor, how, write):
    """The first file of an agency whose hyphens count makes them count for the cases that are here already: for good,
    or with `write` False for the comparison alone.
    """
    agency_id = run.batch.agency_id
    if not how.hyphens_count or keys.hyphens_count(agency_id) or not stage.has_hyphens(cursor):
        return
    if write:
        keys.hold(agency_id, alone=True)
        stage.set_rule(cursor, agency_id=agency_id, keep_last=how.key_keep_last, batch_id=run.batch.pk)
        audit.record("import.hyphens_counted", run.batch, by=run.by, keep_last=how.key_keep_last)
    stage.rekey(cursor, keys.with_hyphens(agency_id, how.key_keep_last), agency_id=agency_id, write=write)


def known_again(run, cursor, how, hold, limit):
    """Take rows under a number that a person replaced for its incident where they are plainly the same event; what to
    tell of them: [(row, number in the file, level, sentence, code)].
    """
    taken = stage.take_former(
        cursor,
        keys.former(run.batch.agency_id, how),
        agency_id=run.batch.agency_id,
        sha256=run.batch.file.sha256,
        zone=run.batch.agency.zone,
        hold=hold,
        limit=limit,
    )
    told = {True: ("note", RENUMBERED, "kept"), False: ("review", NOT_RENUMBERED, "former")}
    return [
        (row, number, told[same][0], told[same][1].format(number=here), told[same][2])
        for row, number, here, same in taken
    ]

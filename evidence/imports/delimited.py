"""Text tables (CSV and its kin): encoding, delimiter and damage are found before the first row is read."""

import codecs
import csv
import io
import re
from contextlib import suppress

from evidence.imports.findings import ImportProblem, column_letter

DELIMITERS = ",;\t|"
SAMPLE = 64 * 1024
CHUNK = 1024 * 1024
LONGEST_LINE = 32 * 1024 * 1024
LONGEST_CELL = 128 * 1024
MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")


def sniff_encoding(file):
    """The encoding of a seekable binary file: utf-8, utf-8-sig, utf-16 or cp1252. Reads it once, in chunks.

    Raises ImportProblem with row and column for NUL bytes, for two encodings mixed, for bytes that are no text.
    """
    file.seek(0)
    head = file.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(file, "utf-16")
    has_mark = head.startswith(codecs.BOM_UTF8)
    bad_at, multibyte = _scan(file)
    if bad_at is None:
        return "utf-8-sig" if has_mark else "utf-8"
    if has_mark or multibyte:
        raise _at(
            file,
            bad_at,
            "This file mixes two text encodings: most of it is UTF-8, this place is not. Save it anew as UTF-8.",
        )
    return _checked(file, "cp1252", bad_at)


def _scan(file):
    """Offset of the first byte that is not UTF-8, or None, and whether real UTF-8 letters occur; refuses NUL bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    offset, bad_at, multibyte, line_length = 0, None, False, 0
    while chunk := file.read(CHUNK):
        if b"\0" in chunk:
            raise _nul(file, offset + chunk.index(b"\0"))
        pending = len(decoder.getstate()[0])
        if bad_at is None:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                bad_at = offset - pending + error.start
        multibyte = multibyte or any(_is_utf8(match) for match in MULTIBYTE.findall(chunk))
        line_length = _line_length(line_length, chunk)
        offset += len(chunk)
    if bad_at is None and decoder.getstate()[0]:
        bad_at = offset - len(decoder.getstate()[0])
    return bad_at, multibyte


def _nul(file, offset):
    head = _read_at(file, 0, 400)
    if head.count(b"\0") > len(head) // 4:
        return ImportProblem("This file is not a table of text. Save it as CSV (UTF-8) or XLSX and load that.")
    return _at(file, offset, "This file holds a NUL byte, which no text has: it is damaged. Export it again.")


def _line_length(so_far, chunk):
    lines = chunk.split(b"\n")
    longest = max(so_far + len(lines[0]), max(map(len, lines)))
    if longest > LONGEST_LINE:
        raise ImportProblem("A single line of this file is longer than 32 MB: this is not a table. Check the export.")
    return so_far + len(lines[0]) if len(lines) == 1 else len(lines[-1])


def _is_utf8(piece):
    # Two cp1252 letters in a row may look like one UTF-8 letter; only a clean decode counts.
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _checked(file, encoding, known_bad=0):
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    offset = 0
    while chunk := file.read(CHUNK):
        try:
            if "\0" in decoder.decode(chunk):
                raise ImportProblem(
                    "This file holds NUL characters, which no text has: it is damaged. Export it again."
                )
        except UnicodeDecodeError as error:
            raise _at(
                file,
                offset + error.start,
                "These bytes are no letter in UTF-8 nor in Windows text. Save it anew as UTF-8.",
            ) from error
        offset += len(chunk)
    if encoding == "utf-16" and offset % 2:
        raise ImportProblem("This file is cut in the middle of a letter. Get it again and load it whole.")
    return encoding


def _read_at(file, offset, length):
    file.seek(offset)
    return file.read(length)


def _at(file, offset, message):
    """An ImportProblem that names row and column of a byte."""
    row, start, position = 1, 0, 0
    file.seek(0)
    while position < offset and (chunk := file.read(min(CHUNK, offset - position))):
        row += chunk.count(b"\n")
        newline = chunk.rfind(b"\n")
        start = position + newline + 1 if newline >= 0 else start
        position += len(chunk)
    line = _read_at(file, start, min(offset - start, CHUNK)).decode("latin-1")
    file.seek(0)
    delimiter = sniff_delimiter(file.readline(SAMPLE).decode("latin-1"))
    try:
        cells = next(csv.reader([line.replace("\r", " ")], delimiter=delimiter), [])
    except csv.Error:  # a line longer than a cell may be: the row alone must do
        return ImportProblem(message, row=row)
    return ImportProblem(message, row=row, column=column_letter(max(len(cells) - 1, 0)))


def sniff_delimiter(sample):
    """The delimiter under which the first records have the most columns and agree best; comma when in doubt."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = []
        try:
            for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
                if record:
                    widths.append(len(record))
                if len(widths) >= 25:
                    break
        except csv.Error:
            pass
        if not widths or max(widths) < 2:
            continue
        usual = max(set(widths), key=widths.count)
        score = widths.count(usual) / len(widths) * min(usual, 12)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def ends_with_newline(file):
    """Whether the last byte of the file closes a line."""
    size = file.seek(0, io.SEEK_END)
    return size == 0 or b"\n" in _read_at(file, max(size - 2, 0), 2) or _read_at(file, size - 1, 1) == b"\r"


def records(file, encoding, delimiter):
    """Yield every record as a list of cells, blank lines included. One record is in memory at a time.

    Raises ImportProblem with the row for an open quotation mark and for a cell of more than 128 KB.
    """
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    last = [""]
    reader = csv.reader(_remembering(text, last), delimiter=delimiter, strict=True)
    row = 0
    try:
        for cells in reader:
            row += 1
            yield cells
    except csv.Error as error:
        raise _csv_problem(error, row + 1, last[0], delimiter) from error
    finally:
        # Rows that were left in the middle end when they are forgotten: their file may be closed by then.
        with suppress(ValueError):
            text.detach()


def _remembering(lines, last):
    for line in lines:
        last[0] = line
        yield line


def _csv_problem(error, row, line, delimiter):
    if "field limit" in str(error):
        column = next((index for index, cell in enumerate(line.split(delimiter)) if len(cell) > LONGEST_CELL), None)
        return ImportProblem(
            f"This cell is longer than {LONGEST_CELL // 1024} KB; 500 characters are accepted. Shorten it, or close "
            f"its quotation mark.",
            row=row,
            column=None if column is None else column_letter(column),
        )
    if "unexpected end" in str(error):
        return ImportProblem(
            "The file ends inside a quotation mark that opens in this row: it is cut, or the mark is not closed. Get "
            "it again.",
            row=row,
        )
    if "expected after" in str(error):
        return ImportProblem(
            "A quotation mark inside this row is not doubled or not closed. Correct the row and load the file again.",
            row=row,
        )
    return ImportProblem("This row cannot be read as a line of a table. Correct it and load the file again.", row=row)

"""The text of a Word file in reading order: paragraphs, and the rows of its tables as cells."""

import io
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree

from evidence.imports import containers
from evidence.imports.findings import ImportProblem

MAX_PIECES = 20_000
MAX_XML = 8 * 1024 * 1024
NO_LETTER = "This Word file cannot be read: it is cut or damaged. Open it in Word, save it anew as .docx and load that."
NOT_WORD = "This is not a Word file (.docx). Save the letter as .docx and load that."


def pieces(content):
    """[tuple of texts]: () where a table begins, one text for a paragraph, several for a table row of several cells.

    content: bytes of a .docx. Deleted text of tracked changes is left out. Raises ImportProblem when it is not such
    a file.
    """
    if not content.startswith(b"PK"):
        raise ImportProblem(NOT_WORD)
    container = containers.open_container(io.BytesIO(content))
    if "word/document.xml" not in container.namelist():
        raise ImportProblem(NOT_WORD)
    found = []
    try:
        _walk(SafeTree.fromstring(containers.read(container, "word/document.xml", MAX_XML)), found)
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise ImportProblem(NO_LETTER) from error
    return found


def _walk(element, found):
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag == "tbl":
            _walk_table(child, found)
        elif tag == "p":
            found.append((_text(child),))
        elif tag != "del":
            _walk(child, found)
        if len(found) > MAX_PIECES:
            raise ImportProblem(
                "This Word file is far longer than a lead letter. Check that the right file was chosen."
            )


def _walk_table(table, found):
    found.append(())
    for row in _children(table, "tr"):
        cells = list(_children(row, "tc"))
        if len(cells) < 2 or any(_holds_table(cell) for cell in cells):
            for cell in cells:
                _walk(cell, found)
        else:
            found.append(tuple(_cell_text(cell) for cell in cells))


def _holds_table(cell):
    return any(element.tag.endswith("}tbl") for element in cell.iter())


def _cell_text(cell):
    return " ".join(filter(None, (_text(paragraph).strip() for paragraph in _children(cell, "p"))))


def _children(element, wanted):
    """Descendants of a name that are not inside another table, so that rows of a nested table stay with it."""
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag == wanted:
            yield child
        elif tag not in ("tbl", "del"):
            yield from _children(child, wanted)


def _text(paragraph):
    pieces = []
    for element in paragraph.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "t":
            pieces.append(element.text or "")
        elif tag == "tab":
            pieces.append("\t")
        elif tag in ("br", "cr"):
            pieces.append("\n")
        elif tag == "noBreakHyphen":
            pieces.append("-")
    return "".join(pieces)

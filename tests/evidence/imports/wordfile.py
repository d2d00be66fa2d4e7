"""Word letters made by hand: the parts a reader needs, and the ways in which authors vary them."""

import io
import zipfile
from xml.sax.saxutils import escape

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def paragraph(text):
    runs = "".join(f"<w:r><w:t>{escape(piece)}</w:t></w:r>" for piece in _halves(text))
    return f"<w:p>{runs}</w:p>"


def _halves(text):
    # Word splits a line into runs wherever somebody once corrected it, so a number may lie in two.
    return text[: len(text) // 2], text[len(text) // 2 :]


def table(rows):
    drawn = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{drawn}</w:tbl>"


def document(*blocks):
    """The bytes of a .docx with these blocks (strings of WordprocessingML)."""
    body = f'<?xml version="1.0"?><w:document {SPACE}><w:body>{"".join(blocks)}</w:body></w:document>'
    return packed({"[Content_Types].xml": TYPES, "word/document.xml": body})


def packed(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return file.getvalue()


def event(number, **changed):
    """A heading and the ten rows of one event; changed: values by label with "_" for a blank, None to leave the row
    out.
    """
    values = {
        "WSP_Case_Number": f"317-00{number}234",
        "Case_Number": f"17-01{number}987",
        "Exhibit_Number": f"{number}-A",
        "Offense": "Assault",
        "Evidence": "2 fired cartridge cases, 9mm Luger",
        "Date": "9/2/17",
        "Location": f"{number}00 Example Street",
        "Agency": "Lakeside Police Department",
        "Assigned_Detective": "Det. Sample",
        "Contact_Info": "555-0100",
    }
    rows = [(label.replace("_", " "), value) for label, value in (values | changed).items() if value is not None]
    return paragraph(f"EVENT #{number}") + table(rows)


def letter(*events, date="10-09-17", number="17-077"):
    head = [paragraph("NIBIN LEAD NOTIFICATION"), paragraph(f"NIBIN Lead Number: {number}"), paragraph(f"Date: {date}")]
    return document(*head, *events)

"""Sheets of an OpenDocument workbook as LibreOffice writes them: typed cells, styles apart, runs of like cells and rows
written once."""

from xml.sax.saxutils import escape

from tests.evidence.imports.wordfile import packed

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
COLUMNS_OF_A_SHEET, ROWS_OF_A_SHEET = 16_384, 1_048_576


def cell(kind, value, shown, times=1):
    """A cell of a type other than text: its value, what the sheet shows for it, how often it stands in a row."""
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(kind, "value")
    repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
    return (
        f'<table:table-cell{repeated} table:style-name="ce1" office:value-type="{kind}" office:{name}="{value}">'
        f"<text:p>{escape(shown)}</text:p></table:table-cell>"
    )


def empty(times=1):
    return f'<table:table-cell table:number-columns-repeated="{times}"/>'


def text(value, times=1):
    repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell{repeated} office:value-type="string">{lines}</table:table-cell>'


def row(*cells, times=1):
    """A row of what `cell`, `empty` and `text` give, or of plain texts."""
    filled = "".join(each if each.startswith("<") else text(each) for each in cells)
    return f'<table:table-row table:number-rows-repeated="{times}">{filled}</table:table-row>'


def workbook(*rows, name="Sheet1"):
    """An ODS file with one sheet that ends, as those of LibreOffice do, with all the empty rows there can be."""
    rest = row(empty(COLUMNS_OF_A_SHEET), times=ROWS_OF_A_SHEET - len(rows))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.3">'
        '<office:automatic-styles><style:style style:name="ce1" style:family="table-cell"/></office:automatic-styles>'
        f'<office:body><office:spreadsheet><table:table table:name="{name}"><table:table-column/>'
        f"{''.join(rows)}{rest}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    return packed(parts | {"META-INF/manifest.xml": manifest})

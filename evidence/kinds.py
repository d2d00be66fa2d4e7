"""What a file is, by its first bytes and never by its name; and which kinds may be hung on a record. Pure."""

import re

from evidence.imports import containers
from evidence.imports.findings import ImportProblem

HEAD = 4096
OFFICE = "application/vnd.openxmlformats-officedocument"
UNKNOWN, TEXT, PAGE = "application/octet-stream", "text/plain", "text/html"
JPEG, PNG, WEBP, HEIC, PDF = "image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"
WORD, SHEET = f"{OFFICE}.wordprocessingml.document", f"{OFFICE}.spreadsheetml.sheet"
OPEN_SHEET = "application/vnd.oasis.opendocument.spreadsheet"
MP4, QUICKTIME = "video/mp4", "video/quicktime"

SIGNATURES = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF8", "image/gif"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
)
BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"), HEIC),
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VH"), MP4),
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"MSNV", b"dash"), MP4),
    b"qt  ": QUICKTIME,
}
PARTS = {"xl/workbook.xml": SHEET, "word/document.xml": WORD, "content.xml": OPEN_SHEET}
MACROS = "vbaproject.bin"
MARKUP = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|script|iframe|svg|\?xml|style)", re.I | re.S
)

# What may be hung on a record, with the endings under which each kind is handed out: the first is added where a name
# has none of them, so that nothing that is no program is opened as one.
ATTACHABLE = {
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
    WEBP: (".webp",),
    HEIC: (".heic", ".heif"),
    PDF: (".pdf",),
    WORD: (".docx",),
    SHEET: (".xlsx",),
    OPEN_SHEET: (".ods",),
    TEXT: (".txt", ".csv", ".tsv", ".log"),
    MP4: (".mp4", ".m4v"),
    QUICKTIME: (".mov",),
}
LABELS = {
    JPEG: "JPEG", PNG: "PNG", WEBP: "WebP", HEIC: "HEIC", PDF: "PDF", WORD: "Word", SHEET: "Excel", OPEN_SHEET: "ODS",
    TEXT: "text", MP4: "MP4", QUICKTIME: "MOV",
}  # fmt: skip
DRAWN = (JPEG, PNG, WEBP)
PHOTOS = (*DRAWN, HEIC)
SAYS = "JPEG, PNG, WebP, HEIC, PDF, Word, Excel, ODS, text, CSV, MP4 or MOV"


def sniff(place):
    """The media type of the file at `place` by its content: text is text/plain, what is unknown is
    application/octet-stream.
    """
    with open(place, "rb") as file:
        head = file.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _container(place)
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith(b"RIFF"):
        return WEBP if head[8:12] == b"WEBP" else UNKNOWN
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], UNKNOWN)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return TEXT
    if MARKUP.match(head):
        return PAGE
    return UNKNOWN if b"\0" in head else TEXT


def _container(place):
    try:
        with open(place, "rb") as file:
            names = set(containers.directory(file).namelist())
    except ImportProblem:
        return "application/zip"
    if any(name.lower().endswith(MACROS) for name in names):
        return "application/vnd.ms-office.macros"
    return next((kind for part, kind in PARTS.items() if part in names), "application/zip")


def name_for(name, kind):
    """The name under which a file is handed out: it ends as its kind does."""
    endings = ATTACHABLE.get(kind, ())
    return name if not endings or name.lower().endswith(endings) else f"{name}{endings[0]}"

"""The disclosure index as the pages of a packet say it. Pure."""

from leads.packets.blocks import Said, table

TOLD = "What may have to be disclosed, whatever sections were chosen. Whether it has to be, the prosecutor decides."
KEPT = "Kept back: a reason and a second person are on record"


def blocks(rows, zone):
    """The blocks of the index; what was kept back stands in it without its words."""
    said = Said(zone)
    columns = [
        ("What", 2, lambda row: row["what"]),
        ("On record", 4, lambda row: KEPT if row["kept"] else row["words"]),
        ("Since", 2, lambda row: said.at(row["since"])),
    ]
    listed = table("Disclosure index", columns, rows) if rows else {"kind": "text", "text": "Nothing is in the index."}
    return [{"kind": "text", "text": TOLD}, listed]

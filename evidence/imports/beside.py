"""What a mapping sets beside which column is which field, in words for the person who looks it over."""

from evidence.imports.findings import shown
from evidence.imports.mapping import Mapping
from evidence.imports.targets import KINDS

MOST = 6
JOINS = {" ": "a space", "": "nothing", ", ": "a comma"}


def facts(mapping: Mapping, listed=()):
    """[(label, sentences)] on zone, area, key, joined columns, fixed values and words.

    listed: (target, word in lower case) pairs that the person sees elsewhere.
    """
    found = []
    if mapping.zone:
        found.append(("Time zone", f"Dates and times are those of {mapping.zone}."))
    if mapping.bounds:
        south, west, north, east = mapping.bounds
        found.append(
            ("Area", f"Latitude {south:g} to {north:g}, longitude {west:g} to {east:g}: a point outside is left out.")
        )
    if mapping.key_keep_last:
        found.append(("Case number", f"Only its last {mapping.key_keep_last} letters and digits count."))
    for name, source in mapping.fields.items():
        said = [*_columns(source), *_constant(source), *_words(source, {text for at, text in listed if at == name})]
        if said:
            found.append((KINDS[mapping.kind][name].label, " ".join(said)))
    return found


def _columns(source):
    if len(source.columns) > 1:
        yield f"{_listed(source.columns)}, joined by {JOINS.get(source.join) or _quoted(source.join)}."


def _constant(source):
    if source.constant:
        where = "where the cell is empty" if source.columns else "in every row"
        yield f"{_quoted(source.constant)} {where}."


def _words(source, listed):
    words = [(word, read) for word, read in source.values.items() if word not in listed]
    said = [f"{_quoted(word)} is read as {_quoted(read) if read else 'nothing'}" for word, read in words[:MOST]]
    if len(words) > MOST:
        said.append(f"{len(words) - MOST:,} more words are read as others")
    if said:
        yield f"{'; '.join(said)}."


def _listed(names):
    *first, last = map(_quoted, names)
    return f"{', '.join(first)} and {last}"


def _quoted(text):
    return f"\N{LEFT DOUBLE QUOTATION MARK}{shown(text)}\N{RIGHT DOUBLE QUOTATION MARK}"

"""The portal writes as the trade does, in American English; files may bring either spelling."""

import ast
import re

from evidence.imports.targets import KINDS
from tests.architecture import source

BRITISH = re.compile(r"\b(calibre|offence|licence|defence|unlicenced)s?\b", re.IGNORECASE)
# Where headers, labels, words and makers' names of files are recognized in both spellings.
READERS = {f"evidence/imports/{name}.py" for name in ("targets", "targets_records", "targets_traces", "letters")} | {
    f"evidence/guns/{name}.py" for name in ("cells", "makers_g_to_z", "makes", "makewords", "modelwords", "serialwords")
}
# The name of a field in kept mappings, which must stay readable.
FIELD = "calibre"


def british(text):
    return [found[0] for found in BRITISH.finditer(text.replace(f"`{FIELD}`", ""))]


def spoken(path):
    """What British spellings a file of code says: in its texts, not in its names."""
    nodes = (node for node in ast.walk(source.tree(path)) if isinstance(node, ast.Constant))
    return [
        found for node in nodes if isinstance(node.value, str) and node.value != FIELD for found in british(node.value)
    ]


def test_no_sentence_of_the_code_has_a_british_spelling():
    paths = [path for path in source.files() if source.name(path) not in READERS]
    assert {source.name(path): found for path in paths if (found := spoken(path))} == {}


def test_no_page_document_or_sample_has_a_british_spelling():
    folders = {"templates": "*.*", "docs": "*.*", "static": "*.js"}
    paths = [path for folder, pattern in folders.items() for path in source.files(folder, pattern=pattern)]
    paths += [source.ROOT / "README.md", source.ROOT / "CONTRIBUTING.md"]
    texts = {source.name(path): path.read_text(errors="ignore") for path in paths}
    assert {name: found for name, text in texts.items() if (found := british(text))} == {}


def test_fields_of_files_are_shown_in_american_and_known_by_either_spelling():
    labels = [target.label for fields in KINDS.values() for target in fields.values()]
    assert british(" ".join(labels)) == []
    notice = KINDS["notice"]
    assert {"caliber", FIELD} <= set(notice[FIELD].headers.split())
    assert {"offense", "offence"} <= set(notice["offense"].headers.split())

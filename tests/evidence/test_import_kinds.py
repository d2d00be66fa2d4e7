"""What holds for files of every kind: damaged ones are refused as a whole, samples load, and undoing restores to the
byte whatever was there and whatever the file says.
"""

import csv
import io
import random
import zipfile

import pytest
from django.conf import settings
from django.urls import reverse

from agencies import access
from agencies.models import AgencyOri, User
from evidence.actions import imports, undoings
from evidence.imports.exports import write_xlsx
from evidence.imports.findings import ImportProblem
from evidence.imports.targets_records import RECORDS
from evidence.models import Firearm, ImportBatch, ImportFinding
from tests.evidence.import_city import uploaded
from tests.evidence.records_city import checked, counts, found, loaded, undone
from tests.evidence.test_import_undo import tables
from tests.factories import exhibit, incident

pytestmark = pytest.mark.usefixtures("stored_files")

SAMPLES = settings.BASE_DIR / "docs" / "samples"
KINDS = {
    "exhibits": "papd",
    "firearms": "papd",
    "acquisitions": "papd",
    "dockets": "papd",
    "agencies": "center",
    "people": "papd",
}


def sample(kind):
    return (SAMPLES / f"{kind}.csv").read_text()


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/workbook.xml", b"<workbook/>")
        container.writestr("xl/worksheets/sheet1.xml", b" " * (600 * 1024 * 1024))
    return file.getvalue()


def book(text):
    rows, file = list(csv.reader(io.StringIO(text))), io.BytesIO()
    write_xlsx(rows[0], rows[1:], file)
    return file


def with_formula(text):
    """The sample as a workbook whose second row is a formula in the first column."""
    made = book(text)
    whole = {}
    with zipfile.ZipFile(made) as container:
        whole = {name: container.read(name) for name in container.namelist()}
    sheet = whole["xl/worksheets/sheet1.xml"].decode()
    head, row, rest = sheet.partition("</row><row><c")
    whole["xl/worksheets/sheet1.xml"] = (
        f'{head}</row><row><c r="A2"><f>1+1</f><v>2</v></c>{rest.partition("</c>")[2]}'.encode()
    )
    assert row
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        for name, content in whole.items():
            container.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_files_of_any_kind_are_refused_with_a_sentence_and_nothing_is_written(city, kind):
    agency, text, system = getattr(city, KINDS[kind]), sample(kind), User.objects.system()
    wide = ",".join(f"C{number}" for number in range(250))
    before = tables()
    refused = {
        "unpack to": bomb() if kind == "exhibits" else None,
        "two text encodings": text.encode() + "26-1,\u00e9,\u00df\n".encode() + b"26-2,\xe9,x\n",
        "NUL": text.encode() + b"\0\0",
        "columns; 200 are accepted": f"{wide}\n{wide}\n".encode(),
        "incomplete": book(text).getvalue()[:-200],
        "it is cut": text[:-60].rpartition("\n")[0].encode() + b'\n"26-9,cut',
        "more cells": text.encode() + b"1," * 60 + b"1\n",
    }
    for sentence, content in refused.items():
        if content is not None:
            with pytest.raises(ImportProblem, match=sentence):
                imports.upload(agency=agency, kind=kind, upload=uploaded(content, f"{kind}.csv"), by=system)
    batch = checked(kind, agency, with_formula(text), name=f"{kind}.xlsx")
    assert (2, "A", "formula_cell") in found(batch)
    assert tables() == before


def test_the_samples_of_all_kinds_load_one_after_the_other_and_change_nothing_twice(city):
    AgencyOri.objects.create(agency=city.papd, ori="XX0020000")
    incidents = loaded("incidents", city.papd, sample("incidents"))
    made = {}
    for kind, owner in KINDS.items():
        site = kind == "acquisitions"
        text = sample(kind)
        if site:  # what the site says of cases that another agency keeps
            head, *lines = text.splitlines(keepends=True)
            text = f"Agency,{head}" + "".join(f"PAPD,{line}" for line in lines)
            for each in incidents.incidents.all():
                access.share(each, city.lab)
        agency = city.lab if site else getattr(city, owner)
        made[kind] = loaded(kind, agency, text)
        assert counts(made[kind])[3] == 0, found(made[kind])
        assert counts(made[kind])[0] == len(text.splitlines()) - 1
        again = loaded(kind, agency, text)
        assert counts(again)[:2] == (0, 0)
    for batch in reversed(made.values()):
        assert undone(batch).status == "undone", batch.findings.filter(level="undo").first()


def _random_file(chance, kind):
    """A header of the kind and rows that are right, wrong, doubled and about what is here, as it falls out."""
    cases = [f"26-00011{number}" for number in range(4)]
    words = ["", "", "Shelf 4", "=1+1", "two  blanks", "9 mm", "Gl\u00f6ck", "1"]
    fields = {
        "case_number": lambda: chance.choice([*cases, "26-000999", ""]),
        "number": lambda: chance.choice("1234"),
        "kind": lambda: chance.choice(["casings", "firearm", "magazine", "banana"]),
        "count": lambda: chance.choice(["", "3", "x"]),
        "collected_at": lambda: chance.choice(["", "2026-06-05 10:00", "2031-01-01", "6/5/2026"]),
        "received_at": lambda: "2026-06-05 10:00",
        "entered_at": lambda: chance.choice(["", "2026-06-05 11:00", "2026-06-29 11:00"]),
        "is_obliterated": lambda: chance.choice(["", "yes", "no"]),
        "is_privately_made": lambda: chance.choice(["", "", "yes", "maybe"]),
        "serial": lambda: chance.choice(["", "BXR 417", "none", "318-4412"]),
        "make": lambda: chance.choice(["", "Glok", "Ruger", "Acme"]),
        "type": lambda: chance.choice(["", "PI", "Pistol, semi-automatic", "??"]),
        "site": lambda: "",
        "agency": lambda: "",
    }
    names = list(RECORDS[kind])
    rows = [[fields.get(name, lambda: chance.choice(words))() for name in names] for _ in range(12)]
    heads = [RECORDS[kind][name].headers.split()[0] for name in names]
    file = io.StringIO()
    csv.writer(file).writerows([heads, *rows, rows[0]])
    return file.getvalue()


def test_undoing_any_file_over_any_records_leaves_every_table_as_it_was(city):
    chance, wrote = random.Random(11), 0
    for number in range(4):
        case = incident(city.papd, case_number=f"26-00011{number}")
        for item in chance.sample("123", 2):
            made = exhibit(case, number=item, kind=chance.choice(["firearm", "casing_group"]), storage="Bin\t 2")
            if made.kind == "firearm":
                Firearm.objects.create(exhibit=made, make="Taurus", serial="318-4412", serial_key="3184412")
    for kind in ("exhibits", "firearms", "acquisitions", "firearms", "exhibits", "firearms"):
        before = tables()
        batch = loaded(kind, city.papd, _random_file(chance, kind.removesuffix("s")), by=city.technician)
        wrote += batch.counts["new"] + batch.counts["updated"]
        kept = ImportBatch.objects.get(pk=batch.pk)
        assert (tables() != before) == bool(kept.changes.exists())
        undone(batch, city.technician)
        said = list(batch.findings.filter(level="undo").values_list("row", "message"))
        assert said == []
        assert tables() == before
        if chance.random() < 0.7:  # what the next file finds
            loaded(kind, city.papd, _random_file(chance, kind.removesuffix("s")), by=city.technician)
    assert wrote > 5


def test_the_page_of_a_loaded_file_undoes_it_and_shows_what_was_built_on_it(client, city):
    case = incident(city.papd, case_number="26-000111")
    client.force_login(city.technician)
    text = "case_number,exhibit,kind\n26-000111,1,casings\n26-000111,2,casings\n"
    batch = loaded("exhibits", city.papd, text, by=city.technician)
    address = reverse("import_undo", args=[batch.pk])
    assert address in client.get(reverse("import", args=[batch.pk])).content.decode()
    assert "2 that are new are taken back." in client.get(address).content.decode()
    client.post(address)
    batch.refresh_from_db()
    assert batch.status == "undoing"
    exhibit(case, number="3")
    case.exhibits.filter(number="2").update(description="Scratched")
    undoings.undo(batch=batch, by=city.technician)
    page = client.get(reverse("import", args=[batch.pk])).content.decode()
    assert "Not undone" in page
    assert "This exhibit was changed since." in page
    assert ImportFinding.objects.filter(level="undo").count() == 1
    client.force_login(city.gm_supervisor)
    assert client.post(address).status_code in (403, 404)
    for each in (city.detective, city.outsider):
        client.force_login(each)
        assert client.get(address).status_code in (403, 404)

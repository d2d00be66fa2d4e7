"""A mapping from a file on the columns page: taken, shown in words, and kept by whatever the page saves after it."""

import json

import pytest
from django.urls import reverse

from evidence.actions import imports
from evidence.imports import beside, mapping
from evidence.models import ImportBatch, Incident
from tests.evidence.import_city import columns_of, send, uploaded

pytestmark = pytest.mark.usefixtures("stored_files")

FILE = """RPT,WHEN,NO,ST,WHAT,LAT,LON
99-26-018844,6/3/2026 23:10,900,Quarry St,Schuss,41.88,-87.63
99-26-018845,6/4/2026 01:20,100,Lock St,XQ,12.5,-87.63
"""
HOW = {
    "kind": "incident",
    "fields": {
        "case_number": "RPT",
        "occurred_at": "WHEN",
        "narrative": "WHEN",
        "source_id": "WHEN",
        "address": {"columns": ["ST", "NO"], "join": " / "},
        "event_type": {"columns": ["WHAT"], "values": {"schuss": "shots_fired_confirmed"}},
        "district": {"constant": "North"},
        "offense_text": {"columns": ["WHAT"], "values": {"xq": "Discharge"}},
        "lat": "LAT",
        "lng": "LON",
    },
    "zone": "America/Chicago",
    "bounds": [41, -88.5, 42.5, -87],
    "key_keep_last": 8,
}
WORDS = {
    "Time zone": "Dates and times are those of America/Chicago.",
    "Area": "Latitude 41 to 42.5, longitude -88.5 to -87: a point outside is left out.",
    "Case number": "Only its last 8 letters and digits count.",
    "Address or block": "“ST” and “NO”, joined by “ / ”.",
    "District": "“North” in every row.",
    "Offense": "“xq” is read as “Discharge”.",
    "WHEN": "Read also for: Row number of the source.",
}


@pytest.fixture
def batch(technician, city):
    send(technician, city, FILE)
    return ImportBatch.objects.get()


@pytest.fixture
def address(batch):
    return reverse("import_columns", args=[batch.pk])


def take(client, batch, how, **typed):
    """Press "Take this mapping" with what the page has chosen beside it."""
    content = how if isinstance(how, bytes) else json.dumps(how).encode()
    data = columns_of(client, batch) | {"take": "1", "mapping": uploaded(content, "how.json")} | typed
    return client.post(reverse("import_columns", args=[batch.pk]), data)


def test_a_mapping_from_a_file_is_taken_said_in_words_and_loads_as_on_the_command_line(
    technician, city, batch, address
):
    assert take(technician, batch, HOW)["Location"] == address
    batch.refresh_from_db()
    assert batch.status == "uploaded", "it is looked over before the rows are checked"
    taken = mapping.from_dict(HOW).as_dict()
    assert batch.mapping == taken
    answer = technician.get(address)
    assert dict(answer.context["form"].beside()) == WORDS
    page = answer.content.decode()
    assert "The mapping is taken." in page
    for label, words in WORDS.items():
        assert f"<dt>{label}</dt><dd>{words}</dd>" in page

    data = columns_of(technician, batch) | {"midnight_unknown": "on"}
    assert technician.post(address, data)["Location"] == reverse("import", args=[batch.pk])
    batch.refresh_from_db()
    assert batch.mapping == taken | {"midnight_unknown": True}, "what the page cannot change is kept"

    imports.check(batch=batch, by=city.technician)
    imports.start_load(batch=batch, by=city.technician, queue=False)
    imports.load(batch=batch, by=city.technician)
    first, second = Incident.objects.order_by("occurred_at")
    assert (first.case_key, first.address, first.district) == ("26018844", "Quarry St / 900", "North")
    assert first.narrative == "6/3/2026 23:10"
    assert (first.kind, first.lat, second.lat, second.offense) == (
        "shots_fired_confirmed", 41.88, None, "Discharge",
    )  # fmt: skip
    assert first.occurred_at.isoformat() == "2026-06-04T04:10:00+00:00"


def test_what_is_downloaded_is_taken_back_as_it_was(technician, batch, address):
    take(technician, batch, HOW)
    content = technician.get(reverse("import_mapping_file", args=[batch.pk])).getvalue()
    assert f'href="{reverse("import_mapping_file", args=[batch.pk])}">Download this mapping' in (
        technician.get(address).content.decode()
    )
    technician.post(address, columns_of(technician, batch) | {"date_order": "dmy"})
    imports.check(batch=batch, by=batch.created_by)
    assert take(technician, batch, b"\xef\xbb\xbf" + content)["Location"] == address
    batch.refresh_from_db()
    assert batch.mapping == mapping.from_dict(HOW).as_dict()
    assert (batch.status, batch.counts) == ("uploaded", {}), "what was checked was checked by another mapping"


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (b"{", "The mapping file is not JSON."),
        (b"", "The mapping file is not JSON."),
        (b"\xff\xfe", "The mapping file is not UTF-8."),
        (b" " * (mapping.MAX_BYTES + 1), "too large for a mapping"),
        ({"zone": "Mars/Base"}, "zone has a value that cannot be used: &#x27;Mars/Base&#x27;."),
        ({"fields": {"lat": {"constant": "\0"}}}, "In the mapping, lat needs columns"),
        ({"left_out": ["\ud800"]}, "left_out has a value that cannot be used"),
        ({"bounds": [0, 0, 1, float("inf")]}, "bounds has a value that cannot be used"),
        ({"epsg": 10**300}, "epsg has a value that cannot be used"),
        ({"kind": "notice"}, "this file needs one of kind &#x27;incident&#x27;."),
        (HOW | {"fields": {"case_number": "Nr", "occurred_on": "WHEN"}}, "the file has no column &#x27;Nr&#x27;."),
        ({"fields": {"case_number": "RPT"}}, "Choose the column for: Date and time in one cell or Date."),
    ],
)
def test_a_mapping_with_a_fault_is_refused_in_the_words_of_the_command_and_keeps_what_was_typed(
    technician, batch, address, how, words
):
    before = batch.mapping
    page = take(technician, batch, how, name="Our own RMS", key_digits="11", column_3="narrative").content.decode()
    assert words in page
    assert "The mapping was not taken." in page
    for kept in ('value="Our own RMS"', 'value="11"', '<option value="narrative" selected>'):
        assert kept in page
    batch.refresh_from_db()
    assert batch.mapping == before


def test_a_file_beside_the_button_that_checks_is_taken_first_and_no_file_is_asked_for(technician, batch, address):
    data = columns_of(technician, batch) | {"mapping": uploaded(json.dumps(HOW), "how.json")}
    assert technician.post(address, data)["Location"] == address
    page = technician.post(address, columns_of(technician, batch) | {"take": "1"}).content.decode()
    assert "Choose the file with the mapping." in page
    batch.refresh_from_db()
    assert batch.mapping == mapping.from_dict(HOW).as_dict()


def test_the_columns_of_notices_take_a_mapping_too(client, city):
    client.force_login(city.analyst)
    rows = "Bulletin,Case Number,Date\n26-7,26-1000,3/4/2026\n"
    client.post(reverse("import_new"), {"kind": "leads", "agency": city.center.pk, "file": uploaded(rows)})
    batch = ImportBatch.objects.get()
    fields = {"lead_number": "Bulletin", "case_number": "Case Number", "site": {"constant": "WCL"}}
    how = {"kind": "notice", "fields": fields, "zone": "America/Denver"}
    assert take(client, batch, how).status_code == 302
    client.post(reverse("import_columns", args=[batch.pk]), columns_of(client, batch))
    batch.refresh_from_db()
    assert batch.mapping == mapping.from_dict(how | {"left_out": ["Date"]}).as_dict()


def test_a_file_without_case_numbers_needs_nothing_but_a_look_at_its_columns(technician, city):
    send(technician, city, "Date,Time,Location\n6/3/2026,23:10,900 Quarry St\n")
    batch = ImportBatch.objects.get()
    guessed = mapping.from_dict(batch.mapping)
    address = reverse("import_columns", args=[batch.pk])
    page = technician.get(address).content.decode()
    assert page.count("<details open><summary>") == 3, "each column is its own field and part of the case number"
    assert page.count("Check this") == 3
    assert technician.post(address, columns_of(technician, batch))["Location"] == reverse("import", args=[batch.pk])
    batch.refresh_from_db()
    for source in guessed.fields.values():
        source.state = "good"
    assert batch.mapping == guessed.as_dict()

    imports.check(batch=batch, by=city.technician)
    technician.post(address, columns_of(technician, batch) | {"column_1": "case_number", "also_1": ""})
    batch.refresh_from_db()
    assert "occurred_time" not in batch.mapping["fields"], "what a column is beside its field can be taken back"
    assert batch.mapping["fields"]["case_number"]["columns"] == ["Date", "Time", "Location"]


def test_many_words_and_a_fixed_value_beside_a_column_are_said_shortly():
    source = {"columns": ["A"], "constant": "x", "values": {f"w{number}": "" for number in range(8)}}
    how = mapping.from_dict({"fields": {"district": source, "address": {"columns": ["A", "B", "C"], "join": ""}}})
    said = dict(beside.facts(how, {("district", "w0")}))
    assert said["District"].startswith("“x” where the cell is empty. “w1” is read as nothing; ")
    assert said["District"].endswith("; 1 more words are read as others.")
    assert said["Address or block"] == "“A”, “B” and “C”, joined by nothing."

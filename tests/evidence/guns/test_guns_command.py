"""`manage.py describe_guns FILE`: JSON lines out, or one sentence that says what is wrong with the file."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def described(tmp_path, content, name="guns.csv"):
    place = tmp_path / name
    place.write_bytes(content if isinstance(content, bytes) else content.encode())
    out = StringIO()
    call_command("describe_guns", str(place), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_sentences_become_lines_of_json(tmp_path):
    first, second = described(
        tmp_path, 'id,text\n1,"Glock 26 9mm pistol, bearing serial number ABC001"\n2,Ruger revolver; no serial number\n'
    )
    expected = {"row": 2, "make": "Glock", "make_code": "GLC", "model": "26", "caliber": "9mm", "type": "pistol"}
    assert {name: first[name] for name in expected} == expected
    assert (first["serial"], first["serial_key"], first["type_code"], first["caliber_code"]) == (
        "ABC001",
        "ABC001",
        "PI",
        "9",
    )
    assert (second["row"], second["make"], second["serial"], second["serial_key"]) == (3, "Ruger", "(none)", None)


def test_cells_become_lines_of_json_beside_what_was_typed(tmp_path):
    (gun,) = described(tmp_path, "Make,Model,Caliber,Serial Number\nsmith & wesson,m&p 9,0.4,ab-123\n")
    assert (gun["make"], gun["model"], gun["caliber"], gun["serial"]) == ("Smith & Wesson", "M&P 9", ".40", "AB-123")
    assert gun["typed"]["caliber"] == "0.4"


@pytest.mark.parametrize("header", ["make", "caliber", "make_raw,caliber_raw", "Manufacturer,Cal", "model"])
def test_one_of_the_columns_is_enough(tmp_path, header):
    assert len(described(tmp_path, f"{header}\nGlock,9\n" if "," in header else f"{header},x\nGlock,\n")) == 1


def test_a_sentence_alone_in_its_line_needs_no_quotation_marks(tmp_path):
    (gun, other) = described(tmp_path, "text\nGlock, model 19; 9mm pistol, SN ABC001\n\nCharter Arms | .38\n")
    assert (gun["make"], gun["model"], gun["serial"], gun["row"]) == ("Glock", "19", "ABC001", 2)
    assert (other["make"], other["row"]) == ("Charter Arms", 4)


def test_every_row_gives_a_line_also_an_empty_one(tmp_path):
    rows = described(tmp_path, "make,model,caliber\n,,\nGlock,19,9\n")
    assert [row["make"] for row in rows] == [None, "Glock"]


def test_windows_text_and_other_delimiters_are_read(tmp_path):
    (gun,) = described(tmp_path, "make;model;caliber\nRöhm;RG14;22\n".encode("cp1252"))
    assert (gun["maker"], gun["model"]) == ("RG Industries", "RG14")


def test_the_lines_can_be_written_to_a_file(tmp_path):
    (tmp_path / "guns.csv").write_text("text\nGlock 19\nGlock 17\n")
    call_command("describe_guns", str(tmp_path / "guns.csv"), out=tmp_path / "guns.jsonl", stdout=StringIO())
    lines = (tmp_path / "guns.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["model"] for line in lines] == ["19", "17"]


def test_a_missing_file_is_named():
    with pytest.raises(CommandError, match=r"There is no file .*nowhere\.csv"):
        call_command("describe_guns", "nowhere.csv")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("describe_guns", str(tmp_path))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "name,city\nA,B\n",
            r"needs a column called text, or columns called make, model and caliber.*it has: name, city",
        ),
        ("", "is empty"),
        (b"text\nGl\xc3\xb6ck \xe9 x\n", "mixes two text encodings"),
        (b"text\nGlock\x00 19\n", "NUL"),
        (b"%PDF-1.7 text", "PDF"),
        ('text,x\n"Glock 19,1\n', "quotation mark"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(tmp_path, content, message):
    with pytest.raises(CommandError, match=message):
        described(tmp_path, content)

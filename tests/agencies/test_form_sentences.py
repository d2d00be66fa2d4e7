"""What forms say of a field that is empty or wrong: which one it is and what to do, in the portal's own words."""

import importlib
import re

import pytest
from django import forms
from django.utils.functional import Promise

from agencies.forms.sentences import STALE, Form, Worded
from agencies.templatetags import portal
from tests.architecture import source

MODULES = [
    path
    for path in source.files(*source.APPS)
    if path.name.startswith("forms") or path.parent.name in ("forms", "gallery")
]
# Words with which a label begins that is no name of anything: "Give the when."
NO_NAMES = re.compile(
    r"(a|an|another|at|bought|came|collected|dates|entered|found|from|how|if|in|into|keep|now|on|or|received|the|to|"
    r"what|when|where|which|why|works|your)\b"
)


def classes():
    found = {}
    for path in MODULES:
        module = importlib.import_module(
            source.name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        )
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, forms.BaseForm) and each.__module__ == module.__name__:
                found[f"{each.__module__}.{each.__name__}"] = each
    return found


CLASSES = classes()


def worded(kind):
    """A form of this class with its fields and their sentences, without what it is about."""
    form = object.__new__(kind)
    forms.BaseForm.__init__(form)
    form.word_fields()
    return form


def test_the_walk_finds_the_forms_of_all_three_apps():
    assert {name.partition(".")[0] for name in CLASSES} == set(source.APPS)
    assert len(CLASSES) > 40


@pytest.mark.parametrize("kind", CLASSES.values(), ids=CLASSES)
def test_no_form_answers_with_the_sentences_of_the_framework(kind):
    assert issubclass(kind, Worded)
    for name, field in worded(kind).fields.items():
        foreign = {code for code, words in field.error_messages.items() if isinstance(words, Promise)}
        unsaid = {
            each.code
            for each in field.validators
            if isinstance(getattr(each, "message", ""), Promise) and each.code not in field.error_messages
        }
        assert (foreign, unsaid) == (set(), set()), name


@pytest.mark.parametrize("kind", CLASSES.values(), ids=CLASSES)
def test_what_must_be_given_is_called_by_a_name(kind):
    for name, field in worded(kind).fields.items():
        said = field.error_messages["required"]
        if field.required:
            assert not NO_NAMES.match(said.removeprefix("Give the ").removeprefix("Choose the ")), f"{name}: {said}"


class _Scene(Form):
    called = {"at": "date and time"}
    number = forms.CharField(label="Case number", max_length=3)
    at = forms.DateTimeField(label="When")
    site = forms.ChoiceField(label="NIBIN site", choices=[("1", "One")])
    count = forms.IntegerField(label="How many", min_value=1, required=False)
    email = forms.EmailField(label="Work e-mail", required=False)
    note = forms.CharField(label="Note", error_messages={"required": "Say why."})
    seen = forms.DateTimeField(widget=forms.HiddenInput)


def errors(data, kind=_Scene):
    return {name: said[0] for name, said in kind(data).errors.items()}


def test_an_empty_field_is_asked_for_by_its_name():
    assert errors({}) == {
        "number": "Give the case number.",
        "at": "Give the date and time.",
        "site": "Choose the NIBIN site.",
        "note": "Say why.",
        "seen": STALE,
    }


def test_a_wrong_value_is_answered_with_what_the_field_takes():
    given = {"number": "26-1", "at": "soon", "site": "2", "count": "0", "email": "me", "note": "x", "seen": "never"}
    assert errors(given) == {
        "number": '"Case number" takes at most 3 characters; this has 4.',
        "at": '"When" takes a date with a time, such as 3/31/2026 23:10.',
        "site": 'Choose one of those listed under "NIBIN site".',
        "count": '"How many" takes a number of at least 1.',
        "email": '"Work e-mail" takes a whole address, such as name@example.gov.',
        "seen": STALE,
    }
    assert errors(given | {"count": "few"})["count"] == '"How many" takes a whole number, in digits.'


@pytest.mark.parametrize("example", ["3/31/2026 23:10", "2026-03-31T23:10"])
def test_what_a_sentence_gives_as_an_example_is_taken(example):
    given = {"number": "1", "at": example, "site": "1", "note": "x", "seen": "2026-03-31T23:10:00+00:00"}
    assert errors(given) == {}


def test_a_field_that_a_form_adds_for_its_file_is_named_too_whatever_the_file_calls_it():
    class Columns(Form):
        def __init__(self, *args):
            super().__init__(*args)
            self.fields["column_0"] = forms.ChoiceField(label="Field for {Rate} in % (%d)", choices=[("a", "A")])

    said = 'Choose one of those listed under "Field for {Rate} in percent (percentd)".'
    assert errors({"column_0": "b"}, Columns) == {"column_0": said}


def test_a_stale_page_is_said_without_the_name_of_a_field_that_nobody_sees():
    rows = portal.error_summary(_Scene({}))["rows"]
    assert ("", STALE) in rows
    assert ("id_number", "Case number: Give the case number.") in rows

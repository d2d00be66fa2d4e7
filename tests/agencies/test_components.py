import re
import sys
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.template import RequestContext
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import path

from agencies import drawings, gallery, markup
from agencies.forms import UnlockForm
from agencies.models import User
from agencies.templatetags import portal

NAMES = (
    "home",
    "search",
    "switch_agency",
    "notifications",
    "sign_in",
    "sign_out",
    "session_extend",
    "session_lock",
    "lock",
    "password_reset",
    "password_change",
    "guides",
)


def _page(request):
    return HttpResponse()


urlpatterns = [path(f"{name}/", _page, name=name) for name in NAMES]
pytestmark = pytest.mark.urls(__name__)

TEMPLATES = Path(settings.BASE_DIR) / "templates"
SPRITE = Path(settings.BASE_DIR) / "static" / "icons" / "sprite.svg"


@pytest.fixture
def sheet():
    context = gallery.context() | {"shell": gallery.SHELL | {"lock_after": 1800}}
    return get_template("components/gallery.html").template.render(_context(context))


def _context(values):
    return RequestContext(RequestFactory().get("/"), values)


def _sources():
    return {file: file.read_text() for file in TEMPLATES.rglob("*.html")}


def test_the_component_sheet_shows_every_tag():
    shown = " ".join(_sources().values())
    unused = [name for name in portal.register.tags if not re.search(r"{% " + name + r"[ %]", shown)]
    assert unused == []


def test_no_page_carries_a_style_or_a_script_of_its_own(sheet):
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", sheet)


def test_every_icon_that_is_drawn_is_in_the_sprite(sheet):
    known = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))
    drawn = set(re.findall(r"sprite\.svg#([^\"]*)\"", sheet))
    named = set(re.findall(r'{% icon "([^"]+)"', " ".join(_sources().values())))
    assert drawn | named <= known


def test_ids_on_the_component_sheet_are_unique_and_every_reference_finds_its_own(sheet):
    ids = re.findall(r'\sid="([^"]+)"', sheet)
    assert len(ids) == len(set(ids))
    referred = re.findall(r'(?:aria-describedby|aria-labelledby|popovertarget|for)="([^"]+)"', sheet)
    assert {each for value in referred for each in value.split()} <= set(ids)


def test_the_error_summary_links_to_the_field_that_is_wrong(sheet):
    summary = re.search(r'<div class="errsum".*?</div>', sheet, re.S)[0]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert "b_case_number" in targets
    assert "b_headstamp_0" in targets
    assert all(f'id="{target}"' in sheet for target in targets)


def test_a_field_with_an_error_says_it_beside_the_field(sheet):
    assert 'aria-describedby="b_case_number_helptext b_case_number_error"' in sheet
    assert 'id="b_case_number_error"' in sheet


@pytest.mark.parametrize(
    "drawn",
    [
        markup.badge("<b>x</b>"),
        markup.agency("<b>x</b>", 1, '"><script>'),
        markup.stamp(False, "<b>x</b>", "bar"),
        markup.clock({"state": "late", "text": "<b>x</b>", "stage": "<i>", "receipt": [("<u>", "<b>")], "id": "c"}),
        markup.mini([{"icon": "gun", "mark": "rec", "label": "<b>", "agency": '"<', "agency_mark": 1, "dashed": True}]),
    ],
)
def test_words_from_people_are_escaped(drawn):
    assert not re.search(r"<(script|i|u)>|<b>x|<b>[<\"]|\"<", drawn)


@pytest.mark.parametrize("form", ["small", "frame", "bar"])
def test_a_link_that_is_not_confirmed_is_stamped_so_in_every_form(form):
    assert "<b>UNCONFIRMED</b>" in markup.stamp(False, "", form)
    assert "<b>CONFIRMED</b>" in markup.stamp(True, "", form)


def test_a_clock_with_a_sum_opens_it_and_one_with_a_page_leads_there():
    face = {"state": "soon", "stage": "assign", "text": "2 h", "share": 0.9, "due_text": "Thu 16 Jul 11:50"}
    opened = markup.clock(face | {"receipt": [("Left", "2 h")], "id": "c-1"})
    assert 'popovertarget="c-1"' in opened
    assert '<dt class="tot">Left</dt><dd class="tot">2 h</dd>' in opened
    assert 'href="/leads/1/"' in markup.clock(face | {"url": "/leads/1/"})
    assert "Assign" not in markup.clock(face, show_stage=False)


def test_twenty_five_agencies_have_marks_that_differ():
    assert len({markup.mark_style(mark) for mark in range(1, 26)}) == 25
    assert markup.mark_style(26) == markup.mark_style(1)


def test_a_stage_is_drawn_on_its_own_scale_and_an_empty_one_has_no_bar():
    assert 'y="65.0" width="52" height="55.0"' in drawings.stage_bars(10, 5)
    assert 'class="b-in" x="10" y="10" width="52" height="0"' in drawings.stage_bars(0, 0)
    assert 'class="fl"' in drawings.stage_bars(10, 5)
    assert 'class="fl"' not in drawings.stage_bars(10, 0) + drawings.stage_bars(0, 0)


def test_a_bar_leaves_out_what_is_nothing():
    assert drawings.bar([("late", 0), ("open", 5)], 10).count("<rect") == 2
    assert drawings.bar([("late", 3)], 0).count("<rect") == 1


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500", "503"])
def test_a_fault_page_is_drawn_without_any_context(name):
    html = get_template(f"{name}.html").render({"exception": ""} if name == "403" else {})
    assert "<h1>" in html
    assert 'href="/"' in html


def test_the_lock_page_shows_nobody_elses_record():
    html = get_template("registration/lock.html").template.render(
        _context({"shell": gallery.SHELL, "next": "/leads/", "form": UnlockForm(user=User())})
    )
    assert 'name="password"' in html
    assert "214" not in html


def test_fifty_clocks_and_fifty_mini_lines_take_few_steps():
    """A page of a list has as many: counted are the functions that are called, whatever the machine has else to do."""
    face = {"state": "ok", "stage": "assign", "text": "2 h", "share": 0.4, "url": "/leads/1/"}
    marks = gallery.samples.MINI

    def steps():
        called = []
        before = sys.getprofile()
        sys.setprofile(lambda _frame, event, _what: called.append(event) if event in {"call", "c_call"} else None)
        for at in range(50):
            markup.clock(face | {"text": f"{at} h"})
            markup.mini(marks, 2)
        sys.setprofile(before)
        return len(called)

    steps()  # what is drawn once is kept
    assert steps() < 50 * 250


class _Exhibit(forms.Form):
    number = forms.CharField(label="Exhibit number", max_length=3)


def test_a_summary_over_several_forms_says_which_of_them_is_wrong():
    exhibits = forms.formset_factory(_Exhibit)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-number": "1", "form-1-number": "12345"}
    )
    rows = portal.error_summary(gallery.SampleForm(), exhibits)["rows"]
    assert [anchor for anchor, _ in rows] == ["id_form-1-number"]
    assert rows[0][1].startswith("2. Exhibit number: Ensure this value has at most 3")

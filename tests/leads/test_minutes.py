"""Minutes of a lead review as a PDF."""

from io import BytesIO

from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from leads.actions import meetings
from leads.packets import typeset
from tests.leads.test_meetings import given, on, review

__all__ = ["review"]


def test_minutes_as_a_pdf_hold_what_their_reader_sees_and_are_the_same_bytes_once_closed(client, city, review):
    meeting, both, own, theirs = review
    given(city, on(meeting, both), city.detective)
    meetings.close(meeting=meeting, summary="Three guns, one crew: 三", by=city.coordinator, now=timezone.now())
    client.force_login(city.supervisor)
    first, again = (client.get(reverse("minutes_file", args=[meeting.pk])) for _ in range(2))
    content = b"".join(first)
    assert content == b"".join(again)
    assert (first["Content-Type"], first["Cache-Control"]) == ("application/pdf", "no-store, private")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    for words in (
        both.number,
        own.number,
        "UNCONFIRMED",
        "Decided:",
        "Chidi Okafor",
        "[U+4E09]",
        "As the chair closed it",
    ):
        assert words in text, words
    assert theirs.number not in text


def test_where_no_pdf_can_be_made_the_page_says_what_to_do(client, city, review, monkeypatch):
    def broken(_data, wait):
        raise typeset.PressError("The fonts of the pages are missing: run `./dev setup`.")

    monkeypatch.setattr(typeset, "pdf", broken)
    client.force_login(city.supervisor)
    answer = client.get(reverse("minutes_file", args=[review[0].pk]))
    assert answer.status_code == 503
    assert "Printing this page gives the same." in answer.content.decode()

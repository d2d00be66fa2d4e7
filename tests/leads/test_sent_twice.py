"""T34: a form that is sent twice at once is done once, where nothing else holds it."""

import pytest

from agencies.access import Refused
from leads.actions import assertions, assignments, questions
from leads.models import Entity, Question
from tests.leads.working import part


def test_t34_a_name_that_is_sent_twice_is_one_record(city, lead):
    said = {"kind": "person", "name": "Doran, Pat", "role": "suspect", "event": lead.events.first()}
    said |= {"source_kind": "report", "source": "Report 7", "reliability": "A", "validity": 1, "by": city.detective}
    assertions.name(lead=lead, **said)
    with pytest.raises(Refused, match="says that already"):
        assertions.name(lead=lead, **said | {"name": " Doran, Pat "})
    assert Entity.objects.count() == 1
    assertions.name(lead=lead, **said | {"name": "Doran, Kim"})


def test_t34_a_question_that_is_sent_twice_is_one_question(city, lead):
    mine = part(lead, city.papd)
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor)
    asked = questions.ask(obligation=mine, text="Was the gun seen?", by=city.detective)
    with pytest.raises(Refused, match="You asked this already"):
        questions.ask(obligation=mine, text="Was the gun seen?", by=city.detective)
    questions.withdraw(question=asked, by=city.detective)
    questions.ask(obligation=mine, text="Was the gun seen?", by=city.detective)
    assert Question.objects.count() == 2

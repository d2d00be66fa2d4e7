from leads.management.commands.draw_states import page
from tests.architecture.source import ROOT


def test_the_drawn_states_are_those_of_the_code():
    assert (ROOT / "docs" / "states.md").read_text() == page(), "run: ./dev manage draw_states"

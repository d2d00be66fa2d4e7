"""Names of the fiction: a packet that withholds a victim's name would withhold that of a colleague who is called so."""

from leads.demo.cast import KNOWN, OTHERS
from leads.demo.named import WHO
from leads.demo.words import DEFENDANTS
from leads.packets.masking import fold


def parts(name):
    return frozenset(fold(part) for part in name.replace(",", " ").split() if len(part) > 2)


def test_nobody_on_a_lead_is_called_as_somebody_who_works_there():
    at_work = {parts(row[2]) for row in KNOWN} | {parts(row[1]) for row in OTHERS}
    on_leads = {parts(name) for name, kind, _born in WHO.values() if kind == "person"}
    assert len(at_work) > 40
    assert not at_work & (on_leads | {parts(name) for name in DEFENDANTS})

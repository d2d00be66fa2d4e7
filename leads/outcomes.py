"""What a part comes to that is counted: an arrest, a warrant, a recovered gun. Each is one, whoever names it."""

from collections.abc import Iterable, Mapping
from datetime import date

from evidence.imports.casenumbers import case_key
from leads.models import Obligation, Outcome

Code = Obligation.Outcome
KIND_OF = {
    Code.ARREST_MADE.value: Outcome.Kind.ARREST,
    Code.ARREST_WARRANT.value: Outcome.Kind.WARRANT,
    Code.FIREARM_RECOVERED.value: Outcome.Kind.GUN,
}
MANY = {Outcome.Kind.ARREST: "arrests", Outcome.Kind.WARRANT: "arrest warrants", Outcome.Kind.GUN: "guns recovered"}
ONE = {Outcome.Kind.ARREST: "arrest", Outcome.Kind.WARRANT: "arrest warrant", Outcome.Kind.GUN: "gun recovered"}


def key_of(number: str) -> str:
    """The key under which a number of an arrest or a property is the same however it is written; "" for none."""
    return case_key(number)[:40]


def is_named(code: str) -> bool:
    """Whether a part that is closed with this code says which arrest, warrant or gun it was."""
    return code in KIND_OF


def words(outcome: Outcome) -> str:
    """One outcome in a line: "Arrest 26-4411, PAPD, 3 Jun 2026"."""
    number = f" {outcome.number}" if outcome.number else ", no number"
    return f"{outcome.get_kind_display()}{number}, {outcome.agency.code}, {day(outcome.happened_on)}"


def day(when: date) -> str:
    return f"{when.day} {when:%b %Y}"


def counted(counts: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """[(kind, how many, in words)] of all kinds, in their order; `counts` may lack kinds of which there are none."""
    found = [(kind, counts.get(kind.value, 0)) for kind in Outcome.Kind]
    return [(kind.value, many, (ONE if many == 1 else MANY)[kind]) for kind, many in found]


def named_by(parts: Iterable[Obligation]) -> list[Outcome]:
    """What parts were closed with, in their order: each outcome once, as the one it was found to be."""
    closed = [each.named_outcome for each in parts if each.state == Obligation.State.CLOSED and each.named_outcome]
    return list({each.merged_into_id or each.pk: each.merged_into or each for each in closed}.values())

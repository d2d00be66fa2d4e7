"""Statutes with what they carry, by the day of the offense. Pure.

A line of the table is a `Line`: exposure in whole months (`LIFE` stands for life), valid from `since` (inclusive) up to
and without `until`; None on either side is open. Citations are compared by `key`: "18 U.S.C. § 922(g)(1)" and
"18 USC 922(g)(1)" are one. A subdivision without a line of its own has that of what it is part of: 922(g)(3) that of
922(g).

`FEDERAL` is our own table. What is tagged "K" was written from knowledge and not read in the code: the page says
"check before relying on it", and an office that checked adds its own line, which then holds for it.
Source of "V": Congressional Research Service IF12190, on 18 USC 932. The raise of 922(g) and (d) from ten years to
fifteen came with the Bipartisan Safer Communities Act, in force from 25 June 2022 (18 USC 924(a)(8)): "K".
"""

import re
from datetime import date
from typing import NamedTuple

LIFE = 1200
MOST_KEY = 40
BSCA = date(2022, 6, 25)
FEDERAL_NAME, STATE_NAME = "federal", "state"
CHECK = "Check before relying on it."
DIVISION = re.compile(r"(\([^()]*\))$")


class Line(NamedTuple):
    """One statute in force over one span of days. tag: "V" read in a cited source, "K" not; "O" an office's own."""

    citation: str
    title: str
    elements: tuple = ()
    max_months: int | None = None
    min_months: int | None = None
    consecutive: bool = False
    since: date | None = None
    until: date | None = None
    jurisdiction: str = FEDERAL_NAME
    tag: str = "K"
    pk: int | None = None


def key(citation: str) -> str:
    """The letters, digits and brackets of a citation, so that two ways to write it are one; "" of none."""
    text = re.sub(r"u\.?\s*s\.?\s*c\.?\s*(?:code)?", "usc", citation.casefold())
    return re.sub(r"[^a-z0-9()]", "", text)[:MOST_KEY]


def holds(line, on):
    """Whether a line is in force on a day."""
    return (line.since is None or line.since <= on) and (line.until is None or on < line.until)


def in_force(table, citation, on):
    """The line of a citation on a day, or None: an office's own before ours, of several the one that began last.

    A citation without lines of its own on that day is looked for as what it is a part of, one bracket less each time.
    table: lines in any order. on: a date.
    """
    wanted = key(citation)
    while wanted:
        found = [line for line in table if key(line.citation) == wanted and holds(line, on)]
        if found:
            return max(found, key=lambda line: (line.tag == "O", line.since or date.min, line.pk or 0))
        shorter = DIVISION.sub("", wanted)
        wanted = shorter if shorter != wanted else ""
    return None


def months(number):
    """ "15 years", "30 months", "life"; "" of None."""
    if number is None:
        return ""
    if number >= LIFE:
        return "life"
    years, rest = divmod(number, 12)
    many, noun = (number, "month") if rest or not years else (years, "year")
    return f"{many} {noun}{'' if many == 1 else 's'}"


def exposure(max_months, min_months, consecutive):
    """What a count carries in words: "up to 15 years", "5 years at least, up to life, consecutive"; "" unknown."""
    parts = [f"{months(min_months)} at least"] if min_months else []
    parts += [f"up to {months(max_months)}"] if max_months is not None else []
    return ", ".join([*parts, "consecutive"] if consecutive and parts else parts)


PROHIBITED = (
    "knowingly possessed, shipped, transported or received a firearm or ammunition",
    "in or affecting commerce",
    "belonged to a class that may not have it",
    "knew that they belonged to it (Rehaif v. United States, 2019)",
)
FEDERAL = (
    Line("18 USC 922(g)", "Possession by a prohibited person", PROHIBITED, 120, until=BSCA),
    Line("18 USC 922(g)", "Possession by a prohibited person", PROHIBITED, 180, since=BSCA),
    Line("18 USC 922(g)(1)", "Felon in possession of a firearm", PROHIBITED, 120, until=BSCA),
    Line("18 USC 922(g)(1)", "Felon in possession of a firearm", PROHIBITED, 180, since=BSCA),
    Line("18 USC 924(e)", "Armed career criminal, with 922(g)",
         ("violation of 922(g)", "three earlier convictions of a violent felony or serious drug offense, on different "
          "occasions"), LIFE, 180),
    Line("18 USC 922(d)", "Transfer to a prohibited person",
         ("sold or disposed of a firearm or ammunition", "knew or had cause to believe that the other may not have it"),
         120, until=BSCA),
    Line("18 USC 922(d)", "Transfer to a prohibited person",
         ("sold or disposed of a firearm or ammunition", "knew or had cause to believe that the other may not have it"),
         180, since=BSCA),
    Line("18 USC 922(a)(6)", "False statement to a dealer",
         ("false statement to a licensed dealer in acquiring a firearm", "knew that it was false",
          "material to the lawfulness of the sale"), 120),
    Line("18 USC 924(a)(1)(A)", "False statement in a dealer's records",
         ("false statement in what a dealer has to keep", "knew that it was false"), 60),
    Line("18 USC 932", "Straw purchasing",
         ("purchased a firearm for another", "knew or had cause to believe that the other may not have it, or means to "
          "commit a felony or pass it on"), 180, since=BSCA, tag="V"),
    Line("18 USC 932(c)(2)", "Straw purchasing for a felony, terrorism or drug trafficking",
         ("straw purchase", "knew or had cause to believe that the gun would be used in such a crime"), 300, since=BSCA,
         tag="V"),
    Line("18 USC 933", "Trafficking in firearms",
         ("shipped, transferred or received a firearm", "knew or had cause to believe that having it would be a "
          "felony"), 180, since=BSCA),
    Line("18 USC 924(c)", "Firearm in a violent or drug crime",
         ("committed a crime of violence or drug trafficking crime", "used or carried a firearm during it, or "
          "possessed one in furtherance of it"), LIFE, 60, True),
    Line("18 USC 924(c)(1)(A)(ii)", "Firearm brandished in a violent or drug crime",
         ("as 924(c)", "the firearm was brandished"), LIFE, 84, True),
    Line("18 USC 924(c)(1)(A)(iii)", "Firearm discharged in a violent or drug crime",
         ("as 924(c)", "the firearm was discharged"), LIFE, 120, True),
    Line("18 USC 924(c)(1)(C)", "Second 924(c) after one that is final",
         ("as 924(c)", "after an earlier conviction under it is final"), LIFE, 300, True),
    Line("18 USC 924(c)(1)(B)(ii)", "Machinegun or silencer in a violent or drug crime",
         ("as 924(c)", "the firearm was a machinegun, a destructive device or had a silencer"), LIFE, 360, True),
    Line("18 USC 924(j)", "Death caused by a firearm in a 924(c) crime",
         ("as 924(c)", "caused a death by the use of the firearm"), LIFE),
    Line("18 USC 922(j)", "Stolen firearm",
         ("possessed, received or sold a stolen firearm or ammunition", "knew or had cause to believe that it was "
          "stolen"), 120),
    Line("18 USC 922(i)", "Transport of a stolen firearm",
         ("transported a stolen firearm in commerce", "knew or had cause to believe that it was stolen"), 120),
    Line("18 USC 922(k)", "Obliterated serial number",
         ("possessed or transported a firearm with its serial number removed or altered", "knew it"), 60),
    Line("18 USC 922(n)", "Receipt while under indictment",
         ("under indictment for a felony", "willfully received, shipped or transported a firearm"), 60),
    Line("18 USC 922(o)", "Machinegun or conversion device",
         ("knowingly possessed or transferred a machinegun; a conversion device is one",), 120),
    Line("26 USC 5861(d)", "Unregistered NFA firearm",
         ("possessed a firearm of the National Firearms Act that is not registered to them", "knew what made it one"),
         120),
    Line("26 USC 5861", "National Firearms Act violation", ("as the subsection charged says",), 120),
    Line("18 USC 922(a)(1)(A)", "Dealing without a license",
         ("engaged in the business of dealing in firearms", "without a license", "willfully"), 60),
    Line("18 USC 922(u)", "Theft from a dealer", ("stole a firearm from the stock of a licensed dealer",), 120),
    Line("18 USC 924(l)", "Theft of a firearm", ("stole a firearm that moved in commerce",), 120),
    Line("18 USC 922(q)", "Firearm in a school zone", ("knowingly possessed a firearm in a school zone",), 60),
    Line("18 USC 922(x)", "Handgun and juvenile", ("transfer of a handgun to a juvenile, or possession by one",)),
    Line("18 USC 371", "Conspiracy", ("two or more agreed to commit an offense", "one of them acted to further it")),
    Line("18 USC 1951", "Hobbs Act robbery",
         ("took property by force or threat", "commerce was affected")),
    Line("18 USC 1959", "Violent crime in aid of racketeering", ("as the subsection charged says",)),
    Line("18 USC 2119", "Carjacking", ("took a vehicle by force or intimidation", "meant to kill or harm")),
)  # fmt: skip

"""The main menu: each app says, when its `urls` are read, which pages it offers, to whom, and whose first they are."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from agencies import access
from agencies.roles import Role

# Who holds several roles begins the day where most waits for them.
HOME_ORDER = (
    Role.CENTER_COORDINATOR,
    Role.ANALYST,
    Role.COMMANDER,
    Role.SUPERVISOR,
    Role.PROSECUTOR,
    Role.EXAMINER,
    Role.EVIDENCE_TECHNICIAN,
    Role.DETECTIVE,
    Role.SUPERVISION_OFFICER,
    Role.AGENCY_ADMINISTRATOR,
    Role.AUDITOR,
    Role.RESEARCHER,
    Role.COMMUNITY_LIAISON,
)


@dataclass(frozen=True)
class Entry:
    """One line of the menu, shown to who holds `permission` or one of `also`.

    `pages` are the URL names of the pages below it, `home_of` the roles whose first page it is (in agencies of the
    kinds `home_in`, if any are named; of those people for whom `home_if` is true). A page that finds what is typed at
    the top, as `?q=`, says in `searches` what it looks for; `find`, given a user and the text, returns the address of
    what matches, or None.
    """

    name: str
    label: str
    icon: str
    url_name: str
    permission: str
    section: str = ""
    order: int = 100
    pages: tuple = ()
    home_of: tuple = ()
    searches: str = ""
    also: tuple = ()
    home_if: Callable | None = None
    find: Callable | None = None
    home_in: tuple = ()

    def begins(self, standing):
        """Whether the day of somebody with this standing may begin there."""
        return standing.role in self.home_of and (not self.home_in or standing.agency_kind in self.home_in)


_entries: dict[str, Entry] = {}


def register(*entries):
    """Add entries; a name that is known already is replaced."""
    _entries.update({entry.name: entry for entry in entries})


def permitted(user):
    """The entries of a user, in order."""
    ordered, held = sorted(_entries.values(), key=lambda entry: (entry.order, entry.name)), access.permissions(user)
    return [entry for entry in ordered if not held.isdisjoint((entry.permission, *entry.also))]


@cache
def _address(url_name):
    """Addresses of the menu never change while the portal runs, and every page asks for all of them."""
    return reverse(url_name)


def menu(user, url_name):
    """The menu as templates take it; `url_name` is that of the page shown. `mine`: the person's day may begin there."""
    held = standings(user)
    return [
        {
            "name": entry.name,
            "label": entry.label,
            "icon": entry.icon,
            "url": _address(entry.url_name),
            "section": entry.section,
            "current": url_name == entry.url_name or url_name in entry.pages,
            "mine": any(map(entry.begins, held)),
            "count": 0,
            "late": False,
        }
        for entry in permitted(user)
    ]


def shortcuts(rows, count=3):
    """The rows of a menu that a phone has room for: where the person's day begins, then those that come first."""
    return sorted(rows, key=lambda row: not row["mine"])[:count]


def standings(user):
    """What a user is in their agencies, that which their day begins with first."""
    return sorted(access.standings(user), key=lambda standing: HOME_ORDER.index(standing.role))


def roles(user):
    """The roles a user works in, the one their day begins with first."""
    return list(dict.fromkeys(standing.role for standing in standings(user)))


def home(user):
    """The URL name of the page a user begins with."""
    entries = permitted(user)
    for standing in standings(user):
        for entry in entries:
            if entry.begins(standing) and (entry.home_if is None or entry.home_if(user)):
                return entry.url_name
    return entries[0].url_name if entries else "notifications"


def searches(user):
    """The entries whose pages search for a user, in the order in which they are asked."""
    return [entry for entry in permitted(user) if entry.searches]

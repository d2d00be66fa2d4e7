"""Whether what a person decides on is what their page showed them."""

from agencies.access import Refused

SINCE = "This has changed since you opened the page. Open it again and read what it says now."


def as_seen(seen, at, policy, target):
    """Refuse where something else stands by now than was read. `seen`: the moment, as text, at which what the page
    showed was said; "" where nobody read it from a page. at: that of what stands, locked.
    """
    if seen and seen != at.isoformat():
        raise Refused(SINCE, policy, target)

"""Whether what a person decides on is what their page showed them."""

from agencies.access import Refused

SINCE = "This was taken back and proposed anew since you opened the page. Open it again and read what it says now."


def as_seen(seen, at, policy, target):
    """Refuse where something else is proposed by now. `seen`: the moment, as text, of the proposal that the page showed;
    "" where nobody read it from a page. at: that of the one which stands, locked.
    """
    if seen and seen != at.isoformat():
        raise Refused(SINCE, policy, target)

"""Whether what a person decides on is what their page showed them."""

from agencies.access import ChangedMeanwhileError, Refused

SINCE = "This has changed since you opened the page. Open it again and read what it says now."

MEANWHILE = (
    "Somebody changed this since you opened it. Your words stand below and are not saved. Read in another tab what it "
    "says now, take over what is new, and save again: that replaces it."
)


def as_drafted(seen, draft):
    """Refuse to write a draft anew that says something else by now than the form began from. `seen`: its `version`
    then; "" where nobody read it from a page.
    """
    if seen and seen != draft.version:
        raise ChangedMeanwhileError(MEANWHILE)


def as_seen(seen, at, policy, target):
    """Refuse where something else stands by now than was read. `seen`: the moment, as text, at which what the page
    showed was said; "" where nobody read it from a page. at: that of what stands, locked.
    """
    if seen and seen != at.isoformat():
        raise Refused(SINCE, policy, target)

"""The part of an exhibit's page that says how long it is kept, and why."""

from agencies import access
from evidence import policies, words
from evidence.models import Disposal
from evidence.pages import disposal as pages


def of(exhibit, user, now):
    """What `exhibit_keeping.html` shows; holds and disposals are fetched with the exhibit."""
    gone = exhibit.disposed_at
    shown = {
        "gone": f"{words.moment(gone, exhibit.agency.zone, now)}, {exhibit.disposed_by}" if gone else "",
        "review_on": None if gone else exhibit.review_on,
        "on_its_way": next((each for each in exhibit.disposals.all() if each.status in Disposal.LIVE), None),
        "holds": [
            pages.hold(each, now) | {"lift": access.allows(policies.lift_hold, user, each)}
            for each in exhibit.holds.all()
            if each.lifted_at is None
        ],
        "review": access.allows(policies.review_exhibit, user, exhibit),
        "hold": access.allows(policies.set_hold, user, exhibit),
    }
    return {"keeping": shown}

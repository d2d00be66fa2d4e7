"""What the frame of every page needs, as one plain dictionary; only pages that draw the frame pay for it."""

from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from agencies import access, navigation, queries, session

EVERY_AGENCY = "All my agencies"
MOST_UNREAD = 100


def shell(request):
    # Templates call what can be called: a plain dictionary then, where a lazy object is asked anew for every value.
    return {"shell": cache(lambda: _shell(request))}


def _shell(request):
    user = getattr(request, "user", None)
    public = {"center": settings.CENTER_NAME, "synthetic": settings.SYNTHETIC_DATA}
    if user is None or not access.is_member(user):
        return public
    standings, one = access.standings(user), access.working_as(user)
    first = one or standings[0]
    frame = public | {
        "user": {"pk": user.pk, "name": str(user), "role": navigation.roles(user)[0].label, "initials": user.initials},
        "agency": {"id": one.agency_id, "name": one.agency_name} if one else {"id": "", "name": EVERY_AGENCY},
        "agencies": _agencies(user, one),
        "now_text": _now(first.zone),
        "zone": first.zone.rpartition("/")[2].replace("_", " ") + " time",
    }
    # The lock page draws no menu and must not show that something waits.
    locked = session.is_locked(request)
    return frame if locked else frame | _menu(request, user)


def _menu(request, user):
    match = request.resolver_match
    nav = navigation.menu(user, match.url_name if match else "")
    return {
        "nav": nav,
        "shortcuts": navigation.shortcuts(nav),
        "unread": queries.unread(user, most=MOST_UNREAD),
        "query": request.GET.get("q", ""),
        "searched": ", ".join(entry.searches for entry in navigation.searches(user)),
        "lock_after": session.LOCK_AFTER,
    }


def _agencies(user, one):
    """The agencies to choose from; with several, all of them together is a choice as well."""
    names = {standing.agency_id: standing.agency_name for standing in access.all_standings(user)}
    current = one.agency_id if one else ""
    choices = {"": EVERY_AGENCY} | names if len(names) > 1 else names
    return [{"id": pk, "name": name, "current": pk == current} for pk, name in choices.items()]


def _now(zone):
    return timezone.now().astimezone(ZoneInfo(zone)).strftime("%a %-d %b %H:%M")

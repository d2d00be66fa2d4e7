"""What is typed at the top of a page, among leads and among whom and what was named on them."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from leads import filters
from leads.lists import leads as listing
from leads.queries import entities


def find(user, typed):
    """The address of the list of visible leads that match, the open ones before all of them; None without a match."""
    for view in (filters.DEFAULT, "newest"):
        asked = filters.read({"q": typed, "view": view})
        if listing.page(user, asked, now=timezone.now(), limit=1).rows:
            return f"{reverse('leads')}?{asked.query()}"
    return None


def find_named(user, typed):
    """The address of the person or thing on visible leads that is meant, or of the list of several; None if nothing."""
    found = entities.exactly(user, typed)
    if len(found) > 1:
        return f"{reverse('entities')}?{urlencode({'q': typed})}"
    return found[0].get_absolute_url() if found else None

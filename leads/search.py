"""What is typed at the top of a page, among leads."""

from django.urls import reverse
from django.utils import timezone

from leads import filters
from leads.lists import leads as listing


def find(user, typed):
    """The address of the list of visible leads that match, the open ones before all of them; None without a match."""
    for view in (filters.DEFAULT, "newest"):
        asked = filters.read({"q": typed, "view": view})
        if listing.page(user, asked, now=timezone.now(), limit=1).rows:
            return f"{reverse('leads')}?{asked.query()}"
    return None

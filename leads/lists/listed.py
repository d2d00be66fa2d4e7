"""The people list as its tabs read it: what stands under each, by the day of review, and how many."""

from django.db import connection
from django.db.models import Q

from agencies import walk
from leads.models import Dissemination, ListedPerson

ON = "('active', 'custody', 'referred', 'monitored')"
# Tab: its label, its condition. What is off the list stands with the last on top.
TABS = {
    "": ("On the list", f"status in {ON}"),
    "due": ("Due for review", f"status in {ON} and review_due <= %(soon)s"),
    "candidate": ("Candidates", "status = 'candidate'"),
    "custody": ("In custody", "status = 'custody'"),
    "referred": ("Referred to services", "status = 'referred'"),
    "monitored": ("Monitored", "status = 'monitored'"),
    "removed": ("Removed", "status = 'removed'"),
    "purged": ("Purged", "status = 'purged'"),
}
OVER = ("removed", "purged")
MOST = 1000
COUNT = "(select count(*) from (select 1 from leads_listedperson where agency_id = %(center)s and {0} limit {1}) x)"


def counts(center, soon):
    """{tab: how many, exact to a thousand} in one statement."""
    sql = "select " + ", ".join(COUNT.format(where, MOST + 1) for _label, where in TABS.values())
    with connection.cursor() as cursor:
        cursor.execute(sql, {"center": center.pk, "soon": soon})
        return dict(zip(TABS, cursor.fetchone(), strict=True))


def entries(visible, center, show, soon, cursor=None, limit=walk.PAGE):
    """Of the `visible` entries those of a center under a tab: the soonest review first; one more than fit."""
    found = visible.filter(agency=center)
    if show in ("", "due"):
        found = found.filter(status__in=ListedPerson.LISTED)
        found = found.filter(review_due__lte=soon) if show else found
    else:
        found = found.filter(status=show)
    begin, back = walk.place(cursor), show in OVER
    if begin:
        at, pk = begin[0].date(), begin[1]
        later = Q(review_due__lt=at) | Q(review_due=at, pk__lt=pk) if back else (
            Q(review_due__gt=at) | Q(review_due=at, pk__gt=pk)
        )  # fmt: skip
        found = found.filter(later)
    order = ("-review_due", "-pk") if back else ("review_due", "pk")
    return list(found.order_by(*order)[: limit + 1])


def given(visible, own, cursor=None, limit=walk.PAGE):
    """What went to the agencies (`own`, ids) of a reader who keeps no list, the last entered first. Found by what went
    to them, which is little, and not by asking of every entry of every list whether it did.
    """
    begin = walk.place(cursor)
    found = visible.filter(pk__in=Dissemination.objects.filter(agency_id__in=own).values("listed"))
    found = found.filter(pk__lt=begin[1]) if begin else found
    return list(found.order_by("-pk")[: limit + 1])

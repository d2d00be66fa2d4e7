"""A person's private calendar of court dates: its address, and what a program gets there."""

import hashlib

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import addresses, limits
from agencies.access import public, requires, standings
from agencies.roles import Permission
from evidence.views import steps
from leads import calendarfile, queries
from leads.actions import calendarfeeds
from leads.forms.dates import FeedForm
from leads.models import CalendarFeed
from leads.pages import calendar as calendarpage
from leads.pages.casedate import today as today_of
from leads.policies import dates as policies
from leads.queries import feeds as found

# Programs ask every quarter of an hour at most; who tries addresses has no use for more.
HOUR, MOST_AN_HOUR, MOST_UNKNOWN = 3600, 30, 60
TYPE = "text/calendar; charset=utf-8"


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_VIEW)
@sensitive_variables("secret")
def my_calendar(request):
    """The address of a new calendar is in this one answer and nowhere else."""
    form, address = FeedForm(request.POST or None, memberships=found.memberships(request.user)), ""
    if form.is_valid():
        _feed, secret = calendarfeeds.make(by=request.user, **form.cleaned_data)
        address = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
        form = FeedForm(memberships=found.memberships(request.user))
    feeds = found.of_person(request.user)
    used, zone = found.last_used(feeds), queries.reader(request.user).zone
    rows = [calendarpage.row(each, used.get(each.pk), zone) for each in feeds]
    stands = any(not each["over"] for each in rows)
    return render(request, "leads/my_calendar.html", {"form": form, "address": address, "rows": rows, "stands": stands})


@require_POST
@requires(Permission.REFERRAL_VIEW)
def calendar_revoke(request, pk):
    feed = steps.reach(request, CalendarFeed.objects.visible_to(request.user), pk, policies.revoke_feed)
    calendarfeeds.revoke(feed=feed, by=request.user)
    return redirect("my_calendar")


@public
@require_safe
@sensitive_variables("secret")
def calendar_feed(request, secret):
    """Whatever is wrong with an address, it is not found: that it once was one is nobody's to know."""
    feed = found.live(secret)
    who = feed.pk if feed else limits.network(addresses.of(request))
    kind, most = ("calendar", MOST_AN_HOUR) if feed else ("calendar-unknown", MOST_UNKNOWN)
    if not limits.take(kind, who, most=most, seconds=HOUR):
        return _closed(HttpResponse(status=429, headers={"Retry-After": str(limits.rest(HOUR))}))
    if feed is None:
        raise Http404
    person = found.reader_of(feed)
    if limits.take("calendar-read", feed.pk, most=1, seconds=HOUR):
        calendarfeeds.note_read(feed=feed, by=person)
    return _closed(_file(request, feed, person))


def _file(request, feed, person):
    """The calendar, or the word that it is the one the program has."""
    today = today_of(standings(person)[0].zone, timezone.now())
    entries = calendarpage.entries(*found.days(feed, person, today), request.build_absolute_uri("/").rstrip("/"))
    body = calendarfile.write(entries, name=f"Court dates, {feed.membership.agency.code}")
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers={"ETag": tag})
    return HttpResponse(body, content_type=TYPE, headers={"ETag": tag})


def _closed(response):
    """Nothing between the portal and the program keeps it; the program itself may, which is what it is for."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response

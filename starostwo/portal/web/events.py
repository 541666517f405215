"""Events as everybody reads them: month by month, one by one, and as calendar files."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone, localdate, localtime, now
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from starostwo.office.api import public
from starostwo.portal.models import Event
from starostwo.portal.queries import events as reads
from starostwo.portal.rules.ical import Entry, calendar

MONTHS = (
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień".split()
)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@public("wydarzenia są jawne")
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The events of a month, day by day."""
    first = _month(request.GET.get("miesiac", ""))
    last = first.replace(day=monthrange(first.year, first.month)[1])
    found = reads.events_between(_midnight(first), _midnight(_after(first)))
    days = [(day, list(group)) for day, group in groupby(found, key=lambda event: _day(event, first))]
    context = {
        "month": f"{gettext(MONTHS[first.month - 1])} {first.year}",
        "days": days,
        "before": f"{_before(first):%Y-%m}",
        "after": f"{_after(first):%Y-%m}",
        "is_this_month": first <= localdate() <= last,
    }
    return render(request, "portal/events.html", context)


@public("wydarzenia są jawne")
@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event."""
    return render(request, "portal/event.html", {"event": _found(slug)})


@public("wydarzenia są jawne")
@require_safe
def event_file(request: HttpRequest, slug: str) -> HttpResponse:
    """One event for the reader's own calendar."""
    found = _found(slug)
    return _calendar([found], f"{found.slug}.ics")


@public("wydarzenia są jawne")
@require_safe
def events_file(request: HttpRequest) -> HttpResponse:
    """All events for calendars that ask again and again."""
    return _calendar(reads.fed_events(now()), "wydarzenia.ics")


def _found(slug: str) -> Event:
    found = reads.shown_events().filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _month(asked: str) -> date:
    """The first day of the month asked for, of this month when none was."""
    if not asked:
        return localdate().replace(day=1)
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        raise Http404 from None
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise Http404
    return first


def _after(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _before(first: date) -> date:
    return date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), get_current_timezone())


def _day(event: Event, first: date) -> date:
    """The day under which an event stands; one that began before stands at the first."""
    return max(localtime(event.starts_at).date(), first)


def _calendar(found: Iterable[Event], name: str) -> HttpResponse:
    host = settings.PUBLIC_URL
    entries = [
        Entry(
            uid=f"wydarzenie-{one.pk}@{host.split('://')[-1]}",
            title=one.title,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            changed_at=one.changed_at,
            place=one.place,
            text=one.summary,
            url=f"{host}/wydarzenia/{one.slug}/",
            is_cancelled=one.is_cancelled,
        )
        for one in found
    ]
    response = HttpResponse(
        calendar("Wydarzenia w powiecie", entries), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

"""The first page of the county: search of services, news, what is near."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from starostwo.office import api as office
from starostwo.office.api import ActorRequest, Right, public, staff
from starostwo.portal.queries import articles, events
from starostwo.procedures import api as procedures
from starostwo.screens.api import languages

NEWS, EVENTS, CARDS = 5, 4, 9


@public("pierwsza strona jest dla wszystkich")
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The start page of the county."""
    news, publisher = articles.newest(NEWS, language=languages.current()), office.office()
    chosen = events.shortcuts()
    county = publisher.county if publisher else ""
    context = {
        "county": county[:1].upper() + county[1:] if county else "Powiat",
        "shortcuts": chosen,
        "cards": [] if chosen else procedures.cards(on=localdate())[:CARDS],
        "events": events.next_events(now(), EVENTS),
        "publisher": publisher,
        "news": news,
        "images": articles.first_images(news),
    }
    return render(request, "portal/front.html", context)


@public("dane kontaktowe urzędu są jawne")
@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """Seats and units with their hours and telephones."""
    seats, rows = events.contacts(localdate())
    return render(
        request, "portal/contacts.html", {"publisher": office.office(), "seats": seats, "rows": rows}
    )


@staff(Right.EDIT_PORTAL)
@require_safe
def desk(request: ActorRequest) -> HttpResponse:
    """The editors' desk begins with the news."""
    return redirect("portal:texts", "aktualnosci")

"""News and events for readers of feeds, as Atom and as RSS."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from starostwo.office import api as office
from starostwo.office.api import public
from starostwo.portal import access
from starostwo.portal.queries import articles as texts
from starostwo.portal.queries import events as calendar
from starostwo.portal.web.addresses import address_of
from starostwo.screens.api import languages

FED = 20
FEEDS: dict[str, type[Atom1Feed | Rss201rev2Feed]] = {"atom.xml": Atom1Feed, "rss.xml": Rss201rev2Feed}


@public("kanały aktualności są jawne")
@require_safe
def news(request: HttpRequest, name: str) -> HttpResponse:
    """The newest news."""
    made = _feed(
        name,
        "portal:feed",
        "portal:news",
        gettext("Aktualności: %(name)s"),
        gettext("Nowe wiadomości urzędu"),
    )
    for article in texts.newest(FED, language=languages.current()):
        address = f"{settings.PUBLIC_URL}{address_of(article, languages.current())}"
        text = access.text_of(article)
        made.add_item(
            title=text.title,
            link=address,
            description=text.summary,
            unique_id=address,
            pubdate=article.published_at,
            updateddate=article.changed_at,
        )
    return _answer(made, name)


@public("kanały wydarzeń są jawne")
@require_safe
def events(request: HttpRequest, name: str) -> HttpResponse:
    """The next events, each with its day and place."""
    made = _feed(
        name,
        "portal:events_feed",
        "portal:events",
        gettext("Wydarzenia: %(name)s"),
        gettext("Najbliższe wydarzenia w powiecie"),
    )
    for event in calendar.next_events(now(), FED):
        address = f"{settings.PUBLIC_URL}{reverse('portal:event', args=[event.slug])}"
        when = date_format(localtime(event.starts_at), "j E Y, H:i")
        made.add_item(
            title=languages.say(event.title),
            link=address,
            description=". ".join(part for part in (f"{when}, {event.place}", event.summary) if part),
            unique_id=address,
            pubdate=event.changed_at,
            updateddate=event.changed_at,
        )
    return _answer(made, name)


def _feed(name: str, own: str, page: str, title: str, description: str) -> Atom1Feed | Rss201rev2Feed:
    if name not in FEEDS:
        raise Http404
    publisher = office.office()
    return FEEDS[name](
        title=title % {"name": publisher.name if publisher else gettext("Powiat")},
        link=f"{settings.PUBLIC_URL}{reverse(page)}",
        description=description,
        language=languages.current(),
        feed_url=f"{settings.PUBLIC_URL}{reverse(own, args=[name])}",
    )


def _answer(made: Atom1Feed | Rss201rev2Feed, name: str) -> HttpResponse:
    return HttpResponse(made.writeString("utf-8"), content_type=FEEDS[name].content_type)

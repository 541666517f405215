"""Booking in four pages: with what, where, when, who. Works without JavaScript and without an account."""

from datetime import date, datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.office import api as office
from starostwo.office.api import ActorRequest, public
from starostwo.screens.api import Row, languages
from starostwo.visits.models import Place
from starostwo.visits.queries.times import FreeTime, all_places, free_times, matters_on
from starostwo.visits.rules.retention import KEPT_DAYS
from starostwo.visits.rules.slots import nearest
from starostwo.visits.services.booking import (
    Booked,
    CannotBeReached,
    CannotBook,
    Person,
    TimeIsTaken,
    TooManyVisits,
    Wish,
    book_own,
    hold,
)
from starostwo.visits.services.notices import link_of
from starostwo.visits.web.asked import Asked, asked_of, forget_typed, keep_typed, typed_before
from starostwo.visits.web.forms import MattersForm, PersonForm, PlaceForm, TimeForm
from starostwo.visits.web.wording import clock, from_figures, short_weekday, weekday

DAYS_A_PAGE = 10
NEAREST = 6
TRIES_AN_HOUR = 20
WAITS = "visit_waits"


@public("wizytę umawia każdy, także bez konta")
@require_safe
def matters(request: ActorRequest) -> HttpResponse:
    """With which matters; the address of a service card brings its own with it."""
    offered = matters_on(localdate())
    asked = asked_of(request)
    goes_on = "dalej" in request.GET
    form = MattersForm(request.GET if goes_on else None, matters=offered, initial={"sprawa": asked.codes})
    if goes_on and form.is_valid():
        if asked.places:
            return redirect(asked.address("visits:place"))
        form.add_error(
            "sprawa", gettext("Żadne okienko nie załatwia tych spraw razem. Umów dwie osobne wizyty.")
        )
    context = {"form": form, "offered": offered, "boards": all_places()}
    return render(request, "visits/matters.html", context, status=422 if form.errors else 200)


@public("wizytę umawia każdy, także bez konta")
@never_cache
@require_safe
def place(request: ActorRequest) -> HttpResponse:
    """Where; each place says when its first free time is."""
    asked = asked_of(request)
    if not asked.places:
        return redirect("visits:matters")
    moment = now()
    shown = [(each.code, languages.say(each.name), _hint(each, asked, moment)) for each in asked.places]
    goes_on = "dalej" in request.GET
    chosen = asked.place.code if asked.place else (shown[0][0] if len(shown) == 1 else "")
    form = PlaceForm(request.GET if goes_on else None, places=shown, initial={"miejsce": chosen})
    if goes_on and form.is_valid():
        return redirect(asked.address("visits:time"))
    return render(
        request, "visits/place.html", {"form": form, "asked": asked}, status=422 if form.errors else 200
    )


def _hint(where: Place, asked: Asked, moment: datetime) -> SafeString:
    times = free_times(where, asked.matters, now=moment)
    first = next((times[day][0].starts_at for day in sorted(times)), None)
    seat = where.seat
    told = gettext("teraz nie ma wolnych terminów")
    if first:
        told = gettext("najbliższy termin: %(time)s") % {"time": _said(first)}
    address = languages.in_polish(f"{seat.street} {seat.building}, {seat.town}")
    return format_html("{}; {}", address, told)


def _said(moment: datetime) -> str:
    day = localdate(moment)
    parts = {"weekday": weekday(day), "day": f"{day:%d.%m.%Y}", "hour": clock(moment)}
    return gettext("%(weekday)s %(day)s, godz. %(hour)s") % parts


@public("wolne terminy są jawne")
@never_cache
@require_safe
def time(request: ActorRequest) -> HttpResponse:
    """When: the days with free times, and the hours of one of them."""
    asked = asked_of(request)
    if asked.place is None:
        return redirect(asked.address("visits:place") if asked.places else "visits:matters")
    times = free_times(asked.place, asked.matters, now=now())
    taken = from_figures(request.GET.get("zajety", ""))
    day = _day(request, asked, sorted(times), taken)
    starts = [each.starts_at for each in times.get(day, [])] if day else []
    goes_on = "dalej" in request.GET
    label = gettext("Godzina")
    if day:
        label = gettext("Wolne godziny: %(day)s") % {"day": f"{weekday(day)}, {day:%d.%m.%Y}"}
    form = TimeForm(
        request.GET if goes_on else None, times=starts, label=label,
        initial={"termin": request.GET.get("termin", "")},
    )  # fmt: skip
    if goes_on and form.is_valid():
        return redirect(asked.address("visits:person"))
    context = {
        "form": form,
        "asked": asked,
        "taken": _said(taken) if taken else "",
        "near": _near(asked, times, taken) if taken else [],
        "day": day.isoformat() if day else "",
        "back": asked.address("visits:place"),
        **_days(request, asked, times, day),
    }
    return render(request, "visits/time.html", context, status=422 if form.errors else 200)


def _day(request: ActorRequest, asked: Asked, days: list[date], taken: datetime | None) -> date | None:
    """The day to show: the one asked for, that of the chosen time, else the first with free times."""
    wanted = request.GET.get("dzien", "")
    chosen = asked.starts_at or taken
    if not wanted and chosen:
        wanted = localdate(chosen).isoformat()
    return next((day for day in days if day.isoformat() == wanted), days[0] if days else None)


def _near(asked: Asked, times: dict[date, list[FreeTime]], taken: datetime) -> list[tuple[str, str]]:
    """The free times nearest to one that is gone: how each is said, and where it leads."""
    free = [each.starts_at for day in times.values() for each in day]
    return [
        (_said(start), asked_at(asked, start).address("visits:person"))
        for start in nearest(free, taken, count=NEAREST)
    ]


def asked_at(asked: Asked, start: datetime) -> Asked:
    """The same wish at another time."""
    return Asked(asked.matters, asked.places, asked.place, start)


def _days(
    request: ActorRequest, asked: Asked, times: dict[date, list[FreeTime]], shown: date | None
) -> dict[str, object]:
    """The days to choose from, ten a page, as links that keep the rest."""
    days = sorted(times)
    given = request.GET.get("strona", "")
    page = int(given) if given.isdecimal() and len(given) < 4 else _page_of(days, shown)
    first = page * DAYS_A_PAGE
    without = Asked(asked.matters, asked.places, asked.place, None)
    listed = [
        {
            "weekday": short_weekday(day),
            "day": day,
            "count": len(times[day]),
            "url": without.address("visits:time", dzien=day.isoformat()),
            "is_current": day == shown,
        }
        for day in days[first : first + DAYS_A_PAGE]
    ]
    earlier = without.address("visits:time", strona=str(page - 1)) if page else ""
    has_more = len(days) > first + DAYS_A_PAGE
    later = without.address("visits:time", strona=str(page + 1)) if has_more else ""
    return {"days": listed, "earlier": earlier, "later": later}


def _page_of(days: list[date], shown: date | None) -> int:
    return days.index(shown) // DAYS_A_PAGE if shown in days else 0


@public("wizytę umawia każdy, także bez konta")
@never_cache
@require_http_methods(["GET", "POST"])
def person(request: ActorRequest) -> HttpResponse:
    """Who comes, with everything chosen above it; the button books."""
    asked, moment = asked_of(request), now()
    if asked.place is None or asked.starts_at is None:
        return redirect(asked.address("visits:time") if asked.place else asked.address("visits:place"))
    has_account = bool(request.actor and not request.actor.is_staff)
    if request.method == "GET":
        known = typed_before(request, now=moment) or _known(request)
        return _person_page(request, asked, PersonForm(has_account=has_account, initial=known))
    keep_typed(request, request.POST.dict(), now=moment)
    if step := request.POST.get("zmien"):
        return redirect(asked.address(f"visits:{step}" if step in ("matters", "place") else "visits:time"))
    form = PersonForm(request.POST, has_account=has_account)
    if not form.is_valid():
        return _person_page(request, asked, form, status=422)
    return _book(request, asked, form, moment)


def _book(request: ActorRequest, asked: Asked, form: PersonForm, moment: datetime) -> HttpResponse:
    if wait := office.allow(
        f"visits:{request.META.get('REMOTE_ADDR')}", limit=TRIES_AN_HOUR, per_seconds=3600
    ):
        minutes = languages.counted(wait // 60 + 1, gettext("minutę|minuty|minut"))
        told = gettext("Z tego miejsca zapisano już wiele wizyt. Spróbuj za %(minutes)s albo zadzwoń.")
        form.add_error(None, told % {"minutes": minutes})
        return _person_page(request, asked, form, status=429)
    try:
        booked = _booked(request, asked, form, moment)
    except TimeIsTaken:
        at = asked.address("visits:time", termin="", zajety=request.GET.get("termin", ""))
        return redirect(at)
    except TooManyVisits:
        form.add_error(None, _too_many(asked))
    except CannotBeReached:
        form.add_error(
            None,
            gettext("Urząd nie wysyła teraz e-maili. Zaloguj się albo zadzwoń, a zapiszemy Cię od razu."),
        )
    except CannotBook:
        form.add_error(
            None,
            gettext(
                "Tych spraw nie da się załatwić na jednej wizycie w tym miejscu. Wybierz je jeszcze raz."
            ),
        )
    else:
        return _after(request, booked)
    return _person_page(request, asked, form, status=409)


def _too_many(asked: Asked) -> str:
    most = asked.place.most_open if asked.place else 0
    told = gettext(
        "Masz już tyle umówionych wizyt, ile może mieć jedna osoba (najwięcej %(most)s). "
        "Odwołaj jedną z nich albo poczekaj, aż minie."
    )
    return told % {"most": most}


def _booked(request: ActorRequest, asked: Asked, form: PersonForm, moment: datetime) -> Booked:
    if asked.place is None or asked.starts_at is None:
        raise CannotBook
    wish = Wish(asked.place.pk, tuple(asked.codes), asked.starts_at)
    coming = Person(**form.cleaned_data)
    if request.actor and not request.actor.is_staff:
        return book_own(wish, coming, actor=request.actor, now=moment)
    return hold(wish, coming, now=moment, mail_is_needed=not settings.DEMO)


def _after(request: ActorRequest, booked: Booked) -> HttpResponse:
    forget_typed(request)
    if booked.visit.account_id:
        messages.success(request, gettext("Wizyta jest umówiona. Do zobaczenia!"))
        return redirect("visits:mine")
    request.session[WAITS] = {
        "minutes": booked.visit.place.confirm_minutes,
        "email": booked.visit.email,
        "link": link_of("visits:confirmation", booked.token) if settings.DEMO else "",
    }
    return redirect("visits:waiting")


@public("mówi, co dalej, temu, kto właśnie zarezerwował")
@never_cache
@require_safe
def waiting(request: ActorRequest) -> HttpResponse:
    """What to do next: press the link in the e-mail."""
    held = request.session.get(WAITS)
    if held is None:
        return redirect("visits:matters")
    return render(request, "visits/waiting.html", {"held": held})


def _known(request: ActorRequest) -> dict[str, str]:
    """What the account knows about its person."""
    if not request.actor or request.actor.is_staff:
        return {}
    known = {name: getattr(request.user, name) for name in ("given_name", "family_name", "email", "phone")}
    wished = office.residents.reach(request.actor.account_id, office.residents.Event.VISIT)
    if wished.phone:
        return known | {"phone": wished.phone, "remind_by": "TEXT"}
    return known | {"remind_by": "EMAIL" if wished.email else ""}


def _minutes(asked: Asked) -> str:
    return languages.counted(asked.minutes, gettext("minuta|minuty|minut"))


def _person_page(request: ActorRequest, asked: Asked, form: PersonForm, *, status: int = 200) -> HttpResponse:
    place = asked.place
    rows = [
        (
            "matters",
            Row(gettext("Sprawy"), "\n".join(languages.say(matter.name) for matter in asked.matters)),
        ),
        ("place", Row(gettext("Miejsce"), languages.say(place.name) if place else "")),
        (
            "time",
            Row(
                gettext("Termin"), f"{_said(asked.starts_at)} ({_minutes(asked)})" if asked.starts_at else ""
            ),
        ),
    ]
    context = {
        "form": form,
        "rows": rows,
        "back": asked.address("visits:time"),
        "kept_days": KEPT_DAYS.on(localdate()),
    }
    return render(request, "visits/person.html", context, status=status)

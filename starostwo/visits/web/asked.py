"""What was chosen so far: it stands in the address, so that Back, a bookmark and a second tab keep it.

Names and addresses of people never stand in an address; they wait in the session for half an hour.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from starostwo.visits.models import Matter, Place
from starostwo.visits.queries.times import matters_by_code, places_for
from starostwo.visits.rules.booking import MOST_MATTERS
from starostwo.visits.web.wording import from_figures, in_figures

TYPED = "visit_person"
KEPT_FOR = timedelta(minutes=30)
FIELDS = ("given_name", "family_name", "email", "phone", "remind_by")


@dataclass(frozen=True)
class Asked:
    """Matters, place and time chosen so far; what does not fit together is left out."""

    matters: list[Matter]
    places: list[Place]
    place: Place | None
    starts_at: datetime | None

    @property
    def codes(self) -> list[str]:
        """The codes of the matters, as addresses name them."""
        return [matter.code for matter in self.matters]

    @property
    def minutes(self) -> int:
        """How long the visit lasts."""
        return sum(matter.minutes for matter in self.matters)

    def address(self, name: str, **more: str) -> str:
        """The address of a page with everything chosen so far."""
        parts = [("sprawa", code) for code in self.codes]
        if self.place:
            parts.append(("miejsce", self.place.code))
        if self.starts_at and "termin" not in more:
            parts.append(("termin", in_figures(self.starts_at)))
        return f"{reverse(name)}?{urlencode([*parts, *more.items()])}"


def asked_of(request: HttpRequest) -> Asked:
    """Read what was chosen out of the address."""
    today = localdate()
    codes = [code for code in request.GET.getlist("sprawa")[:20] if code.isprintable()]
    matters = matters_by_code(codes, today) if codes else []
    places = places_for(matters, today) if 0 < len(matters) <= MOST_MATTERS else []
    named = request.GET.get("miejsce", "")
    place = next((each for each in places if each.code == named), None)
    return Asked(matters, places, place, from_figures(request.GET.get("termin", "")))


def keep_typed(request: HttpRequest, typed: Mapping[str, str], *, now: datetime) -> None:
    """Keep what was typed about the person, right or wrong, while he looks at other pages."""
    kept = {name: str(typed.get(name, ""))[:254] for name in FIELDS}
    request.session[TYPED] = {**kept, "at": now.isoformat()}


def typed_before(request: HttpRequest, *, now: datetime) -> dict[str, str] | None:
    """What was typed within the last half an hour."""
    kept = request.session.get(TYPED)
    if not kept or now - datetime.fromisoformat(kept["at"]) > KEPT_FOR:
        return None
    return {name: kept.get(name, "") for name in FIELDS}


def forget_typed(request: HttpRequest) -> None:
    """Keep nothing of it any more."""
    request.session.pop(TYPED, None)

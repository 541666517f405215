"""How far a head's word reaches on a day: the units below his own, and those that have no head but him."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef

from starostwo.office.models import Holding, UnitPlace
from starostwo.office.models.ranges import on_day


@dataclass(frozen=True)
class Reach:
    """The structure of a day: what each unit is below, and which units have a head."""

    parent_of: Mapping[str, str | None] = field(default_factory=dict)
    headed: frozenset[str] = frozenset()

    def below(self, symbols: Iterable[str]) -> frozenset[str]:
        """The units themselves and all units below them."""
        wanted = frozenset(symbols)
        return wanted | {unit for unit in self.parent_of if not wanted.isdisjoint(self._upwards(unit))}

    def led_from(self, symbols: Iterable[str]) -> frozenset[str]:
        """The units themselves and those below them up to the next unit that has a head of its own."""
        wanted = frozenset(symbols)
        return wanted | {unit for unit in self.parent_of if self._nearest_headed(unit) in wanted}

    def _nearest_headed(self, unit: str) -> str | None:
        return next((each for each in self._upwards(unit) if each in self.headed), None)

    def _upwards(self, unit: str) -> Iterator[str]:
        """The unit, the one above it, and so on; a circle ends where it closes."""
        seen: set[str] = set()
        here: str | None = unit
        while here is not None and here not in seen:
            yield here
            seen.add(here)
            here = self.parent_of.get(here)


def reach_on(day: date) -> Reach:
    """Read the structure of a day; one query."""
    heads = Holding.objects.filter(
        on_day(day),
        on_day(day, "post__"),
        post__is_head=True,
        post__unit=OuterRef("unit"),
        account__is_active=True,
    )
    places = UnitPlace.objects.filter(on_day(day), on_day(day, "unit__")).annotate(has_head=Exists(heads))
    rows = list(places.values_list("unit__symbol", "parent__symbol", "has_head"))
    return Reach(
        parent_of={symbol: parent for symbol, parent, _ in rows},
        headed=frozenset(symbol for symbol, _, has_head in rows if has_head),
    )

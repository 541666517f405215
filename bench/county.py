"""`python -m bench.county LETTERS`: an office with so many letters behind it, in an empty data folder."""

import random
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import django

django.setup()

import psycopg  # noqa: E402  models are there only after setup
from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.seeding.copying import bulk  # noqa: E402
from bench.seeding.letters import Letters, working_moments  # noqa: E402
from bench.seeding.staff import hire, staff  # noqa: E402
from bench.seeding.store import Store  # noqa: E402
from starostwo.office.actor import actor_for  # noqa: E402
from starostwo.platform.workdays import is_working_day  # noqa: E402
from starostwo.procedures import api as procedures  # noqa: E402
from starostwo.records.plan_import import read_plan  # noqa: E402
from starostwo.records.services.plan import import_plan  # noqa: E402
from starostwo.search.learning import learn  # noqa: E402
from starostwo.search.rules.words import forms_of  # noqa: E402
from starostwo.site import cluster, installation  # noqa: E402
from starostwo.site.demo import county_site  # noqa: E402
from starostwo.site.demo.bulletin import fill_bulletin  # noqa: E402
from starostwo.site.demo.finance import TREASURER, open_books  # noqa: E402
from starostwo.site.demo.people import DATA, SINCE, Cast, give_keys, set_up  # noqa: E402
from starostwo.site.demo.places import furnish  # noqa: E402
from starostwo.treasury.services.invoice_units import NewUnit, open_unit  # noqa: E402

SEED = 7
A_YEAR = 100_000
AT_ONCE = 5_000


def main() -> None:
    """Set up the office and fill its registers."""
    count = int(sys.argv[1])
    now = timezone.localtime()
    tell = _teller()
    tell("urząd, ludzie, klucze, wykaz akt")
    set_up_office(now)
    fill(count, now=now, tell=tell)
    installation.WELCOME.write_text("Urząd do pomiarów\n", encoding="utf-8")


def set_up_office(now: datetime) -> None:
    """The demonstration's office without its letters, with more case workers."""
    cast = set_up(now=now, today=timezone.localdate(now))
    furnish()
    give_keys(cast, now=now - timedelta(days=1))
    hire(cast)
    plan = read_plan((DATA / "plan.csv").read_bytes())
    import_plan(
        plan.rows,
        actor=None,
        name="wykaz do pomiarów",
        source="z pamięci",
        is_demo=True,
        valid_from=SINCE,
        now=now,
    )
    procedures.load_forms(actor="system", now=now)
    procedures.load_cards(actor="system", valid_from=SINCE, now=now)
    fill_bulletin(cast, now=now)
    county_site.fill(cast, now=now)
    _receive_invoices(cast, now)


def _receive_invoices(cast: Cast, now: datetime) -> None:
    """The office has books of this year and receives every invoice that names no other unit."""
    treasurer = actor_for(cast.staff[TREASURER], today=timezone.localdate(now))
    year = open_books(timezone.localdate(now).year, actor=treasurer, now=now)
    office = NewUnit(code="URZAD", name=year.book.name, book_id=year.book_id, is_office=True)
    open_unit(office, actor=treasurer, now=now)


def fill(count: int, *, now: datetime, tell: Callable[[str], None]) -> None:
    """Write so many letters with all that follows from them."""
    chance, store = random.Random(SEED), Store()
    letters = Letters(store, staff(today=timezone.localdate(now)), chance, now=now)
    moments = working_moments(_days(count, timezone.localdate(now)), count, now.replace(minute=0, second=0))
    url = settings.OWN_CLUSTER.url(role=cluster.OWNER_ROLE)
    with psycopg.connect(url) as owner, bulk(owner, store.tables):
        for place, moment in enumerate(moments, start=1):
            letters.come(moment)
            if place % AT_ONCE == 0:
                store.write(owner)
                tell(f"{place} z {count} pism")
        store.history.finish_all()
        store.write_last_numbers()
        store.write(owner)
        tell("indeksy i statystyka")
    titles = " ".join(matter.title.format(n="") + " " + matter.kind for matter in letters.matters.all)
    learn(forms_of(letters.words.all(), titles))
    tell(", ".join(f"{table.name} {table.written}" for table in store.tables))


def _days(count: int, today: date) -> list[date]:
    """The working days over which so many letters come in."""
    wanted = max(20, round(250 * count / A_YEAR))
    days: list[date] = []
    day = today
    while len(days) < wanted:
        day -= timedelta(days=1)
        if is_working_day(day):
            days.append(day)
    return days[::-1]


def _teller() -> Callable[[str], None]:
    began = time.monotonic()
    return lambda text: print(f"  [{time.monotonic() - began:4.0f} s] {text}", flush=True)


if __name__ == "__main__":
    main()

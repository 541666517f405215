"""Makers of file plans, letters and cases for tests, all through the services of records."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from starostwo.office import testing as office
from starostwo.office.api import Actor
from starostwo.office.testing import Account
from starostwo.records.models import Case, Letter, PlanClass, PlanEdition
from starostwo.records.rules.assignment import Target
from starostwo.records.rules.metadata import Channel, Received, Sender
from starostwo.records.rules.plan import Mode
from starostwo.records.services.assignments import assign
from starostwo.records.services.cases import open_case
from starostwo.records.services.letters import NewFile, register_incoming

TODAY = date(2026, 3, 10)
WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 3, 10, 9, 30, tzinfo=WARSAW)
CLASSES = (
    ("0", "Zarządzanie", "", True, Mode.EZD),
    ("01", "Organizacja", "", True, Mode.EZD),
    ("014", "Obieg dokumentów", "", True, Mode.EZD),
    ("0141", "Środki do ewidencji i kontroli obiegu dokumentacji", "B5", True, Mode.EZD),
    ("0142", "Zaproszenia i życzenia", "B2", False, Mode.EZD),
    ("6", "Sprawy powiatu", "", True, Mode.EZD),
    ("66", "Geodezja", "", True, Mode.EZD),
    ("662", "Ewidencja gruntów i budynków", "", True, Mode.EZD),
    ("6620", "Prowadzenie ewidencji gruntów i budynków", "A", True, Mode.EZD),
    ("6621", "Udzielanie informacji z ewidencji gruntów", "B5", True, Mode.EZD),
    ("54", "Komunikacja", "", True, Mode.EZD),
    ("5410", "Rejestracja pojazdów", "B10", True, Mode.DOMAIN),
    ("5430", "Uprawnienia do kierowania", "BE10", True, Mode.PAPER),
)


def at(day: date, hour: int = 9) -> datetime:
    """A moment of the day in Warsaw."""
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=WARSAW)


def make_plan(*, since: date = date(2020, 1, 1)) -> PlanEdition:
    """A small file plan that is in force since the day."""
    edition, is_new = PlanEdition.objects.get_or_create(
        name="wykaz do testów",
        defaults={"source": "tests", "is_demo": True, "valid_from": since, "imported_at": at(since)},
    )
    if is_new:
        parents = {symbol[:-1] for symbol, *_ in CLASSES}
        PlanClass.objects.bulk_create(
            PlanClass(
                edition=edition,
                symbol=symbol,
                title=title,
                category=category,
                makes_case=makes_case,
                mode=mode,
                is_final=bool(category) and symbol not in parents,
            )
            for symbol, title, category, makes_case, mode in CLASSES
        )
    return edition


def received(
    title: str = "Wniosek o wypis z rejestru gruntów",
    *,
    on: date = TODAY,
    sender: Sender | None = None,
    unit: str = "",
    **other: object,
) -> Received:
    """A letter as it was received, from Piotr Wrona when nobody else is named."""
    piotr = Sender(
        family_name="Wrona",
        given_name="Piotr",
        street="ul. Leśna",
        building="12",
        postcode="95-100",
        town="Zgierz",
    )
    return Received(title=title, received_on=on, senders=[sender or piotr], unit=unit, **other)  # type: ignore[arg-type]


def make_letter(
    title: str = "Wniosek o wypis z rejestru gruntów",
    *,
    on: date = TODAY,
    unit: str = "GN",
    channel: Channel = Channel.PAPER,
    files: Sequence[NewFile] = (),
    resident: Account | None = None,
    key: str | None = None,
    **other: object,
) -> Letter:
    """A registered letter that waits for the head of the unit."""
    office.starosta()
    office.anna()
    return register_incoming(
        actor=office.actor(office.clerk(), today=on),
        received=received(title, on=on, unit=unit, **other),  # type: ignore[arg-type]
        files=files,
        channel=channel,
        resident_account_id=resident.pk if resident else None,
        idempotency_key=key,
        today=on,
        now=at(on),
    )


def make_assigned(
    title: str = "Wniosek o wypis z rejestru gruntów",
    *,
    to: Account | None = None,
    on: date = TODAY,
    due_on: date | None = None,
    **other: object,
) -> Letter:
    """A letter that Ewa assigned to Anna, or to somebody else of GN."""
    letter = make_letter(title, on=on, **other)  # type: ignore[arg-type]
    person = to or office.anna()
    assign(
        [letter.pk],
        actor=office.actor(office.ewa(), today=on),
        lead=Target(account_id=person.pk),
        due_on=due_on,
        today=on,
        now=at(on, 10),
    )
    letter.refresh_from_db()
    return letter


def make_case(
    title: str = "Wypis z rejestru gruntów",
    *,
    class_symbol: str = "6621",
    on: date = TODAY,
    letter: Letter | None = None,
    by: Account | None = None,
    **other: object,
) -> Case:
    """An open case of Anna, begun by a letter that was assigned to her."""
    make_plan()
    letter = letter or make_assigned(on=on)
    actor: Actor = office.actor(by or office.anna(), today=on)
    return open_case(
        letter.pk,
        actor=actor,
        class_symbol=class_symbol,
        title=title,
        today=on,
        now=at(on, 11),
        **other,  # type: ignore[arg-type]
    )


def days_after(day: date, count: int) -> date:
    """The day so many days later."""
    return day + timedelta(days=count)

"""Makers of units, posts and people for tests, and the fixed cast that all tests share.

Anna Nowak holds her cases in unit GN, which Ewa Lis heads; Jan Kos of AB must not see them, nor must
Adam Lew, who heads AB. Piotr Wrona is a resident, Maria Zych another. Each maker finds its row again.
"""

import time
from collections.abc import Sequence
from datetime import date

from django.test import Client
from django.utils.timezone import localdate

from starostwo.office.actor import Actor, actor_for
from starostwo.office.models import Account as Account  # handed on to the makers of other packages
from starostwo.office.models import Holding, Office, Place, Post, Right, Seat, StandIn, Unit, UnitPlace
from starostwo.office.models.ranges import on_day

LONG_AGO = date(2020, 1, 1)
CASE_WORKER = (Right.HANDLE,)
HEAD = (Right.ASSIGN, Right.HANDLE, Right.ACCEPT, Right.SIGN)


def make_office(*, is_demo: bool = True) -> Office:
    """The one office of the installation."""
    office, _ = Office.objects.get_or_create(
        id=1,
        defaults={
            "name": "Starostwo Powiatowe w Zgierzu",
            "county": "powiat zgierski",
            "street": "ul. Sadowa",
            "building": "6a",
            "postcode": "95-100",
            "town": "Zgierz",
            "esp_address": "/starostwo-zgierz/skrytka",
            "is_demo": is_demo,
        },
    )
    return office


def make_seat(code: str = "SADOWA") -> Seat:
    """A building with a desk."""
    seat, _ = Seat.objects.get_or_create(
        code=code,
        defaults={
            "name": "Sadowa 6a",
            "street": "ul. Sadowa",
            "building": "6a",
            "postcode": "95-100",
            "town": "Zgierz",
        },
    )
    return seat


def make_unit(symbol: str, *, name: str = "", parent: str | None = None, since: date = LONG_AGO) -> Unit:
    """A unit that is valid on the given day and later; its parent is made when missing."""
    found = Unit.objects.filter(on_day(since), symbol=symbol).first()
    if found:
        return found
    above = make_unit(parent) if parent else None
    unit = Unit.objects.create(symbol=symbol, valid_from=since)
    UnitPlace.objects.create(unit=unit, name=name or f"Wydział {symbol}", parent=above, valid_from=since)
    return unit


def make_staff(
    login: str,
    name: str,
    *,
    unit: str = "GN",
    title: str = "inspektor",
    rights: Sequence[Right] = CASE_WORKER,
    is_head: bool = False,
    since: date = LONG_AGO,
) -> Account:
    """A member of staff who holds one post in the unit since the given day."""
    found = Account.objects.filter(login=login).first()
    if found:
        return found
    given, family = name.split(" ", 1)
    account = Account.objects.create(
        kind=Account.Kind.STAFF, login=login, given_name=given, family_name=family
    )
    post = Post.objects.create(
        unit=make_unit(unit, since=since), title=title, rights=list(rights), is_head=is_head, valid_from=since
    )
    Holding.objects.create(post=post, account=account, valid_from=since)
    return account


def make_resident(subject: str, name: str, *, pesel: str | None = None) -> Account:
    """A resident whose account came from the test provider."""
    given, family = name.split(" ", 1)
    account, _ = Account.objects.get_or_create(
        external_issuer="https://idp.test",
        external_subject=subject,
        defaults={
            "kind": Account.Kind.RESIDENT,
            "login": f"idp-test-{subject}",
            "given_name": given,
            "family_name": family,
            "pesel": pesel,
            "email": f"{subject}@example.pl",
            "street": "ul. Leśna",
            "building": "12",
            "postcode": "95-100",
            "town": "Zgierz",
        },
    )
    return account


def make_stand_in(absent: Account, deputy: Account, *, since: date, until: date) -> StandIn:
    """The deputy acts for the absent person from the first day to the day before the second."""
    return StandIn.objects.create(
        absent=absent, deputy=deputy, reason="urlop wypoczynkowy", valid_from=since, valid_to=until
    )


def anna() -> Account:
    """Anna Nowak, case worker of GN: holds what the test is about."""
    make_unit("GN", name="Wydział Gospodarki Nieruchomościami", parent="ST")
    return make_staff("a.nowak", "Anna Nowak", unit="GN")


def jan() -> Account:
    """Jan Kos, case worker of AB: must not see what Anna holds."""
    make_unit("AB", name="Wydział Architektury i Budownictwa", parent="ST")
    return make_staff("j.kos", "Jan Kos", unit="AB")


def ewa() -> Account:
    """Ewa Lis, head of GN: assigns, accepts and signs."""
    make_unit("GN", name="Wydział Gospodarki Nieruchomościami", parent="ST")
    return make_staff("e.lis", "Ewa Lis", unit="GN", title="naczelniczka wydziału", rights=HEAD, is_head=True)


def adam() -> Account:
    """Adam Lew, head of AB: another unit's head."""
    make_unit("AB", name="Wydział Architektury i Budownictwa", parent="ST")
    return make_staff("a.lew", "Adam Lew", unit="AB", title="naczelnik wydziału", rights=HEAD, is_head=True)


def clerk() -> Account:
    """Zofia Mak of the mail desk (kancelaria): registers and dispatches."""
    make_unit("OR", name="Wydział Organizacyjny", parent="ST")
    rights = (Right.REGISTER, Right.DISPATCH)
    return make_staff("z.mak", "Zofia Mak", unit="OR", title="podinspektor, kancelaria", rights=rights)


def starosta() -> Account:
    """Tomasz Sokół, the starosta: heads the whole office."""
    make_unit("ST", name="Starosta")
    return make_staff("t.sokol", "Tomasz Sokół", unit="ST", title="starosta", rights=HEAD, is_head=True)


def admin() -> Account:
    """Ola Bąk, administrator of the system."""
    make_unit("OR", name="Wydział Organizacyjny", parent="ST")
    return make_staff("o.bak", "Ola Bąk", unit="OR", title="informatyk", rights=(Right.ADMIN,))


def piotr() -> Account:
    """Piotr Wrona, resident: sends the application."""
    return make_resident("piotr", "Piotr Wrona", pesel="80010112340")


def maria() -> Account:
    """Maria Zych, another resident: must not see what Piotr sent."""
    return make_resident("maria", "Maria Zych", pesel="75051256786")


def actor(account: Account, *, today: date | None = None) -> Actor:
    """The account as whoever acts on a day."""
    return actor_for(account, today=today or localdate())


def client_of(account: Account | None) -> Client:
    """A browser in which the account is signed in, second factor and all; None is nobody."""
    client = Client()
    if account is not None:
        client.force_login(account)
        session = client.session
        session["since"] = session["seen"] = time.time()
        session.save()
    return client


def make_place(path: str = "SADOWA/1/105") -> Place:
    """The place with this path; what lies above it is made when missing."""
    found = Place.objects.filter(path=path).first()
    if found:
        return found
    above, _, code = path.rpartition("/")
    parent = make_place(above) if above else None
    made = Place.objects.create(
        level=parent.level + 1 if parent else 1,
        parent=parent,
        seat=make_seat(),
        code=code,
        name=f"miejsce {code}",
    )
    made.refresh_from_db()
    return made

"""The office of the demonstration county: seats, units, staff with posts, stand-ins, residents."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from starostwo.office.actor import Actor, Mandate
from starostwo.office.demonstration import let_everybody_in
from starostwo.office.models import Account, Right
from starostwo.office.services.accounts import open_staff_account
from starostwo.office.services.residents import account_of
from starostwo.office.services.setting_up import open_seat, set_up_office
from starostwo.office.services.stand_ins import set_stand_in
from starostwo.office.services.structure import open_post, open_unit, take_post
from starostwo.office.vouched import Person
from starostwo.signatures import api as signatures

DATA = Path(__file__).parent / "data"
SINCE = date(2026, 1, 1)
OFFICE = {
    "name": "Starostwo Powiatowe w Zgierzu",
    "county": "powiat zgierski",
    "street": "ul. Sadowa",
    "building": "6a",
    "postcode": "95-100",
    "town": "Zgierz",
    "phone": "42 000 00 00",
    "email": "kancelaria@starostwo.example",
    "esp_address": "/starostwo-zgierz-demo/skrytka",
    "delivery_address": "AE:PL-00000-00000-TESTY-00",
}
PROFILES = {
    "worker": (Right.HANDLE,),
    "head": (Right.ASSIGN, Right.HANDLE, Right.ACCEPT, Right.SIGN),
    "desk": (Right.REGISTER, Right.DISPATCH),
    "coordinator": (Right.COORDINATE, Right.HANDLE, Right.EDIT_PLAN),
    "archivist": (Right.ARCHIVE,),
    "admin": (Right.ADMIN,),
    "editor": (Right.EDIT_BULLETIN, Right.EDIT_FORMS, Right.HANDLE),
    "portal": (Right.EDIT_PORTAL,),
    "site": (Right.EDIT_SITES,),
    "treasury": (Right.SETTLE, Right.HANDLE),
    "accountant": (
        Right.ASSIGN,
        Right.HANDLE,
        Right.ACCEPT,
        Right.SIGN,
        Right.SETTLE,
        Right.KEEP_BOOKS,
        Right.CHIEF_ACCOUNTANT,
    ),
    "bookkeeper": (Right.HANDLE, Right.KEEP_BOOKS),
    "treasurer": (Right.ASSIGN, Right.HANDLE, Right.ACCEPT, Right.SIGN, Right.READ_BOOKS, Right.TREASURER),
    "assets": (Right.MANAGE_ASSETS, Right.COUNT_ASSETS),
    "counter": (Right.COUNT_ASSETS,),
    "network": (Right.MANAGE_NETWORK, Right.WORK_ORDERS),
    "technician": (Right.WORK_ORDERS,),
    "inspector": (Right.INSPECT,),
    "privacy": (Right.PRIVACY,),
}
INSTALLER = Actor(
    account_id=0,
    name="Instalacja demonstracyjna",
    kind=Account.Kind.STAFF,
    login="instalacja",
    own=Mandate(0, rights=frozenset({Right.ADMIN, Right.EDIT_PLAN})),
)


@dataclass(frozen=True)
class Cast:
    """Everybody of the demonstration by log-in (staff) or by subject (residents)."""

    staff: dict[str, Account]
    residents: dict[str, Account]


def set_up(*, now: datetime, today: date) -> Cast:
    """Set up the office and its people; keys are made as of `now`."""
    set_up_office(INSTALLER, is_demo=True, lines=OFFICE)
    for row in rows("seats.csv"):
        open_seat(INSTALLER, code=row.pop("code"), lines=row)
    for row in rows("units.csv"):
        open_unit(
            INSTALLER,
            symbol=row["symbol"],
            name=row["name"],
            parent=row["parent"] or None,
            valid_from=SINCE,
            seat=row["seat"],
        )
    staff = {row["login"]: _member_of_staff(row) for row in rows("people.csv")}
    let_everybody_in(list(staff.values()), now=now)
    residents = {row["subject"]: _resident(row) for row in rows("residents.csv")}
    _stand_ins(staff, today)
    return Cast(staff, residents)


def give_keys(cast: Cast, *, now: datetime) -> None:
    """Make the test authority, the seal, the time-stamp key and everybody's test certificate."""
    titles = {row["login"]: row["title"] for row in rows("people.csv")}
    people = [
        signatures.demo_pki.DemoPerson(a.pk, a.given_name, a.family_name, title=titles[login])
        for login, a in cast.staff.items()
    ]
    people += [
        signatures.demo_pki.DemoPerson(a.pk, a.given_name, a.family_name, pesel=a.pesel or "")
        for a in cast.residents.values()
    ]
    made = signatures.demo_pki.build(settings.KEYS_DIR, people, now=now, in_token=True)
    for account_id, key in made.people.items():
        signatures.assign_key(account_id, key, now=now)


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of the demonstration's tables."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _member_of_staff(row: dict[str, str]) -> Account:
    account, _ = open_staff_account(
        INSTALLER,
        login=row["login"],
        given_name=row["given_name"],
        family_name=row["family_name"],
        email=f"{row['login']}@starostwo.example",
        with_password=False,
    )
    post = open_post(
        INSTALLER,
        unit=row["unit"],
        title=row["title"],
        rights=PROFILES[row["profile"]],
        valid_from=SINCE,
        is_head=row["is_head"] == "1",
    )
    take_post(INSTALLER, post_id=post.pk, account_id=account.pk, valid_from=SINCE)
    return account


def _resident(row: dict[str, str]) -> Account:
    house = f"{row['building']}/{row['flat']}" if row["flat"] else row["building"]
    return account_of(
        Person(
            issuer=settings.OIDC_ACCOUNTS,
            subject=row["subject"],
            given_name=row["given_name"],
            family_name=row["family_name"],
            pesel=row["pesel"],
            email=row["email"],
            address={
                "street_address": f"{row['street']} {house}",
                "postal_code": row["postcode"],
                "locality": row["town"],
            },
            id_token="",
        )
    )


def _stand_ins(staff: dict[str, Account], today: date) -> None:
    """Two people are away: a head, whose deputy signs for him, and a clerk of the mail desk."""
    for absent, deputy, days in (("g.olcha", "z.kamien", 10), ("k.pawlik", "z.mak", 5)):
        set_stand_in(
            INSTALLER,
            absent_id=staff[absent].pk,
            deputy_id=staff[deputy].pk,
            valid_from=today,
            valid_to=today + timedelta(days=days),
            today=today,
            reason="urlop wypoczynkowy",
        )


def everybody(cast: Cast) -> Iterable[Account]:
    """All accounts of the demonstration."""
    return [*cast.staff.values(), *cast.residents.values()]

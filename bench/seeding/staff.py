"""Who works in the measured office: the demonstration's people and more case workers beside them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from starostwo.office.models import Account, Right, Unit
from starostwo.office.queries.structure import people
from starostwo.office.services.accounts import open_staff_account
from starostwo.office.services.structure import open_post, take_post
from starostwo.site.demo.people import INSTALLER, SINCE, Cast, rows

MORE_WORKERS = {
    **{"KM": 40, "GK": 30, "AB": 24, "GN": 12, "OS": 12, "OR": 12, "SP": 10},
    **{"ON": 10, "FN": 8, "ED": 8, "IF": 8, "PK": 5, "ZP": 4, "RK": 1},
}
SEATS = {"z.mak": "SADOWA", "k.pawlik": "DLUGA", "e.jasna": "OZORKOW", "r.dudek": "GLOWNO"}


@dataclass(frozen=True)
class Person:
    """A member of staff as the history names him."""

    id: int
    name: str
    post: str
    seat: str = ""


@dataclass(frozen=True)
class Staff:
    """Everybody by what they do."""

    desk: list[Person]
    starosta: Person
    heads: dict[str, Person]
    workers: dict[str, list[Person]]


def hire(cast: Cast) -> None:
    """Add case workers, so that nobody holds more than people do."""
    units = {unit.symbol: unit for unit in Unit.objects.all()}
    for symbol, count in MORE_WORKERS.items():
        for place in range(1, count + 1):
            account, _ = open_staff_account(
                INSTALLER,
                login=f"{symbol.lower()}{place}",
                given_name="Jan",
                family_name=f"Referent {symbol} {place}",
                with_password=False,
            )
            post = open_post(
                INSTALLER,
                unit=units[symbol].symbol,
                title="referent",
                rights=(Right.HANDLE,),
                valid_from=SINCE,
            )
            take_post(INSTALLER, post_id=post.pk, account_id=account.pk, valid_from=SINCE)


def staff(*, today: date) -> Staff:
    """Return everybody as they stand today."""
    profiles = {row["login"]: row for row in rows("people.csv")}
    logins = dict(Account.objects.filter(kind=Account.Kind.STAFF).values_list("pk", "login"))
    found = {logins[one.id]: (one.unit, Person(one.id, one.name, one.post)) for one in people(today)}
    heads = {
        unit: one for login, (unit, one) in found.items() if profiles.get(login, {}).get("is_head") == "1"
    }
    workers: dict[str, list[Person]] = defaultdict(list)
    for login, (unit, one) in found.items():
        if login not in profiles or profiles[login]["profile"] == "worker":
            workers[unit].append(one)
    desk = [
        Person(found[login][1].id, found[login][1].name, "kancelaria", seat) for login, seat in SEATS.items()
    ]
    for unit, head in heads.items():
        workers[unit] = workers[unit] or [head]
    return Staff(desk, found["t.sokol"][1], heads, dict(workers))

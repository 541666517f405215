"""`python -m bench.questions`: who asks which pages, printed as JSON, with a session for each person."""

import json
import sys
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlencode

import django

django.setup()

from django.utils.timezone import localdate  # noqa: E402  models are there only after setup

from bench import cabling  # noqa: E402
from starostwo.office.actor import Actor, actor_for  # noqa: E402
from starostwo.office.models import Account  # noqa: E402
from starostwo.office.testing import client_of  # noqa: E402
from starostwo.platform.paging import keyset_page  # noqa: E402
from starostwo.records.access import visible_cases, visible_letters  # noqa: E402
from starostwo.records.models import Case  # noqa: E402
from starostwo.records.queries.lists import NEWEST, LetterFilter, cases, letters  # noqa: E402
from starostwo.search.models import Entry  # noqa: E402

DESK, WORKER, HEAD, STAROSTA = "z.mak", "a.nowak", "c.droga", "t.sokol"
NAMES = {DESK: "mail desk", WORKER: "case worker", HEAD: "head of unit", STAROSTA: "starosta"}
QUEUE, ALL_CASES, SEARCH = "/urzad/kancelaria/", "/urzad/sprawy/wszystkie/", "/urzad/szukaj/"
FREQUENT = ("wniosek", "działka", "pojazdu", "dokumentów", "zaświadczenie")
TWO = ("rejestracja pojazdu", "działka Szczawin", "pozwolenie budowę", "wypis gruntów", "wniosek Kowalski")
WITHOUT_SIGNS = ("budowe", "gruntow", "dzialki", "uzytkowania", "ewidencji gruntow", "materialow")
NOWHERE = ("zaswiadczenje", "rejestrcja", "pozwolnie")
WORDS_OF_HEAD = ("pojazdów", "wyrejestrowanie pojazdu", "prawem jazdy", "zbyciu")
A_FEW = 30


def main() -> None:
    """Print the questions."""
    today = localdate()
    people = {login: actor_for(Account.objects.get(login=login), today=today) for login in NAMES}
    asked = (
        {
            f"list: {name}": rows
            for name, rows in (
                ("queue of letters, mail desk", (DESK, _queue(people[DESK]))),
                ("letters to handle, case worker", (WORKER, ["/urzad/pisma/"])),
                ("letters to assign, head of unit", (HEAD, ["/urzad/dekretacja/"])),
                ("own cases, case worker", (WORKER, ["/urzad/sprawy/"])),
                *((f"cases, {NAMES[who]}", (who, _cases(people[who]))) for who in (WORKER, HEAD, STAROSTA)),
                *((f"first page, {NAMES[who]}", (who, ["/urzad/"])) for who in NAMES),
                ("register of incoming letters, mail desk", (DESK, _register(today.year))),
            )
        }
        | {
            f"page: {name}": rows
            for name, rows in (
                ("case, case worker", (WORKER, _case_pages(people[WORKER]))),
                ("case, head of unit", (HEAD, _case_pages(people[HEAD]))),
                ("letter, case worker", (WORKER, _letter_pages(people[WORKER]))),
            )
        }
        | {f"search: {name}": rows for name, rows in _searches(people)}
        | cabling.questions()
    )
    cookies = {login: _session(login) for login in sorted({who for who, _ in asked.values()})}
    json.dump({name: [cookies[who], paths] for name, (who, paths) in asked.items()}, sys.stdout)


def _session(login: str) -> str:
    client = client_of(Account.objects.get(login=login))
    return client.session.session_key or ""


def _queue(actor: Actor) -> list[str]:
    """The first pages, one in the middle of the years, and each filter."""
    filters = [
        {},
        {"stan": "REGISTERED"},
        {"stan": "ASSIGNED"},
        {"kanal": "ESP"},
        {"komorka": "GN"},
        {"niepelne": "1"},
    ]
    rows = letters(actor, LetterFilter())
    cursors, cursor = [], None
    for _ in range(5):
        cursor = keyset_page(rows, key=NEWEST, cursor=cursor, size=40).after
        cursors.append(cursor)
    newest = rows.order_by("-registered_at")[0].registered_at
    oldest = rows.order_by("registered_at")[0].registered_at
    middle = rows.filter(registered_at__lt=newest - (newest - oldest) / 2)
    cursors.append(keyset_page(middle, key=NEWEST, cursor=None, size=40).after)
    return _paths(QUEUE, [*filters, *({"cursor": each} for each in cursors if each)])


def _cases(actor: Actor) -> list[str]:
    units = sorted(actor.heads)[:3]
    one = cases(actor)[0]
    filters = [{}, {"stan": "OPEN"}, {"stan": "CLOSED"}, {"rok": str(one.year)}, {"klasa": one.klass[:2]}]
    filters += [{"komorka": unit} for unit in units] + [{"stan": "OPEN", "klasa": one.klass}]
    cursor = keyset_page(cases(actor), key=NEWEST, cursor=None).after
    return _paths(ALL_CASES, [*filters, *([{"cursor": cursor}] if cursor else [])])


def _register(year: int) -> list[str]:
    today = localdate()
    spans = [(today - timedelta(days=days), today) for days in (1, 30, 300)]
    return _paths(
        "/urzad/rejestry/przychodzace/",
        [{}, *({"od": f"{a:%d.%m.%Y}", "do": f"{b:%d.%m.%Y}"} for a, b in spans)],
    )


def _case_pages(actor: Actor) -> list[str]:
    chosen = visible_cases(actor).filter(state=Case.State.OPEN).order_by("-id")[:A_FEW]
    closed = visible_cases(actor).filter(state=Case.State.CLOSED).order_by("id")[:A_FEW]
    return [f"/urzad/sprawy/{case.mark}/" for case in (*chosen, *closed)]


def _letter_pages(actor: Actor) -> list[str]:
    return [f"/urzad/pisma/{letter.pk}/" for letter in visible_letters(actor).order_by("-id")[:A_FEW]]


def _searches(people: dict[str, Actor]) -> Iterable[tuple[str, tuple[str, list[str]]]]:
    """Each kind of question as a case worker, as the mail desk that sees all letters, as the starosta."""
    for who in (WORKER, DESK, STAROSTA):
        marks = [case.mark for case in visible_cases(people[who]).order_by("-id")[:A_FEW]]
        rare = Entry.objects.filter(kind="letter", audience__overlap=sorted(people[who].tokens)).order_by(
            "-id"
        )
        yield f"frequent word, {NAMES[who]}", (who, _asked(FREQUENT))
        yield f"two words, {NAMES[who]}", (who, _asked(TWO))
        yield f"word that is nowhere, {NAMES[who]}", (who, _asked(NOWHERE))
        yield f"number of a letter, {NAMES[who]}", (who, _asked(row.marks for row in rare[:A_FEW]))
        yield f"inflected, without diacritics, {NAMES[who]}", (who, _asked(WITHOUT_SIGNS))
        if marks:
            yield (
                f"part of a case mark, {NAMES[who]}",
                (who, _asked(mark.partition(".")[2][:7] for mark in marks)),
            )
    yield f"words of the unit, {NAMES[HEAD]}", (HEAD, _asked(WORDS_OF_HEAD))


def _asked(words: Iterable[str]) -> list[str]:
    return _paths(SEARCH, [{"q": word} for word in words])


def _paths(address: str, filters: Iterable[dict[str, str]]) -> list[str]:
    return [f"{address}?{urlencode(each)}" if each else address for each in filters]


if __name__ == "__main__":
    main()

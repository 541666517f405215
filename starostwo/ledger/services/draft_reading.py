"""Reading a draft as the books understand it: accounts, parties, positions, and what is still wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from starostwo.ledger.models import Account, Counterparty, Draft, Period
from starostwo.ledger.rules import typed
from starostwo.ledger.rules.classification import NotAPosition, position
from starostwo.ledger.rules.periods import NoOpenMonth, month_for
from starostwo.ledger.rules.typed import TypedLine
from starostwo.ledger.rules.vouchers import Entry
from starostwo.ledger.services.dictionaries import Dimensions, UnknownSymbol, classify

KIND_OF_POSITION = {"INCOME": "D", "SPENDING": "W"}


@dataclass(frozen=True)
class Problem:
    """What cannot be read: the line (0 is the header), the field, and what to do about it."""

    line: int
    field: str
    text: str


@dataclass
class Reading:
    """A draft as the books understand it: accounts and parties by line, and what is still wrong."""

    accounts: dict[int, Account] = field(default_factory=dict)
    parties: dict[int, Counterparty] = field(default_factory=dict)
    entries: list[tuple[TypedLine, Entry]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    month: int = 0
    days: dict[str, date] = field(default_factory=dict)


def read(draft: Draft) -> Reading:
    """Read a draft as far as it can be read; only the row of a new position is written."""
    reading = Reading()
    year = draft.journal.fiscal_year
    content = draft.content
    if not str(content.get("text", "")).strip():
        reading.problems.append(Problem(0, "text", "Wpisz treść dowodu."))
    for name, label in (("issued_on", "datę dokumentu"), ("operation_on", "datę operacji")):
        try:
            reading.days[name] = typed.day(str(content.get(name, "")), year=year.year)
        except typed.NotADay:
            reading.problems.append(Problem(0, name, f"Podaj {label}, na przykład 23.11.{year.year}."))
    _read_month(reading, draft)
    lines = typed.lines(content)
    if not lines:
        reading.problems.append(Problem(1, "account", "Wpisz co najmniej jeden zapis."))
    _read_lines(reading, draft, lines)
    return reading


def _read_month(reading: Reading, draft: Draft) -> None:
    year, given = draft.journal.fiscal_year, str(draft.content.get("month", "")).strip()
    if given.isdecimal() and int(given) <= 13:
        reading.month = int(given)
        return
    day = reading.days.get("operation_on")
    if day is None:
        return
    states = dict(Period.objects.filter(fiscal_year=year).values_list("month", "state"))
    try:
        reading.month = month_for(day, year=year.year, states=states)
    except NoOpenMonth:
        reading.problems.append(
            Problem(
                0, "operation_on", "Ten miesiąc i następne są zamknięte. Wybierz rok, w którym to zapisać."
            )
        )


def _read_lines(reading: Reading, draft: Draft, lines: list[TypedLine]) -> None:
    year = draft.journal.fiscal_year
    numbers = {line.account for line in lines}
    accounts = {a.number: a for a in Account.objects.filter(fiscal_year=year, number__in=numbers)}
    parties = _parties(lines)
    for line in lines:
        account = accounts.get(line.account)
        if account is None:
            reading.problems.append(Problem(line.number, "account", f"Nie ma konta „{line.account}”."))
            continue
        reading.accounts[line.number] = account
        if not account.is_posting:
            reading.problems.append(
                Problem(
                    line.number,
                    "account",
                    f"Na koncie {account.number} się nie księguje. Wybierz jego część.",
                )
            )
        if line.party:
            _read_party(reading, line, parties)
        _read_entry(reading, line, account, year.year)


def _parties(lines: list[TypedLine]) -> dict[str, Counterparty]:
    """Counterparties by what was typed: the number of the row (from the lookup) or a NIP."""
    told = {line.party for line in lines if line.party}
    rows = {int(value[1:]) for value in told if value.startswith("#") and value[1:].isdecimal()}
    nips = {"".join(c for c in value if c.isdecimal()) for value in told if not value.startswith("#")} - {""}
    found = {f"#{p.pk}": p for p in Counterparty.objects.filter(pk__in=rows)}
    return found | {p.nip: p for p in Counterparty.objects.filter(nip__in=nips)}


def _read_party(reading: Reading, line: TypedLine, parties: Mapping[str, Counterparty]) -> None:
    key = line.party if line.party.startswith("#") else "".join(c for c in line.party if c.isdecimal())
    if key in parties:
        reading.parties[line.number] = parties[key]
    else:
        reading.problems.append(
            Problem(line.number, "party", "Wybierz kontrahenta z podpowiedzi albo podaj jego NIP.")
        )


def _read_entry(reading: Reading, line: TypedLine, account: Account, year: int) -> None:
    sides = {}
    for side in ("debit", "credit"):
        try:
            sides[side] = typed.amount(getattr(line, side))
        except typed.NotAnAmount:
            reading.problems.append(Problem(line.number, side, "Podaj kwotę, na przykład 1234,50."))
            return
    if (sides["debit"] == 0) == (sides["credit"] == 0):
        reading.problems.append(Problem(line.number, "debit", "Podaj kwotę po jednej stronie: Wn albo Ma."))
    classification = _read_position(reading, line, account, year)
    party = reading.parties.get(line.number)
    if "COUNTERPARTY" in account.requires and not line.party:
        reading.problems.append(Problem(line.number, "party", f"Konto {account.number} wymaga kontrahenta."))
    if "SETTLEMENT" in account.requires and not line.settled:
        reading.problems.append(
            Problem(line.number, "settled", "Podaj numer dokumentu, którego dotyczy rozrachunek.")
        )
    entry = Entry(
        account.pk,
        sides["debit"],
        sides["credit"],
        classification,
        party.pk if party else None,
        text=line.text,
    )
    reading.entries.append((line, entry))


def _read_position(reading: Reading, line: TypedLine, account: Account, year: int) -> int | None:
    wanted = next((name for name in ("INCOME", "SPENDING", "CLASSIFICATION") if name in account.requires), "")
    if not line.position:
        if wanted or account.control:
            reading.problems.append(
                Problem(
                    line.number,
                    "position",
                    f"Konto {account.number} wymaga klasyfikacji, na przykład 750.75020.4300.",
                )
            )
        return None
    try:
        kind = KIND_OF_POSITION.get(wanted) or _kind_by_paragraph(position(line.position).paragraph)
        own = Dimensions(**typed.own_dimensions(line.own))
        return classify(position(line.position), year=year, kind=kind, dimensions=own).pk
    except UnknownSymbol as unknown:
        reading.problems.append(Problem(line.number, "position", f"W słowniku tego roku nie ma {unknown}."))
    except NotAPosition:
        reading.problems.append(
            Problem(
                line.number,
                "position",
                "Klasyfikacja to dział, rozdział i paragraf, na przykład 750.75020.4300.",
            )
        )
    except typed.NotDimensions:
        reading.problems.append(
            Problem(
                line.number, "own", "Własne wymiary pisze się tak: Z:zadanie F:źródło P:projekt D:dysponent."
            )
        )
    return None


def _kind_by_paragraph(paragraph: str) -> str:
    """On an account of any kind: 9xx are revenue and outflow; 3, 4, 6, 8 begin spending; else income."""
    if paragraph.startswith("9"):
        return "R" if paragraph >= "9820" else "P"
    return "W" if paragraph[0] in "34568" or paragraph[:2] in {"23", "25", "28"} else "D"

"""Contracts that bring claims: registered with their rates, assessed for a period in one batch, each once.

Law: u.g.n. art. 71 ust. 4 (perpetual usufruct, by 31 March), art. 77 (a rate is raised), from memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.ledger import api as ledger
from starostwo.ledger.api import settlements
from starostwo.office.api import Actor
from starostwo.treasury.models import ClaimKind, IncomeContract, IncomeRate
from starostwo.treasury.queries.income_contracts import Prepared, prepared
from starostwo.treasury.rules.income_contracts import Rhythm
from starostwo.treasury.services import claims
from starostwo.treasury.services.claims import Wrong, own_book


@dataclass(frozen=True)
class NewContract:
    """What is said of a contract."""

    kind: str
    basis: str
    number: str
    signed_on: date
    debtor: settlements.Known
    subject: str
    rhythm: str
    due_day: int
    starts_on: date
    position: str
    amount: int
    interest: str
    due_month: int | None = None
    ends_on: date | None = None
    of_state: bool = False
    case_mark: str = ""


@transaction.atomic
def register(book_id: int, said: NewContract, *, actor: Actor, now: datetime) -> IncomeContract:
    """Enter a contract with its first rate."""
    book = own_book(book_id, actor)
    _check(said)
    claims.position_of(said.position, localdate(now).year, of_state=said.of_state)
    case_id = claims.case_of(said.case_mark, actor)
    is_yearly = said.rhythm == Rhythm.YEAR
    try:
        with transaction.atomic():
            made = IncomeContract.objects.create(
                book=book, kind=said.kind, basis=said.basis, number=said.number.strip(),
                signed_on=said.signed_on, counterparty=settlements.keep_counterparty(said.debtor),
                subject=said.subject.strip(), rhythm=said.rhythm,
                due_month=said.due_month if is_yearly else None, due_day=said.due_day,
                starts_on=said.starts_on, ends_on=said.ends_on, position=said.position.strip(),
                is_state=said.of_state, interest=said.interest, case_id=case_id,
            )  # fmt: skip
    except IntegrityError as error:
        raise Wrong("number", "Umowa o tym numerze jest już w rejestrze.") from error
    IncomeRate.objects.create(contract=made, since=said.starts_on, amount=said.amount, why="umowa")
    _note(made, "register", actor, now, number=made.number, amount=said.amount)
    return made


def _check(said: NewContract) -> None:
    if said.amount <= 0:
        raise Wrong("amount", "Kwota musi być większa od zera.")
    if said.rhythm == Rhythm.YEAR and not said.due_month:
        raise Wrong("due_month", "Podaj miesiąc, do którego płaci się opłatę roczną.")
    if said.ends_on and said.ends_on < said.starts_on:
        raise Wrong("ends_on", "Umowa nie może skończyć się, zanim się zacznie.")


class NoSuchContract(Exception):
    """There is no such contract for this person."""


@transaction.atomic
def raise_rate(
    contract_id: int, amount: int, *, since: date, why: str, actor: Actor, now: datetime
) -> IncomeRate:
    """Say what one period costs from a day on; what was assessed before stays."""
    contract = _locked(contract_id, actor)
    if amount <= 0:
        raise Wrong("amount", "Kwota musi być większa od zera.")
    if since < contract.starts_on or IncomeRate.objects.filter(contract=contract, since__gte=since).exists():
        raise Wrong("since", "Podaj dzień późniejszy niż poprzednia stawka.")
    made = IncomeRate.objects.create(contract=contract, since=since, amount=amount, why=why.strip()[:200])
    _note(contract, "change", actor, now, since=since.isoformat(), amount=amount)
    return made


@transaction.atomic
def end(contract_id: int, *, on: date, actor: Actor, now: datetime) -> IncomeContract:
    """Say when a contract ends; later periods bring nothing."""
    contract = _locked(contract_id, actor)
    if on < contract.starts_on:
        raise Wrong("ends_on", "Umowa nie może skończyć się, zanim się zacznie.")
    contract.ends_on = on
    contract.save(update_fields=["ends_on"])
    _note(contract, "end", actor, now, on=on.isoformat())
    return contract


@dataclass(frozen=True)
class Batch:
    """Which contracts are assessed: of a kind, for a year or one of its months."""

    kind: str
    year: int
    month: int | None = None
    chosen: Sequence[int] = field(default_factory=tuple)


class NothingToAssess(Exception):
    """All that the period brings is assessed already."""


@transaction.atomic
def assess_period(book_id: int, batch: Batch, *, actor: Actor, today: date, now: datetime) -> int:
    """Assess a period for all contracts of a kind that lack it; run again, it adds only what is missing.

    What is not due yet is dated today, or the first day of a period to come; what should have been assessed
    earlier this year, the day of its term.
    """
    book = own_book(book_id, actor)
    contracts = IncomeContract.objects.select_for_update().filter(book=book, kind=batch.kind)
    list(contracts.order_by("pk").values_list("pk"))  # two people do not assess the same at once
    wanted = [row for row in prepared(book, batch.kind, batch.year, batch.month) if not row.is_done]
    rows = [
        _assessed(row, today) for row in wanted if row.amount
        and (not batch.chosen or row.contract.pk in batch.chosen)
    ]  # fmt: skip
    if not rows:
        raise NothingToAssess
    return len(claims.enter(book, rows, actor=actor, now=now))


def _assessed(row: Prepared, today: date) -> claims.Assessed:
    contract = row.contract
    due_on = row.period.due_on
    issued_on = due_on if due_on < today and due_on.year == today.year else max(today, row.period.first)
    ground = claims.Ground(
        kind=contract.kind, interest=contract.interest, basis=contract.basis, number=contract.number,
        on=contract.signed_on, case_id=contract.case_id, of_state=contract.is_state,
        contract_id=contract.pk, period=row.period.name,
    )  # fmt: skip
    text = f"{ClaimKind(contract.kind).label} {row.period.name}: {contract.subject}"
    return claims.Assessed(
        contract.counterparty_id, f"{contract.number}/{row.period.name}", row.amount or 0, issued_on, due_on,
        claims.position_of(contract.position, issued_on.year, of_state=contract.is_state), text, ground,
    )  # fmt: skip


def _locked(contract_id: int, actor: Actor) -> IncomeContract:
    found: Any = (
        IncomeContract.objects.select_for_update(of=("self",)).select_related("book")
        .filter(pk=contract_id).first()
    )  # fmt: skip
    if found is None or not ledger.may_post(actor, found.book):
        raise NoSuchContract(contract_id)
    return found  # type: ignore[no-any-return]


def _note(contract: IncomeContract, verb: str, actor: Actor, now: datetime, **said: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=str(contract), payload=said, at=now
    )

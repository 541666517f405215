"""What an operation on a statement means: rules in their order, each says by what it knew.

A proposal is only that: whoever posts the statement sees it with its reason. Nothing is guessed from an
amount alone; what no rule knows goes to 245 (wpływy do wyjaśnienia) or waits for a person.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starostwo.platform.polish import fold
from starostwo.treasury.rules.bank_operations import Operation, digits

ORDER_NAMED = re.compile(r"P(\d{1,12})")
NIP_NAMED = re.compile(r"(?<!\d)\d{3}-?\d{3}-?\d{2}-?\d{2}(?!\d)|(?<!\d)\d{10}(?!\d)")
LONG_NUMBER = re.compile(r"(?<!\d)(?:\d[ ]?){26}(?!\d)")


@dataclass(frozen=True)
class Order:
    """A transfer of ours that is at the bank."""

    id: int
    amount: int
    account: str


@dataclass(frozen=True)
class Debt:
    """An open settlement: what is left of it, its number, who it is with."""

    id: int
    is_receivable: bool
    left: int
    number: str
    counterparty: int
    nip: str
    account: str


@dataclass(frozen=True)
class Learned:
    """A rule that a person taught."""

    id: int
    is_credit: bool
    account: str
    title_has: str


@dataclass(frozen=True)
class Known:
    """All that operations are matched with."""

    orders: Sequence[Order] = ()
    debts: Sequence[Debt] = ()
    virtual: tuple[tuple[str, int], ...] = ()
    learned: Sequence[Learned] = ()


@dataclass(frozen=True)
class Proposal:
    """One of order, settlement or learned rule, and the reason in words."""

    why: str = ""
    order: int | None = None
    settlement: int | None = None
    learned: int | None = None
    counterparty: int | None = None


def match(operation: Operation, known: Known) -> Proposal:
    """The first rule that knows the operation."""
    rules = (_by_order, _by_virtual_account, _by_number, _by_payer, _by_learned)
    return next((found for rule in rules if (found := rule(operation, known)) is not None), Proposal())


def _by_order(operation: Operation, known: Known) -> Proposal | None:
    """A debit is our transfer when bank and we call it the same, or account and amount name one alone."""
    if operation.amount > 0:
        return None
    named = ORDER_NAMED.fullmatch(operation.own_reference)
    same = [one for one in known.orders if one.amount == -operation.amount]
    if named and (one := next((one for one in same if one.id == int(named[1])), None)):
        return Proposal("nasze oznaczenie przelewu", order=one.id)
    by_account = [one for one in same if one.account == operation.account]
    if len(by_account) == 1:
        return Proposal("rachunek odbiorcy i kwota przelewu", order=by_account[0].id)
    return None


def _by_virtual_account(operation: Operation, known: Known) -> Proposal | None:
    """The payer used the number given to him: his debt with that number in the title, else the oldest."""
    numbers = {operation.own_account, *(digits(found[0]) for found in LONG_NUMBER.finditer(operation.title))}
    payer = next((counterparty for number, counterparty in known.virtual if number in numbers), None)
    if operation.amount <= 0 or payer is None:
        return None
    debt = _debt_of(
        operation, [one for one in known.debts if one.counterparty == payer and one.is_receivable]
    )
    return Proposal("rachunek wirtualny", settlement=debt.id if debt else None, counterparty=payer)


def _by_number(operation: Operation, known: Known) -> Proposal | None:
    """The title names the document of one debt; with a NIP in the title only debts of that payer count."""
    nips = {digits(found) for found in NIP_NAMED.findall(operation.title)}
    of_payer = [one for one in known.debts if one.nip and one.nip in nips]
    named = [one for one in (of_payer or known.debts) if _names(operation.title, one.number)]
    exact = [one for one in named if one.left == abs(operation.amount)] or named
    fitting = [one for one in exact if one.is_receivable == (operation.amount > 0) or not one.is_receivable]
    if len({one.id for one in fitting}) == 1:
        reason = "numer dokumentu i kwota" if fitting[0].left == abs(operation.amount) else "numer dokumentu"
        return Proposal(reason, settlement=fitting[0].id)
    same = [one for one in of_payer if one.left == abs(operation.amount) and one.is_receivable]
    return Proposal("NIP i kwota", settlement=same[0].id) if len(same) == 1 and operation.amount > 0 else None


def _by_payer(operation: Operation, known: Known) -> Proposal | None:
    """The money came from a counterparty's own account in the amount of one debt of theirs."""
    theirs = [
        one for one in known.debts
        if one.account and one.account == operation.account
        and one.is_receivable and one.left == operation.amount
    ]  # fmt: skip
    return Proposal("rachunek płacącego i kwota", settlement=theirs[0].id) if len(theirs) == 1 else None


def _by_learned(operation: Operation, known: Known) -> Proposal | None:
    """A rule that a person taught: the other side's account, the words of the title, or both."""
    title = fold(operation.title)
    fitting = [
        one for one in known.learned
        if one.is_credit == (operation.amount > 0)
        and (not one.account or one.account == operation.account)
        and (not one.title_has or fold(one.title_has) in title)
    ]  # fmt: skip
    if not fitting:
        return None
    closest = max(fitting, key=lambda one: (bool(one.account), len(one.title_has)))
    return Proposal("reguła nauczona przez pracownika", learned=closest.id)


def _debt_of(operation: Operation, debts: Sequence[Debt]) -> Debt | None:
    named = [one for one in debts if _names(operation.title, one.number)]
    same = [one for one in debts if one.left == operation.amount]
    return next(iter([*named, *same, *debts]), None)


def _names(title: str, number: str) -> bool:
    """Whether the title names the document, with or without spaces, not as a part of a longer number."""
    wanted = fold("".join(number.split()))
    if len(wanted) < 3:
        return False
    begins = r"(?<!\d)" if wanted[0].isdigit() else ""
    return re.search(rf"{begins}{re.escape(wanted)}(?![\d/])", fold("".join(title.split()))) is not None

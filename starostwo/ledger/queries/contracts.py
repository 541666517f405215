"""The register of contracts: what was agreed, committed, paid and is left; leave to commit above the plan."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from starostwo.ledger import access
from starostwo.ledger.models import (
    Account,
    Classification,
    Contract,
    ContractAnnex,
    ContractDraft,
    ContractPart,
    FiscalYear,
    Line,
    Overcommitment,
    Voucher,
)
from starostwo.ledger.rules.classification import Position
from starostwo.office.api import Actor
from starostwo.platform.polish import fold

NEWEST = ("-year", "-number", "-pk")


def visible(actor: Actor, *, words: str = "") -> QuerySet[Contract]:
    """The contracts of the books that the person sees, each with what it comes to and what was paid."""
    found = Contract.objects.filter(book__in=access.visible_books(actor)).select_related(
        "counterparty", "book"
    )
    if words:
        found = found.filter(
            Q(document_number__icontains=words)
            | Q(subject__icontains=words)
            | Q(counterparty__folded__contains=fold(words))
            | Q(counterparty__nip=words)
        )
    return found.annotate(agreed=agreed(), paid=_paid())


def agreed() -> Coalesce:
    """What a contract comes to with its annexes."""
    parts = ContractPart.objects.filter(contract=OuterRef("pk")).values("contract")
    return Coalesce(Subquery(parts.annotate(total=Sum("amount")).values("total")), 0)


def _paid() -> Coalesce:
    """What left the bank account of spending under the contract."""
    lines = Line.objects.filter(contract=OuterRef("pk"), account__control=Account.Control.PAID)
    total = lines.values("contract").annotate(total=Sum("credit")).values("total")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), 0)


def drafts(actor: Actor) -> QuerySet[ContractDraft]:
    """Contracts that are being typed, the latest first."""
    mine = ContractDraft.objects.filter(book__in=access.visible_books(actor)).select_related("book")
    return mine.order_by("-changed_at", "-pk")


def books_to_enter(actor: Actor) -> list[tuple[str, str]]:
    """Code and name of each book in which the person enters contracts; the budget itself has none."""
    found = access.visible_books(actor).filter(kind="UNIT").order_by("name")
    return [(book.code, book.name) for book in found if access.may_prepare_plan(actor, book)]


@dataclass(frozen=True)
class PartRow:
    """One position of a contract in one year."""

    year: int
    position: str
    agreed: int
    paid: int

    @property
    def left(self) -> int:
        """What may still be paid."""
        return self.agreed - self.paid


def parts_of(contract: Contract) -> list[PartRow]:
    """What was agreed with all annexes and what was paid, by year and position."""
    agreed: dict[tuple[int, str], int] = {}
    for part in ContractPart.objects.filter(contract=contract).select_related("classification"):
        key = (part.classification.year, str(part.classification))
        agreed[key] = agreed.get(key, 0) + part.amount
    paid: dict[tuple[int, str], int] = {}
    lines = Line.objects.filter(contract=contract, account__control=Account.Control.PAID)
    for line in lines.select_related("classification"):
        if line.classification is not None:
            key = (line.classification.year, str(line.classification))
            paid[key] = paid.get(key, 0) + line.credit
    keys = sorted(set(agreed) | set(paid))
    return [PartRow(*key, agreed.get(key, 0), paid.get(key, 0)) for key in keys]


def annexes_of(contract: Contract) -> QuerySet[ContractAnnex]:
    """The annexes in their order."""
    return ContractAnnex.objects.filter(contract=contract).order_by("number")


def vouchers_of(contract: Contract) -> QuerySet[Voucher]:
    """The vouchers whose lines name the contract, the newest first."""
    named = Line.objects.filter(contract=contract).values("voucher")
    return Voucher.objects.filter(pk__in=named).select_related("journal__fiscal_year").order_by("-pk")


def leaves(year: FiscalYear) -> QuerySet[Overcommitment]:
    """Leave to commit above the plan that was given in the year."""
    return Overcommitment.objects.filter(fiscal_year=year).select_related("classification")


@dataclass(frozen=True)
class Due:
    """What is still to be entered for one contract and classification of a year."""

    contract: int
    counterparty: int
    label: str
    classification: int
    position: str
    amount: int


def to_move(year: FiscalYear) -> list[Due]:
    """What the contracts of earlier years commit in this one and 998 does not hold yet."""
    parts = ContractPart.objects.filter(contract__book=year.book_id, classification__year=year.year)
    agreed = _by_contract(parts.filter(contract__signed_on__year__lt=year.year), "amount")
    entered = _by_contract(_lines(year, "998"), "credit")
    return _dues({key: agreed[key] - entered.get(key, 0) for key in agreed})


@dataclass(frozen=True)
class Waiting:
    """What earlier contracts take from one position in this year and later ones."""

    contract: int
    counterparty: int
    label: str
    position: Position


def waiting(year: FiscalYear) -> dict[Waiting, int]:
    """What stood on 999 when the year began: parts of this and later years that were agreed before it."""
    before = date(year.year, 1, 1)
    parts = ContractPart.objects.filter(
        Q(annex=None, contract__signed_on__lt=before) | Q(annex__signed_on__lt=before),
        contract__book=year.book_id, classification__year__gte=year.year,
    )  # fmt: skip
    sums: dict[Waiting, int] = {}
    for part in parts.select_related("contract", "classification").order_by("contract", "pk"):
        key = Waiting(
            part.contract_id, part.contract.counterparty_id, part.contract.document_number,
            _position(part.classification),
        )  # fmt: skip
        sums[key] = sums.get(key, 0) + part.amount
    return sums


def opened(year: FiscalYear) -> dict[tuple[int, str], int]:
    """What the opening of the year holds on 999 already, by contract and position."""
    lines = _lines(year, "999").filter(voucher__kind=Voucher.Kind.CARRIED).select_related("classification")
    sums: dict[tuple[int, str], int] = {}
    for line in lines:
        key = (line.contract_id or 0, str(line.classification))
        sums[key] = sums.get(key, 0) + line.credit
    return sums


def _position(row: Classification) -> Position:
    return Position(row.division, row.chapter, row.paragraph)


def to_note_as_paid(year: FiscalYear) -> list[Due]:
    """What was paid under contracts and is not yet entered on the debit of 998."""
    paid = _by_contract(
        Line.objects.filter(
            voucher__fiscal_year=year, account__control=Account.Control.PAID, contract__isnull=False
        ),
        "credit",
    )
    noted = _by_contract(_lines(year, "998"), "debit")
    return _dues({key: paid.get(key, 0) - noted.get(key, 0) for key in paid.keys() | noted.keys()})


def _lines(year: FiscalYear, number: str) -> QuerySet[Line]:
    return Line.objects.filter(account__fiscal_year=year, account__number=number, contract__isnull=False)


def _by_contract(rows: "QuerySet[ContractPart] | QuerySet[Line]", column: str) -> dict[tuple[int, int], int]:
    summed = rows.order_by().values_list("contract", "classification").annotate(total=Sum(column))
    return {(contract, classification): total or 0 for contract, classification, total in summed}


def _dues(amounts: dict[tuple[int, int], int]) -> list[Due]:
    wanted = {key: amount for key, amount in amounts.items() if amount}
    contracts = Contract.objects.in_bulk({contract for contract, _ in wanted})
    positions = dict(_positions({classification for _, classification in wanted}))
    return [
        Due(contract, contracts[contract].counterparty_id, contracts[contract].document_number,
            classification, positions[classification], amount)
        for (contract, classification), amount in sorted(wanted.items())
    ]  # fmt: skip


def _positions(ids: set[int]) -> list[tuple[int, str]]:
    return [(row.pk, str(row)) for row in Classification.objects.filter(pk__in=ids)]

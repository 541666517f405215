"""Settlements and counterparties for other packages: what is open, under which classification, new ones."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from starostwo.ledger.models import (
    Account,
    Book,
    Classification,
    Counterparty,
    DebtInstrument,
    Line,
    Settlement,
)
from starostwo.ledger.rules.vouchers import OPENS
from starostwo.ledger.services.dictionaries import Dimensions, classified
from starostwo.platform.polish import fold

PAYABLE, RECEIVABLE = Settlement.Side.PAYABLE, Settlement.Side.RECEIVABLE
STATE = "SP"  # the source of funding that marks income of the State Treasury
IN_DEBIT = Coalesce(F("sum__debit"), 0) - Coalesce(F("sum__credit"), 0)


@dataclass(frozen=True)
class Known:
    """Who a counterparty is; a NIP or a PESEL finds it again."""

    name: str
    nip: str = ""
    pesel: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    account_number: str = ""


@dataclass(frozen=True)
class Opened:
    """What a new settlement says of itself."""

    side: str
    document_number: str
    issued_on: date
    due_on: date
    text: str = ""


def open_of(book: Book, side: str) -> QuerySet[Settlement]:
    """The settlements of a side on which something is owed still, with `left` above zero.

    Titles of debt are not among them: they are repaid by their schedules, not when the last term comes.
    """
    sign = -1 if side == PAYABLE else 1
    found = Settlement.objects.filter(book=book, side=side).select_related("counterparty")
    if side == PAYABLE:
        titles = DebtInstrument.objects.filter(book=book, settlement__isnull=False)
        found = found.exclude(pk__in=titles.values("settlement"))
    return found.annotate(left=sign * IN_DEBIT).filter(left__gt=0)


def open_among(settlement_ids: list[int]) -> QuerySet[Settlement]:
    """Those of these claims on which something is owed still, with `left` above zero."""
    found = Settlement.objects.filter(pk__in=settlement_ids, side=RECEIVABLE)
    return found.select_related("counterparty").annotate(left=IN_DEBIT).filter(left__gt=0)


def late_payments(settlement_ids: QuerySet[Any] | list[int], *, since: date) -> list[tuple[int, date, int]]:
    """Payments after their terms, since a day, of those of these claims that are closed."""
    rows = Line.objects.filter(
        settlement__in=settlement_ids, credit__gt=0, voucher__operation_on__gte=since,
        voucher__operation_on__gt=F("settlement__due_on"),
        settlement__sum__debit=F("settlement__sum__credit"),
    ).exclude(voucher__kind__in=OPENS)  # fmt: skip
    return list(rows.order_by("id").values_list("settlement_id", "voucher__operation_on", "credit"))


def credited_by(settlement_ids: list[int], *, kind: str) -> dict[int, int]:
    """What vouchers of a kind credited to each settlement."""
    rows = Line.objects.filter(settlement__in=settlement_ids, voucher__kind=kind, credit__gt=0)
    summed = rows.values("settlement_id").annotate(sum=Sum("credit")).order_by()
    return dict(summed.values_list("settlement_id", "sum"))


def lock(book: Book, pks: list[int]) -> list[Settlement]:
    """Lock the rows, so that two people do not pay or collect the same debt at once."""
    found = Settlement.objects.select_for_update(of=("self",)).filter(book=book, pk__in=pks).order_by("pk")
    return list(found)


def lock_book(book: Book) -> None:
    """Hold a book, so that two people do not number or count in it at once."""
    Book.objects.select_for_update(no_key=True).get(pk=book.pk)


def positions(settlement_ids: list[int]) -> dict[int, list[int]]:
    """The classifications under which each settlement was entered in its last year, the latest first.

    What its own entries say comes before the rest of their vouchers. The voucher that opens a year tells of
    all settlements at once, so nothing but the entry itself counts there.
    """
    own = Line.objects.filter(settlement_id__in=settlement_ids).order_by("-id")
    found: dict[int, list[tuple[int, int]]] = {}
    in_voucher: dict[int, list[int]] = {}
    told = own.values_list(
        "settlement_id", "classification_id", "classification__year", "voucher_id", "voucher__kind"
    )
    for settlement, classification, year, voucher, kind in told:
        named = found.setdefault(settlement, [])
        if classification is not None:
            named.append((classification, year))
        if kind not in OPENS:
            in_voucher.setdefault(voucher, []).append(settlement)
    beside = Line.objects.filter(voucher_id__in=in_voucher, classification__isnull=False).order_by("-id")
    for voucher, classification, year in beside.values_list(
        "voucher_id", "classification_id", "classification__year"
    ):
        for settlement in in_voucher[voucher]:
            found[settlement].append((classification, year))
    return {settlement: _of_last_year(named) for settlement, named in found.items()}


def _of_last_year(named: list[tuple[int, int]]) -> list[int]:
    last = max((year for _, year in named), default=0)
    return list(dict.fromkeys(classification for classification, year in named if year == last))


def income(typed: str, *, year: int, of_state: bool = False) -> Classification:
    """The row of a position of income; `of_state` marks income of the State Treasury.

    Refused as `NotAPosition` when the position is none or its symbols are not in the dictionaries.
    """
    own = Dimensions(funding=STATE) if of_state else Dimensions()
    return classified(typed, year=year, kind=Classification.Kind.INCOME, dimensions=own)


def opened_with(settlement_id: int) -> int:
    """The amount of the first entry of a settlement, whatever was paid of it since."""
    line = Line.objects.filter(settlement=settlement_id).order_by("id").first()
    return abs(line.debit - line.credit) if line else 0


def state_income(until: date) -> list[tuple[Classification, int]]:
    """Income of the State Treasury that all units received in the year by a day, by classification."""
    rows = Line.objects.filter(
        account__control=Account.Control.RECEIVED, classification__funding=STATE,
        voucher__fiscal_year__year=until.year, voucher__operation_on__lte=until,
    )  # fmt: skip
    summed = rows.values("classification_id").annotate(sum=Sum("debit")).order_by()
    sums = dict(summed.values_list("classification_id", "sum"))
    return [(row, sums[row.pk]) for row in Classification.objects.filter(pk__in=sums)]


@transaction.atomic
def keep_counterparty(known: Known) -> Counterparty:
    """Find the counterparty by NIP or PESEL, else by the same name without either, or add it."""
    same = Q(name=known.name, nip="", pesel="")
    if known.nip or known.pesel:
        same = Q(nip=known.nip) if known.nip else Q(pesel=known.pesel)
    found = Counterparty.objects.filter(same).order_by("pk").first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return Counterparty.objects.create(
                name=known.name[:300], nip=known.nip, pesel=known.pesel, street=known.street[:200],
                postcode=known.postcode, town=known.town, account_number=known.account_number,
                folded=fold(known.name)[:300],
            )  # fmt: skip
    except IntegrityError:  # somebody added it at the same moment
        return Counterparty.objects.get(same)


def typed_counterparty(typed: str) -> Counterparty:
    """Whom a person means: `#` and the number of the row, a NIP, or a name, which is added when it is new."""
    text = typed.strip()
    if text.startswith("#") and text[1:].isdecimal():
        found = Counterparty.objects.filter(pk=int(text[1:])).first()
    else:
        found = find_counterparties(text).first()
    return found or keep_counterparty(Known(text))


def new_settlement(book: Book, counterparty: Counterparty | int, opened: Opened) -> Settlement:
    """Open a settlement of a counterparty, or of the one with that number; its entries come by posting."""
    owner = counterparty if isinstance(counterparty, int) else counterparty.pk
    return Settlement.objects.create(
        book=book, counterparty_id=owner, side=opened.side, document_number=opened.document_number,
        issued_on=opened.issued_on, due_on=opened.due_on, text=opened.text,
    )  # fmt: skip


def find_counterparties(words: str) -> QuerySet[Counterparty]:
    """Counterparties whose name begins with the words, or with this NIP or PESEL."""
    number = "".join(words.split()).replace("-", "")
    return Counterparty.objects.filter(
        Q(folded__startswith=fold(words)) | Q(nip=number) | Q(pesel=number)
    ).order_by("folded", "id")

"""What the screens of the books read: journals, vouchers, months, and what is offered while typing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet

from starostwo.ledger import access
from starostwo.ledger.models import (
    Account,
    Counterparty,
    DictionaryEntry,
    Draft,
    FiscalYear,
    Journal,
    JournalHead,
    Line,
    Period,
    Voucher,
)
from starostwo.office.api import Actor
from starostwo.platform.polish import fold

OFFERED = 8


def years(actor: Actor) -> list[FiscalYear]:
    """The years of the books that the person sees, the newest first."""
    seen = FiscalYear.objects.filter(book__in=access.visible_books(actor))
    return list(seen.select_related("book").order_by("-year", "-book__kind", "book__code"))


def year(actor: Actor, year_id: int) -> FiscalYear | None:
    """One year of a book, if the person sees it."""
    seen = FiscalYear.objects.filter(book__in=access.visible_books(actor), pk=year_id)
    return seen.select_related("book").first()


def periods(of: FiscalYear) -> list[Period]:
    """The months of a year with opening and closing, in order."""
    return list(Period.objects.filter(fiscal_year=of).order_by("month"))


@dataclass(frozen=True)
class JournalRow:
    """A journal with its last number and its turnover in grosze."""

    code: str
    name: str
    number: int
    turnover: int


def journals(of: FiscalYear) -> list[JournalRow]:
    """The partial journals of a year and how far they are: zestawienie obrotów dzienników.

    Law: u.o.r. art. 14 ust. 3.
    """
    heads = JournalHead.objects.filter(journal__fiscal_year=of).select_related("journal")
    return [
        JournalRow(head.journal.code, head.journal.name, head.number, head.turnover)
        for head in heads.order_by("journal__code")
    ]


def journal(of: FiscalYear, code: str) -> Journal | None:
    """A journal of the year by its code."""
    return Journal.objects.select_related("fiscal_year__book").filter(fiscal_year=of, code=code).first()


def vouchers(of: FiscalYear, *, journal_code: str = "", month: int | None = None) -> QuerySet[Voucher]:
    """Posted vouchers of a year: one journal, or all as the joint journal; one month or all."""
    rows = Voucher.objects.filter(fiscal_year=of).select_related("journal")
    if journal_code:
        rows = rows.filter(journal__code=journal_code)
    return rows if month is None else rows.filter(month=month)


def voucher(actor: Actor, voucher_id: int) -> Voucher | None:
    """One posted voucher, if the person sees its book."""
    seen = Voucher.objects.filter(fiscal_year__book__in=access.visible_books(actor), pk=voucher_id)
    return seen.select_related("journal__fiscal_year__book", "corrects__journal").first()


def lines_of(row: Voucher) -> list[Line]:
    """The entries of a voucher with what they name."""
    said = Line.objects.filter(voucher=row).select_related(
        "account", "classification", "counterparty", "settlement", "contract"
    )
    return list(said.order_by("position"))


def lines_of_many(rows: Sequence[Voucher]) -> list[Line]:
    """The entries of several vouchers, voucher by voucher in the order of posting; one query."""
    said = Line.objects.filter(voucher__in=[row.pk for row in rows]).select_related(
        "account", "classification", "counterparty", "settlement"
    )
    return list(said.order_by("voucher_id", "position"))


def whole_year(of: FiscalYear, *, size: int = 500) -> Iterator[tuple[Voucher, list[Line]]]:
    """Every voucher of a year with its entries, in the order of posting, a few hundred at a time."""
    after = 0
    while rows := list(vouchers(of).filter(pk__gt=after).order_by("pk")[:size]):
        lines = lines_of_many(rows)
        of_row = {key: list(group) for key, group in groupby(lines, key=lambda line: line.voucher_id)}
        for row in rows:
            yield row, of_row.get(row.pk, [])
        after = rows[-1].pk


def corrections_of(row: Voucher) -> list[Voucher]:
    """The vouchers that correct this one."""
    return list(Voucher.objects.filter(corrects=row).select_related("journal").order_by("id"))


def accounts(of: FiscalYear) -> list[Account]:
    """The chart of accounts of a year."""
    return list(Account.objects.filter(fiscal_year=of).order_by("number"))


def account(actor: Actor, account_id: int) -> Account | None:
    """One account, if the person sees its book."""
    seen = Account.objects.filter(fiscal_year__book__in=access.visible_books(actor), pk=account_id)
    return seen.select_related("fiscal_year__book").first()


def drafts(actor: Actor, of: FiscalYear) -> QuerySet[Draft]:
    """The vouchers that are being written in a year."""
    return access.visible_drafts(actor).filter(journal__fiscal_year=of).select_related("journal")


def draft(actor: Actor, draft_id: int) -> Draft | None:
    """One voucher that is being written."""
    mine = access.visible_drafts(actor).filter(pk=draft_id)
    return mine.select_related("journal__fiscal_year__book").first()


def offered_accounts(of: FiscalYear, words: str) -> list[Account]:
    """Accounts to post on whose number begins with the words or whose name holds them."""
    wanted = Q(number__startswith=words) | Q(name__icontains=words)
    return list(Account.objects.filter(wanted, fiscal_year=of, is_posting=True).order_by("number")[:OFFERED])


def offered_parties(words: str) -> list[Counterparty]:
    """Counterparties whose name begins with the words or whose NIP does."""
    wanted = Q(folded__startswith=fold(words))
    digits = "".join(character for character in words if character.isdecimal())
    if len(digits) >= 3:
        wanted |= Q(nip__startswith=digits)
    return list(Counterparty.objects.filter(wanted).order_by("folded", "id")[:OFFERED])


def offered_positions(of: FiscalYear, words: str) -> list[DictionaryEntry]:
    """Chapters whose symbol begins with the digits, and paragraphs once a chapter is whole."""
    digits = "".join(character for character in words if character.isdecimal())
    kinds = DictionaryEntry.Kind
    if len(digits) >= 5:
        rest = digits[8:] if digits[:3] == digits[3:6] and len(digits) >= 8 else digits[5:]
        entries = DictionaryEntry.objects.filter(
            kind__in=[kinds.INCOME, kinds.SPENDING], symbol__startswith=rest
        )
    else:
        entries = DictionaryEntry.objects.filter(kind=kinds.CHAPTER).filter(
            Q(symbol__startswith=digits) if digits else Q(name__icontains=words)
        )
    valid = entries.filter(valid_from__year__lte=of.year).exclude(valid_to__year__lt=of.year)
    return list(valid.order_by("kind", "symbol")[:OFFERED])


def dictionary(kind: str, words: str = "") -> QuerySet[DictionaryEntry]:
    """One dictionary, by the beginning of a symbol or a part of a name."""
    entries = DictionaryEntry.objects.filter(kind=kind)
    if words:
        entries = entries.filter(Q(symbol__startswith=words) | Q(name__icontains=words))
    return entries


def last_texts(of: FiscalYear, code: str, *, count: int = OFFERED) -> Sequence[str]:
    """The texts of the last vouchers of a journal, each once, to be offered again."""
    texts = Voucher.objects.filter(fiscal_year=of, journal__code=code).order_by("-id")
    return list(dict.fromkeys(texts.values_list("text", flat=True)[: count * 3]))[:count]

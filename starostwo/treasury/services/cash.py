"""The cash desk: a report a day, slips in and out, closing with a count, forms of strict account.

Law: u.o.r. art. 24 ust. 5 pkt 3 (cash entered on its day), art. 20 ust. 2.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger import api as ledger
from starostwo.ledger.api import Entry
from starostwo.office.api import Actor
from starostwo.treasury import access
from starostwo.treasury.models import CashDesk, CashReport, CashSlip, StrictForm
from starostwo.treasury.services.enforcement import update_paid

CASH, PAYABLE, RECEIVABLE = "101", "201", "221"


class NoSuchDesk(Exception):
    """There is no such desk, report or block of forms for this person."""


@transaction.atomic
def open_desk(book_id: int, name: str, *, actor: Actor, today: date, now: datetime) -> CashDesk:
    """Open a cash desk for a book."""
    book = ledger.visible_books(actor).filter(pk=book_id).first()
    if book is None or not access.may_name_accounts(actor):
        raise NoSuchDesk(book_id)
    desk, is_new = CashDesk.objects.get_or_create(book=book, name=name.strip(), defaults={"year": today.year})
    if is_new:
        _note(f"treasury.cash_desk:{desk.pk}", "open", actor, now, name=desk.name)
    return desk


class ReportIsOpen(Exception):
    """Yesterday's report is closed before another one is opened."""


@transaction.atomic
def open_report(desk_id: int, *, actor: Actor, today: date, now: datetime) -> CashReport:
    """Open the report of the day with what lies in the desk."""
    desk = _desk(desk_id, actor)
    if CashReport.objects.filter(desk=desk, closed_at=None).exists():
        raise ReportIsOpen
    if desk.year != today.year:
        desk.year, desk.last_in, desk.last_out, desk.last_report = today.year, 0, 0, 0
    desk.last_report += 1
    desk.save()
    report = CashReport.objects.create(
        desk=desk, year=today.year, number=desk.last_report, day=today, opening=desk.balance, opened_at=now,
        opened_by=actor.audit_name, opened_by_name=actor.name,
    )  # fmt: skip
    _note(str(report), "open", actor, now, number=report.number)
    return report


@dataclass(frozen=True)
class NewSlip:
    """What a slip says: a debt that it settles, or an account with its classification."""

    kind: str
    amount: int
    person: str
    title: str
    settlement: int | None = None
    ledger_account: str = ""
    position: str = ""


class Wrong(Exception):
    """A field does not hold; its name and what to do about it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(field, words)
        self.field, self.words = field, words


class ReportIsClosed(Exception):
    """Nothing is added to a closed report."""


@transaction.atomic
def add_slip(report_id: int, said: NewSlip, *, actor: Actor, now: datetime) -> CashSlip:
    """Write a KP or a KW; the desk never gives what it does not have."""
    report, desk = _report(report_id, actor)
    after = desk.balance + (said.amount if said.kind == CashSlip.Kind.IN else -said.amount)
    if said.amount <= 0:
        raise Wrong("amount", "Kwota musi być większa od zera.")
    if after < 0:
        raise Wrong("amount", "W kasie nie ma tyle pieniędzy. Najpierw przyjmij zasilenie kasy (KP).")
    other = _other_side(said, desk, report)
    desk.balance = after
    counter = "last_in" if said.kind == CashSlip.Kind.IN else "last_out"
    setattr(desk, counter, getattr(desk, counter) + 1)
    desk.save()
    slip = CashSlip.objects.create(
        report=report, desk=desk, kind=said.kind, year=report.year, number=getattr(desk, counter),
        amount=said.amount, person=said.person.strip(), title=said.title.strip(), made_at=now,
        made_by=actor.audit_name, **other,
    )  # fmt: skip
    _note(str(report), "add", actor, now, slip=f"{slip.kind}/{slip.number}", amount=slip.amount)
    return slip


def _other_side(said: NewSlip, desk: CashDesk, report: CashReport) -> dict[str, Any]:
    year = ledger.year_of(desk.book, report.day)
    position = None
    if said.position.strip():
        kind = "D" if said.kind == CashSlip.Kind.IN else "W"
        try:
            position = ledger.classified(said.position, year=year.year, kind=kind)
        except ledger.NotAPosition as error:
            raise Wrong("position", "Podaj dział, rozdział i paragraf ze słownika.") from error
    if said.settlement is not None:
        debt = next(iter(ledger.settlements.lock(desk.book, [said.settlement])), None)
        if debt is None:
            raise Wrong("settlement", "Wybierz rozrachunek z listy.")
        return {"settlement": debt, "classification": position}
    if not said.ledger_account.strip():
        raise Wrong("ledger_account", "Wybierz rozrachunek albo podaj konto.")
    try:
        account = ledger.account_of(year, said.ledger_account.strip())
    except LookupError as error:
        raise Wrong("ledger_account", "W planie kont nie ma tego konta.") from error
    return {"ledger_account": account.number, "classification": position}


class DoesNotCount(Exception):
    """What was counted differs from what the report says; the text is the difference in grosze."""


@transaction.atomic
def close_report(report_id: int, *, counted: int, actor: Actor, now: datetime) -> CashReport:
    """Count the cash, close the report, post it as one voucher (RK)."""
    report, desk = _report(report_id, actor)
    if counted != desk.balance:
        raise DoesNotCount(counted - desk.balance)
    slips = list(CashSlip.objects.filter(report=report).select_related("settlement").order_by("pk"))
    report.closing, report.counted, report.closed_at = desk.balance, counted, now
    if slips:
        report.voucher_id = _post(report, desk, slips, actor=actor, now=now)
        update_paid(desk.book, actor=actor, now=now)
    report.save(update_fields=["closing", "counted", "closed_at", "voucher_id"])
    _note(str(report), "close", actor, now, closing=report.closing, voucher=report.voucher_id)
    return report


def _post(report: CashReport, desk: CashDesk, slips: list[CashSlip], *, actor: Actor, now: datetime) -> int:
    year = ledger.year_of(desk.book, report.day)
    positions = ledger.settlements.positions([one.settlement_id for one in slips if one.settlement_id])
    cash = ledger.account_of(year, CASH).pk
    entries: list[Entry] = []
    for slip in slips:
        came = slip.kind == CashSlip.Kind.IN
        debt = slip.settlement
        number, position = slip.ledger_account, slip.classification_id
        if debt is not None:
            is_claim = debt.side == ledger.settlements.RECEIVABLE
            number = RECEIVABLE if is_claim else PAYABLE
            position = position or next(iter(positions.get(debt.pk, [])), None)
        text = f"{slip.kind}/{slip.number} {slip.title}"[:300]
        amount = slip.amount
        other = Entry(
            ledger.account_of(year, number).pk, 0 if came else amount, amount if came else 0, position,
            debt.counterparty_id if debt else None, debt.pk if debt else None, text=text,
        )  # fmt: skip
        entries += [Entry(cash, amount if came else 0, 0 if came else amount, text=text), other]
    voucher = ledger.NewVoucher(
        kind="RK", text=f"Raport kasowy {report.number}/{report.year}, {desk.name}"[:300],
        issued_on=report.day, operation_on=report.day,
        external_number=f"{report.number}/{report.year}", entries=entries,
        month=ledger.month_of(year, report.day), origin=str(report),
    )  # fmt: skip
    [posted] = ledger.post(ledger.journal_of(year, "RK"), [voucher], actor=actor, now=now)
    return posted.id


@dataclass(frozen=True)
class NewForms:
    """A block of forms that came."""

    name: str
    series: str
    first: int
    last: int


class NumbersOverlap(Exception):
    """Some of these numbers of the form and series are in the register already."""


@transaction.atomic
def receive_forms(desk_id: int, said: NewForms, *, actor: Actor, today: date, now: datetime) -> StrictForm:
    """Enter a block of forms into the register."""
    desk = _desk(desk_id, actor)
    same = StrictForm.objects.filter(desk=desk, name=said.name.strip(), series=said.series.strip())
    if same.filter(first__lte=said.last, last__gte=said.first).exists():
        raise NumbersOverlap
    made = StrictForm.objects.create(
        desk=desk, name=said.name.strip(), series=said.series.strip(), first=said.first, last=said.last,
        received_on=today, received_by=actor.name,
    )  # fmt: skip
    _note(f"treasury.strict_form:{made.pk}", "take", actor, now, first=made.first, last=made.last)
    return made


@transaction.atomic
def give_forms(form_id: int, to: str, *, actor: Actor, today: date, now: datetime) -> StrictForm:
    """Give a block out to a person, once."""
    found = StrictForm.objects.select_for_update().filter(pk=form_id, given_on=None).first()
    if found is None or not to.strip():
        raise NoSuchDesk(form_id)
    _desk(found.desk_id, actor)
    found.given_on, found.given_to = today, to.strip()
    found.save(update_fields=["given_on", "given_to"])
    _note(f"treasury.strict_form:{found.pk}", "give", actor, now, to=found.given_to)
    return found


def _desk(desk_id: int, actor: Actor) -> CashDesk:
    desk = (
        CashDesk.objects.select_for_update(of=("self",))
        .select_related("book")
        .filter(pk=desk_id, book__in=ledger.visible_books(actor))
        .first()
    )
    if desk is None or not ledger.may_post(actor, desk.book):
        raise NoSuchDesk(desk_id)
    return desk


def _report(report_id: int, actor: Actor) -> tuple[CashReport, CashDesk]:
    found = CashReport.objects.filter(pk=report_id).first()
    if found is None:
        raise NoSuchDesk(report_id)
    desk = _desk(found.desk_id, actor)
    found.refresh_from_db()
    if found.closed_at is not None:
        raise ReportIsClosed
    return found, desk


def _note(thing: str, verb: str, actor: Actor, now: datetime, **said: object) -> None:
    audit.record(actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=thing, payload=said, at=now)

"""Income of the State Treasury passed on: the share of the county in the books, a transfer for each position.

Law: ufp art. 255 ust. 1; rozp. MRiF 13.09.2017 zał. 2 (224/901 for the share, 224/133 for the transfer), from
memory.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.ledger import api as ledger
from starostwo.ledger.api import Entry, settlements
from starostwo.office.api import Actor
from starostwo.platform.bank_account import digits_of, is_account
from starostwo.treasury import access
from starostwo.treasury.models import BankAccount, PaymentOrder, Remittance, RemittanceLine
from starostwo.treasury.queries.remittances import Waiting, waiting
from starostwo.treasury.rules.payment_states import State
from starostwo.treasury.rules.state_income import deadline_for
from starostwo.treasury.services.claims import Wrong

SETTLED, INCOME = "224", "901"
SHARE = "2360"


class NothingToPassOn(Exception):
    """All that was received by the day was passed on, or the day was settled before."""


@dataclass(frozen=True)
class Payee:
    """To whom the money goes: the name and the account of the voivode's office."""

    name: str
    account: str


@transaction.atomic
def pass_on(account: BankAccount, payee: Payee, *, actor: Actor, today: date, now: datetime) -> Remittance:
    """Settle what was received by the last counting day: orders to the voivode, the share in the books."""
    book = account.book
    if not access.may_prepare(actor, account) or book.kind != "BUDGET":
        raise Wrong("account", "Wybierz rachunek budżetu powiatu, który prowadzisz.")
    number = digits_of(payee.account)
    if not is_account(number):
        raise Wrong("payee_account", "Ten numer rachunku się nie zgadza. Sprawdź, czy ma 26 cyfr.")
    BankAccount.objects.select_for_update().get(pk=account.pk)
    when = deadline_for(today)
    rows = waiting(book, when.until)
    if not rows or Remittance.objects.filter(book=book, until=when.until).exists():
        raise NothingToPassOn
    party = settlements.keep_counterparty(settlements.Known(payee.name.strip()))
    made = Remittance.objects.create(
        book=book, year=when.until.year, until=when.until, pay_by=when.pay_by, made_at=now,
        made_by_name=actor.name,
    )  # fmt: skip
    for row in rows:
        order = _order(account, party, number, row, made, actor, now) if row.passed_on else None
        RemittanceLine.objects.create(
            remittance=made, classification=row.classification, received=row.received, percent=row.percent,
            share=row.share, order=order,
        )  # fmt: skip
    made.voucher_id = _share(book, party, rows, made, actor, now)
    made.save(update_fields=["voucher_id"])
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="pass_on", thing=str(made), at=now,
        payload={"until": when.until.isoformat(), "passed": sum(row.passed_on for row in rows)},
    )  # fmt: skip
    return made


class NotAgain(Exception):
    """The transfer is still on its way or was paid, or the line is not of this person's account."""


@transaction.atomic
def prepare_again(line_id: int, *, account_number: str, actor: Actor, now: datetime) -> PaymentOrder:
    """Prepare anew a transfer that the bank refused or somebody withdrew; the line follows the new one."""
    rows: Any = RemittanceLine.objects.select_for_update(of=("self",))
    line = rows.select_related("order__bank_account__book", "remittance", "classification").filter(
        pk=line_id
    ).first()  # fmt: skip
    before = line.order if line else None
    if before is None or not access.may_prepare(actor, before.bank_account):
        raise NotAgain(line_id)
    if before.state not in (State.REFUSED, State.WITHDRAWN):
        raise NotAgain(line_id)
    number = digits_of(account_number) or before.payee_account
    if not is_account(number):
        raise Wrong("payee_account", "Ten numer rachunku się nie zgadza. Sprawdź, czy ma 26 cyfr.")
    made = PaymentOrder.objects.create(
        bank_account=before.bank_account, counterparty_id=before.counterparty_id, amount=before.amount,
        payee_name=before.payee_name, payee_account=number, title=before.title, pay_on=localdate(now),
        ledger_account=SETTLED, made_by=actor.audit_name, made_at=now,
    )  # fmt: skip
    line.order = made
    line.save(update_fields=["order"])
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="prepare_again", thing=str(line.remittance),
        payload={"line": line.pk, "before": before.pk, "order": made.pk}, at=now,
    )  # fmt: skip
    return made


def _order(
    account: BankAccount, party: Any, number: str, row: Waiting, made: Remittance, actor: Actor, now: datetime
) -> PaymentOrder:
    """One transfer a position, for voivodes want each by itself."""
    place = row.classification
    title = (
        f"Dochody SP do {made.until:%d.%m.%Y}, {place.division}.{place.chapter} par. 2350 ({place.paragraph})"
    )
    return PaymentOrder.objects.create(
        bank_account=account, counterparty=party, amount=row.passed_on, payee_name=party.name[:140],
        payee_account=number, title=title[:140], pay_on=made.pay_by, ledger_account=SETTLED,
        made_by=actor.audit_name, made_at=now,
    )  # fmt: skip


def _share(book: Any, party: Any, rows: Any, made: Remittance, actor: Actor, now: datetime) -> int | None:
    """The county's share is income of the budget, paragraph 2360 of the same chapter."""
    year = ledger.year_of(book, made.until)
    settled, income = (ledger.account_of(year, one).pk for one in (SETTLED, INCOME))
    entries = []
    for row in rows:
        if row.share:
            place = row.classification
            own = settlements.income(f"{place.division}.{place.chapter}.{SHARE}", year=year.year)
            entries.append(Entry(settled, row.share, counterparty=party.pk, classification=own.pk))
            entries.append(Entry(income, 0, row.share, own.pk))
    if not entries:
        return None
    text = f"Udział powiatu w dochodach Skarbu Państwa do {made.until:%d.%m.%Y}"
    voucher = ledger.NewVoucher(
        kind="PK", text=text, issued_on=made.until, operation_on=made.until,
        month=ledger.month_of(year, made.until), entries=entries, origin=str(made),
    )  # fmt: skip
    return ledger.post(ledger.journal_of(year, "PK"), [voucher], actor=actor, now=now)[0].id

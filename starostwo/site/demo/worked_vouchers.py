"""The vouchers of a worked year: invoices and payments, fees, pay lists as collective vouchers.

Amounts are drawn so that a position is never paid above its plan; parties and amounts are invented.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from starostwo.ledger.models import Counterparty, Settlement
from starostwo.ledger.rules.vouchers import Entry, NewVoucher
from starostwo.site.demo.finance import FEES, PLAN, SUPPLIERS, Ground, cost_of

MONTHS = 12
PAID_LATE = 0.03
DUES_PAID = 0.93
PAY, DUES, FUND = "750.75020.4010", "750.75020.4110", "750.75020.4120"
DUES_PERCENT, FUND_PERCENT = 17, 2
COMMITTED_PERCENT = 96


@dataclass(frozen=True)
class Volume:
    """How much is entered in each month."""

    invoices: int
    fees: int
    pay_lists: int

    @classmethod
    def of(cls, vouchers: int) -> "Volume":
        """Shares of a year of so many vouchers."""
        month = max(vouchers // MONTHS, 25)
        return cls(invoices=month * 32 // 100, fees=month * 18 // 100, pay_lists=max(month // 125, 1))


@dataclass(frozen=True)
class Script:
    """What the vouchers of a year are drawn from."""

    ground: Ground
    volume: Volume
    suppliers: Sequence[Counterparty]
    contracts: Sequence[int]
    residents: Sequence[Counterparty]
    insurer: Counterparty
    spending: Mapping[str, int]
    income: Mapping[str, int]
    chance: Random

    def day(self, month: int, earliest: int = 1) -> date:
        """A day of the month, by chance."""
        last = monthrange(self.ground.year.year, month)[1]
        return date(self.ground.year.year, month, self.chance.randint(earliest, last))

    def share(self, typed: str, parts: int) -> int:
        """About so large a part of the plan of a position that all parts together stay within it."""
        return PLAN[typed] * self.chance.randint(55, 95) // 100 // parts

    def voucher(
        self, kind: str, on: date, text: str, entries: Sequence[Entry], number: str = ""
    ) -> NewVoucher:
        """A voucher of the day's month."""
        return NewVoucher(kind, text, on, on, entries, on.month, number)

    def entry(
        self, number: str, *, debit: int = 0, credit: int = 0, of: int | None = None,
        party: int | None = None, debt: int | None = None, contract: int | None = None,
    ) -> Entry:  # fmt: skip
        """An entry on the account of that number."""
        return Entry(
            self.ground.accounts[number], debit=debit, credit=credit, classification=of, counterparty=party,
            settlement=debt, contract=contract,
        )  # fmt: skip


def purchases(script: Script, month: int) -> tuple[list[NewVoucher], list[NewVoucher]]:
    """The invoices of a month, and the payments of those that were not left for later."""
    drawn = [(script.day(month), number % len(SUPPLIERS)) for number in range(script.volume.invoices)]
    names = [f"FV {month:02d}/{number:05d}/{script.ground.year.year}" for number in range(len(drawn))]
    debts = Settlement.objects.bulk_create(
        Settlement(
            book=script.ground.year.book, counterparty=script.suppliers[which],
            side=Settlement.Side.PAYABLE, document_number=name, issued_on=day, due_on=day + timedelta(14),
        )
        for (day, which), name in zip(drawn, names, strict=True)
    )  # fmt: skip
    bills, payments = [], []
    for (day, which), debt in zip(drawn, debts, strict=True):
        bill, payment = _bought(script, day, which, debt)
        bills.append(bill)
        if script.chance.random() >= PAID_LATE:
            payments.append(payment)
    return bills, payments


def _bought(script: Script, day: date, which: int, debt: Settlement) -> tuple[NewVoucher, NewVoucher]:
    party, typed, name = script.suppliers[which], SUPPLIERS[which][2], debt.document_number
    amount = script.share(typed, MONTHS * (script.volume.invoices // len(SUPPLIERS) + 1))
    said = {"of": script.spending[typed], "party": party.pk, "contract": script.contracts[which]}
    owed = script.entry("201", credit=amount, debt=debt.pk, **said)
    bill = [script.entry(cost_of(typed), debit=amount, **said), owed]
    paid = [replace(owed, debit=amount, credit=0), script.entry("130-2", credit=amount, **said)]
    return (
        script.voucher("FZ", day, f"{party.name}: {name}", bill, name),
        script.voucher("WB", script.day(day.month, day.day), f"Zapłata {name}", paid, name),
    )


def fees(script: Script, month: int) -> tuple[list[NewVoucher], list[NewVoucher]]:
    """What residents were told to pay in a month, and what they paid."""
    drawn = [(script.day(month), script.chance.choice(script.residents)) for _ in range(script.volume.fees)]
    claims = Settlement.objects.bulk_create(
        Settlement(
            book=script.ground.year.book, counterparty=party, side=Settlement.Side.RECEIVABLE,
            document_number=f"FN.3160.{month:02d}.{number}.{script.ground.year.year}", issued_on=day,
            due_on=day + timedelta(30),
        )
        for number, (day, party) in enumerate(drawn)
    )  # fmt: skip
    told, paid = [], []
    for claim in claims:
        amount, row = script.chance.randint(20_00, 900_00), script.income[script.chance.choice(FEES)]
        due = script.entry("221", debit=amount, of=row, party=claim.counterparty_id, debt=claim.pk)
        told.append(
            script.voucher("PK", claim.issued_on, f"Przypis opłaty {claim.document_number}", [
                due, script.entry("720", credit=amount, of=row),
            ])
        )  # fmt: skip
        if script.chance.random() < DUES_PAID:
            on = script.day(month, claim.issued_on.day)
            paid.append(
                script.voucher("WB", on, f"Wpłata {claim.document_number}", [
                    script.entry("130-1", debit=amount, of=row), replace(due, debit=0, credit=amount),
                ])
            )  # fmt: skip
    return told, paid


def pay_lists(script: Script, month: int) -> tuple[list[NewVoucher], list[NewVoucher]]:
    """Pay lists, each one collective voucher, and the transfers of net pay and dues together."""
    on = date(script.ground.year.year, month, 27)
    lists, transfers = [], []
    for number in range(1, script.volume.pay_lists + 1):
        gross = script.share(PAY, MONTHS * script.volume.pay_lists)
        name = f"LP/{month:02d}/{number}"
        parts = ((PAY, gross, "404"), (DUES, gross * DUES_PERCENT // 100, "405"),
                 (FUND, gross * FUND_PERCENT // 100, "405"))  # fmt: skip
        costs = [script.entry(cost, debit=amount, of=script.spending[typed]) for typed, amount, cost in parts]
        bank = [script.entry("130-2", credit=amount, of=script.spending[typed]) for typed, amount, _ in parts]
        dues = sum(amount for typed, amount, _ in parts if typed != PAY)
        insurer = script.insurer.pk
        owed = [script.entry("231", credit=gross), script.entry("229", credit=dues, party=insurer)]
        settled = [script.entry("231", debit=gross), script.entry("229", debit=dues, party=insurer)]
        lists.append(script.voucher("LP", on, f"Lista płac {name}", [*costs, *owed], name))
        transfers.append(script.voucher("WB", on, f"Wypłata {name}", [*settled, *bank], name))
    return lists, transfers


def funds(script: Script, month: int) -> Iterator[NewVoucher]:
    """The money of the month that the budget sends to the unit."""
    amount = sum(PLAN.values()) // MONTHS
    on = date(script.ground.year.year, month, 2)
    yield script.voucher("WB", on, "Środki na wydatki z budżetu powiatu", [
        script.entry("130-0", debit=amount), script.entry("223", credit=amount),
    ])  # fmt: skip


def commitments(script: Script) -> Iterator[NewVoucher]:
    """What posts commit for the year; contracts with suppliers commit the rest.

    Law: ufp art. 46 ust. 1.
    """
    on = date(script.ground.year.year, 1, 4)
    for typed in (PAY, DUES, FUND):
        yield script.voucher("PL", on, f"Zaangażowanie roku: {typed}", [
            script.entry("998", credit=PLAN[typed] * COMMITTED_PERCENT // 100, of=script.spending[typed]),
        ])  # fmt: skip

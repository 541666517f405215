"""`python -m bench.books_anchor.hordak_run SECONDS LINES TIMES`: the same vouchers in django-hordak."""

import sys
import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

import django

django.setup()

from django.core.management import call_command  # noqa: E402  models are there only after setup
from django.db import connection, transaction  # noqa: E402
from hordak.models import Account, AccountType, Leg, Transaction  # noqa: E402
from moneyed import Money  # noqa: E402

from bench.books_shape import ACCOUNTS, BATCH, COSTS, LINES_OF_A_LARGE_ONE, Voucher, answer, asked, counted  # noqa: E402
from bench.books_shape import large_ones as large  # noqa: E402

YEAR = 2026
COPY = "COPY hordak_leg (uuid, transaction_id, account_id, debit, credit, currency, description) FROM STDIN"


class Hordak:
    """A chart of the accounts that the vouchers use."""

    def __init__(self) -> None:
        self.accounts = {
            number: Account.objects.create(
                name=number, code=str(place),
                type=_type(number),
            )
            for place, number in enumerate(ACCOUNTS, start=1)
        }  # fmt: skip

    def create(self, vouchers: Sequence[Voucher]) -> None:
        """Each voucher and each leg with `create`, as its manual shows."""
        with transaction.atomic():
            for month, legs in vouchers:
                made = Transaction.objects.create(date=date(YEAR, month, 1), description="Zapis")
                for number, debit, credit in legs:
                    side = {"debit": _money(debit)} if debit else {"credit": _money(credit)}
                    Leg.objects.create(transaction=made, account=self.accounts[number], **side)

    def create_in_bulk(self, vouchers: Sequence[Voucher]) -> None:
        """The legs of all vouchers with one `bulk_create`."""
        with transaction.atomic():
            made = Transaction.objects.bulk_create(
                Transaction(date=date(YEAR, month, 1), description="Zapis") for month, _ in vouchers
            )
            Leg.objects.bulk_create(
                Leg(transaction=one, account=self.accounts[number],
                    **({"debit": _money(debit)} if debit else {"credit": _money(credit)}))
                for one, (_, legs) in zip(made, vouchers, strict=True) for number, debit, credit in legs
            )  # fmt: skip

    def fill(self, lines: int) -> None:
        """Up to so many legs by COPY, under its triggers, a few thousand vouchers at a time."""
        missing, source = lines - Leg.objects.count(), large()
        while missing > 0:
            vouchers = list(islice(source, min(10 * BATCH, -(-missing // LINES_OF_A_LARGE_ONE))))
            with transaction.atomic(), connection.cursor() as cursor:
                made = Transaction.objects.bulk_create(
                    Transaction(date=date(YEAR, month, 1), description="Zapis") for month, _ in vouchers
                )
                with cursor.copy(COPY) as copy:
                    for one, (_, legs) in zip(made, vouchers, strict=True):
                        for number, debit, credit in legs:
                            sides = (_amount(debit) if debit else None, _amount(credit) if credit else None)
                            copy.write_row(
                                (uuid.uuid4(), one.pk, self.accounts[number].pk, *sides, "PLN", "")
                            )
            missing -= LINES_OF_A_LARGE_ONE * len(vouchers)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def main() -> None:
    """Make its tables, write, fill, ask."""
    seconds, lines, times = float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    call_command("migrate", verbosity=0)
    theirs = Hordak()
    found = {
        "one": counted(theirs.create, size=1, seconds=seconds),
        "one_bulk": counted(theirs.create_in_bulk, size=1, seconds=seconds),
        "batch": counted(theirs.create_in_bulk, size=BATCH, seconds=seconds),
    }
    theirs.fill(lines)
    found["trial"] = asked(lambda: [row.balance for row in Account.objects.with_balances()], times=times)
    found["card"] = asked(
        lambda: list(
            Leg.objects.filter(account=theirs.accounts["201"])
            .select_related("transaction")
            .order_by("-id")[:50]
        ),
        times=times,
    )
    answer(found | {"lines": {"count": Leg.objects.count()}})


def _type(number: str) -> AccountType:
    if number in COSTS:
        return AccountType.expense
    return AccountType.asset if number[0] == "1" else AccountType.liability


def _amount(grosze: int) -> Decimal:
    return Decimal(grosze) / 100


def _money(grosze: int) -> Money:
    return Money(_amount(grosze), "PLN")


if __name__ == "__main__":
    main()

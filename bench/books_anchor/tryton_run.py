"""`python -m bench.books_anchor.tryton_run SECONDS LINES TIMES`: the same vouchers as moves in Tryton."""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from trytond import backend
from trytond.pool import Pool
from trytond.transaction import Transaction, TransactionError

from bench.books_shape import ACCOUNTS, BATCH, COSTS, Voucher, answer, asked, counted

NAME = os.environ["ANCHOR_DATABASE"]
YEAR = 2026
ADMIN = 1


class Tryton:
    """A company with a year, a journal and the accounts that the vouchers use."""

    def __init__(self) -> None:
        with Transaction().start(NAME, ADMIN) as transaction:
            get = Pool().get
            [currency] = get("currency.currency").create([
                {"name": "złoty", "code": "PLN", "symbol": "zł", "digits": 2, "rounding": Decimal("0.01"),
                 "rates": [("create", [{"date": date(YEAR, 1, 1), "rate": Decimal(1)}])]}])  # fmt: skip
            [party] = get("party.party").create([{"name": "Powiat"}])
            [company] = get("company.company").create([{"party": party.id, "currency": currency.id}])
            get("res.user").write([get("res.user")(ADMIN)], {
                "companies": [("add", [company.id])], "company": company.id})  # fmt: skip
            self.company = company.id
            transaction.commit()
        self.locks: dict[str, Any] = {}
        self._carried_out(self._set_up)

    def _set_up(self) -> None:
        [self.year] = _ids(self._year())
        self.periods = _periods(self.year)
        self.accounts = dict(zip(ACCOUNTS, _ids(self._accounts()), strict=True))
        [journal] = Pool().get("account.journal").search([], limit=1)
        self.journal = journal.id

    def _carried_out(self, act: Callable[[], None]) -> None:
        """In one transaction; a lock that it lacked is taken first at the next attempt, as their server does.

        The locks of tables are remembered, so that later transactions need not be tried twice.
        """
        while True:
            with Transaction().start(NAME, ADMIN, context=self._context(), **self.locks) as transaction:
                try:
                    act()
                except TransactionError as missing:
                    transaction.rollback()
                    missing.fix(self.locks)
                    continue
                transaction.commit()
            self.locks.pop("_lock_records", None)
            return

    def _context(self) -> dict[str, Any]:
        return {"company": self.company, "companies": [self.company]}

    def _year(self) -> Any:
        get = Pool().get
        [kind] = get("ir.sequence.type").search([("name", "=", "Account Move")], limit=1)
        [numbers] = get("ir.sequence.strict").create([
            {"name": "Zapisy", "sequence_type": kind.id, "company": self.company}])  # fmt: skip
        made = get("account.fiscalyear").create([
            {"name": str(YEAR), "start_date": date(YEAR, 1, 1), "end_date": date(YEAR, 12, 31),
             "company": self.company, "move_sequence": numbers.id}])  # fmt: skip
        get("account.fiscalyear").create_period(made)
        return made

    def _accounts(self) -> Any:
        get = Pool().get
        [balance, costs] = get("account.account.type").create([
            {"name": "bilansowe", "company": self.company, "statement": "balance", "assets": True},
            {"name": "koszty", "company": self.company, "statement": "income"}])  # fmt: skip
        return get("account.account").create([
            {"name": number, "code": number, "company": self.company,
             "type": costs.id if number in COSTS else balance.id} for number in ACCOUNTS])  # fmt: skip

    def post(self, vouchers: Sequence[Voucher]) -> None:
        """Create and post the moves, all in one transaction."""
        self._carried_out(lambda: self._post(vouchers))

    def _post(self, vouchers: Sequence[Voucher]) -> None:
        move = Pool().get("account.move")
        move.post(move.create([self._move(*said) for said in vouchers]))

    def _move(self, month: int, legs: Any) -> dict[str, Any]:
        lines = [
            {"account": self.accounts[number], "debit": Decimal(debit) / 100, "credit": Decimal(credit) / 100}
            for number, debit, credit in legs
        ]
        return {
            "journal": self.journal, "period": self.periods[month - 1], "date": date(YEAR, month, 1),
            "company": self.company, "lines": [("create", lines)],
        }  # fmt: skip

    def trial(self) -> Any:
        """Debit, credit and balance of every account, as its lists read them."""
        context = self._context() | {"fiscalyear": self.year}
        with Transaction().start(NAME, ADMIN, readonly=True, context=context):
            return (
                Pool()
                .get("account.account")
                .read(list(self.accounts.values()), ["debit", "credit", "balance"])
            )

    def fill(self, lines: int) -> int:
        """Repeat the lines inside their moves, by SQL, until there are so many."""
        with Transaction().start(NAME, ADMIN, context=self._context()) as transaction:
            cursor = transaction.connection.cursor()
            cursor.execute("SELECT count(*) FROM account_move_line")
            [there] = cursor.fetchone()
            cursor.execute("SELECT column_name FROM information_schema.columns"
                           " WHERE table_name = 'account_move_line' AND column_name <> 'id'")  # fmt: skip
            names = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
            cursor.execute(f"INSERT INTO account_move_line ({names}) SELECT {names} FROM account_move_line,"
                           f" generate_series(1, {max(lines // there - 1, 0)})")  # fmt: skip
            cursor.execute("ANALYZE account_move_line")
            cursor.execute("SELECT count(*) FROM account_move_line")
            [now] = cursor.fetchone()
            transaction.commit()
        return int(now)


def main() -> None:
    """Make its tables, write, fill, ask."""
    seconds, lines, times = float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    _tables()
    theirs = Tryton()
    found = {
        "one": counted(theirs.post, size=1, seconds=seconds),
        "batch": counted(theirs.post, size=BATCH, seconds=seconds),
    }
    held = theirs.fill(lines)
    answer(found | {"trial": asked(theirs.trial, times=times), "lines": {"count": held}})


def _tables() -> None:
    """The tables of the kernel and of its accounting, as its administration makes them."""
    database = backend.Database(NAME)
    connection = database.get_connection()
    database.init()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ir_configuration SET language = 'en'")
        cursor.execute("INSERT INTO ir_configuration (language) SELECT 'en' WHERE NOT EXISTS"
                       " (SELECT FROM ir_configuration)")  # fmt: skip
    connection.commit()
    database.put_connection(connection)
    Pool.start()
    pool = Pool(NAME)
    pool.init(update=["res", "ir"], lang=["en"])
    with Transaction().start(NAME, 0) as transaction:
        user = pool.get("res.user")
        table = user.__table__()
        [made] = user.create([{"login": "admin", "name": "Administrator", "administrator": True}])
        transaction.connection.cursor().execute(*table.update([table.id], [ADMIN], where=table.id == made.id))
        pool.get("ir.module").update_list()
        transaction.commit()
    with Transaction().start(NAME, 0) as transaction:
        module = pool.get("ir.module")
        module.activate(module.search([("name", "=", "account")]))
        transaction.commit()
    pool.init(update=["account"], lang=["en"])


def _periods(year: int) -> list[int]:
    found = Pool().get("account.period").search([("fiscalyear", "=", year)], order=[("start_date", "ASC")])
    return [period.id for period in found]


def _ids(rows: Any) -> list[int]:
    return [row.id for row in rows]


if __name__ == "__main__":
    main()

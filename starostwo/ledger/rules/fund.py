"""Changes in the fund of a unit by their titles, from what stands on the other side of account 800.

A voucher that enters 800 tells by its other accounts why: 223 is spending that was done, 860 the result of
the year before. What the accounts cannot tell apart is marked by a sub-account: 800-1-5 is title 1.5, 800-2-7
is 2.7. All of it is from memory, not checked with the text.

Law: rozp. MRiF 13.09.2017 zał. 11 (zestawienie zmian w funduszu), zał. 3 (account 800).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

FUND = "800"
MARKED = re.compile(r"800-([12])-(\d{1,2})")
RESULT = re.compile(r"4|7(?!40)")
REST = ("1.10", "2.9")
BY_OTHER_SIDE = (  # how the other account begins, title when the fund grows by it, title when it falls
    ("860", "1.1", "2.1"),
    ("223", "1.2", "1.2"),
    ("227", "1.3", "1.3"),
    ("222", "2.2", "2.2"),
    ("810", "1.4", "2.4"),
    ("820", "1.9", "2.3"),
    ("0", "1.6", "2.6"),
)


@dataclass(frozen=True)
class FundLine:
    """A line of a voucher that enters the fund; `net` is debit less credit."""

    id: int
    voucher: int
    is_red: bool
    account: str
    net: int


@dataclass(frozen=True)
class Change:
    """By how much a title changed, and by which line; a decrease counts what it takes."""

    title: str
    amount: int
    line: int


def changes(lines: Iterable[FundLine]) -> Iterator[Change]:
    """The changes of a year from all lines of the vouchers that enter the fund, in the order of vouchers."""
    for _, found in groupby(lines, key=lambda line: line.voucher):
        of_voucher = list(found)
        own = [line for line in of_voucher if line.account.startswith(FUND)]
        if any(MARKED.fullmatch(line.account) for line in own):
            yield from (_marked(line) for line in own)
        else:
            yield from _by_other_side(_without_result(of_voucher))


def _without_result(of_voucher: list[FundLine]) -> list[FundLine]:
    """The other side, without result accounts that the same voucher moves to 860 as the year closes."""
    others = [line for line in of_voucher if not line.account.startswith(FUND)]
    result = [line for line in others if RESULT.match(line.account)]
    closing = [*result, *(line for line in others if line.account.startswith("860"))]
    if not result or sum(line.net for line in closing) != 0:
        return others
    return [line for line in others if line not in closing]


def _marked(line: FundLine) -> Change:
    found = MARKED.fullmatch(line.account)
    title = f"{found[1]}.{found[2]}" if found else REST[line.net > 0]
    return _change(title, -line.net, line)


def _by_other_side(others: list[FundLine]) -> Iterator[Change]:
    """Lines of one title are judged together, so that 011 less 071 is one value that left."""
    for grows, falls in {_titles(line.account): None for line in others}:
        of_title = [line for line in others if _titles(line.account) == (grows, falls)]
        whole = sum(line.net for line in of_title)
        if of_title[0].is_red:
            whole = -whole
        yield from (_change(grows if whole >= 0 else falls, line.net, line) for line in of_title)


def _titles(account: str) -> tuple[str, str]:
    return next(
        ((grows, falls) for begins, grows, falls in BY_OTHER_SIDE if account.startswith(begins)), REST
    )


def _change(title: str, grown_by: int, line: FundLine) -> Change:
    return Change(title, grown_by if title[0] == "1" else -grown_by, line.id)

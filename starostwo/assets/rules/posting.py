"""Which accounts a document is proposed on: rows of a table, by event and kind of asset.

Law: rozp. MRiF 13.09.2017 zał. 3 (chart of accounts of budget units). The rows rest on memory.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Rule:
    """One entry: of which event and kind, both accounts, and which amount."""

    event: str  # OT-PURCHASE, LT-SCRAP, AM
    kind: str
    debit: str
    credit: str
    amount: str  # value, written_off, net
    text: str


@dataclass(frozen=True)
class Moved:
    """What a line of a document moved: kind of the asset, changes of value and of what is written off."""

    kind: str
    value: int
    written_off: int
    label: str


def amount_of(rule: Rule, moved: Moved) -> int:
    """The amount that the rule posts for a line."""
    sizes = {
        "value": moved.value,
        "written_off": moved.written_off,
        "net": moved.value - moved.written_off,
    }
    return sizes[rule.amount]


def proposal(rules: Iterable[Rule], event: str, lines: Iterable[Moved]) -> list[dict[str, Any]]:
    """The lines of a voucher: sums by rule, both sides, in złote as an accountant types them."""
    fitting = [rule for rule in rules if rule.event == event]
    sums: dict[Rule, int] = {}
    for moved in lines:
        for rule in fitting:
            if rule.kind == moved.kind:
                sums[rule] = sums.get(rule, 0) + amount_of(rule, moved)
    return [line for rule, total in sums.items() if total for line in _both(rule, total)]


def _both(rule: Rule, total: int) -> list[dict[str, Any]]:
    sign = "-" if total < 0 and event_keeps_sign(rule.event) else ""
    typed = f"{sign}{abs(total) // 100},{abs(total) % 100:02d}"
    return [
        {"account": rule.debit, "debit": typed, "text": rule.text},
        {"account": rule.credit, "credit": typed, "text": rule.text},
    ]


def event_keeps_sign(event: str) -> bool:
    """A lowered value is posted as a red entry; what leaves the register has accounts of its own."""
    return event.startswith("ZW")


def read(rows: Iterable[Mapping[str, str]]) -> list[Rule]:
    """The rows of the table."""
    return [Rule(r["event"], r["kind"], r["debit"], r["credit"], r["amount"], r["text"]) for r in rows]

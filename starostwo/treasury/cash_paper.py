"""A cash report on paper."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from starostwo.platform.money import zloty
from starostwo.platform.typesetting import typeset
from starostwo.treasury.models import CashReport, CashSlip

TEMPLATE = Path(__file__).with_name("cash_report.typ")


def report_pdf(report: CashReport, slips: Sequence[CashSlip], *, at: datetime) -> bytes:
    """The report with its slips and sums, on as many pages as needed."""
    came = sum(slip.amount for slip in slips if slip.kind == CashSlip.Kind.IN)
    went = sum(slip.amount for slip in slips if slip.kind == CashSlip.Kind.OUT)
    values = {
        "number": f"{report.number}/{report.year}",
        "desk": report.desk.name,
        "book": report.desk.book.name,
        "day": f"{report.day:%d.%m.%Y}",
        "opening": zloty(report.opening),
        "came": zloty(came),
        "went": zloty(went),
        "closing": zloty(report.opening + came - went),
        "is_open": report.closed_at is None,
        "by": report.opened_by_name,
        "slips": [
            [
                f"{slip.kind}/{slip.number}", f"{slip.person}: {slip.title}",
                zloty(slip.amount) if slip.kind == CashSlip.Kind.IN else "",
                zloty(slip.amount) if slip.kind == CashSlip.Kind.OUT else "",
            ]
            for slip in slips
        ],
    }  # fmt: skip
    return typeset(TEMPLATE, values, at=at)

"""A transfer on paper: the QR code that banking applications read, and the page to print."""

from datetime import datetime
from pathlib import Path

import zxingcpp

from starostwo.intake.payment_queries import DueView
from starostwo.intake.rules import reference
from starostwo.intake.rules.transfer_code import AmountTooHigh, transfer_code
from starostwo.platform import bank_account
from starostwo.platform.money import zloty
from starostwo.platform.typesetting import typeset

TEMPLATE = Path(__file__).with_name("transfer.typ")
LONGEST_TITLE = 140


def title_of(view: DueView) -> str:
    """What is written as the title of the transfer: the reference first."""
    return f"{reference.shown(view.due.reference)} {view.due.title}"[:LONGEST_TITLE]


def qr_svg(view: DueView) -> str | None:
    """The code as an SVG file; None where there is nothing to pay, no account, or too much for the code."""
    if view.account is None or not view.missing:
        return None
    try:
        text = transfer_code(
            account=view.account.number,
            amount=view.missing,
            recipient=view.account.recipient,
            title=title_of(view),
        )
    except AmountTooHigh:
        return None
    drawn: str = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_svg(add_quiet_zones=True)
    return drawn[drawn.index("<svg") :]


def transfer_pdf(view: DueView, *, at: datetime) -> bytes:
    """The data of the transfer on one page, with the code, for who pays at a bank or a post office."""
    account = view.account
    values = {
        "title": view.due.title,
        "reference": reference.shown(view.due.reference),
        "recipient": account.recipient if account else "",
        "address": account.address if account else "",
        "account": bank_account.shown(account.number) if account else "",
        "amount": zloty(view.missing),
        "transfer_title": title_of(view),
        "lines": [[line.label, zloty(line.amount), line.source] for line in view.lines],
        "qr": qr_svg(view) or "",
        "is_from_memory": view.is_from_memory,
    }
    return typeset(TEMPLATE, values, at=at)

"""Elixir-0: transfers as lines of text, as Polish banks import them.

The sixteen fields are written down from memory and not checked with a bank's own description; banks differ in
the encoding and in how they mark a split payment, so each account has its profile.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from starostwo.treasury.rules.bank_orders import Transfer, check, in_lines, in_pieces, plain, writable

ORDER = "110"
PLAIN_TRANSFER, SPLIT_PAYMENT, TAX_OFFICE = "51", "53", "71"
WIDTH, LINES = 35, 4
LINE_END = "\r\n"


@dataclass(frozen=True)
class Profile:
    """How one bank reads the file: encoding, divider of lines, mark of a split payment."""

    code: str
    name: str
    encoding: str
    divider: str = "|"
    split_mark: str = SPLIT_PAYMENT


PROFILES = {
    profile.code: profile
    for profile in (
        Profile("cp1250", "Elixir-0, Windows-1250", "cp1250"),
        Profile("cp852", "Elixir-0, CP 852 (DOS)", "cp852"),
        Profile("iso", "Elixir-0, ISO 8859-2", "iso8859-2"),
        Profile(
            "cp1250-51", "Elixir-0, Windows-1250, podzielona płatność jako 51", "cp1250", "|", PLAIN_TRANSFER
        ),
    )
}


def elixir(orders: Sequence[Transfer], profile: Profile) -> bytes:
    """The whole file: one line an order, in their order."""
    return "".join(_line(order, profile) + LINE_END for order in orders).encode(profile.encoding)


def _line(order: Transfer, profile: Profile) -> str:
    check(order)
    return ",".join(
        [
            ORDER,
            f"{order.pay_on:%Y%m%d}",
            str(order.amount),
            order.own_account[2:10],
            "0",
            _quoted(order.own_account),
            _quoted(order.payee_account),
            _party(order.own_name, order.own_address, profile),
            _party(order.payee_name, order.payee_address, profile),
            "0",
            order.payee_account[2:10],
            _title(order, profile),
            '""',
            '""',
            _quoted(_mark(order, profile)),
            _quoted(writable(order.reference, profile.encoding)[:16]),
        ]
    )


def _mark(order: Transfer, profile: Profile) -> str:
    if order.is_split:
        return profile.split_mark
    return TAX_OFFICE if order.to_tax_office else PLAIN_TRANSFER


def _party(name: str, address: str, profile: Profile) -> str:
    """Two lines for the name and two for the address."""
    lines = in_lines(writable(name, profile.encoding), WIDTH, 2)
    lines += in_lines(writable(address, profile.encoding), WIDTH, LINES - len(lines))
    return _quoted(profile.divider.join(lines[:LINES]))


def _title(order: Transfer, profile: Profile) -> str:
    """A split payment's title is cut at full lines, since its parts are read when the lines are joined."""
    text = writable(plain(order.title), profile.encoding)
    lines = in_pieces(text, WIDTH, LINES) if order.is_split else in_lines(text, WIDTH, LINES)
    return _quoted(profile.divider.join(lines))


def _quoted(text: str) -> str:
    return f'"{text}"'

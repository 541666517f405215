"""What suppliers of the demonstration sent to its KSeF before the office asks; all of it is invented."""

from datetime import datetime, timedelta
from decimal import Decimal

from starostwo.site.demo.ksef_peer import KsefPeer
from starostwo.treasury.rules.fa3 import Party
from starostwo.treasury.rules.fa3_writing import Line, Sale, write

SELLER = Party("Drukarnia Bzura sp. z o.o.", "5250259279", address="ul. Przykładowa 1, 95-100 Zgierz")
SENT = (("Koperty z nadrukiem", 500, 1_20), ("Teczki aktowe", 200, 3_45), ("Papier A4", 80, 18_90))


def deposit_few(peer: KsefPeer, buyer: Party, *, at: datetime) -> list[str]:
    """Three invoices for the county, numbered by the moment; return their numbers in KSeF."""
    numbers = []
    for position, (name, quantity, price) in enumerate(SENT, start=1):
        sale = Sale(
            number=f"FV/{at:%Y%m%d%H%M}/{position}", issued_on=at.date(), made_at=at, seller=SELLER,
            buyer=buyer,
            lines=[Line(name, Decimal(quantity), "szt.", price, "23")], sold_on=at.date(),
            due_on=at.date() + timedelta(days=14),
        )  # fmt: skip
        numbers.append(peer.deposit(write(sale), at=at))
    return numbers

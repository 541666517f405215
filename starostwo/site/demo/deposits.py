"""Money of others in the demonstration: bid bonds in each state, and a year of the social fund."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from starostwo.ledger.api import settlements
from starostwo.ledger.models import Book
from starostwo.office.actor import Actor
from starostwo.treasury.services import deposits, social_fund

BONDS = (  # invented: kind, who, for what, how much
    ("BID_BOND", "Budowa Mostów Północ S.A.", "ZP.272.3, most w Ozorkowie", 60_000_00),
    ("BID_BOND", "Drogi i Mosty Ozorków sp. z o.o.", "ZP.272.3, most w Ozorkowie", 60_000_00),
    ("PERFORMANCE", "Geodezja Zgierz s.c.", "umowa ZP.273.11, modernizacja ewidencji", 14_500_00),
    ("AUCTION", "Hurtownia Kołodziej sp. z o.o.", "GN.6840.5, przetarg na działkę 44/2", 12_000_00),
    ("BID_BOND", "Zieleń Przydrożna Anna Kos", "ZP.272.9, koszenie poboczy", 3_000_00),
)
BENEFITS = (
    ("ALLOWANCE", "", "odpis na rok", 148_000_00), ("HOLIDAY", "Anna Nowak", "wypoczynek letni", 1_600_00),
    ("HOLIDAY", "Jan Kos", "wypoczynek letni", 1_400_00), ("CULTURE", "Lucyna Sroka", "bilety", 180_00),
    ("RELIEF", "Dariusz Wróbel", "zapomoga losowa", 2_500_00),
    ("LOAN", "Urszula Granica", "pożyczka na remont", 8_000_00),
    ("REPAYMENT", "Urszula Granica", "rata pożyczki", 400_00),
)  # fmt: skip


def fill_deposits(book: Book, clerk: Actor, *, now: datetime) -> None:
    """Bonds that are kept, one to be given back, one given back, one forfeited; benefits of the fund."""
    today = localdate(now)
    came = max(today - timedelta(days=45), today.replace(month=1, day=1))
    made = [
        deposits.take(
            book.pk, deposits.NewDeposit(kind, settlements.Known(name), subject, amount, came, 125),
            actor=clerk, today=today, now=now,
        )
        for kind, name, subject, amount in BONDS
    ]  # fmt: skip
    for one in made[1:2] + made[4:]:
        deposits.end(one.pk, on=today, actor=clerk, now=now)
    deposits.give_back(made[4].pk, on=today, cost=1_00, actor=clerk, today=today, now=now)
    deposits.keep(
        made[3].pk, on=today, reason="wygrany uchylił się od umowy", position="750.75020.0950", actor=clerk,
        today=today, now=now,
    )  # fmt: skip
    for kind, name, text, amount in BENEFITS:
        person = settlements.Known(name) if name else None
        social_fund.add(
            book.pk,
            social_fund.NewEntry(kind, amount, today, text, person),
            actor=clerk,
            today=today,
            now=now,
        )

"""What residents of the demonstration owe and have paid: accounts to pay to, and dues in every state."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from starostwo.intake.models import BankAccount, Due
from starostwo.intake.services.accounts import name_account
from starostwo.intake.services.charging import Line, Payer, charge_in_case
from starostwo.intake.services.settling import Transfer, enter_by_hand, give_back, waive
from starostwo.office.actor import Actor, actor_for
from starostwo.records.models import Letter
from starostwo.site.demo.people import Cast

TREASURY = "w.grosz"
ACCOUNTS = {  # invented: no bank has these numbers, though they check
    BankAccount.Kind.COUNTY: ("Powiat Zgierski", "ul. Sadowa 6a, 95-100 Zgierz", "00009999"),
    BankAccount.Kind.STAMP: ("Gmina Miasto Zgierz", "pl. Jana Pawła II 16, 95-100 Zgierz", "00008888"),
}
PAID_OF_TEN, COUNTED = 6, 2
COPY = Line("odpis dokumentu z akt", 4000, "cennik odpisów powiatu (wymyślony)")


def name_accounts(cast: Cast, *, now: datetime) -> None:
    """The accounts to which fees go since the days that are played."""
    today = localdate(now)
    for kind, (recipient, address, bank) in ACCOUNTS.items():
        name_account(
            kind, recipient=recipient, address=address, number=_checked(f"{bank}0000000012345678"),
            takes_gateway=True, valid_from=today, actor=_treasury(cast, today), today=today, now=now,
        )  # fmt: skip


def settle_dues(cast: Cast, *, now: datetime) -> None:
    """Most of what was owed came by transfer; a few wait, some came twice, some people are exempt."""
    dues = list(Due.objects.filter(state=Due.State.DUE).order_by("charged_at", "id"))
    for number, due in enumerate(dues):
        if number % 10 < PAID_OF_TEN:
            _transfer(cast, due, due.amount, f"WB/{number}", now)
        elif number % 10 == PAID_OF_TEN:
            _overpaid(cast, due, number, now)
        elif number % 10 == PAID_OF_TEN + 1:
            actor = _treasury(cast, localdate(now))
            waive(
                due.pk,
                actor=actor,
                reason="pełnomocnictwo dla brata (z pamięci: część IV załącznika)",
                now=now,
            )
        elif number % 10 == PAID_OF_TEN + 2:
            _transfer(cast, due, due.amount // 2, f"WB/{number}", now)


def _overpaid(cast: Cast, due: Due, number: int, now: datetime) -> None:
    """It was paid twice; every second time the surplus has gone back already."""
    _transfer(cast, due, due.amount, f"WB/{number}", now)
    _transfer(cast, due, due.amount, f"WB/{number}/2", now)
    if number // 10 % 2:
        give_back(
            due.pk, actor=_treasury(cast, localdate(now)), amount=due.amount, given_on=localdate(now),
            reference=f"ZW/{number}", reason="wpłacono dwa razy", today=localdate(now), now=now,
        )  # fmt: skip


def _transfer(cast: Cast, due: Due, amount: int, reference: str, now: datetime) -> None:
    """It reached the office three days after it was charged, or today where these have not passed."""
    day: date = min(localdate(due.charged_at) + timedelta(days=3), localdate(now))
    transfer = Transfer(amount, day, reference)
    actor = _treasury(cast, localdate(now))
    enter_by_hand(due.pk, transfer, actor=actor, today=localdate(now), now=now)


def count_in_cases(cast: Cast, *, now: datetime) -> None:
    """In two open cases the clerk has counted what the card leaves to the office."""
    holders = {account.pk: account for account in cast.staff.values()}
    names = {account.pk: account.name for account in cast.residents.values()}
    letters = Letter.objects.filter(case__state="OPEN", resident__isnull=False).select_related("case")
    for letter in letters.order_by("-registered_at")[:COUNTED]:
        if letter.case is None:
            continue
        charge_in_case(
            letter.case.mark, actor=actor_for(holders[letter.case.holder_id], today=localdate(now)),
            kind=BankAccount.Kind.COUNTY, line=COPY,
            payer=Payer(letter.resident_id, names[letter.resident_id or 0]), today=localdate(now), now=now,
        )  # fmt: skip


def _treasury(cast: Cast, today: date) -> Actor:
    return actor_for(cast.staff[TREASURY], today=today)


def _checked(body: str) -> str:
    """The two digits that check 24 others, before them."""
    return f"{98 - int(body + '252100') % 97:02d}{body}"

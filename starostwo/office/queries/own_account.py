"""Everything that the office's accounts say of the person who asks, and of nobody else."""

from dataclasses import dataclass
from datetime import datetime

from starostwo.office.actor import Actor
from starostwo.office.models import Account, SignIn
from starostwo.office.queries.notices import confirmed_number
from starostwo.screens.api import languages

PROFILE = {
    "given_name": "imię",
    "family_name": "nazwisko",
    "pesel": "PESEL",
    "email": "adres e-mail",
    "phone": "telefon",
    "street": "ulica",
    "building": "numer budynku",
    "flat": "numer lokalu",
    "postcode": "kod pocztowy",
    "town": "miejscowość",
}


@dataclass(frozen=True)
class OwnSignIn:
    """One log-in of the person."""

    at: datetime
    outcome: str
    way: str
    address: str
    browser: str


@dataclass(frozen=True)
class OwnAccount:
    """Label and value of each thing the account says, when it was opened, and each log-in."""

    profile: tuple[tuple[str, str], ...]
    opened_at: datetime
    sign_ins: tuple[OwnSignIn, ...]


def own_account(actor: Actor) -> OwnAccount:
    """The account of the actor; three queries."""
    account = Account.objects.get(pk=actor.account_id)
    number = ("numer do SMS-ów", confirmed_number(account.pk))
    language = ("język powiadomień", languages.NAMES.get(account.language, ""))
    sign_ins = SignIn.objects.filter(account_id=actor.account_id).order_by("at", "id")
    return OwnAccount(
        profile=(
            *((label, str(getattr(account, name) or "")) for name, label in PROFILE.items()),
            number,
            language,
        ),
        opened_at=account.created_at,
        sign_ins=tuple(
            OwnSignIn(row.at, row.get_outcome_display(), row.way, row.address or "", row.browser)
            for row in sign_ins
        ),
    )

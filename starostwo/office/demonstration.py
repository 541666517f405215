"""The log-ins of a demonstration: one known password and one known authenticator for all staff.

The services refuse both in an installation that is not marked as a demonstration.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from starostwo.office.models import Account, Holding, Office, Right
from starostwo.office.models.ranges import on_day
from starostwo.office.rules import totp
from starostwo.office.services.accounts import give_known_password
from starostwo.office.services.second_factor import give_known_factor

PASSWORD = "zielony-most-nad-bzura"  # noqa: S105  known on purpose
SECRET = "STAROSTWOPOWIATOWEZGIERZPOKAZOWE"  # noqa: S105  known on purpose


@dataclass(frozen=True)
class KnownLogIn:
    """One member of staff of the demonstration, as its log-in page offers him."""

    login: str
    name: str
    post: str
    unit: str
    does: str = ""


def let_everybody_in(accounts: Collection[Account], *, now: datetime) -> None:
    """Give the staff of the demonstration the known password and authenticator."""
    give_known_password(accounts, password=PASSWORD)
    give_known_factor(accounts, secret=totp.read(SECRET), now=now)


def known_log_ins(on: date) -> tuple[list[KnownLogIn], list[KnownLogIn]]:
    """The staff of a demonstration, one example for each right and all; empty in any other installation."""
    if not Office.objects.filter(is_demo=True).exists():
        return [], []
    held = Holding.objects.filter(on_day(on), account__is_active=True).select_related("account", "post__unit")
    everybody = [
        (KnownLogIn(h.account.login, h.account.name, h.post.title, h.post.unit.symbol), h.post.rights)
        for h in held.order_by("id")
    ]
    return _examples(everybody), sorted((known for known, _ in everybody), key=lambda known: known.login)


def _examples(everybody: list[tuple[KnownLogIn, list[str]]]) -> list[KnownLogIn]:
    """For each right somebody who has little else; who serves for several rights is named once."""
    does: dict[KnownLogIn, list[str]] = {}
    for right in Right:
        holders = [(len(rights), known) for known, rights in everybody if right in rights]
        if holders:
            chosen = min(holders, key=lambda holder: holder[0])[1]
            does.setdefault(chosen, []).append(right.label)
    return [replace(known, does=", ".join(labels)) for known, labels in does.items()]

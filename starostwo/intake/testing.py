"""For tests of this and of other packages: an office that can receive, and submissions sent to it."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from django.conf import settings

from starostwo.intake.models import BankAccount, Due
from starostwo.intake.rules.sender import Sender
from starostwo.intake.services.charging import Payer, charge
from starostwo.intake.services.submission import From, Receipt, submit
from starostwo.intake.services.taking import Upload
from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.signatures import api as signatures

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SENDER = Sender(
    given_name="Zofia", family_name="Łęcka", street="ul. Długa 4", postcode="95-100", town="Zgierz"
)
ACCOUNTS = {"COUNTY": "61109010140000071219812874", "STAMP": "27114020040000300201355387"}  # of examples
RECIPIENTS = {"COUNTY": "Powiat Zgierski", "STAMP": "Gmina Miasto Zgierz"}


def open_the_box() -> None:
    """Set up the office, its seal (a demonstration key) and the published forms."""
    office.make_office()
    office.starosta()
    signatures.demo_pki.build(settings.KEYS_DIR, [], now=NOW)
    procedures.load_forms(actor="system", now=NOW)


def open_the_cash_box() -> None:
    """Service cards with their fees, and accounts to which they are paid."""
    office.make_office()
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)
    for kind, number in ACCOUNTS.items():
        BankAccount.objects.get_or_create(
            kind=kind,
            number=number,
            defaults={"recipient": RECIPIENTS[kind], "address": "ul. Sadowa 6a, 95-100 Zgierz",
                      "valid_from": date(2026, 1, 1)},
        )  # fmt: skip


def make_due(
    account: office.Account | None = None,
    *,
    card: str = "prawo-jazdy",
    application: UUID | None = None,
    answers: Mapping[str, str] | None = None,
    now: datetime = NOW,
) -> Due:
    """What an application for the service owes: 100 zł for a driving licence."""
    payer = Payer(account.pk, account.name) if account else Payer(None, "Zofia Łęcka")
    [due] = charge(application or uuid4(), card_code=card, answers=answers or {}, payer=payer, now=now)
    return due


def upload(content: bytes, name: str) -> Upload:
    """A file as somebody sends it."""
    return Upload(name, io.BytesIO(content))


def send(
    content: bytes = b"<pismo>Dzie\xc5\x84 dobry</pismo>",
    name: str = "pismo.xml",
    *,
    attachments: Sequence[tuple[bytes, str]] = (),
    account_id: int | None = None,
    key: str | None = None,
    sender: Sender = SENDER,
    address: str = "192.0.2.7",
    service_code: str = "",
    now: datetime = NOW,
) -> Receipt:
    """Send a document with attachments to the box."""
    return submit(
        document=upload(content, name),
        attachments=[upload(*each) for each in attachments],
        origin=From(
            sender=sender,
            account_id=account_id,
            access_address=address,
            idempotency_key=key,
            service_code=service_code,
        ),
        now=now,
    )

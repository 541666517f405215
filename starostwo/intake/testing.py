"""For tests of this and of other packages: an office that can receive, and submissions sent to it."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from django.conf import settings

from starostwo.intake.rules.sender import Sender
from starostwo.intake.services.submission import From, Receipt, submit
from starostwo.intake.services.taking import Upload
from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.signatures import api as signatures

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SENDER = Sender(
    given_name="Zofia", family_name="Łęcka", street="ul. Długa 4", postcode="95-100", town="Zgierz"
)


def open_the_box() -> None:
    """Set up the office, its seal (a demonstration key) and the published forms."""
    office.make_office()
    office.starosta()
    signatures.demo_pki.build(settings.KEYS_DIR, [], now=NOW)
    procedures.load_forms(actor="system", now=NOW)


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

"""The filled form as a PDF, for whoever signs a PDF and not an XML file."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from starostwo.platform.typesetting import typeset
from starostwo.procedures import api as procedures

TEMPLATE = Path(__file__).with_name("printout.typ")


def printout(
    filled: procedures.Answered,
    *,
    addressee: str,
    attachments: Sequence[procedures.NamedFile],
    now: datetime,
    today: date,
) -> bytes:
    """Return the PDF/A-2a file with every shown answer and the hashes of the attachments."""
    sender = filled.sender
    values = {
        "title": procedures.in_language(filled.form.title),
        "place_and_date": f"{sender.town}, {today:%d.%m.%Y}".lstrip(", "),
        "sender": [line for line in _sender_lines(sender) if line],
        "addressee": addressee,
        "steps": [asdict(step) for step in filled.in_words],
        "attachments": [{"name": file.name, "sha256": file.sha256} for file in attachments],
    }
    return typeset(TEMPLATE, values, at=now)


def _sender_lines(sender: procedures.Sender) -> list[str]:
    name = sender.organisation or f"{sender.given_name} {sender.family_name}".strip()
    return [name, sender.street, f"{sender.postcode} {sender.town}".strip()]

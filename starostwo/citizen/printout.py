"""The filled form as a PDF, for whoever signs a PDF and not an XML file."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from starostwo.citizen.queries import DraftView
from starostwo.platform.typesetting import typeset
from starostwo.procedures import api as procedures

TEMPLATE = Path(__file__).with_name("printout.typ")


def printout(view: DraftView, *, addressee: str, now: datetime, today: date, written_by: str = "") -> bytes:
    """Return the PDF/A-2a file with every shown answer, everybody named, the hashes of the attachments.

    What a clerk wrote down has lines for both signatures. Law: k.p.a. art. 63 par. 3.
    """
    filled, people = view.answered, view.people
    sender = filled.sender
    values = {
        "title": procedures.in_language(filled.form.title),
        "place_and_date": f"{sender.town}, {today:%d.%m.%Y}".lstrip(", "),
        "sender": [line for line in _sender_lines(sender) if line],
        "addressee": addressee,
        "written_by": written_by,
        "people": [{"label": label, "value": value} for label, value in people_in_words(people)],
        "steps": [asdict(step) for step in filled.in_words],
        "attachments": [{"name": file.name, "sha256": file.sha256} for file in view.named_files()],
    }
    return typeset(TEMPLATE, values, at=now)


def people_in_words(people: procedures.applicants.People) -> Iterator[tuple[str, str]]:
    """Say for whom the sender acts and who applies with him, each with its label."""
    represented = people.represented
    if represented is not None:
        yield "W imieniu", ", ".join(line for line in _sender_lines(represented.who) if line)
        yield "Podstawa", represented.basis
        yield "Zakres", represented.scope
        if represented.number:
            yield "NIP albo KRS", represented.number
        if represented.exemption:
            yield "Zwolnienie z opłaty skarbowej", represented.exemption
    for each in people.others:
        yield "Współwnioskodawca", f"{each.given_name} {each.family_name}".strip()


def _sender_lines(sender: procedures.Sender) -> list[str]:
    name = sender.organisation or f"{sender.given_name} {sender.family_name}".strip()
    return [name, sender.street, f"{sender.postcode} {sender.town}".strip()]

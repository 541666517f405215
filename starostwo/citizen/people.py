"""Everybody whom an application names, as the submission box takes them: parties with representatives."""

from dataclasses import replace

from starostwo.citizen.acting import sender_of
from starostwo.citizen.models import CoApplicant
from starostwo.citizen.queries import DraftView
from starostwo.files import api as files
from starostwo.intake import api as intake


def people_of(view: DraftView, *, account_id: int | None) -> tuple[intake.Person, ...]:
    """Return everybody with his account; nobody when the sender applies alone and for himself.

    Law: k.p.a. art. 32 (a party acts through a representative), art. 62 (several parties in one case).
    """
    represented, sender = view.people.represented, sender_of(view.answered.sender)
    others = tuple(_co_applicant(each) for each in view.others)
    if represented is None:
        return (intake.Person(sender, account_id=account_id), *others) if others else ()
    principal = intake.Person(sender_of(represented.who))
    attorney = replace(sender, organisation="")
    return (principal, intake.Person(attorney, intake.Role.REPRESENTATIVE, account_id), *others)


def signature_name(place: int, person: CoApplicant) -> str:
    """The name of a co-applicant's signature among the files of the submission."""
    ending = person.signed_name.rpartition(".")[2]
    return f"podpis-{place}-{files.safe_name(person.family_name)}.{ending}"


def _co_applicant(person: CoApplicant) -> intake.Person:
    """A co-applicant under the name of who signed, with the address of his account."""
    account = person.signer
    lines = {name: getattr(account, name, "") for name in ("postcode", "town")}
    house = f"{getattr(account, 'street', '')} {getattr(account, 'building', '')}".strip()
    flat = getattr(account, "flat", "")
    street = f"{house} m. {flat}" if flat else house
    sender = intake.Sender(person.given_name, person.family_name, street=street, email=person.email, **lines)
    return intake.Person(sender, account_id=person.signer_id)

"""Everybody whom an application names, as the submission box takes them: parties with representatives."""

from dataclasses import replace

from starostwo.citizen.acting import sender_of
from starostwo.citizen.queries import DraftView
from starostwo.intake import api as intake


def people_of(view: DraftView, *, account_id: int | None) -> tuple[intake.Person, ...]:
    """Return everybody with his account; nobody when the sender applies alone and for himself.

    Law: k.p.a. art. 32 (a party acts through a representative), art. 62 (several parties in one case).
    """
    represented, sender = view.people.represented, sender_of(view.answered.sender)
    if represented is None:
        return ()
    principal = intake.Person(sender_of(represented.who))
    attorney = replace(sender, organisation="")
    return (principal, intake.Person(attorney, intake.Role.REPRESENTATIVE, account_id))

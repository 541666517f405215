"""Makers of applications for the tour of all pages: for somebody, together with somebody, at the counter."""

from typing import Any
from uuid import uuid4

from django.utils.timezone import localdate, now

from starostwo.citizen import services as citizen
from starostwo.citizen.co_applicants import invite, name_co_applicant
from starostwo.citizen.counter import Scan, begin_at_counter, register_at_counter
from starostwo.citizen.models import Draft
from starostwo.citizen.notifying import send_code
from starostwo.citizen.powers import enter_power
from starostwo.files import api as files
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.procedures import api as procedures
from tests.journeys.catalogue import DESK

KNOWN = {"given_name": "Piotr", "family_name": "Wrona", "street": "ul. Leśna 12", "postcode": "95-100",
         "town": "Zgierz", "email": "piotr.wrona@example.pl"}  # fmt: skip
ANSWERS = {"rodzaj": "wniosek", "w_imieniu": "wlasnym", "sposob_odbioru": "konto", "temat": "Wycinka lipy",
           "tresc": "Proszę o zgodę na usunięcie lipy."}  # fmt: skip
FOR_ANOTHER = {**ANSWERS, "w_imieniu": "innej_osoby", "mocodawca": "Zofia Sarna"}


def of_several_people(resident: Account) -> dict[str, dict[str, Any]]:
    """What stands in the addresses of their pages."""
    return {**of_powers(resident), **of_others(resident), **at_the_counter()}


def of_powers(resident: Account) -> dict[str, dict[str, Any]]:
    """An application for somebody else that is being made, and a power of attorney that stands."""
    actor, sent = office.actor(resident), a_draft(resident, FOR_ANOTHER)
    lines = {"given_name": "Zofia", "family_name": "Sarna", "street": "ul. Krótka 3", "postcode": "95-100",
             "town": "Zgierz", "basis": "pelnomocnictwo", "exemption": "zstepny", "scope": "ALL"}  # fmt: skip
    power = enter_power(sent, actor=actor, lines=lines, now=now())
    citizen.close(sent, actor=actor, addressee="Starostwo", now=now(), today=localdate())
    citizen.mark_sent(sent, actor=actor, submission=uuid4(), now=now())
    return {
        "citizen:power": {"draft_id": a_draft(resident, FOR_ANOTHER)},
        "citizen:power_revocation": {"power_id": power.pk},
    }


def of_others(resident: Account) -> dict[str, dict[str, Any]]:
    """One that is made together, and one of another resident that waits for this one's signature."""
    other = Account.objects.filter(kind=Account.Kind.RESIDENT, is_active=True).exclude(pk=resident.pk)[0]
    lines = {"given_name": resident.given_name, "family_name": resident.family_name,
             "pesel": resident.pesel or "", "email": "ktos@example.pl"}  # fmt: skip
    drafts = [citizen.begin("rejestracja-pojazdu", actor=office.actor(each), known={}, now=now(),
                            today=localdate()) for each in (resident, other)]  # fmt: skip
    people = [
        name_co_applicant(draft.pk, actor=office.actor(each), lines=lines, now=now())
        for draft, each in zip(drafts, (resident, other), strict=True)
    ]
    blob = files.put(b"dokument", name="dokument.txt", limit=1000)
    Draft.objects.filter(pk=drafts[1].pk).update(state="CLOSED", document=blob, printout=blob)
    invite(drafts[1].pk, people[1].pk, actor=office.actor(other), now=now())
    send_code(office.actor(resident), "+48600700800", now=now())
    return {
        "citizen:invitation": {"token": "over"},
        "citizen:others": {"draft_id": drafts[0].pk},
        "citizen:to_sign": {"person_id": people[1].pk},
    }


def at_the_counter() -> dict[str, dict[str, Any]]:
    """Applications that the mail desk takes down: one in each stage."""
    desk = office.actor(Account.objects.get(login=DESK))

    def begun(answers: dict[str, str]) -> Any:
        known = {"given_name": "Genowefa", "family_name": "Stara"}
        draft = begin_at_counter(
            "pismo-ogolne", actor=desk, person=known, identity="ID_CARD", now=now(), today=localdate()
        )
        Draft.objects.filter(pk=draft.pk).update(answers=answers)
        return draft.pk

    whole = ANSWERS | {"imie": "Genowefa", "nazwisko": "Stara", "ulica": "Polna 3", "kod_pocztowy": "95-100",
                       "miejscowosc": "Zgierz"}  # fmt: skip
    open_, printed, registered = begun(whole), begun(whole), begun(whole)
    for each in (printed, registered):
        citizen.close(
            each, actor=desk, addressee="Starostwo", now=now(), today=localdate(), written_by=desk.name
        )
    register_at_counter(registered, actor=desk, scans=[Scan("skan.txt", b"skan")], now=now())
    return {
        "citizen:counter_step": {"draft_id": begun({}), "name": "sprawa"},
        "citizen:counter_power": {"draft_id": begun(whole | {"w_imieniu": "innej_osoby"})},
        "citizen:counter_files": {"draft_id": open_},
        "citizen:counter_check": {"draft_id": open_},
        "citizen:counter_signing": {"draft_id": printed},
        "citizen:counter_taken": {"draft_id": registered},
    }


def a_draft(resident: Account, answers: dict[str, str] = ANSWERS) -> Any:
    """An application that is being filled in."""
    actor, moment = office.actor(resident), now()
    made = citizen.begin("pismo-ogolne", actor=actor, known=KNOWN, now=moment, today=localdate())
    form = procedures.form("pismo-ogolne")
    assert form is not None
    for step in form.steps if answers else ():
        given = {field.name: answers[field.name] for field in step.fields if field.name in answers}
        citizen.answer(made.pk, actor=actor, step=step.name, answers=given, now=moment)
    return made.pk

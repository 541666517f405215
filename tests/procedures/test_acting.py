"""For whom one acts and what a power of attorney costs, as tables."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from starostwo.platform.dated import NotYetInForce
from starostwo.procedures.rules.acting import (
    GROUNDS,
    ActsFor,
    Basis,
    Exemption,
    acts_for,
    bases_for,
    exemptions_for,
    needs_document,
    power_fee,
)
from starostwo.procedures.rules.defining import look_at, read_definition
from starostwo.procedures.rules.definition import Definition

DAY = date(2026, 11, 27)
PERSON, BODY = ActsFor.PERSON, ActsFor.ORGANISATION


@pytest.mark.law("ustawa o opłacie skarbowej art. 1 ust. 1 pkt 2")
@pytest.mark.law("ustawa o opłacie skarbowej art. 2 ust. 1 pkt 1")
@pytest.mark.law("ustawa o opłacie skarbowej art. 7")
@pytest.mark.parametrize(
    ("basis", "exemption", "acts", "grosze", "reason"),
    [
        (Basis.POWER, Exemption.NONE, PERSON, 1700, "a power of a person costs 17 zł"),
        (Basis.POWER, Exemption.NONE, BODY, 1700, "a power of a company costs 17 zł"),
        (Basis.PROKURA, Exemption.NONE, BODY, 1700, "prokura costs the same"),
        (Basis.POWER, Exemption.SPOUSE, PERSON, 0, "given by the husband or wife"),
        (Basis.POWER, Exemption.ASCENDANT, PERSON, 0, "given by a parent"),
        (Basis.POWER, Exemption.DESCENDANT, PERSON, 0, "given by a child"),
        (Basis.POWER, Exemption.SIBLING, PERSON, 0, "given by a brother"),
        (Basis.POWER, Exemption.SOCIAL_AID, PERSON, 0, "art. 7: social aid"),
        (Basis.POWER, Exemption.RECEIPT_ONLY, PERSON, 0, "only to receive documents"),
        (Basis.POWER, Exemption.SOCIAL_MATTER, PERSON, 0, "art. 2: social matters"),
        (Basis.POWER, Exemption.PUBLIC_BODY, BODY, 0, "art. 7: a public body"),
        (Basis.POWER, Exemption.PUBLIC_BENEFIT, BODY, 0, "art. 7: public benefit"),
        (Basis.POWER, Exemption.SPOUSE, BODY, 1700, "a company is nobody's wife"),
        (Basis.POWER, Exemption.PUBLIC_BODY, PERSON, 1700, "a person is no public body"),
        (Basis.GUARDIAN, Exemption.NONE, PERSON, 0, "a guardian files no power of attorney"),
        (Basis.REGISTER, Exemption.NONE, BODY, 0, "a board member is no attorney"),
    ],
)
def test_the_stamp_duty(basis: Basis, exemption: Exemption, acts: ActsFor, grosze: int, reason: str) -> None:
    fee = power_fee(basis, exemption, acts=acts, on=DAY)

    assert fee.grosze == grosze, reason
    assert bool(fee.exemption) == (grosze == 0), reason
    assert fee.basis
    assert not fee.is_verified, "what rests on memory is marked so"


def test_no_amount_is_known_before_the_act() -> None:
    with pytest.raises(NotYetInForce):
        power_fee(Basis.POWER, Exemption.NONE, acts=PERSON, on=date(2006, 12, 31))


@pytest.mark.law("k.p.a. art. 33 par. 3")
@pytest.mark.parametrize(
    ("basis", "exemption", "needed", "reason"),
    [
        (Basis.POWER, Exemption.NONE, True, "art. 33 par. 3"),
        (Basis.POWER, Exemption.SPOUSE, False, "art. 33 par. 4: the closest family"),
        (Basis.POWER, Exemption.SOCIAL_AID, True, "free of duty, yet filed"),
        (Basis.PROKURA, Exemption.NONE, True, "the document is filed"),
        (Basis.GUARDIAN, Exemption.SPOUSE, True, "the court's paper is filed"),
        (Basis.REGISTER, Exemption.NONE, False, "the office looks the register up"),
    ],
)
def test_when_the_document_must_be_filed(
    basis: Basis, exemption: Exemption, needed: bool, reason: str
) -> None:
    assert needs_document(basis, exemption) is needed, reason


@pytest.mark.parametrize(
    ("shown", "acts"),
    [
        ({"w_imieniu": "wlasnym"}, ActsFor.SELF),
        ({"w_imieniu": "innej_osoby"}, PERSON),
        ({"w_imieniu": "podmiotu"}, BODY),
        ({"w_imieniu": "kogos"}, ActsFor.SELF),
        ({}, ActsFor.SELF),
    ],
)
def test_the_answers_say_for_whom(shown: dict[str, str], acts: ActsFor) -> None:
    assert acts_for(form_that_asks("w_imieniu"), shown) is acts


def test_the_form_declares_the_question_whatever_it_is_called() -> None:
    renamed = form_that_asks("za_kogo")

    assert acts_for(renamed, {"za_kogo": "podmiotu", "w_imieniu": "wlasnym"}) is BODY
    assert acts_for(replace(renamed, acting_field=""), {"za_kogo": "podmiotu"}) is ActsFor.SELF


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (["wlasnym", "kogos"], "an answer that is none of the three"),
        (["innej_osoby", "podmiotu"], "nobody could apply for himself"),
        (None, "no such question"),
    ],
)
def test_a_form_that_declares_another_question_is_refused(values: list[str] | None, reason: str) -> None:
    data = form_data("za_kogo", values or [])
    mistakes = look_at(data | {"acting_field": "za_kogo" if values else "nie_ma"})[1]
    assert [mistake.place for mistake in mistakes] == [("acting_field",)], reason


def form_that_asks(name: str) -> Definition:
    """A form whose one question says in whose name one applies."""
    return read_definition(form_data(name, list(ActsFor)) | {"acting_field": name})


def form_data(name: str, values: list[str]) -> dict[str, Any]:
    choices = [{"value": value, "label": {"pl": value}} for value in values or ["a", "b"]]
    asked = {"name": name, "type": "choice", "label": {"pl": "Za kogo?"}, "choices": choices}
    step = {"name": "kto", "title": {"pl": "Kto"}, "fields": [asked]}
    return {
        "code": "proba",
        "version": 1,
        "title": {"pl": "Próba"},
        "summary": {"pl": "Próba"},
        "steps": [step],
    }


@pytest.mark.law("k.p.a. art. 30 par. 3")
def test_only_what_may_concern_him_is_offered() -> None:
    assert Basis.PROKURA not in bases_for(PERSON)
    assert Basis.GUARDIAN not in bases_for(BODY)
    assert Exemption.SPOUSE not in exemptions_for(BODY)
    assert set(exemptions_for(PERSON)) | set(exemptions_for(BODY)) == set(GROUNDS)

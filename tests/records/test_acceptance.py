"""Acceptance in steps: whose turn it is, remarks that stay, returns, stand-ins, refusals."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.records.access import visible_cases
from starostwo.records.models import AcceptanceStep, Document
from starostwo.records.rules.acceptance import NotInThisState
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_kinds import KINDS, Kind
from starostwo.records.services.acceptance import (
    CannotDecide,
    NotReady,
    accept,
    return_document,
    submit,
    withdraw,
)
from starostwo.records.services.document_drafts import CannotDraft, Wording
from starostwo.records.testing import TODAY, at
from tests.records.document_makers import DECISION_TEXT, make_draft, make_submitted

pytestmark = pytest.mark.django_db
NOW = at(TODAY, 15)


def actor(account: Account) -> object:
    return office.actor(account, today=TODAY)


def outcomes(document: Document) -> list[tuple[int, str, str]]:
    rows = AcceptanceStep.objects.filter(document=document).order_by("round", "order")
    return [(row.acceptor_id, row.outcome, row.remark) for row in rows]


@pytest.mark.law("instrukcja kancelaryjna par. 35")
def test_two_steps_one_after_another() -> None:
    ewa, starosta = office.ewa(), office.starosta()
    document = make_submitted(ewa, starosta)

    with pytest.raises(CannotDecide):
        accept(document.pk, actor=actor(starosta), now=NOW)
    accept(document.pk, actor=actor(ewa), remark="dobrze", now=NOW)

    assert outcomes(document) == [(ewa.pk, "ACCEPTED", "dobrze"), (starosta.pk, "WAITING", "")]


def test_the_last_step_cannot_be_only_accepted() -> None:
    document = make_submitted()

    with pytest.raises(CannotDecide, match="podpis"):
        accept(document.pk, actor=actor(office.ewa()), now=NOW)

    assert outcomes(document) == [(office.ewa().pk, "WAITING", "")]


@pytest.mark.law("instrukcja kancelaryjna par. 36")
def test_a_return_keeps_its_remark_and_the_next_round_starts_anew() -> None:
    document = make_submitted(office.ewa(), office.starosta())

    return_document(document.pk, actor=actor(office.ewa()), remark="popraw podstawę prawną", now=NOW)
    document.refresh_from_db()
    assert document.state == "RETURNED"
    submit(document.pk, actor=actor(office.anna()), acceptors=[office.ewa().pk], now=NOW)

    assert outcomes(document) == [
        (office.ewa().pk, "RETURNED", "popraw podstawę prawną"),
        (office.starosta().pk, "DROPPED", ""),
        (office.ewa().pk, "WAITING", ""),
    ]
    remarks = [entry.payload.get("remark") for entry in audit.history(str(document.case))]
    assert "popraw podstawę prawną" in remarks


def test_a_return_without_a_reason_is_refused_and_nothing_changes() -> None:
    document = make_submitted()

    with pytest.raises(CannotDecide, match="poprawić"):
        return_document(document.pk, actor=actor(office.ewa()), remark=" ", now=NOW)

    document.refresh_from_db()
    assert document.state == "IN_ACCEPTANCE"
    assert outcomes(document) == [(office.ewa().pk, "WAITING", "")]


@pytest.mark.parametrize("person", ["anna", "jan", "adam", "clerk"])
def test_a_stranger_decides_nothing(person: str) -> None:
    document = make_submitted()
    stranger = actor(getattr(office, person)())

    with pytest.raises(CannotDecide):
        return_document(document.pk, actor=stranger, remark="obca uwaga", now=NOW)

    assert outcomes(document) == [(office.ewa().pk, "WAITING", "")]


def test_a_stand_in_decides_and_history_says_in_whose_place() -> None:
    ewa, adam = office.ewa(), office.adam()
    document = make_submitted(ewa, office.starosta())
    office.make_stand_in(ewa, adam, since=TODAY, until=TODAY + timedelta(days=7))

    accept(document.pk, actor=actor(adam), now=NOW)

    step = AcceptanceStep.objects.filter(document=document).order_by("order")[0]
    assert (step.acceptor_id, step.decided_by_id) == (ewa.pk, adam.pk)
    last = audit.history(str(document.case))[-1]
    assert (last.verb, last.in_place_of) == ("accept_document", f"account:{ewa.pk}")


def test_who_accepts_may_read_the_case() -> None:
    document = make_submitted(office.adam(), office.ewa())

    assert visible_cases(actor(office.adam())).filter(pk=document.case_id).exists()
    assert not visible_cases(actor(office.jan())).filter(pk=document.case_id).exists()


def test_the_holder_takes_a_document_back() -> None:
    document = make_submitted()

    with pytest.raises(CannotDraft):
        withdraw(document.pk, actor=actor(office.jan()), now=NOW)
    withdraw(document.pk, actor=actor(office.anna()), now=NOW)

    document.refresh_from_db()
    assert document.state == "DRAFT"
    assert outcomes(document) == [(office.ewa().pk, "DROPPED", "")]
    with pytest.raises(NotInThisState):
        accept(document.pk, actor=actor(office.ewa()), now=NOW)


@pytest.mark.parametrize(
    ("kind", "text", "days", "problem"),
    [
        (Kind.LETTER, "Termin: [uzupełnij: dzień]", None, "do uzupełnienia: dzień"),
        (Kind.LETTER, "Organ: {organ.odwolawczy}", None, "brak danych: organ wyższego stopnia"),
        (
            Kind.DECISION,
            "## Rozstrzygnięcie\norzekam",
            None,
            "brak części: Uzasadnienie (k.p.a. art. 107 § 1 pkt 6)",
        ),
        (Kind.CALL, "## Wezwanie\nwzywam\n## Pouczenie\npouczam", 6, "co najmniej 7 dni"),
        (Kind.CALL, "## Wezwanie\nwzywam w 7 dni\n## Pouczenie\npouczam", 14, "nie podaje terminu „14 dni”"),
    ],
)
@pytest.mark.law("k.p.a. art. 107 par. 1", "k.p.a. art. 64 par. 2")
def test_what_is_not_ready_is_not_handed_over(kind: Kind, text: str, days: int | None, problem: str) -> None:
    remedy = KINDS[kind].remedy
    document = make_draft(kind=kind, wording=Wording("Pismo", text, remedy if days else Remedy.NONE, days))

    with pytest.raises(NotReady) as refusal:
        submit(document.pk, actor=actor(office.anna()), acceptors=[office.ewa().pk], now=NOW)

    assert problem in str(refusal.value)
    document.refresh_from_db()
    assert document.state == "DRAFT"
    assert outcomes(document) == []


@pytest.mark.law("k.p.a. art. 107 par. 1 pkt 7")
def test_a_decision_that_tells_a_wrong_term_of_appeal_is_not_handed_over() -> None:
    text = DECISION_TEXT.replace("14 dni", "7 dni")
    document = make_draft(wording=Wording("Decyzja", text, Remedy.APPEAL))

    with pytest.raises(NotReady, match="nie podaje terminu „14 dni”"):
        submit(document.pk, actor=actor(office.anna()), acceptors=[office.ewa().pk], now=NOW)


def test_nobody_to_sign_is_refused() -> None:
    document = make_draft()

    with pytest.raises(NotReady, match="osobę, która podpisze"):
        submit(document.pk, actor=actor(office.anna()), acceptors=[], now=NOW)


def test_the_database_keeps_what_was_decided() -> None:
    document = make_submitted(office.ewa(), office.starosta())
    accept(document.pk, actor=actor(office.ewa()), now=NOW)
    step = AcceptanceStep.objects.filter(document=document).order_by("order")[0]

    with pytest.raises(DatabaseError), transaction.atomic():
        AcceptanceStep.objects.filter(pk=step.pk).update(remark="dopisane")
    with pytest.raises(DatabaseError), transaction.atomic():
        step.delete()

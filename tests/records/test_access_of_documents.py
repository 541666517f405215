"""What lists of documents show to whom: letters, steps of acceptance, dispatch, and the resident's own."""

import pytest

from starostwo.office import testing as office
from starostwo.office.models import Account, Right
from starostwo.records import document_access as access
from starostwo.records.models import AcceptanceStep, Case, CaseAccess, CaseParty, Document
from starostwo.records.rules.assignment import Target
from starostwo.records.services import notes
from starostwo.records.testing import NOW, TODAY, at, make_case
from tests.records.document_makers import make_draft, make_online_case, make_sent, make_signed, make_submitted

pytestmark = pytest.mark.django_db


def seen(account: Account) -> set[Document]:
    return set(access.visible_documents(office.actor(account)))


def let_in(account: Account, case: Case) -> CaseAccess:
    anna = office.actor(office.anna())
    return notes.let_in(case.pk, actor=anna, who=Target(account_id=account.pk), now=NOW)


def test_a_draft_is_seen_with_its_case() -> None:
    draft = make_draft()
    let_in(office.jan(), make_case("Inna sprawa"))

    assert seen(office.anna()) == seen(office.ewa()) == {draft}
    assert seen(office.jan()) == set(), "he sees another case, not this one"
    assert seen(office.clerk()) == set(), "the mail desk has nothing to send yet"


def test_who_was_asked_to_accept_still_sees_that_letter_when_the_case_is_shut_from_him() -> None:
    asked, other = make_submitted(office.adam()), make_draft(case=make_case("Inna sprawa"))
    for given in CaseAccess.objects.filter(case=asked.case, withdrawn_at=None):
        notes.withdraw(given.pk, actor=office.actor(office.anna()), now=NOW)

    assert seen(office.adam()) == {asked}
    assert seen(office.jan()) == set(), "nobody asked him"
    assert seen(office.anna()) == {asked, other}


def test_steps_wait_for_who_was_named_until_he_decides() -> None:
    document = make_submitted(office.ewa())
    ewa, adam = office.actor(office.ewa()), office.actor(office.adam())

    assert [step.document for step in access.waiting_for(ewa)] == [document]
    assert list(access.waiting_for(adam)) == []

    AcceptanceStep.objects.update(
        outcome=AcceptanceStep.Outcome.DROPPED, decided_by=office.ewa(), decided_at=at(TODAY, 14)
    )
    assert list(access.waiting_for(ewa)) == []


def test_the_mail_desk_sees_and_sends_what_is_signed_and_only_that() -> None:
    signed = make_signed()
    draft = make_draft(case=make_case("Inna sprawa"))
    may_send = {
        name: set(Document.objects.filter(access.to_send(office.actor(who))))
        for name, who in {"clerk": office.clerk(), "anna": office.anna(), "jan": office.jan()}.items()
    }

    assert seen(office.clerk()) == {signed}
    assert seen(office.jan()) == set(), "what is signed is not open to everybody"
    assert may_send == {"clerk": {signed, draft}, "anna": {signed, draft}, "jan": set()}


def test_the_register_of_outgoing_letters_is_whole_for_the_desk_and_its_like() -> None:
    row = make_sent()
    let_in(office.jan(), make_case("Inna sprawa"))
    whole = {
        right: office.make_staff(
            f"w.{right.lower()}", f"Wit {right.label[:9].title()}", unit="OR", rights=(right,)
        )
        for right in (Right.DISPATCH, Right.COORDINATE, Right.INSPECT, Right.HANDLE)
    }
    shown = {right: set(access.visible_dispatches(office.actor(who))) for right, who in whole.items()}

    assert shown == {
        Right.DISPATCH: {row},
        Right.COORDINATE: {row},
        Right.INSPECT: {row},
        Right.HANDLE: set(),
    }
    assert set(access.visible_dispatches(office.actor(office.anna()))) == {row}
    assert set(access.visible_dispatches(office.actor(office.jan()))) == set(), "another case"


def test_a_resident_has_his_own_cases_while_he_is_a_party_and_his_own_letters() -> None:
    row = make_sent(case=make_online_case(resident=office.piotr()))
    others = make_online_case(resident=office.maria())
    piotr, maria = office.piotr().pk, office.maria().pk

    assert set(access.cases_of_resident(piotr)) == {row.document.case}
    assert set(access.cases_of_resident(maria)) == {others}
    assert set(access.dispatches_of_resident(piotr)) == {row}
    assert set(access.dispatches_of_resident(maria)) == set()

    CaseParty.objects.filter(case=others).update(to_on=TODAY)
    assert set(access.cases_of_resident(maria)) == set(), "no party any more"

"""Letters go to the representative of a represented party, and to one of several."""

import pytest
from django.urls import reverse

from starostwo.office import testing as office
from starostwo.records import residents
from starostwo.records.models import Case, CaseParty, Dispatch, LetterSender
from starostwo.records.queries.document_paper import paper, recipients
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.rules.metadata import Channel, Received, Sender, SenderRole
from starostwo.records.rules.representation import Entry, receiver_of, receivers
from starostwo.records.services.assignments import Target, assign
from starostwo.records.services.dispatch import dispatch_document
from starostwo.records.services.letters import register_incoming
from starostwo.records.services.parties import end_party
from starostwo.records.testing import TODAY, at, make_case, make_plan
from tests.records.document_makers import make_draft, make_signed

PARTY, OTHER, ATTORNEY, SECOND = Entry(1), Entry(2), Entry(3, represents=1), Entry(4, represents=1)


@pytest.mark.law("k.p.a. art. 40 par. 2")
@pytest.mark.parametrize(
    ("entries", "served", "reason"),
    [
        ([PARTY], [1], "a party alone receives itself"),
        ([PARTY, ATTORNEY], [3], "the representative receives for the party"),
        ([PARTY, ATTORNEY, SECOND], [3], "of several representatives one"),
        ([PARTY, OTHER, ATTORNEY], [3, 2], "each party once"),
        ([PARTY, OTHER, ATTORNEY, Entry(5, represents=2)], [3, 5], "each party has its own"),
        ([], [], "nobody"),
    ],
)
def test_who_receives(entries: list[Entry], served: list[int], reason: str) -> None:
    assert receivers(entries) == served, reason


def test_who_receives_for_one_party() -> None:
    assert receiver_of(1, [PARTY, ATTORNEY]) == 3
    assert receiver_of(2, [PARTY, OTHER, ATTORNEY]) == 2


@pytest.fixture
def case(db: None) -> Case:
    """Piotr files for Maria Cicha, who has no account; Jan Bór applies too."""
    piotr = office.piotr()
    office.starosta()
    office.anna()
    make_plan()
    senders = [
        Sender(family_name="Cicha", given_name="Maria", street="ul. Prosta", building="1", town="Zgierz"),
        Sender(family_name="Wrona", given_name="Piotr", town="Zgierz", role=SenderRole.REPRESENTATIVE,
               account_id=piotr.pk),
        Sender(family_name="Bór", given_name="Jan", street="ul. Polna", building="2", town="Zgierz"),
    ]  # fmt: skip
    letter = register_incoming(
        actor=office.actor(office.clerk(), today=TODAY),
        received=Received(title="Wniosek", received_on=TODAY, senders=senders, unit="GN"),
        channel=Channel.ACCOUNT,
        resident_account_id=piotr.pk,
        today=TODAY,
        now=at(TODAY),
    )
    ewa = office.actor(office.ewa(), today=TODAY)
    assign([letter.pk], actor=ewa, lead=Target(account_id=office.anna().pk), today=TODAY, now=at(TODAY, 10))
    letter.refresh_from_db()
    return make_case(letter=letter)


@pytest.mark.law("k.p.a. art. 32")
def test_a_case_gets_the_party_and_its_representative_with_the_letter_that_says_so(case: Case) -> None:
    rows = list(CaseParty.objects.filter(case=case).order_by("id"))

    assert [(row.party.name, row.role) for row in rows] == [
        ("Cicha Maria", "PARTY"),
        ("Wrona Piotr", "REPRESENTATIVE"),
        ("Bór Jan", "PARTY"),
    ]
    assert (rows[1].represents, rows[1].authority) == (rows[0], case.first_letter)
    assert [row.party.account_id for row in rows] == [None, office.piotr().pk, None]
    assert (
        "(pełnomocnik: Cicha Maria"
        in office.client_of(office.anna()).get(reverse("records:case", args=[case.mark])).content.decode()
    )


def test_the_representative_sees_the_case_on_his_account(case: Case) -> None:
    found = residents.resident_cases(office.piotr().pk)

    assert [(each.mark, each.acts_for) for each in found] == [(case.mark, "Maria Cicha")]
    page = office.client_of(office.piotr()).get(f"/eboi/sprawy/{case.mark}/").content.decode()
    assert "<dd>Maria Cicha</dd>" in page


@pytest.mark.law("k.p.a. art. 40 par. 2")
def test_a_decision_and_a_plain_letter_are_served_to_the_representative(case: Case) -> None:
    decision, letter = make_draft(case=case), make_draft(case=case, kind=Kind.LETTER)

    assert [party.name for party in recipients(decision)] == ["Wrona Piotr", "Bór Jan"]
    assert decision.addressee is not None
    assert decision.addressee.name == "Cicha Maria"
    assert [party.name for party in recipients(letter)] == ["Wrona Piotr"]
    printed = paper(letter, "treść", today=TODAY)
    assert printed.addressee[:2] == ("Piotr Wrona", "pełnomocnik: Maria Cicha")


def test_the_letter_reaches_the_account_of_the_representative(case: Case) -> None:
    document = make_signed(case=case, kind=Kind.LETTER)

    dispatch_document(document.pk, actor=office.actor(office.anna(), today=TODAY), now=at(TODAY, 16))

    row = Dispatch.objects.get()
    assert (row.channel, row.account_id, row.addressee_name) == ("ACCOUNT", office.piotr().pk, "Piotr Wrona")


def test_when_the_power_has_ended_the_party_receives_itself(case: Case) -> None:
    letter = make_draft(case=case, kind=Kind.LETTER)
    entry = CaseParty.objects.get(case=case, role="REPRESENTATIVE")

    end_party(entry.pk, actor=office.actor(office.anna(), today=TODAY), today=TODAY, now=at(TODAY, 15))

    assert [party.name for party in recipients(letter)] == ["Cicha Maria"]


def test_a_letter_shows_its_senders_in_their_roles(case: Case) -> None:
    page = office.client_of(office.anna()).get(reverse("records:letter", args=[case.first_letter_id]))

    assert "Nadawca (pełnomocnik)" in page.content.decode()
    assert LetterSender.objects.filter(role="REPRESENTATIVE").count() == 1

"""Requests for public information as cases: the clock, each way to end, notices, the register, the counts."""

from datetime import date, timedelta

import pytest

from starostwo.office import testing as office
from starostwo.office.api import Actor
from starostwo.procedures import api as procedures
from starostwo.records.models import (
    Case,
    CaseParty,
    ClockEntry,
    Dispatch,
    Document,
    DocumentVersion,
    InformationRequest,
)
from starostwo.records.queries.information import information_counts, register_lines
from starostwo.records.rules.clock import Basis
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_fields import GAP
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.rules.information import CannotLengthen, End, Ground, NoGround, Notice
from starostwo.records.rules.metadata import Sender
from starostwo.records.services import clock
from starostwo.records.services import information as service
from starostwo.records.services.acceptance import submit
from starostwo.records.services.cases import CannotClose, close_case
from starostwo.records.services.delivery import open_delivery
from starostwo.records.services.dispatch import CannotDispatch, dispatch_document, ways_of
from starostwo.records.services.document_drafts import Wording, save_version
from starostwo.records.services.document_signing import sign_document
from starostwo.records.services.parties import NotHolder
from starostwo.records.testing import TODAY, at, make_assigned, make_case
from tests.records.document_makers import give_key, make_signed

pytestmark = pytest.mark.django_db
ACT = "ustawa o dostępie do informacji publicznej"
SATURDAY = date(2026, 3, 14)


def make_request(*, on: date = TODAY) -> Case:
    """A request of Piotr, sent from his account, that Anna took up."""
    letter = make_assigned("Umowy z 2025 roku", on=on, resident=office.piotr())
    return make_case("Umowy z 2025 roku", on=on, letter=letter, is_information=True)


def anna(on: date = TODAY) -> Actor:
    return office.actor(office.anna(), today=on)


def signed(document: Document, *, on: date = TODAY) -> Document:
    """The drafted letter with its gaps filled, signed by Ewa."""
    office.make_office()
    give_key(office.ewa(), on=on)
    latest = document_text(document)
    wording = Wording(document.title, GAP.sub("słowa", latest), Remedy(document.remedy), None)
    save_version(document.pk, actor=anna(on), wording=wording, base=1, today=on, now=at(on, 12))
    submit(document.pk, actor=anna(on), acceptors=[office.ewa().pk], now=at(on, 12))
    sign_document(document.pk, actor=office.actor(office.ewa(), today=on), now=at(on, 13))
    return document


def sent(document: Document, *, on: date = TODAY) -> int:
    [row] = dispatch_document(signed(document, on=on).pk, actor=anna(on), now=at(on, 14))
    return row.pk


@pytest.mark.law(f"{ACT} art. 13 ust. 1")
def test_a_request_has_fourteen_calendar_days_also_when_they_end_on_a_saturday() -> None:
    case = make_request(on=SATURDAY - timedelta(days=14))
    assert case.due_on == SATURDAY
    assert case.service_code == "informacja-publiczna"
    assert InformationRequest.objects.get().received_on == case.started_on


@pytest.mark.law(f"{ACT} art. 2 ust. 2")
def test_a_request_of_which_nobody_is_named_is_taken_up_all_the_same() -> None:
    letter = make_assigned("Pytanie bez podpisu", sender=Sender(email="pytam@example.pl"))
    case = make_case("Pytanie", letter=letter, is_information=True)
    assert case.due_on == date(2026, 3, 24)
    assert register_lines(anna(), since=TODAY, until=TODAY, today=TODAY)[0].sender == ""


@pytest.mark.parametrize("end", [End.GIVEN, End.IN_BULLETIN, End.NOT_HELD, End.NOT_PUBLIC])
def test_a_letter_that_was_sent_ends_the_request_and_stops_the_clock(end: End) -> None:
    case = make_request()
    document = service.draft_answer(case.pk, actor=anna(), end=end, today=TODAY, now=at(TODAY, 12))
    assert InformationRequest.objects.get().ended_on is None
    sent(document)
    request = InformationRequest.objects.get()
    case.refresh_from_db()
    assert (request.ended_as, request.ended_on, request.ground) == (end.value, TODAY, "")
    assert case.settled_on == TODAY


@pytest.mark.law(f"{ACT} art. 16 ust. 1")
@pytest.mark.law(f"{ACT} art. 16 ust. 2")
@pytest.mark.law("k.p.a. art. 107 par. 1")
def test_a_refusal_is_a_decision_with_its_ground_and_an_appeal_of_fourteen_days() -> None:
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=at(TODAY, 7))
    case = make_request()
    document = service.draft_answer(
        case.pk, actor=anna(), end=End.REFUSED, ground=Ground.PRIVACY, today=TODAY, now=at(TODAY, 12)
    )
    text = document_text(document)
    assert document.kind == "DECISION"
    assert "prywatność osoby fizycznej (art. 5 ust. 2 ustawy)" in text
    assert "Samorządowe Kolegium Odwoławcze w Łodzi" in text
    row = sent(document)
    served = open_delivery(row, actor=office.actor(office.piotr(), today=TODAY), now=at(TODAY, 15))
    request = InformationRequest.objects.get()
    assert (request.ended_as, request.ground) == ("REFUSED", "PRIVACY")
    assert (served.remedy, served.term_until) == ("APPEAL", TODAY + timedelta(days=14))


@pytest.mark.law(f"{ACT} art. 16 ust. 1")
def test_a_refusal_without_a_ground_is_refused_itself_and_drafts_nothing() -> None:
    case = make_request()
    with pytest.raises(NoGround):
        service.draft_answer(case.pk, actor=anna(), end=End.REFUSED, today=TODAY, now=at(TODAY, 12))
    assert not Document.objects.exists()


@pytest.mark.law(f"{ACT} art. 13 ust. 2")
def test_a_longer_term_moves_the_clock_and_drafts_the_notice() -> None:
    case, later = make_request(), date(2026, 5, 8)
    document = service.lengthen(
        case.pk, actor=anna(), new_due=later, reason="duży zakres", today=TODAY, now=at(TODAY, 12)
    )
    case.refresh_from_db()
    assert case.due_on == later
    text = document_text(document)
    assert "24 marca 2026" in text
    assert "8 maja 2026" in text
    assert "duży zakres" in text


@pytest.mark.law(f"{ACT} art. 13 ust. 2")
def test_a_longer_term_after_the_fourteen_days_changes_nothing() -> None:
    case, day = make_request(), date(2026, 3, 25)
    with pytest.raises(CannotLengthen):
        service.lengthen(
            case.pk, actor=anna(day), new_due=date(2026, 5, 8), reason="x", today=day, now=at(day)
        )
    case.refresh_from_db()
    assert case.due_on == date(2026, 3, 24)
    assert not ClockEntry.objects.exists()


@pytest.mark.law(f"{ACT} art. 15 ust. 2")
def test_the_days_after_a_notice_of_costs_run_from_the_day_it_was_served() -> None:
    case, later = make_request(), TODAY + timedelta(days=2)
    told = service.Told("przekształcenie 300 stron w skany.", 12_050)
    document = service.draft_notice(
        case.pk, actor=anna(), notice=Notice.COSTS, told=told, today=TODAY, now=at(TODAY, 12)
    )
    assert "120,50\u00a0zł. Koszty wynikają z: przekształcenie 300 stron w skany." in document_text(document)
    row = sent(document)
    case.refresh_from_db()
    assert case.due_on == TODAY + timedelta(days=15)
    open_delivery(row, actor=office.actor(office.piotr(), today=later), now=at(later))
    case.refresh_from_db()
    assert case.due_on == later + timedelta(days=15)
    assert InformationRequest.objects.get().ended_on is None


@pytest.mark.law(f"{ACT} art. 14 ust. 2")
def test_a_notice_of_another_way_gives_fourteen_days_too() -> None:
    case = make_request()
    told = service.Told("nie mamy nagrania")
    document = service.draft_notice(
        case.pk, actor=anna(), notice=Notice.MANNER, told=told, today=TODAY, now=at(TODAY, 12)
    )
    sent(document)
    assert ClockEntry.objects.get().get_kind_display() == "powiadomienie o sposobie (art. 14 ust. 2 u.d.i.p.)"


@pytest.mark.law(f"{ACT} art. 14 ust. 1")
def test_who_left_an_email_alone_is_answered_by_email_and_a_decision_never_is() -> None:
    letter = make_assigned("Pytanie", sender=Sender(family_name="Pytający", email="pytam@example.pl"))
    case = make_case("Pytanie", letter=letter, is_information=True)
    answer, refusal = (
        service.draft_answer(case.pk, actor=anna(), end=end, ground=ground, today=TODAY, now=at(TODAY, 12))
        for end, ground in ((End.GIVEN, None), (End.REFUSED, Ground.PRIVACY))
    )
    party = CaseParty.objects.get(case=case).party
    assert ways_of(party, refusal) == [Dispatch.Channel.PAPER]
    sent(answer)
    row = Dispatch.objects.get()
    assert (row.channel, row.addressee_address, row.printout_id) == ("EMAIL", "pytam@example.pl", None)
    assert InformationRequest.objects.get().ended_as == "GIVEN"


def test_an_ordinary_letter_does_not_go_by_email() -> None:
    letter = make_assigned("Podanie", sender=Sender(family_name="Kowal", email="kowal@example.pl"))
    document = make_signed(case=make_case(letter=letter), kind=Kind.LETTER)
    party = CaseParty.objects.get(case=document.case).party
    with pytest.raises(CannotDispatch):
        dispatch_document(
            document.pk, actor=anna(), ways={party.pk: Dispatch.Channel.EMAIL}, now=at(TODAY, 15)
        )
    assert not Dispatch.objects.exists()


def test_a_withdrawn_request_ends_without_a_letter() -> None:
    case = make_request()
    service.note_withdrawal(case.pk, actor=anna(), reason="e-mail", today=TODAY, now=at(TODAY, 12))
    assert InformationRequest.objects.get().ended_as == "WITHDRAWN"
    close_case(case.pk, actor=anna(), outcome="wycofany", today=TODAY, now=at(TODAY, 13))
    with pytest.raises(NotHolder):
        service.draft_answer(case.pk, actor=anna(), end=End.GIVEN, today=TODAY, now=at(TODAY, 14))


def test_what_has_not_ended_is_not_closed() -> None:
    case = make_request()
    with pytest.raises(CannotClose, match="jak zakończył się wniosek"):
        close_case(case.pk, actor=anna(), today=TODAY, now=at(TODAY, 13))


def test_the_code_does_not_stop_the_clock_of_a_request() -> None:
    case = make_request()
    with pytest.raises(clock.NoTerm, match="To wniosek o informację publiczną"):
        clock.exclude(case.pk, actor=anna(), basis=Basis.PARTY, from_on=TODAY, reason="x", now=at(TODAY, 12))
    with pytest.raises(clock.NoTerm):
        clock.extend(case.pk, actor=anna(), new_due=date(2026, 6, 1), reason="x", now=at(TODAY, 12))


def test_an_ordinary_case_is_taken_as_a_request_once() -> None:
    case = make_case()
    service.take_as_request(case.pk, actor=anna(), now=at(TODAY, 12))
    case.refresh_from_db()
    assert case.due_on == date(2026, 3, 24)
    with pytest.raises(service.NotARequest):
        service.take_as_request(case.pk, actor=anna(), now=at(TODAY, 13))


@pytest.mark.law(f"{ACT} art. 6 ust. 1 pkt 3")
def test_the_register_names_days_and_ends_and_the_counts_name_nobody() -> None:
    ended, late = make_request(), make_request()
    service.note_withdrawal(ended.pk, actor=anna(), reason="x", today=TODAY, now=at(TODAY, 12))
    day = date(2026, 3, 30)
    lines = register_lines(anna(day), since=TODAY, until=day, today=day)
    assert [(one.mark, one.sender, one.days, one.is_late) for one in lines] == [
        (ended.mark, "Wrona Piotr", 0, False),
        (late.mark, "Wrona Piotr", 20, True),
    ]
    assert register_lines(office.actor(office.jan(), today=day), since=TODAY, until=day, today=day) == []
    counts = information_counts(year=2026, on=day)
    assert (counts.received, counts.waiting, counts.in_time, counts.late) == (2, 1, 1, 1)
    assert counts.ends == [("wnioskodawca wycofał wniosek", 1)]


def document_text(document: Document) -> str:
    """The newest text of a document."""
    return DocumentVersion.objects.filter(document=document).latest("number").text

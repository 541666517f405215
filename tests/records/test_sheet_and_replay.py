"""The case sheet as a view of the history, and the case as it stood on a past day."""

from datetime import date

import pytest
from django.urls import reverse

from starostwo.office import testing as office
from starostwo.records.models import Case, CaseParty, Letter
from starostwo.records.queries.replay import case_on
from starostwo.records.queries.sheet import case_sheet
from starostwo.records.rules.clock import Basis
from starostwo.records.services import cases, clock, notes, parties
from starostwo.records.testing import at, make_assigned, make_case

pytestmark = pytest.mark.django_db
OPENED, LATER, LAST = date(2026, 3, 10), date(2026, 3, 16), date(2026, 3, 24)


def anna(day: date) -> office.Actor:
    return office.actor(office.anna(), today=day)


@pytest.fixture
def case() -> Case:
    """A case in which something happened on three days."""
    made = make_case("Wypis", on=OPENED)
    entry = clock.exclude(
        made.pk, actor=anna(LATER), basis=Basis.STATUTORY, from_on=LATER, reason="wezwanie", now=at(LATER)
    )
    cases.change_title(made.pk, actor=anna(LATER), title="Wypis i wyrys", now=at(LATER, 10))
    letter = make_assigned("Uzupełnienie", on=LAST)
    cases.attach_to_case(letter.pk, actor=anna(LAST), mark=made.mark, today=LAST, now=at(LAST, 11))
    clock.end_exclusion(entry.pk, actor=anna(LAST), to_on=LAST, now=at(LAST, 12))
    notes.write_note(made.pk, actor=anna(LAST), text="rozmowa", now=at(LAST, 13))
    cases.close_case(made.pk, actor=anna(LAST), outcome="wydano", today=LAST, now=at(LAST, 14))
    made.refresh_from_db()
    return made


@pytest.mark.law("k.p.a. art. 66a")
@pytest.mark.law("rozp. MAiC 6.03.2012")
def test_the_sheet_says_when_who_on_which_post_did_what_with_which_document(case: Case) -> None:
    sheet = case_sheet(case)
    assert (sheet.mark, sheet.title) == ("GN.6621.1.2026", "Wypis i wyrys")
    assert [(row.person, row.post, row.act, row.document) for row in sheet.rows] == [
        ("Zofia Mak", "podinspektor, kancelaria", "zarejestrowanie przesyłki", "RPW/1/2026"),
        ("Ewa Lis", "naczelniczka wydziału", "dekretacja", "RPW/1/2026"),
        ("Anna Nowak", "inspektor", "włączenie pisma do sprawy", "RPW/1/2026"),
        ("Anna Nowak", "inspektor", "założenie sprawy", "RPW/1/2026"),
        ("Anna Nowak", "inspektor", "wyłączenie okresu z terminu", ""),
        ("Anna Nowak", "inspektor", "zmiana tytułu", ""),
        ("Zofia Mak", "podinspektor, kancelaria", "zarejestrowanie przesyłki", "RPW/2/2026"),
        ("Ewa Lis", "naczelniczka wydziału", "dekretacja", "RPW/2/2026"),
        ("Anna Nowak", "inspektor", "włączenie pisma do sprawy", "RPW/2/2026"),
        ("Anna Nowak", "inspektor", "dołączenie pisma", "RPW/2/2026"),
        ("Anna Nowak", "inspektor", "koniec okresu wyłączonego z terminu", ""),
        ("Anna Nowak", "inspektor", "notatka służbowa", ""),
        ("Anna Nowak", "inspektor", "zakończenie sprawy", ""),
    ]


def test_the_sheet_is_read_on_the_screen_and_printed(case: Case) -> None:
    client = office.client_of(office.anna())
    shown = client.get(reverse("records:sheet", args=[case.mark])).content.decode()
    assert "naczelniczka wydziału" in shown
    assert client.get(reverse("records:sheet_print", args=[case.mark])).content.startswith(b"%PDF")


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 10")
def test_a_case_stands_as_it_did_on_each_day(case: Case) -> None:
    assert case_on(case, date(2026, 3, 9)) is None

    first = case_on(case, OPENED)
    assert first is not None
    assert (first.title, first.state, len(first.letters), len(first.notes)) == ("Wypis", "OPEN", 1, 0)
    assert first.ledger is not None
    assert first.ledger.due_on == date(2026, 4, 10)
    assert first.sheet.title == "Wypis"
    assert len(first.sheet.rows) == 4

    middle = case_on(case, LATER)
    assert middle is not None
    assert (middle.title, len(middle.letters)) == ("Wypis i wyrys", 1)
    assert middle.ledger is not None
    assert middle.ledger.due_on is None, "the end of the excluded time was not yet known"

    last = case_on(case, LAST)
    assert last is not None
    assert (last.state, last.closed_on, len(last.letters), len(last.notes)) == ("CLOSED", LAST, 2, 1)
    assert last.ledger is not None
    assert last.ledger.statutory_on == date(2026, 4, 20)


def test_a_case_that_became_complicated_later_had_one_month_before() -> None:
    case = make_case(on=OPENED)
    clock.make_complex(case.pk, actor=anna(LATER), reason="biegli", today=LATER, now=at(LATER))
    case.refresh_from_db()
    before, after = case_on(case, OPENED), case_on(case, LATER)
    assert before is not None
    assert after is not None
    assert before.ledger is not None
    assert after.ledger is not None
    assert (before.ledger.due_on, after.ledger.due_on) == (date(2026, 4, 10), date(2026, 5, 11))


def test_a_reopened_case_and_its_former_holder_are_replayed() -> None:
    case, beata = make_case(on=OPENED), office.make_staff("b.b", "Beata Bor", unit="GN")
    cases.close_case(case.pk, actor=anna(OPENED), today=OPENED, now=at(OPENED, 15))
    cases.reopen_case(case.pk, actor=anna(LATER), reason="omyłka", now=at(LATER))
    head = office.actor(office.ewa(), today=LAST)
    cases.hand_over(case.pk, actor=head, holder_id=beata.pk, today=LAST, now=at(LAST))
    case.refresh_from_db()
    days = [case_on(case, day) for day in (OPENED, LATER, LAST)]
    assert [(then.state, then.holder_id) for then in days if then] == [
        ("CLOSED", office.anna().pk),
        ("OPEN", office.anna().pk),
        ("OPEN", beata.pk),
    ]


@pytest.mark.law("k.p.a. art. 33")
def test_parties_come_and_go_and_a_representative_represents_somebody() -> None:
    case = make_case(on=OPENED)
    wrona, letter = CaseParty.objects.get(), Letter.objects.get()
    other = make_assigned("Pełnomocnictwo", on=LATER)
    cases.attach_to_case(other.pk, actor=anna(LATER), mark=case.mark, today=LATER, now=at(LATER, 11))
    made = parties.add_party(
        case.pk,
        actor=anna(LATER),
        party_id=wrona.party_id,
        role=CaseParty.Role.REPRESENTATIVE,
        represents_id=wrona.pk,
        authority_id=other.pk,
        today=LATER,
        now=at(LATER, 12),
    )
    parties.end_party(made.pk, actor=anna(LAST), today=LAST, now=at(LAST))
    then, now = case_on(case, LATER), case_on(case, LAST)
    assert then is not None
    assert now is not None
    assert ([len(then.parties), len(now.parties)], letter.case_id) == ([2, 1], case.pk)
    with pytest.raises(parties.NotHolder):
        parties.add_party(
            case.pk,
            actor=office.actor(office.jan(), today=LAST),
            party_id=wrona.party_id,
            role=CaseParty.Role.INTERESTED,
            today=LAST,
            now=at(LAST),
        )
    assert CaseParty.objects.count() == 2

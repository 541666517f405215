"""A call on the screen: who calls, his cases within the rights of who asks, and the note of the talk."""

from datetime import datetime

import pytest
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from starostwo.audit.models import Read
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.records.models import Case, CaseNote, Party
from starostwo.records.testing import make_case
from starostwo.telephony import testing
from starostwo.telephony.models import Node
from starostwo.telephony.rules.call_notes import Talk, note_of
from starostwo.telephony.rules.callers import Caller, Kind, caller

PAGE = "/urzad/telefony/dzwoni/"
NUMBER = "+48601234567"


@pytest.mark.parametrize(
    ("told", "kind", "number"),
    [
        ("101", Kind.INTERNAL, "101"),
        ("+48601234567", Kind.OUTSIDE, NUMBER),
        ("0048601234567", Kind.OUTSIDE, NUMBER),
        ("48601234567", Kind.OUTSIDE, NUMBER),
        ("601234567", Kind.OUTSIDE, NUMBER),
        ("601 234 567", Kind.OUTSIDE, NUMBER),
        ("+49301234567", Kind.OUTSIDE, "+49301234567"),
        ("anonymous", Kind.HIDDEN, ""),
        ("Anonymous", Kind.HIDDEN, ""),
        ("unavailable", Kind.HIDDEN, ""),
        ("kot", Kind.STRANGE, "kot"),
        ("1", Kind.STRANGE, "1"),
        ("0601234567", Kind.STRANGE, "0601234567"),
        ("<script>", Kind.STRANGE, "<script>"),
    ],
)
def test_numbers_as_the_exchange_tells_them(told: str, kind: Kind, number: str) -> None:
    assert caller(told) == Caller(kind, number)


def test_a_note_says_what_the_talk_was() -> None:
    at = datetime(2026, 11, 23, 9, 5)  # noqa: DTZ001  the time of the office
    assert note_of(Talk("  Zapytała o termin. ", at, NUMBER, "Zofia Łęcka", 4)) == (
        "Rozmowa telefoniczna 23.11.2026, godz. 9:05, 4 min\nRozmówca: Zofia Łęcka, 601 234 567\n\n"
        "Zapytała o termin."
    )
    assert "Rozmówca: numer zastrzeżony\n" in note_of(Talk("Milczał.", at))


@pytest.fixture
def case(db: None) -> Case:
    office.make_office()
    testing.load_numbers()
    made = make_case(on=localdate())
    Party.objects.update(phone=NUMBER)
    node = testing.make_node()
    testing.make_phone("116", node, account=office.anna())
    testing.make_phone("100", node, label="Sekretariat")
    testing.make_group("800", node, name="Informacja")
    return made


def shown(account: Account, number: str = NUMBER, query: str = "") -> str:
    answer = office.client_of(account).get(f"{PAGE}{number}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_caller_and_his_cases(case: Case, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = office.client_of(office.anna())
    client.get(f"{PAGE}{NUMBER}/")
    with django_assert_num_queries(13):
        page = client.get(f"{PAGE}{NUMBER}/").content.decode()

    assert "<h1>Dzwoni 601 234 567</h1>" in page
    assert "Wrona Piotr" in page
    assert f'href="/urzad/sprawy/{case.mark}/"' in page
    assert "Anna Nowak, wewn. " in page
    assert 'data-call="116"' in page
    assert "Numer można podrobić" in page
    assert f"{case.due_on:%d.%m.%Y}" in page
    for form in ("0048601234567", "48601234567", "601234567"):
        assert case.mark in shown(office.anna(), form)


def test_each_look_is_written_down(case: Case) -> None:
    shown(office.anna())
    party = Party.objects.get()
    [line] = Read.objects.filter(thing=f"records.party:{party.pk}")
    assert line.actor == f"account:{office.anna().pk}"
    assert "601234567" not in line.payload


def test_a_case_that_the_clerk_may_not_open_is_neither_shown_nor_counted(case: Case) -> None:
    page = shown(office.jan())
    assert "Wrona Piotr" in page
    assert case.mark not in page
    assert case.title not in page
    assert "Nie ma otwartych spraw, które możesz otworzyć" in page


def test_the_window_of_the_telephone_gets_a_part_that_never_leads_it_away(case: Case) -> None:
    part = shown(office.anna(), query="?okno=1")
    fetched = office.client_of(office.anna()).get(f"{PAGE}{NUMBER}/", headers={"Sec-Fetch-Dest": "empty"})
    assert "<html" not in fetched.content.decode()
    assert "<html" not in part
    assert part.count('target="starostwo-sprawa"') == 2, "the case and the note open in another window"
    assert case.mark in part
    assert "csrfmiddlewaretoken" in part


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("116", "Anna Nowak</strong>, inspektor, GN, wewn."),
        ("100", "Sekretariat</strong>, telefon wspólny"),
        ("800", "Informacja</strong>, grupa telefonów"),
        ("199", "Nikogo nie ma pod tym numerem"),
        ("+48700100200", "Nikogo nie ma pod tym numerem"),
        ("anonymous", "Rozmówca zastrzegł numer"),
        ("kot", "Nieznany numer"),
        ("%3Cb%3E", "&lt;b&gt;"),
        ("+48422888100", "numer zewnętrzny powiatu"),
    ],
)
def test_colleagues_groups_and_strangers(case: Case, number: str, says: str) -> None:
    testing.make_public(rings="800")
    assert says in shown(office.jan(), number)


def test_a_colleagues_own_number_is_known(case: Case) -> None:
    Account.objects.filter(pk=office.ewa().pk).update(phone="(42) 715-00-00")
    Account.objects.filter(pk=office.piotr().pk).update(phone="42 715 00 00")
    page = shown(office.jan(), "+48427150000")
    assert "Ewa Lis</strong>, naczelniczka wydziału, GN" in page
    assert "Piotr Wrona" not in page, "what a resident gave for notices serves nothing else"


def test_a_number_is_typed_from_the_display(case: Case) -> None:
    client = office.client_of(office.anna())
    assert client.get(PAGE).status_code == 200
    assert client.get(PAGE, {"numer": "601 234 567"})["Location"] == f"{PAGE}{NUMBER}/"
    refused = client.get(PAGE, {"numer": "kot"})
    assert (refused.status_code, 'value="kot"' in refused.content.decode()) == (422, True)


def said(**more: str) -> dict[str, str]:
    return {
        "tresc": "Zapytał o termin wydania wypisu.", "rozmowca": "Wrona Piotr", "numer": "601 234 567",
        "kiedy": "23.11.2026 10:15", "minut": "4", "inna": "",
    } | more  # fmt: skip


def test_a_talk_becomes_a_note_of_the_case(case: Case) -> None:
    client = office.client_of(office.anna())
    answer = client.post(f"{PAGE}{NUMBER}/notatka/", said(sprawa=case.mark))

    assert answer["Location"] == f"/urzad/sprawy/{case.mark}/#notatki"
    note = CaseNote.objects.get()
    assert (note.kind, note.author_id, note.case_id) == (CaseNote.Kind.NOTE, office.anna().pk, case.pk)
    assert note.text == (
        "Rozmowa telefoniczna 23.11.2026, godz. 10:15, 4 min\nRozmówca: Wrona Piotr, 601 234 567\n\n"
        "Zapytał o termin wydania wypisu."
    )
    page = client.get(answer["Location"]).content.decode()
    assert "Zapytał o termin wydania wypisu." in page
    assert "Dodano notatkę z rozmowy" in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"inna": "GN.6621.999.2026"}, "Nie ma otwartej sprawy GN.6621.999.2026"),
        ({"inna": ""}, "Wybierz sprawę albo wpisz jej znak"),
        ({"minut": "x"}, "id_notatka_minut-error"),
        ({"kiedy": "wczoraj"}, "Wpisz dzień i godzinę"),
        ({"numer": "kot"}, "Wpisz numer wewnętrzny"),
    ],
)
def test_a_refused_note_comes_back_as_it_was_typed(case: Case, wrong: dict[str, str], says: str) -> None:
    answer = office.client_of(office.jan()).post(f"{PAGE}{NUMBER}/notatka/", said(inna=case.mark) | wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "Zapytał o termin wydania wypisu." in page
    assert CaseNote.objects.count() == 0


def test_nobody_writes_into_a_case_that_is_not_his_or_is_closed(case: Case) -> None:
    stranger = office.client_of(office.jan()).post(
        f"{PAGE}anonymous/notatka/", said(inna=case.mark, numer="")
    )
    assert stranger.status_code == 422
    Case.objects.filter(pk=case.pk).update(state="CLOSED", closed_on=localdate())
    closed = office.client_of(office.anna()).post(f"{PAGE}{NUMBER}/notatka/", said(inna=case.mark))
    assert (closed.status_code, CaseNote.objects.count()) == (422, 0)


def test_strangers_see_nothing(case: Case) -> None:
    for client in (office.client_of(None), office.client_of(office.piotr())):
        assert client.get(f"{PAGE}{NUMBER}/").status_code in (302, 404)
        assert client.post(f"{PAGE}{NUMBER}/notatka/", said(inna=case.mark)).status_code in (302, 403, 404)


def test_the_holder_of_a_case_stands_there_with_his_internal_number(case: Case) -> None:
    page = office.client_of(office.anna()).get(f"/urzad/sprawy/{case.mark}/").content.decode()
    assert 'data-call="116"' in page


def test_the_public_contact_page_shows_no_internal_numbers(case: Case) -> None:
    assert Node.objects.exists()
    page = office.client_of(None).get("/kontakt/").content.decode()
    assert "116" not in page
    assert "data-call" not in page

"""Screens of requests for public information: opening, the way out, the register; strangers find nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from starostwo.office import testing as office
from starostwo.records.models import Case, Document, InformationLetter, InformationRequest
from starostwo.records.testing import make_assigned, make_case, make_plan

pytestmark = pytest.mark.django_db
REGISTER_QUERIES = 7


def make_request() -> Case:
    today = localdate()
    return make_case("Umowy z 2025 roku", on=today, letter=make_assigned(on=today), is_information=True)


def test_a_letter_of_the_kind_is_proposed_as_a_request_and_opened_as_one() -> None:
    make_plan()
    today = localdate()
    letter = make_assigned("Umowy", on=today, kind="wniosek o informację publiczną")
    client, address = (
        office.client_of(office.anna()),
        reverse("records:new_case_of_letter", args=[letter.pk]),
    )
    shown = client.get(address).content.decode()
    assert '<option value="INFORMATION" selected>' in shown
    client.post(address, {"klass": "6621", "title": "Umowy", "course": "INFORMATION"})
    case = Case.objects.get()
    assert case.due_on == today + timedelta(days=14)
    page = client.get(reverse("records:case", args=[case.mark])).content.decode()
    assert "odpowiedz bez zbędnej zwłoki" in page
    assert "Wyłącz okres" not in page
    assert "informacja publiczna" in client.get(reverse("records:my_cases")).content.decode()


@pytest.mark.parametrize(("course", "unit"), [("PETITION", 3), ("COMPLAINT", 1)])
def test_petitions_and_complaints_are_opened_with_their_terms(course: str, unit: int) -> None:
    make_plan()
    letter, client = make_assigned(), office.client_of(office.anna())
    address = reverse("records:new_case_of_letter", args=[letter.pk])
    client.post(address, {"klass": "6621", "title": "Petycja", "course": course})
    case = Case.objects.get()
    assert (case.term_amount, case.term_unit) == (unit, "MONTH")
    assert not InformationRequest.objects.exists()


def test_each_way_out_is_chosen_on_the_screen_and_leads_to_its_letter() -> None:
    case, client = make_request(), office.client_of(office.anna())
    address, today = reverse("records:information", args=[case.mark]), localdate()

    def post(what: str, **data: str) -> Document:
        given = {f"{what}-{name}": value for name, value in data.items()}
        answer = client.post(address, {"czynnosc": what, **given})
        assert answer.status_code == 302
        document = Document.objects.latest("pk")
        assert answer["Location"] == reverse("records:edit_document", args=[document.pk])
        return document

    assert post("odpowiedz", end="GIVEN").kind == "LETTER"
    assert post("odpowiedz", end="REFUSED", ground="BUSINESS").kind == "DECISION"
    assert post("koszty", amount="35,50", reason="skany").kind == "NOTICE"
    assert post("sposob", reason="nie mamy nagrania").kind == "NOTICE"
    later = f"{today + timedelta(days=30):%d.%m.%Y}"
    assert post("termin", new_due=later, reason="duży zakres").kind == "NOTICE"
    roles = list(InformationLetter.objects.order_by("pk").values_list("role", "amount"))
    assert roles == [
        ("GIVEN", None),
        ("REFUSED", None),
        ("COSTS", 3550),
        ("MANNER", None),
        ("LONGER", None),
    ]
    shown = client.get(address).content.decode()
    assert "tajemnica przedsiębiorcy" in shown
    client.post(address, {"czynnosc": "wycofanie", "wycofanie-reason": "e-mail z dziś"})
    shown = client.get(address).content.decode()
    assert "Wnioskodawca wycofał wniosek" in shown
    assert "Przygotuj pismo" not in shown


@pytest.mark.parametrize(
    ("what", "given", "said"),
    [
        ("odpowiedz", {"end": "REFUSED"}, "Wybierz podstawę odmowy"),
        ("odpowiedz", {"end": "GIVEN", "ground": "PRIVACY"}, "tylko przy odmowie"),
        ("odpowiedz", {}, "Wybierz"),
        ("termin", {"new_due": "01.01.2199", "reason": "zostaje tu"}, "dwa miesiące"),
        ("koszty", {"amount": "0", "reason": "zostaje tu"}, "większą od zera"),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(
    what: str, given: dict[str, str], said: str
) -> None:
    case, client = make_request(), office.client_of(office.anna())
    data = {f"{what}-{name}": value for name, value in given.items()}
    answer = client.post(reverse("records:information", args=[case.mark]), {"czynnosc": what, **data})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert not Document.objects.exists()
    if "reason" in given:
        assert "zostaje tu" in shown


def test_an_ordinary_case_is_taken_as_a_request_on_the_screen() -> None:
    case, client = make_case(on=localdate()), office.client_of(office.anna())
    address = reverse("records:information", args=[case.mark])
    assert "Czy to wniosek o informację publiczną?" in client.get(address).content.decode()
    client.post(address, {"czynnosc": "uznanie"})
    assert InformationRequest.objects.get().case_id == case.pk


@pytest.mark.parametrize("who", ["jan", "clerk", "admin"])
def test_strangers_do_not_find_the_request(who: str) -> None:
    case = make_request()
    client = office.client_of(getattr(office, who)())
    address = reverse("records:information", args=[case.mark])
    assert client.get(address).status_code == 404
    assert client.post(address, {"czynnosc": "wycofanie", "wycofanie-reason": "x"}).status_code == 404
    assert InformationRequest.objects.get().ended_on is None


def test_the_head_sees_the_request_and_does_not_answer_it() -> None:
    case, client = make_request(), office.client_of(office.ewa())
    address = reverse("records:information", args=[case.mark])
    assert "Przygotuj pismo" not in client.get(address).content.decode()
    assert client.post(address, {"czynnosc": "odpowiedz", "odpowiedz-end": "GIVEN"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_takes_the_same_queries(count: int, django_assert_num_queries: object) -> None:
    for _ in range(count):
        make_request()
    client = office.client_of(office.anna())
    client.get(reverse("records:information_register"))
    with django_assert_num_queries(REGISTER_QUERIES):  # type: ignore[operator]
        shown = client.get(reverse("records:information_register")).content.decode()
    assert shown.count("<tr data-row>") == count


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_the_register_is_printed(kind: str) -> None:
    make_request()
    answer = office.client_of(office.anna()).get(reverse("records:information_print", args=[kind]))
    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]

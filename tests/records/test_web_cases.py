"""Screens of assignment and of cases: what each role does by them, and that strangers find nothing."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from starostwo.office import testing as office
from starostwo.records.models import Assignment, Case, CaseAccess, CaseNote, CaseParty, ClockEntry, Letter
from starostwo.records.testing import make_assigned, make_case, make_letter, make_plan

pytestmark = pytest.mark.django_db
ASSIGN_QUERIES, MY_QUERIES, CASE_QUERIES = 10, 6, 25


@pytest.mark.parametrize("count", [1, 3])
def test_the_heads_list_takes_the_same_queries_for_one_letter_and_three(
    count: int, django_assert_num_queries: object
) -> None:
    for _ in range(count):
        make_letter()
    client = office.client_of(office.ewa())
    client.get(reverse("records:to_assign"))
    with django_assert_num_queries(ASSIGN_QUERIES):  # type: ignore[operator]
        shown = client.get(reverse("records:to_assign")).content.decode()
    assert shown.count("<tr data-row>") == count


def test_one_key_assigns_the_letter_of_the_row() -> None:
    letter, client = make_letter(), office.client_of(office.ewa())
    shown = client.get(reverse("records:to_assign")).content.decode()
    assert f'value="{letter.pk}:p:{office.anna().pk}"' in shown
    assert 'data-key="1"' in shown
    client.post(reverse("records:to_assign"), {"quick": f"{letter.pk}:p:{office.anna().pk}"})
    letter.refresh_from_db()
    assert letter.holder_id == office.anna().pk


def test_with_more_units_than_keys_those_that_are_used_have_one_in_the_order_of_the_list(
    django_assert_num_queries: object,
) -> None:
    starosta = office.starosta()
    for letter in "ABCDEFGHIJK":
        office.make_unit(f"W{letter}", name=f"Wydział {letter}", parent="ST")
    client, first, last = office.client_of(starosta), make_letter(unit="ST"), make_letter(unit="ST")

    def keys() -> list[str]:
        shown = client.get(reverse("records:to_assign")).content.decode()
        return re.findall(rf'value="{last.pk}:u:(\w+)" data-key="\d"', shown)

    assert keys() == [*(f"W{letter}" for letter in "ABCDEFG"), "GN", "WH"]
    client.post(reverse("records:to_assign"), {"quick": f"{first.pk}:u:WK"})
    assert keys() == [*(f"W{letter}" for letter in "ABCDEFG"), "GN", "WK"]
    with django_assert_num_queries(ASSIGN_QUERIES + 1):  # type: ignore[operator]
        client.get(reverse("records:to_assign"))


def test_many_chosen_letters_are_assigned_by_the_form() -> None:
    office.jan()
    letters, client = [make_letter(), make_letter(), make_letter()], office.client_of(office.ewa())
    client.post(
        reverse("records:to_assign"),
        {
            "assign": "1",
            "letter": [str(one.pk) for one in letters[:2]],
            "lead": f"p:{office.anna().pk}",
            "cooperating": ["u:AB"],
            "instruction": "pilne",
            "due_on": (localdate() + timedelta(days=7)).strftime("%d.%m.%Y"),
        },
    )
    assert [one.letter_id for one in Assignment.objects.order_by("letter_id")] == [
        one.pk for one in letters[:2]
    ]
    assert set(Assignment.objects.values_list("instruction", flat=True)) == {"pilne"}


@pytest.mark.parametrize("chosen", [{}, {"quick": "x:p:1"}, {"quick": "1:p:999999"}, {"assign": "1"}])
def test_what_cannot_be_assigned_is_said_and_changes_nothing(chosen: dict[str, str]) -> None:
    make_letter()
    answer = office.client_of(office.ewa()).post(reverse("records:to_assign"), chosen)
    assert answer.status_code in (200, 422)
    assert not Assignment.objects.exists()


def test_the_head_of_another_unit_assigns_nothing() -> None:
    letter = make_letter()
    client = office.client_of(office.adam())
    client.post(reverse("records:to_assign"), {"quick": f"{letter.pk}:p:{office.jan().pk}"})
    assert not Assignment.objects.exists()
    assert "<tr data-row>" not in client.get(reverse("records:to_assign")).content.decode()


def test_a_letter_is_returned_with_a_reason() -> None:
    letter, client = make_assigned(), office.client_of(office.anna())
    client.post(reverse("records:return", args=[letter.pk]), {"reason": ""})
    assert Assignment.objects.get().state == Assignment.State.ACTIVE
    client.post(reverse("records:return", args=[letter.pk]), {"reason": "nie moja"})
    assert Assignment.objects.get().return_reason == "nie moja"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["my_cases", "my_letters"])
def test_the_workers_lists_take_the_same_queries(
    name: str, count: int, django_assert_num_queries: object
) -> None:
    for place in range(count):
        make_case(f"Sprawa {place}") if name == "my_cases" else make_assigned()
    client = office.client_of(office.anna())
    client.get(reverse(f"records:{name}"))
    with django_assert_num_queries(MY_QUERIES):  # type: ignore[operator]
        shown = client.get(reverse(f"records:{name}")).content.decode()
    assert shown.count("<tr data-row>") == count


def test_a_case_is_opened_in_two_clicks() -> None:
    make_plan()
    make_case()
    letter, client = make_assigned(), office.client_of(office.anna())
    shown = client.get(reverse("records:new_case_of_letter", args=[letter.pk])).content.decode()
    assert "6621 Udzielanie informacji z ewidencji gruntów" in shown
    client.post(
        reverse("records:new_case_of_letter", args=[letter.pk]), {"proposed": "6621", "title": letter.title}
    )
    letter.refresh_from_db()
    assert letter.case is not None
    assert letter.case.mark == "GN.6621.2.2026"


def test_a_letter_is_attached_or_put_into_a_class_on_the_screen() -> None:
    case, client = make_case(), office.client_of(office.anna())
    first, second = make_assigned(), make_assigned("Zaproszenie")
    client.post(reverse("records:file_letter", args=[first.pk]), {"mark": case.mark})
    client.post(reverse("records:file_letter", args=[second.pk]), {"klass": "0142 Zaproszenia"})
    assert Letter.objects.get(pk=first.pk).case_id == case.pk
    assert str(Letter.objects.get(pk=second.pk).plan_class) == "0142 Zaproszenia i życzenia"


@pytest.mark.parametrize("letters", [1, 3])
def test_the_page_of_a_case_takes_the_same_queries(letters: int, django_assert_num_queries: object) -> None:
    case, client = make_case(), office.client_of(office.anna())
    for _ in range(letters - 1):
        letter = make_assigned()
        client.post(reverse("records:file_letter", args=[letter.pk]), {"mark": case.mark})
    client.get(reverse("records:case", args=[case.mark]))
    with django_assert_num_queries(CASE_QUERIES):  # type: ignore[operator]
        client.get(reverse("records:case", args=[case.mark]))


def test_everything_is_done_from_the_page_of_a_case() -> None:
    case, client = make_case(on=localdate()), office.client_of(office.anna())
    today, party = localdate(), CaseParty.objects.get()

    def post(name: str, *args: object, **data: str) -> str:
        answer = client.post(reverse(f"records:{name}", args=[case.mark, *args]), data, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    day = (today + timedelta(days=1)).strftime("%d.%m.%Y")
    assert "Wyłączono okres" in post(
        "exclude", basis="STATUTORY", from_on=f"{today:%d.%m.%Y}", reason="wezwanie"
    )
    assert "Termin nie biegnie" in client.get(reverse("records:case", args=[case.mark])).content.decode()
    entry = ClockEntry.objects.get()
    assert "Termin biegnie dalej" in post("end_exclusion", entry.pk, to_on=day)
    later = (today + timedelta(days=90)).strftime("%d.%m.%Y")
    assert "Wyznaczono nowy termin" in post("extend", new_due=later, reason="brak opinii")
    assert "Nowy termin musi być późniejszy" in post("extend", new_due=day, reason="brak opinii")
    assert "Dodano notatkę" in post("write_note", text="rozmowa telefoniczna")
    assert CaseNote.objects.get().kind == CaseNote.Kind.NOTE
    assert "Wybierz stronę" in post("add_party", role="PARTY")
    assert "Wpisano stronę" in post(
        "add_party", party=str(party.party_id), role="REPRESENTATIVE", represents=str(party.pk)
    )
    assert "Wykreślono stronę" in post("end_party", CaseParty.objects.get(role="REPRESENTATIVE").pk)
    assert "Udostępniono sprawę" in post("let_in", who="u:GN", purpose="opinia")
    assert CaseAccess.objects.get().token == "head:GN"
    assert "Zmieniono tytuł" in post("title", title="Wypis dla działki 12/3")
    assert "Zakończono sprawę" in post("closure", outcome="wydano")
    assert Case.objects.get().outcome == "wydano"
    assert "Sprawa jest zakończona" in post("title", title="inny")
    assert "Wznowiono sprawę" in post("reopening", reason="omyłka")


def test_a_case_is_shown_as_it_stood_on_a_day() -> None:
    case, client = make_case(), office.client_of(office.anna())
    address = reverse("records:case", args=[case.mark])
    assert (
        "stan na koniec dnia 10 marca 2026" in client.get(address, {"dzien": "10.03.2026"}).content.decode()
    )
    assert (
        "Tego dnia sprawy jeszcze nie było" in client.get(address, {"dzien": "09.03.2026"}).content.decode()
    )
    assert client.get(address, {"dzien": "10.03.2199"}).status_code == 422
    assert client.get(address, {"dzien": "wczoraj"}).status_code == 422


@pytest.mark.parametrize("who", ["jan", "adam", "clerk", "admin"])
def test_strangers_find_no_case(who: str) -> None:
    case = make_case()
    entry = CaseParty.objects.get()
    client = office.client_of(getattr(office, who)())
    for name in ("case", "sheet", "sheet_print"):
        assert client.get(reverse(f"records:{name}", args=[case.mark])).status_code == 404, name
    acts = "title add_party exclude extend make_complex write_note let_in hand_over closure reopening"
    for name in acts.split():
        assert client.post(reverse(f"records:{name}", args=[case.mark]), {"title": "x"}).status_code == 404, (
            name
        )
    assert client.post(reverse("records:end_party", args=[case.mark, entry.pk])).status_code == 404
    assert "<tr data-row>" not in client.get(reverse("records:all_cases")).content.decode()
    assert client.get(reverse("records:case", args=["GN.1.1.2026"])).content == (
        client.get(reverse("records:case", args=[case.mark])).content
    )


def test_the_head_sees_the_case_and_acts_in_it_only_as_head() -> None:
    case, beata = make_case(), office.make_staff("b.b", "Beata Bor", unit="GN")
    client = office.client_of(office.ewa())
    shown = client.get(reverse("records:case", args=[case.mark])).content.decode()
    assert "Zmień prowadzącego" in shown
    assert "Zakończ sprawę" not in shown
    client.post(reverse("records:title", args=[case.mark]), {"title": "zmieniony"})
    client.post(reverse("records:hand_over", args=[case.mark]), {"holder": str(beata.pk)})
    case.refresh_from_db()
    assert (case.title, case.holder_id) == ("Wypis z rejestru gruntów", beata.pk)


def test_who_co_operates_sees_the_case_and_writes_an_opinion() -> None:
    case = make_case()
    client, other = office.client_of(office.anna()), office.client_of(office.jan())
    client.post(
        reverse("records:let_in", args=[case.mark]), {"who": f"p:{office.jan().pk}", "purpose": "opinia"}
    )
    assert other.get(reverse("records:case", args=[case.mark])).status_code == 200
    other.post(reverse("records:write_note", args=[case.mark]), {"text": "bez uwag"})
    note = CaseNote.objects.get()
    assert (note.kind, note.author_unit, note.text) == (CaseNote.Kind.OPINION, "AB", "bez uwag")
    other.post(reverse("records:title", args=[case.mark]), {"title": "zmieniony"})
    case.refresh_from_db()
    assert case.title == "Wypis z rejestru gruntów"


def test_a_sub_group_is_opened_and_access_is_withdrawn_on_the_screen() -> None:
    case, client = make_case(), office.client_of(office.anna())
    form = {"klass": "6621", "unit": "GN", "title": "Wypisy dla komorników"}
    listed = client.post(reverse("records:new_subgroup"), form, follow=True).content.decode()
    assert "Założono podgrupę 2" in listed
    refused = client.post(reverse("records:new_subgroup"), form | {"klass": "0142"})
    assert refused.status_code == 422

    client.post(reverse("records:let_in", args=[case.mark]), {"who": "u:GN", "purpose": "opinia"})
    given = CaseAccess.objects.get()
    address = reverse("records:withdraw_access", args=[case.mark, given.pk])
    assert office.client_of(office.jan()).post(address).status_code == 404
    client.post(address)
    given.refresh_from_db()
    assert given.withdrawn_at is not None


@pytest.mark.law("k.p.a. art. 33")
def test_a_representative_is_entered_with_his_power_of_attorney() -> None:
    case, client = make_case(), office.client_of(office.anna())
    party, letter = CaseParty.objects.get(), Letter.objects.get()
    address = reverse("records:add_party", args=[case.mark])
    form = {"party": str(party.party_id), "role": "INTERESTED", "authority": str(letter.pk)}

    refused = client.post(address, form, follow=True).content.decode()
    given = form | {"role": "REPRESENTATIVE", "represents": str(party.pk)}
    shown = client.post(address, given, follow=True).content.decode()

    assert "Pełnomocnictwo ma tylko pełnomocnik" in refused
    assert "(pełnomocnik: Wrona Piotr, pełnomocnictwo RPW/1/2026)" in shown

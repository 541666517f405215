"""Who calls from a number: parties by their telephone, their open cases within the rights of who asks."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from starostwo.audit.models import Entry
from starostwo.office import testing as office
from starostwo.office.models import Account, Right
from starostwo.records import callers
from starostwo.records.models import Case, CaseNote, CaseParty, Party
from starostwo.records.rules.assignment import Target
from starostwo.records.rules.metadata import Sender
from starostwo.records.services import notes, parties
from starostwo.records.services.cases import close_case
from starostwo.records.testing import NOW, TODAY, make_assigned, make_case, make_letter

pytestmark = pytest.mark.django_db
NUMBER = "+48601234567"
ZOFIA = Sender(family_name="Łęcka", given_name="Zofia", street="ul. Długa", building="4", town="Zgierz")


def make_known(case: Case) -> Party:
    party = CaseParty.objects.get(case=case).party
    return parties.set_phone(
        CaseParty.objects.get(case=case, party=party).pk,
        actor=office.actor(office.anna()),
        phone=NUMBER,
        now=NOW,
    )


def cases_for(account: Account) -> list[callers.CallersCase]:
    actor = office.actor(account)
    return callers.open_cases_of(callers.parties_at(NUMBER, actor=actor), actor=actor)


def test_a_party_is_found_by_its_number_and_its_open_cases_by_who_may_open_them() -> None:
    case = make_case()
    make_known(case)
    [found] = cases_for(office.anna())

    assert (found.mark, found.title, found.holder, found.may_note) == (
        case.mark,
        case.title,
        "Anna Nowak",
        True,
    )
    assert found.due_on == case.due_on
    assert found.as_what == ("Wrona Piotr (strona)",)
    assert [one.may_note for one in cases_for(office.ewa())] == [True], "she heads the unit"
    assert cases_for(office.jan()) == [], "he may not open it, so he is not told that it exists"


def test_who_works_with_no_letters_is_not_told_who_the_party_is() -> None:
    make_known(make_case())
    technician = office.make_staff("t.technik", "Tomasz Technik", unit="OR", rights=[Right.WORK_ORDERS])

    assert callers.parties_at(NUMBER, actor=office.actor(technician)) == []
    assert [one.name for one in callers.parties_at(NUMBER, actor=office.actor(office.clerk()))] == [
        "Wrona Piotr"
    ]


def test_several_people_of_one_number_are_all_listed_and_closed_cases_are_not() -> None:
    make_known(make_case())
    other = make_case("Inny wypis", letter=make_assigned("Inny", sender=replace(ZOFIA, phone="601 234 567")))
    anna = office.actor(office.anna())

    assert [one.name for one in callers.parties_at(NUMBER, actor=anna)] == ["Łęcka Zofia", "Wrona Piotr"]
    assert {one.title for one in cases_for(office.anna())} == {"Wypis z rejestru gruntów", "Inny wypis"}
    close_case(other.pk, actor=anna, outcome="wydano wypis", today=TODAY, now=NOW)
    assert [one.title for one in cases_for(office.anna())] == ["Wypis z rejestru gruntów"]


def test_who_was_let_in_may_note_there_and_who_only_watches_may_not() -> None:
    case, jan = make_case(), office.jan()
    make_known(case)
    notes.let_in(case.pk, actor=office.actor(office.anna()), who=Target(account_id=jan.pk), now=NOW)

    assert [one.may_note for one in cases_for(jan)] == [True]
    assert callers.case_to_note_in(case.mark, actor=office.actor(jan)) == case.pk
    assert callers.case_to_note_in(case.mark, actor=office.actor(office.adam())) is None
    assert callers.case_to_note_in("GN.6621.999.2026", actor=office.actor(jan)) is None


@pytest.mark.parametrize("count", [1, 4])
def test_it_takes_the_same_queries_for_one_case_and_four(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_known(make_case())
    for _ in range(count - 1):
        make_case(letter=make_assigned())
    actor = office.actor(office.anna())
    with django_assert_num_queries(4):
        assert len(callers.open_cases_of(callers.parties_at(NUMBER, actor=actor), actor=actor)) == count


def test_among_many_parties_the_index_finds_them() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_party (kind, organization, family_name, given_name, name, folded, pesel,"
            " nip, regon, street, building, flat, postcode, town, po_box, country, email, phone,"
            " delivery_address)"
            " SELECT 'PERSON', '', 'Nowak', '', 'Nowak ' || n, 'nowak ' || n, '', '', '', '', '', '', '', '',"
            " '', 'PL', '', '+48' || (600000000 + n), '' FROM generate_series(1, 20000) n"
        )
        cursor.execute("ANALYZE records_party")
    plan = Party.objects.filter(phone="+48600012345").exclude(phone="").order_by("folded", "id").explain()

    assert "party_by_phone" in plan
    assert "Seq Scan" not in plan


def test_the_number_comes_with_a_letter_from_the_account_or_by_a_clerk_but_not_over_anothers_name() -> None:
    letter = make_letter(sender=replace(ZOFIA, phone="601 234 567"))
    party = Party.objects.get(name="Łęcka Zofia")
    assert party.phone == NUMBER, "a new entry has what came with it"

    make_letter("Obce pismo", sender=replace(ZOFIA, phone="700 100 200"))
    party.refresh_from_db()
    assert party.phone == NUMBER, "anybody can write her name and a number of his own"
    make_letter("Przez kancelarię", sender=replace(ZOFIA, party_id=party.pk, phone="42 288 81 00"))
    party.refresh_from_db()
    assert party.phone == "+48422888100", "the mail desk chose her"

    for typed, kept in (
        ("602 000 111", "+48602000111"),
        ("603 000 111", "+48603000111"),
        ("brak", "+48603000111"),
    ):
        make_letter("Z konta", sender=replace(ZOFIA, phone=typed), resident=office.maria())
        assert Party.objects.get(account=office.maria()).phone == kept
    assert letter.pk


def test_only_whole_numbers_are_kept() -> None:
    case = make_case()
    with pytest.raises(IntegrityError, match="party_phone_is_whole"), transaction.atomic():
        Party.objects.filter(pk=CaseParty.objects.get(case=case).party_id).update(phone="601 234 567")


def test_the_holder_writes_the_number_down_on_the_page_of_the_case() -> None:
    case, client = make_case(), office.client_of(office.anna())
    entry = CaseParty.objects.get(case=case)
    address, page = (
        reverse("records:party_phone", args=[case.mark]),
        reverse("records:case", args=[case.mark]),
    )

    answer = client.post(address, {"entry": entry.pk, "phone": "601 234 567"}, follow=True)
    assert "Zapisano telefon strony" in answer.content.decode()
    assert 'href="tel:+48601234567" data-call="+48601234567"' in client.get(page).content.decode()
    [line] = Entry.objects.filter(thing=f"records.party:{entry.party_id}", verb="set_phone")
    assert "601234567" not in line.payload, "history is for ever, a number is not"

    refused = client.post(address, {"entry": entry.pk, "phone": "12"}, follow=True)
    assert "Wpisz numer telefonu z kierunkowym" in refused.content.decode()
    head = office.client_of(office.ewa()).post(address, {"entry": entry.pk, "phone": ""}, follow=True)
    assert "prowadzi ją kto inny" in head.content.decode()
    assert office.client_of(office.jan()).post(address, {"entry": entry.pk, "phone": ""}).status_code == 404
    entry.party.refresh_from_db()
    assert entry.party.phone == NUMBER
    client.post(address, {"entry": entry.pk, "phone": ""})
    entry.party.refresh_from_db()
    assert entry.party.phone == ""


def test_the_mail_desk_registers_a_letter_with_the_number_of_its_sender() -> None:
    client = office.client_of(office.clerk())
    shown = client.get(reverse("records:register")).content.decode()
    assert 'name="phone"' in shown
    assert CaseNote.objects.count() == 0

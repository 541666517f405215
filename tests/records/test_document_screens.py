"""Screens of drafting: from the case to a saved version, comparison, file, hand-over; strangers."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from starostwo.office import testing as office
from starostwo.records.models import Document, DocumentVersion
from starostwo.records.queries.cases import parties_of
from tests.records.document_makers import (
    DECISION_TEXT,
    make_draft,
    make_online_case,
    make_signed,
    make_submitted,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture
def house() -> None:
    """The office exists."""
    office.make_office()


def browser(name: str | None) -> Client:
    return office.client_of(getattr(office, name)() if name else None)


def text_form(document: Document, text: str, *, base: int = 1) -> dict[str, object]:
    return {
        "title": document.title,
        "text": text,
        "remedy": document.remedy,
        "answer_days": document.answer_days or "",
        "base": base,
    }


def test_a_letter_is_started_from_the_case() -> None:
    case = make_online_case()
    client = browser("anna")
    page = client.get(reverse("records:new_document", args=[case.mark]))
    assert "decyzja" in page.content.decode()

    answer = client.post(
        reverse("records:new_document", args=[case.mark]),
        {"kind": "DECISION", "addressee": parties_of(case)[0].party_id},
    )

    document = Document.objects.get()
    assert answer["Location"] == reverse("records:edit_document", args=[document.pk])
    editor = client.get(answer["Location"]).content.decode()
    assert "po rozpatrzeniu wniosku, który złożył(a) Piotr Wrona" in editor
    assert "do uzupełnienia: rozstrzygnięcie" in editor
    assert "{sprawa.znak}" in editor


@pytest.mark.law("k.p.a. art. 36 par. 1")
def test_a_notice_of_delay_is_started_from_the_case_with_the_day_of_the_clock() -> None:
    case = make_online_case()
    later = {"new_due": "08.05.2026", "reason": "opinia geodety"}
    client = browser("anna")
    client.post(reverse("records:extend", args=[case.mark]), later)

    answer = client.post(
        reverse("records:new_document", args=[case.mark]),
        {"kind": "NOTICE", "addressee": parties_of(case)[0].party_id},
        follow=True,
    )

    text = answer.content.decode()
    assert "w terminie do dnia 10 kwietnia 2026 r." in text
    assert "Przyczyna zwłoki: opinia geodety. Nowy termin załatwienia sprawy: 8 maja 2026 r." in text


def test_saving_makes_a_version_that_can_be_compared() -> None:
    document = make_draft()
    client = browser("anna")

    answer = client.post(
        reverse("records:edit_document", args=[document.pk]),
        text_form(document, DECISION_TEXT.replace("tytuł prawny", "prawo własności")),
        follow=True,
    )

    assert "Zapisano wersję 2." in answer.content.decode()
    assert (
        "Wersja 2: Anna Nowak, "
        in client.get(reverse("records:document", args=[document.pk])).content.decode()
    )
    seen = client.get(
        reverse("records:compare_versions", args=[document.pk]), {"od": 1, "do": 2}
    ).content.decode()
    assert "<del>tytuł prawny </del>" in seen
    assert "<ins>prawo własności </ins>" in seen


def test_who_saved_too_late_sees_both_texts_and_keeps_his_words() -> None:
    document = make_draft()
    client = browser("anna")
    client.post(
        reverse("records:edit_document", args=[document.pk]), text_form(document, DECISION_TEXT + "A")
    )

    answer = client.post(
        reverse("records:edit_document", args=[document.pk]), text_form(document, DECISION_TEXT + "B", base=1)
    )

    assert answer.status_code == 422
    assert "W międzyczasie zapisano wersję 2" in answer.content.decode()
    assert DocumentVersion.objects.filter(document=document).count() == 2


def test_a_draft_is_previewed_and_a_signed_file_is_given_as_it_is() -> None:
    document = make_draft()
    preview = browser("anna").get(reverse("records:document_file", args=[document.pk]))
    assert preview.content.startswith(b"%PDF-")

    signed = make_signed(case=document.case)
    answer = browser("anna").get(reverse("records:document_file", args=[signed.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_signed_letter_shows_what_its_signature_is_worth() -> None:
    document = make_signed()

    seen = browser("anna").get(reverse("records:document", args=[document.pk])).content.decode()

    assert "Podpis jest ważny i obejmuje cały dokument." in seen
    assert "Nie ma on mocy prawnej" in seen


def test_a_ready_letter_is_handed_over_and_taken_back() -> None:
    document = make_draft()
    ewa, client = office.ewa(), browser("anna")

    client.post(reverse("records:submit_document", args=[document.pk]), {"signer": ewa.pk})
    document.refresh_from_db()
    assert document.state == "IN_ACCEPTANCE"
    client.post(reverse("records:withdraw_document", args=[document.pk]))
    document.refresh_from_db()
    assert document.state == "DRAFT"


def test_only_people_with_the_right_can_be_chosen() -> None:
    document = make_draft()
    office.ewa()
    seen = browser("anna").get(reverse("records:document", args=[document.pk])).content.decode()

    assert "Ewa Lis, naczelniczka wydziału (GN)" in seen
    assert "Anna Nowak, inspektor" not in seen


ADDRESSES = ("document", "edit_document", "document_file", "compare_versions")


@pytest.mark.parametrize("person", ["jan", "adam", "piotr", "maria", None])
@pytest.mark.parametrize("name", ADDRESSES)
def test_strangers_find_nothing(name: str, person: str | None) -> None:
    document = make_submitted()

    answer = browser(person).get(reverse(f"records:{name}", args=[document.pk]))

    assert answer.status_code == (302 if person is None else 404)
    assert document.title not in answer.content.decode()


@pytest.mark.parametrize("name", ["submit_document", "withdraw_document"])
def test_strangers_change_nothing(name: str) -> None:
    document = make_submitted()

    answer = browser("jan").post(reverse(f"records:{name}", args=[document.pk]), {"signer": office.ewa().pk})

    assert answer.status_code == 404
    document.refresh_from_db()
    assert document.state == "IN_ACCEPTANCE"


def test_the_page_of_a_letter_costs_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    document = make_signed()
    client = browser("anna")
    client.get(reverse("records:document", args=[document.pk]))

    with django_assert_num_queries(13):
        client.get(reverse("records:document", args=[document.pk]))


def test_the_case_page_shows_its_letters() -> None:
    document = make_draft()

    seen = browser("anna").get(reverse("records:case", args=[document.case.mark])).content.decode()

    assert "Pisma urzędu" in seen
    assert reverse("records:document", args=[document.pk]) in seen
    assert reverse("records:new_document", args=[document.case.mark]) in seen

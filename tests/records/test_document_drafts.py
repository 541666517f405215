"""Drafting letters: templates filled with the data of a case, versions that stay, edits that collide."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.records.models import Document, DocumentVersion
from starostwo.records.rules.acceptance import NotInThisState
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_fields import gaps, missing_fields
from starostwo.records.rules.document_kinds import KINDS, Kind
from starostwo.records.services.cases import close_case
from starostwo.records.services.clock import extend
from starostwo.records.services.document_drafts import (
    CannotDraft,
    EditedMeanwhile,
    Wording,
    draft_document,
    latest_version,
    save_version,
)
from starostwo.records.testing import TODAY, at
from starostwo.search import api as search
from tests.records.document_makers import (
    DECISION_TEXT,
    make_draft,
    make_online_case,
    make_submitted,
    wording_of,
)

pytestmark = pytest.mark.django_db
NOW = at(TODAY, 15)


def save(document: Document, text: str, *, base: int, by: object = None) -> DocumentVersion:
    return save_version(
        document.pk,
        actor=by or office.actor(office.anna(), today=TODAY),
        wording=Wording(document.title, text, Remedy(document.remedy), document.answer_days),
        base=base,
        today=TODAY,
        now=NOW,
    )


def test_a_draft_begins_with_the_template_and_the_data_of_the_case() -> None:
    case = make_online_case()

    document = draft_document(
        case.pk, actor=office.actor(office.anna(), today=TODAY), kind=Kind.DECISION, today=TODAY, now=NOW
    )

    version = latest_version(document)
    assert version.number == 1
    assert "który złożył(a) Piotr Wrona, w sprawie „Wypis z rejestru gruntów”" in version.text
    assert "W dniu 10 marca 2026 r. wpłynął wniosek" in version.text
    assert missing_fields(version.text) == ["organ wyższego stopnia"]
    assert document.addressee is not None
    assert document.addressee.account_id == office.piotr().pk
    assert document.remedy == Remedy.APPEAL
    assert [entry.verb for entry in audit.history(str(case))][-1] == "draft_document"


def test_every_save_is_a_version_with_its_author_and_time() -> None:
    document = make_draft()

    save(document, DECISION_TEXT + "Zmiana.", base=1)

    versions = DocumentVersion.objects.filter(document=document).order_by("number")
    assert [(one.number, one.author_id, one.saved_at) for one in versions][1] == (2, office.anna().pk, NOW)
    assert versions[0].text == DECISION_TEXT


def test_a_save_without_a_change_makes_no_version() -> None:
    document = make_draft()

    assert save(document, DECISION_TEXT, base=1).number == 1


def test_a_field_typed_by_the_clerk_is_filled_when_saved() -> None:
    document = make_draft()

    assert save(document, "Sprawa {sprawa.znak}", base=1).text == f"Sprawa {document.case.mark}"


def test_who_edits_an_older_version_is_refused_and_nothing_changes() -> None:
    document = make_draft()
    save(document, "wersja druga", base=1)

    with pytest.raises(EditedMeanwhile, match="wersję 2"):
        save(document, "wersja spóźniona", base=1)

    assert latest_version(document).text == "wersja druga"


@pytest.mark.parametrize("person", ["jan", "ewa", "clerk"])
def test_only_who_handles_the_case_writes_its_letters(person: str) -> None:
    document = make_draft()
    stranger = office.actor(getattr(office, person)(), today=TODAY)

    with pytest.raises(CannotDraft):
        save(document, "obce", base=1, by=stranger)
    with pytest.raises(CannotDraft):
        draft_document(document.case_id, actor=stranger, kind=Kind.LETTER, today=TODAY, now=NOW)

    assert latest_version(document).text == DECISION_TEXT
    assert Document.objects.count() == 1


def test_an_addressee_who_is_no_party_is_refused() -> None:
    case = make_online_case()

    with pytest.raises(CannotDraft, match="nie jest stroną"):
        draft_document(
            case.pk,
            actor=office.actor(office.anna(), today=TODAY),
            kind=Kind.LETTER,
            addressee_id=10**9,
            today=TODAY,
            now=NOW,
        )

    assert not Document.objects.exists()


def test_a_document_in_acceptance_cannot_be_edited() -> None:
    document = make_submitted()

    with pytest.raises(NotInThisState, match="w akceptacji"):
        save(document, "zmiana", base=1)


def test_no_letter_is_drafted_in_a_closed_case() -> None:
    document = make_draft()
    close_case(document.case_id, actor=office.actor(office.anna(), today=TODAY), today=TODAY, now=NOW)

    with pytest.raises(CannotDraft):
        save(document, "zmiana", base=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(title="obok usług")


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 1")
def test_the_database_keeps_a_version_as_it_was() -> None:
    version = latest_version(make_draft())

    with pytest.raises(DatabaseError), transaction.atomic():
        DocumentVersion.objects.filter(pk=version.pk).update(text="inna")
    with pytest.raises(DatabaseError), transaction.atomic():
        version.delete()


def test_the_text_is_found_by_who_sees_the_case_and_by_nobody_else() -> None:
    make_draft(wording=Wording("Mapa", "działka rolna z zabudową", Remedy.NONE))

    found = search.find("działkami", tokens=office.actor(office.anna(), today=TODAY).tokens, kind="document")
    strangers = search.find(
        "działkami", tokens=office.actor(office.jan(), today=TODAY).tokens, kind="document"
    )

    assert [hit.title for hit in found.hits] == ["decyzja: Mapa"]
    assert strangers.hits == ()


@pytest.mark.law("k.p.a. art. 36 par. 1")
def test_a_notice_of_delay_drafts_itself_from_the_clock() -> None:
    case = make_online_case()
    anna = office.actor(office.anna(), today=TODAY)
    new_due = date(2026, 5, 8)
    extend(case.pk, actor=anna, new_due=new_due, reason="oczekiwanie na opinię geodety", now=NOW)

    notice = draft_document(case.pk, actor=anna, kind=Kind.NOTICE, today=TODAY, now=NOW)

    text = latest_version(notice).text
    assert "w terminie do dnia 10 kwietnia 2026 r." in text
    assert "Przyczyna zwłoki: oczekiwanie na opinię geodety. Nowy termin" in text
    assert "8 maja 2026 r." in text
    assert gaps(text) == []


def test_a_notice_without_a_new_day_names_what_is_missing() -> None:
    case = make_online_case()
    anna = office.actor(office.anna(), today=TODAY)

    notice = draft_document(case.pk, actor=anna, kind=Kind.NOTICE, today=TODAY, now=NOW)

    assert [name.split(" (")[0] for name in missing_fields(latest_version(notice).text)] == [
        "termin, którego nie dotrzymano",
        "przyczyna zwłoki",
        "nowy termin",
        "organ wyższego stopnia",
    ]


def test_the_days_of_a_call_are_filled_when_they_are_known() -> None:
    document = make_draft(kind=Kind.CALL)

    version = save(document, KINDS[Kind.CALL].template, base=1)

    assert "w terminie 14 dni od dnia doręczenia" in version.text


def test_a_call_is_worded_with_its_days() -> None:
    document = make_draft(kind=Kind.CALL)

    assert (document.remedy, document.answer_days) == (Remedy.ANSWER, wording_of(Kind.CALL).answer_days)

"""Publishing from a case: rules of classes, the map, four eyes, no blacked out word in any file."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from starostwo.audit import api as audit
from starostwo.bulletin.models import CaseOrigin, Decision, Item, PublishingRule, Redaction, Version
from starostwo.bulletin.queries.personal_data import sought_of, undecided
from starostwo.bulletin.rules.personal_data import Sought
from starostwo.bulletin.rules.redaction import Choice, NoReason, redaction_map
from starostwo.bulletin.services import approval, drafts, publishing, withdrawal
from starostwo.bulletin.services.from_case import (
    CannotPropose,
    CannotRule,
    Proposal,
    add_rule,
    propose,
    remove_rule,
)
from starostwo.files import api as files
from starostwo.office import testing as office
from starostwo.office.api import Actor
from starostwo.records import api as records
from starostwo.records.models import Case, Document
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.services.acceptance import submit
from starostwo.records.services.document_drafts import Wording
from starostwo.records.services.document_signing import sign_document
from starostwo.records.testing import TODAY, at, make_assigned, make_case
from starostwo.search import api as search
from tests.bulletin.makers import a_section, editor, second_editor
from tests.records.document_makers import DECISION_TEXT, give_key, make_draft

NOW = at(TODAY, 15)
SECRETS = ("Wron", "Leśn", "601 234 567", "80010112340")
TEXT = DECISION_TEXT.replace(
    "Wnioskodawca wykazał", "Piotr Wrona, PESEL 80010112340, zam. przy ul. Leśnej 12, 95-100 Zgierz, tel. "
    "601 234 567, wykazał",
)  # fmt: skip


def anna() -> Actor:
    return office.actor(office.anna(), today=TODAY)


def a_rule(
    klass: str = "662", kind: str = "informacja", takes: str = "DOCUMENTS", slug: str = "dokumenty-urzedowe"
) -> PublishingRule:
    section = a_section(slug, slug)
    return add_rule(
        actor=editor(),
        klass=klass,
        kind=kind,
        section_id=section.pk,
        takes=PublishingRule.Takes(takes),
        now=at(TODAY, 8),
    )


def a_decision() -> Document:
    """A decision of Anna's about Piotr Wrona, signed by Ewa."""
    give_key(office.ewa())
    case = make_case(letter=make_assigned(resident=office.piotr()))
    wording = Wording("Decyzja dla Piotra Wrony", TEXT, Remedy.APPEAL)
    document = make_draft(case=case, kind=Kind.DECISION, wording=wording)
    submit(document.pk, actor=anna(), acceptors=[office.ewa().pk], now=at(TODAY, 13))
    sign_document(document.pk, actor=office.actor(office.ewa(), today=TODAY), now=at(TODAY, 14))
    document.refresh_from_db()
    return document


def proposed(document: Document, *, by: Actor | None = None, **changes: object) -> Version:
    """The draft that arose from the decision, with everything blacked out."""
    first = Proposal(PublishingRule.objects.latest("pk").pk, document.title)
    done = propose(
        document.case.mark,
        str(document),
        actor=by or anna(),
        proposal=replace(first, **changes),  # type: ignore[arg-type]
        now=NOW,
        today=TODAY,
    )
    return done.version


def every_file(folder: Path) -> bytes:
    return b"\n".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 5 ust. 2")
@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 8 ust. 5")
@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 8 ust. 6")
def test_no_blacked_out_word_is_in_any_published_file(bulletin: Path) -> None:
    a_rule()
    document = a_decision()
    version = proposed(document)
    assert version.state == Version.State.SUBMITTED
    assert approval.approve(version.pk, actor=editor(), seen=version.sha256, now=NOW)
    publishing.publish(actor="system", now=NOW, today=TODAY)

    published = every_file(bulletin.parent).decode(errors="replace")
    assert "[wyłączono: dane osoby]" in published
    assert "[wyłączono: PESEL]" in published
    assert "orzekam" in published
    assert [word for word in SECRETS if word.casefold() in published.casefold()] == []
    for said in ("Ewa Lis", "Anna Nowak", "dane osoby (liczba miejsc: 4)", "Wyłączenie jawności"):
        assert said in published, said
    assert search.find("Wrona", tokens=frozenset({"public"})).hits == ()


def test_the_bytes_of_the_paper_never_come_into_the_bulletin(bulletin: Path) -> None:
    a_rule()
    version = proposed(a_decision())
    version = approval.approve(version.pk, actor=editor(), seen=version.sha256, now=NOW)
    assert not any(file.suffix == ".pdf" for file in bulletin.parent.rglob("*"))
    assert drafts.files_of(version) == []


def test_the_map_stays_with_the_information_and_keeps_no_data(bulletin: Path) -> None:
    a_rule()
    version = proposed(a_decision())
    rows = list(Redaction.objects.order_by("position"))
    assert {row.kind for row in rows} == {"nazwisko", "adres", "PESEL", "telefon"}
    assert all(row.decided_by_id == office.anna().pk and not row.is_kept for row in rows)
    kept = " ".join(row.masked for row in rows)
    assert [word for word in SECRETS if word in kept] == []
    assert undecided(version) == []


def test_what_is_kept_is_published_with_its_reason_noted(bulletin: Path) -> None:
    a_rule()
    document = a_decision()
    text = records.public.text_of_source(str(document))
    [name] = [one for one in redaction_map([text], _sought(document.case)) if one.finding.text == "Piotr"]
    keep = {name.key: Choice(keep=True, reason="pełni funkcję publiczną")}
    version = proposed(document, choices=keep)
    assert "Piotr [wyłączono: dane osoby]" in version.text
    assert Decision.objects.get().reason == "pełni funkcję publiczną"
    assert Redaction.objects.get(is_kept=True).masked == "•••••"
    assert version.state == Version.State.SUBMITTED


def test_without_a_reason_nothing_is_kept_and_nothing_arises(bulletin: Path) -> None:
    a_rule()
    document = a_decision()
    text = records.public.text_of_source(str(document))
    keep = {one.key: Choice(keep=True) for one in redaction_map([text], _sought(document.case))}
    with pytest.raises(NoReason):
        proposed(document, choices=keep)
    assert not Item.objects.exists()


def test_an_editor_approves_and_who_proposed_does_not(bulletin: Path) -> None:
    a_rule()
    version = proposed(a_decision())
    assert version.authors == [office.anna().pk]
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(
            approved_by_id=office.anna().pk, approved_at=NOW, state=Version.State.SCHEDULED
        )


@pytest.mark.parametrize("who", ["ewa", "jan", "clerk"])
def test_only_who_handles_the_case_proposes(bulletin: Path, who: str) -> None:
    a_rule()
    document = a_decision()
    with pytest.raises(CannotPropose):
        proposed(document, by=office.actor(getattr(office, who)(), today=TODAY))
    assert not Item.objects.exists()


def test_without_a_rule_of_its_class_nothing_is_proposed(bulletin: Path) -> None:
    a_rule(klass="014")
    with pytest.raises(CannotPropose, match="nie ma reguły"):
        proposed(a_decision())


def test_a_paper_is_proposed_once(bulletin: Path) -> None:
    a_rule()
    document = a_decision()
    proposed(document)
    with pytest.raises(CannotPropose, match="już przekazano"):
        proposed(document)


def test_a_paper_that_was_withdrawn_may_be_proposed_again(bulletin: Path) -> None:
    a_rule()
    document = a_decision()
    version = proposed(document)
    approval.approve(version.pk, actor=second_editor(), seen=version.sha256, now=NOW)
    withdrawal.withdraw(version.item_id, actor=editor(), reason="Zła mapa.", now=NOW)

    again = proposed(document)
    assert again.item_id != version.item_id
    with pytest.raises(CannotPropose, match="już przekazano"):
        proposed(document)
    for change in ({"is_over": False}, {"label": "inne"}):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            CaseOrigin.objects.filter(item=version.item_id).update(**change)


def test_a_draft_that_is_thrown_away_may_be_proposed_again(bulletin: Path) -> None:
    a_rule()
    document = a_decision()
    version = approval.send_back(proposed(document).pk, actor=editor(), remark="popraw", now=NOW)
    drafts.discard(version.pk, actor=editor(), now=NOW)
    assert not CaseOrigin.objects.exists()
    assert proposed(document).state == Version.State.SUBMITTED


def test_the_case_says_in_its_history_what_was_proposed_and_published(bulletin: Path) -> None:
    a_rule()
    document = a_decision()
    version = proposed(document)
    approval.approve(version.pk, actor=second_editor(), seen=version.sha256, now=NOW)
    lines = {one.verb: one for one in audit.history(str(document.case))}
    assert lines["propose_publication"].payload["document"] == f"decyzja {document.mark}"
    assert lines["note_publication"].payload["where"] == f"/bip/informacja/{version.item_id}/"
    assert lines["note_publication"].actor_name == "Wanda Kania"


def test_a_petition_goes_into_its_register_from_the_letter_that_came_in(bulletin: Path) -> None:
    a_rule(kind="petycja", takes="LETTERS", slug="petycje")
    blob = files.put(b"Prosze o przejscie dla pieszych. Piotr Wrona", name="petycja.txt", limit=1_000)
    letter = make_assigned(
        "Petycja o przejście", files=[records.NewFile(blob_id=blob.pk, name="petycja.txt")]
    )
    case = make_case(letter=letter)
    fields = {"received_on": TODAY.isoformat(), "consent": "nie"}
    rule = PublishingRule.objects.get()
    done = propose(
        case.mark,
        str(letter),
        actor=anna(),
        proposal=Proposal(rule.pk, letter.title, fields),
        now=NOW,
        today=TODAY,
    )
    assert done.gaps == []
    version = done.version
    assert (version.item.kind, version.item.section.slug) == ("petycja", "petycje")
    assert version.text == "Prosze o przejscie dla pieszych. [wyłączono: dane osoby]"
    assert (version.produced_by, version.produced_on) == ("podmiot, który wniósł pismo", TODAY)


def test_what_a_register_lacks_is_left_to_the_editor(bulletin: Path) -> None:
    a_rule(kind="zarzadzenie", slug="zarzadzenia")
    document = a_decision()
    done = propose(
        document.case.mark,
        str(document),
        actor=anna(),
        proposal=Proposal(PublishingRule.objects.get().pk, document.title),
        now=NOW,
        today=TODAY,
    )
    assert "Uzupełnij pole „Numer”." in done.gaps
    assert done.version.state == Version.State.DRAFT


def test_the_finder_stops_an_editor_who_writes_a_party_back_in(bulletin: Path) -> None:
    a_rule()
    version = approval.send_back(proposed(a_decision()).pk, actor=editor(), remark="popraw", now=NOW)
    content = replace(drafts.content_of(version), text="Dla Piotra Wrony, ul. Leśna 12")
    version = drafts.save(version.pk, actor=editor(), content=content, base="", now=NOW)
    assert {one.finding.text for one in undecided(version)} == {"Piotra", "Wrony", "ul. Leśna 12"}
    with pytest.raises(drafts.NotReady):
        drafts.submit(version.pk, actor=editor(), now=NOW, today=TODAY)


def test_rules_are_kept_by_editors_and_the_coordinator(bulletin: Path) -> None:
    rule = a_rule()
    with pytest.raises(CannotRule):
        a_rule()
    with pytest.raises(CannotRule):
        remove_rule(rule.pk, actor=anna(), now=NOW)
    coordinator = office.make_staff("i.b", "Irena Bielska", unit="OR", rights=(office.Right.COORDINATE,))
    remove_rule(rule.pk, actor=office.actor(coordinator, today=TODAY), now=NOW)
    assert not PublishingRule.objects.exists()
    assert [one.verb for one in audit.history(f"bulletin.rule:{rule.pk}")] == ["add_rule", "remove_rule"]


def _sought(case: Case) -> Sought:
    return sought_of(records.public.people_named_in(case.pk))

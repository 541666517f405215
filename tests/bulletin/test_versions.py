"""Versions: written, handed over, approved by another editor, published for ever."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import Item, Publication, Version
from starostwo.bulletin.rules.content import Exclusion
from starostwo.bulletin.services import approval, drafts
from starostwo.office import testing as office
from tests.bulletin.makers import (
    CONTENT,
    NOW,
    a_draft,
    editor,
    next_version,
    published,
    renew_lists,
    second_editor,
    submitted,
)

LATER = NOW + timedelta(hours=2)


def test_a_version_goes_its_way_and_the_history_says_who(bulletin: Path) -> None:
    item = published()

    item.refresh_from_db()
    assert item.state == Item.State.PUBLISHED
    assert item.current is not None
    assert (item.current.number, item.current.published_at) == (1, NOW)
    lines = [(line.verb, line.actor_name) for line in audit.history(str(item))]
    assert lines == [
        ("begin", "Paulina Cis"),
        ("submit", "Paulina Cis"),
        ("approve", "Wanda Kania"),
        ("publish", ""),
    ]
    page = Client().get(f"/bip/informacja/{item.pk}/").content.decode()
    people = ("Anna Nowak, inspektor", "Hanna Górska", "Paulina Cis", "Wanda Kania")
    days = ("20 listopada 2026", "23 listopada 2026, godz. 10:05")
    assert [
        said for said in (CONTENT.title, "<strong>12 km</strong>", *people, *days) if said not in page
    ] == []


def test_nobody_approves_his_own_version(bulletin: Path) -> None:
    version = submitted(a_draft())

    with pytest.raises(approval.OwnVersion):
        approval.approve(version.pk, actor=editor(), seen=version.sha256, now=NOW)

    version.refresh_from_db()
    assert version.state == Version.State.SUBMITTED
    assert Publication.objects.count() == 0


def test_whoever_wrote_a_word_of_it_is_an_author(bulletin: Path) -> None:
    version = a_draft()
    changed = replace(CONTENT, text="Inny tekst.")
    drafts.save(version.pk, actor=second_editor(), content=changed, base="", now=NOW)
    version = submitted(version)

    for writer in (editor(), second_editor()):
        with pytest.raises(approval.OwnVersion):
            approval.approve(version.pk, actor=writer, seen=version.sha256, now=NOW)


def test_the_database_refuses_self_approval_too(bulletin: Path) -> None:
    version = submitted(a_draft())

    with pytest.raises(IntegrityError, match="nobody_approves_what_he_wrote"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(
            state="SCHEDULED", approved_by=editor().account_id, approved_at=NOW
        )


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 8 ust. 6")
@pytest.mark.parametrize("field", ["produced_by", "responsible", "produced_on", "published_at"])
def test_the_database_publishes_nothing_without_metadata(bulletin: Path, field: str) -> None:
    version = a_draft(**({} if field == "published_at" else {field: None if field == "produced_on" else ""}))
    wanted = {"state": "PUBLISHED", "number": 1, "sha256": "0" * 64, "approved_at": NOW, "published_at": NOW}
    wanted |= {"approved_by": second_editor().account_id}
    if field == "published_at":
        wanted["published_at"] = None

    with pytest.raises(IntegrityError, match="what_is_published_names_who_and_when"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**wanted)


def test_a_version_with_gaps_is_not_handed_over(bulletin: Path) -> None:
    version = a_draft(produced_by="")

    with pytest.raises(drafts.NotReady) as refused:
        submitted(version)

    assert refused.value.gaps == ["Podaj, kto wytworzył informację."]
    version.refresh_from_db()
    assert version.state == Version.State.DRAFT


def test_what_was_handed_over_does_not_change(bulletin: Path) -> None:
    version = submitted(a_draft())

    with pytest.raises(drafts.CannotEdit):
        drafts.save(version.pk, actor=editor(), content=CONTENT, base="", now=NOW)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(text="podmieniony")


@pytest.mark.parametrize("change", [{"text": "x"}, {"published_at": LATER}, {"state": "DRAFT"}])
def test_a_published_version_stays_as_it_is(bulletin: Path, change: dict[str, object]) -> None:
    item = published()

    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        Version.objects.filter(item=item).update(**change)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        Item.objects.filter(pk=item.pk).delete()


def test_only_what_was_seen_is_approved(bulletin: Path) -> None:
    version = submitted(a_draft())
    seen = version.sha256
    approval.send_back(version.pk, actor=second_editor(), remark="Popraw datę", now=NOW)
    changed = replace(CONTENT, text="Inny tekst.")
    drafts.save(version.pk, actor=editor(), content=changed, base="", now=NOW)
    submitted(version)

    with pytest.raises(approval.CannotApprove):
        approval.approve(version.pk, actor=second_editor(), seen=seen, now=NOW)

    assert Version.objects.get().state == Version.State.SUBMITTED


def test_two_who_write_do_not_overwrite_each_other(bulletin: Path) -> None:
    version = a_draft()
    base = drafts.digest(version)
    drafts.save(version.pk, actor=second_editor(), content=replace(CONTENT, text="A"), base=base, now=NOW)

    with pytest.raises(drafts.ChangedMeanwhile):
        drafts.save(version.pk, actor=editor(), content=replace(CONTENT, text="B"), base=base, now=NOW)

    assert Version.objects.get().text == "A"


def test_strangers_edit_nothing(bulletin: Path) -> None:
    anna, version = office.actor(office.anna()), a_draft()

    with pytest.raises(access.NotAnEditor):
        drafts.save(version.pk, actor=anna, content=CONTENT, base="", now=NOW)
    with pytest.raises(access.NotAnEditor):
        approval.approve(submitted(version).pk, actor=anna, seen="", now=NOW)


def test_each_version_is_read_at_its_own_address(bulletin: Path) -> None:
    item = published()
    first = (bulletin / f"informacja/{item.pk}/wersja/1/index.html").read_bytes()

    next_version(item, now=LATER, text="Wyremontowano **14 km** dróg.", change_reason="Poprawiono długość")

    client, here = Client(), f"/bip/informacja/{item.pk}/"
    assert "14 km" in client.get(here).content.decode()
    assert client.get(f"{here}wersja/1/").content == first
    assert "12 km" in first.decode()
    assert "14 km" in client.get(f"{here}wersja/2/").content.decode()


def test_everybody_reads_what_changed_and_why(bulletin: Path) -> None:
    item = published(text="Wyremontowano 12 km dróg.")
    next_version(item, now=LATER, text="Wyremontowano 14 km dróg.", change_reason="Poprawiono długość")

    difference = Client().get(f"/bip/informacja/{item.pk}/wersja/2/zmiany/").content.decode()
    register = Client().get("/bip/rejestr-zmian/").content.decode()
    renew_lists(item)
    month = Client().get("/bip/rejestr-zmian/2026-11/").content.decode()
    assert "Raport o stanie powiatu" in Client().get("/bip/dzial/programy/2026/").content.decode()

    assert "<del>12 </del>" in difference
    assert "<ins>14 </ins>" in difference
    assert "Poprawiono długość" in difference
    for page in (register, month):
        assert "Zmieniono (wersja 2)" in page
        assert "Poprawiono długość" in page
        assert "pierwsza publikacja" in page


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 8 ust. 5")
def test_an_exclusion_is_shown_whole(bulletin: Path) -> None:
    excluded = Exclusion("imiona i nazwiska stron", "art. 5 ust. 2", "Starosta Zgierski", "osoby fizyczne")
    item = published(exclusion=excluded)

    page = Client().get(f"/bip/informacja/{item.pk}/").content.decode()

    assert "Wyłączenie jawności" in page
    for said in (excluded.scope, excluded.basis, excluded.organ, excluded.beneficiary):
        assert said in page


def test_a_version_waits_for_its_moment(bulletin: Path) -> None:
    version = submitted(a_draft(publish_at=NOW + timedelta(days=2)))
    approval.approve(version.pk, actor=second_editor(), seen=version.sha256, now=NOW)
    here = f"/bip/informacja/{version.item_id}/"

    assert approval.publish_due(now=NOW + timedelta(days=1)) == 0
    assert Client().get(here).status_code == 404
    assert approval.publish_due(now=NOW + timedelta(days=2)) == 1
    assert Client().get(here).status_code == 200


def test_the_next_version_takes_text_and_files_with_it(bulletin: Path) -> None:
    item = published()

    version = drafts.begin_change(item.pk, actor=second_editor(), now=LATER)

    assert drafts.content_of(version) == CONTENT
    with pytest.raises(drafts.CannotEdit):
        drafts.begin_change(item.pk, actor=editor(), now=LATER)
    assert Version.objects.filter(item=item).count() == 2


def test_a_draft_is_thrown_away_and_what_is_published_stays(bulletin: Path) -> None:
    item, other = published(), a_draft(title="Pomyłka")
    version = drafts.begin_change(item.pk, actor=editor(), now=LATER)

    drafts.discard(version.pk, actor=editor(), now=LATER)
    drafts.discard(other.pk, actor=editor(), now=LATER)

    assert [(one.pk, one.state) for one in Item.objects.all()] == [(item.pk, "PUBLISHED")]

"""Whoever reads while others publish sees whole pages, each of them one that was published."""

import hashlib
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from starostwo.audit import api as audit
from starostwo.bulletin import store
from starostwo.bulletin.models import Item
from starostwo.bulletin.services import approval, checking, drafts, publishing
from starostwo.office import testing as office
from tests.bulletin.makers import NOW, a_draft, editor, next_version, published, second_editor, submitted

CHANGES = 6


@pytest.fixture
def committed(committed_database: str, settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.FILES_DIR = tmp_path / "files"  # type: ignore[attr-defined]
    office.make_office()


def test_a_reader_sees_all_of_one_version_or_all_of_the_next(committed: None) -> None:
    item = published(text="Wersja pierwsza.\n\n" * 500)
    address = f"informacja/{item.pk}/index.html"
    seen: set[str] = set()
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            content = store.read(publishing.root(), address)
            assert content is not None
            seen.add(hashlib.sha256(content).hexdigest())

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    for number in range(CHANGES):
        moment = NOW + timedelta(minutes=number + 1)
        text = f"Wersja {number}.\n\n" * 500
        next_version(item, now=moment, text=text, change_reason="Zmiana")
    over.set()
    reader.join()

    told = [entry.payload["pages"].get(address) for entry in audit.history(publishing.THING)]
    assert seen <= set(told)
    assert store.read(publishing.root(), address) is not None
    assert checking.check(now=NOW).faults == []


def test_editors_who_publish_at_once_do_not_undo_each_other(committed: None) -> None:
    waiting = [submitted(a_draft(title=f"Informacja {number}")) for number in range(4)]
    wrong: list[BaseException] = []

    def approve(version_id: int, seen: str) -> None:
        try:
            approval.approve(version_id, actor=second_editor(), seen=seen, now=NOW)
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    second_editor()
    threads = [threading.Thread(target=approve, args=(one.pk, one.sha256), daemon=True) for one in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert wrong == []
    page = (store.read(publishing.root(), "dzial/programy/index.html") or b"").decode()
    assert [number for number in range(4) if f"Informacja {number}" not in page] == []
    assert Item.objects.filter(state="PUBLISHED").count() == 4
    assert checking.check(now=NOW).faults == []


def test_one_of_two_who_approve_the_same_is_refused(committed: None) -> None:
    version = submitted(a_draft())
    approval.approve(version.pk, actor=second_editor(), seen=version.sha256, now=NOW)

    with pytest.raises(approval.CannotApprove):
        approval.approve(version.pk, actor=second_editor(), seen=version.sha256, now=NOW)
    with pytest.raises(drafts.CannotEdit):
        drafts.discard(version.pk, actor=editor(), now=NOW)

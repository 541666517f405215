"""The nightly job anchors the history, with a stamp where a time stamp service is named."""

from pathlib import Path

import pytest
from django.conf import settings

from starostwo.audit import api as audit
from starostwo.audit import tasks
from starostwo.audit.models import Anchor

pytestmark = pytest.mark.django_db


def stamp(root: bytes) -> bytes:
    return b"stamped " + root


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(settings, "HISTORY_STAMP", f"{__name__}.stamp")


@pytest.mark.parametrize(("service", "is_stamped"), [("http://tsa.test", True), ("", False)])
def test_each_night_what_moved_is_anchored(
    monkeypatch: pytest.MonkeyPatch, service: str, is_stamped: bool
) -> None:
    monkeypatch.setattr(settings, "TSA_URL", service)
    audit.record(actor="system", verb="open", thing="case:1")
    assert audit.last_anchor() is None

    tasks.anchor_history(0)
    tasks.anchor_history(0)

    (made,) = Anchor.objects.all()
    assert audit.last_anchor() == made.at
    assert made.token == (stamp(bytes(made.root)) if is_stamped else None)
    assert audit.verify() == []


def test_a_stamp_that_fails_leaves_no_anchor_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    audit.record(actor="system", verb="open", thing="case:1")

    def fails(root: bytes) -> bytes:
        raise OSError("nie ma połączenia")

    monkeypatch.setattr(settings, "TSA_URL", "http://tsa.test")
    monkeypatch.setattr(tasks, "import_string", lambda path: fails)
    with pytest.raises(OSError, match="połączenia"):
        tasks.anchor_history(0)

    assert (Anchor.objects.count(), list(tmp_path.glob("anchors/*"))) == (0, [])

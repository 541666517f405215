"""What was written is proved, what was changed is found: by the product and by the script without it."""

import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from starostwo.audit import api as audit
from starostwo.audit.models import Anchor, AnchoredEnd
from starostwo.audit.rules.merkle import root_of
from starostwo.audit.testing import tamper
from starostwo.site.cluster import OWNER_ROLE

NOW = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "verify_history.py"


@pytest.fixture
def owner(committed_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Three streams and two anchors in a database of their own; the owner's address."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    for number in range(3):
        audit.record(
            actor="account:17", actor_name="Anna Nowak", verb="step", thing="case:1", payload={"n": number}
        )
    audit.record(actor="account:18", verb="open", thing="case:2", at=NOW, in_place_of="account:17")
    audit.record_read(actor="account:17", thing="case:2", why="telefon")
    audit.anchor(stamp=lambda root: b"token " + root, now=NOW)
    audit.record(actor="account:17", verb="close", thing="case:1")
    audit.anchor(stamp=None, now=NOW)
    return committed_database.replace(settings.APP_ROLE, OWNER_ROLE)


def check_stamp(token: bytes, root: bytes) -> bool:
    return token == b"token " + root


def offline(tmp_path: Path) -> tuple[int, str]:
    """Export and check with the script, in a Python that does not see the product."""
    with (tmp_path / "history.jsonl").open("w") as target:
        audit.export(target)
    command = [sys.executable, "-I", "-S", SCRIPT, tmp_path / "history.jsonl", tmp_path / "anchors"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    return done.returncode, done.stdout


def test_an_untouched_history_is_proved(owner: str, tmp_path: Path) -> None:
    assert audit.verify(check_stamp=check_stamp) == []
    status, said = offline(tmp_path)
    assert (status, said.splitlines()[-1]) == (0, "6 lines, 0 faults")


COLUMNS = {
    "seq": "seq + 1",
    "written_at": "written_at + interval '1 microsecond'",
    "at": "at + interval '1 microsecond'",
    "actor": "'account:99'",
    "actor_name": "'Anna Nowa'",
    "in_place_of": "'account:1'",
    "verb": "'opem'",
    "thing": "'case:9'",
    "payload": "overlay(payload placing '8' from position('17' in payload) + 1)",
    "prev_hash": "set_byte(hash, 0, (get_byte(hash, 0) + 1) % 256)",
    "hash": "set_byte(hash, 31, (get_byte(hash, 31) + 1) % 256)",
}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("where", ["audit_entry WHERE thing = 'case:2'", "audit_read WHERE thing = 'case:2'"])
def test_one_changed_value_in_any_column_is_found(owner: str, column: str, where: str) -> None:
    table, condition = where.split(" ", 1)
    assert tamper(owner, f"UPDATE {table} SET {column} = {COLUMNS[column]} {condition}") == 1

    assert audit.verify(check_stamp=check_stamp) != []


@pytest.mark.parametrize("position", range(0, 150, 7))
def test_one_changed_byte_of_a_payload_is_found_by_both(owner: str, tmp_path: Path, position: int) -> None:
    tamper(
        owner,
        "UPDATE audit_entry SET payload = overlay(payload placing "
        "chr(CASE ascii(substr(payload, %s, 1)) WHEN 55 THEN 56 ELSE 55 END) from %s for 1) "
        "WHERE thing = 'case:1' AND seq = 2",
        [position + 1, position + 1],
    )  # fmt: skip

    assert [(fault.stream, fault.seq) for fault in audit.verify()][:1] == [("case:1", 2)]
    assert offline(tmp_path)[0] == 1


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DELETE FROM audit_entry WHERE thing = 'case:1' AND seq = 2", "a hole"),
        ("DELETE FROM audit_entry WHERE thing = 'case:1' AND seq = 4", "a tail cut off"),
        ("DELETE FROM audit_entry WHERE thing = 'case:2'", "a stream removed"),
        ("DELETE FROM audit_read", "a log of reads removed"),
    ],
)
def test_what_was_removed_is_found(owner: str, tmp_path: Path, statement: str, why: str) -> None:
    assert tamper(owner, statement) > 0

    assert audit.verify() != [], why
    assert offline(tmp_path)[0] == 1, why


def test_a_tail_cut_off_with_its_traces_in_the_database_is_found_by_the_files(
    owner: str, tmp_path: Path
) -> None:
    tamper(owner, "DELETE FROM audit_entry WHERE thing = 'case:1' AND seq = 4")
    tamper(
        owner,
        "UPDATE audit_head SET seq = 3,"
        " hash = (SELECT e.hash FROM audit_entry e WHERE thing = 'case:1' AND e.seq = 3)"
        " WHERE stream = 'case:1'",
    )
    tamper(
        owner,
        "DELETE FROM audit_anchoredend USING audit_anchor a WHERE anchor_id = a.id AND number = 2",
    )
    tamper(owner, "DELETE FROM audit_anchor WHERE number = 2")

    assert ("case:1", 4) in {(fault.stream, fault.seq) for fault in audit.verify()}
    assert offline(tmp_path)[0] == 1


def test_a_chain_written_anew_from_its_start_is_found_by_the_anchor(owner: str, tmp_path: Path) -> None:
    tamper(owner, "DELETE FROM audit_entry WHERE thing = 'case:2'")
    tamper(owner, "DELETE FROM audit_head WHERE stream = 'case:2'")
    audit.record(actor="account:18", verb="opened otherwise", thing="case:2", at=NOW)

    assert {fault.stream for fault in audit.verify()} == {"case:2"}
    assert offline(tmp_path)[0] == 1


def test_a_file_of_an_anchor_that_is_gone_or_changed_is_found(owner: str, tmp_path: Path) -> None:
    path = tmp_path / "anchors" / "00000001.txt"
    kept = path.read_text()
    path.write_text(kept.replace(" 3 case:1", " 2 case:1"))
    assert audit.verify() != []
    path.unlink()
    assert [fault.what for fault in audit.verify()] == ["nie ma pliku tej kotwicy"]


def test_a_stamp_of_something_else_is_found(owner: str) -> None:
    faults = audit.verify(check_stamp=lambda token, root: False)
    assert [fault.what for fault in faults] == ["znacznik czasu nie dotyczy tej kotwicy"]


def test_an_anchor_binds_only_what_moved(owner: str, tmp_path: Path) -> None:
    first, second = Anchor.objects.order_by("number")

    assert set(AnchoredEnd.objects.filter(anchor=first).values_list("stream", "seq")) == {
        ("case:1", 3), ("case:2", 1), ("reads/account:17", 1),
    }  # fmt: skip
    assert set(AnchoredEnd.objects.filter(anchor=second).values_list("stream", "seq")) == {("case:1", 4)}
    assert bytes(second.previous_root) == bytes(first.root)
    assert (tmp_path / "anchors" / "00000001.tsr").read_bytes() == b"token " + bytes(first.root)
    assert root_of((tmp_path / "anchors" / "00000002.txt").read_text()) == bytes(second.root)
    assert audit.anchor(stamp=None, now=NOW) is None


def test_the_export_holds_the_whole_line(owner: str, tmp_path: Path) -> None:
    offline(tmp_path)
    line = json.loads((tmp_path / "history.jsonl").read_text().splitlines()[-1])

    text = f"1\n{line['written_at']}\n{line['payload']}".encode()
    assert (line["stream"], line["seq"], line["prev"]) == ("reads/account:17", 1, "")
    assert line["hash"] == hashlib.sha256(text).hexdigest()

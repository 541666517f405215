"""The verifying child: limits, no network, no secrets, many threads, never an exception."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest

from starostwo.signatures import pool
from starostwo.signatures.demo_pki import DemoPki
from starostwo.signatures.frames import BrokenFrame, read_frame, write_frame
from starostwo.signatures.keys import SigningKey
from starostwo.signatures.rules.report import Verdict
from starostwo.signatures.signing import sign_xml
from starostwo.signatures.verification import verify
from starostwo.signatures.xades.signer import sign_enveloped
from tests.signatures.conftest import NOW

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def signed(seal: SigningKey) -> bytes:
    return sign_enveloped(b"<pismo>Podanie</pismo>", key=seal, at=NOW)


def test_warm_child_answers_at_once(signed: bytes, installation: DemoPki) -> None:
    verify(signed, name="a.xml", at=NOW)
    took = []
    for _ in range(5):
        start = time.perf_counter()
        assert verify(signed, name="a.xml", at=NOW).verdict == Verdict.GREEN
        took.append(time.perf_counter() - start)
    assert min(took) < 0.3


def test_many_threads_at_once(signed: bytes, installation: DemoPki) -> None:
    changed = signed.replace(b"Podanie", b"podanie")
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda content: verify(content, name="a", at=NOW), [signed, changed] * 12))
    assert [report.verdict for report in found] == [Verdict.GREEN, Verdict.RED] * 12


def test_a_killed_child_is_replaced(signed: bytes, installation: DemoPki) -> None:
    verify(signed, name="a.xml", at=NOW)
    pool.end_all()
    assert verify(signed, name="a.xml", at=NOW).verdict == Verdict.GREEN


def test_a_child_that_died_unseen_costs_nobody_his_report(signed: bytes, installation: DemoPki) -> None:
    verify(signed, name="a.xml", at=NOW)
    for child in _children():
        os.kill(child, 9)
    assert verify(signed, name="a.xml", at=NOW).verdict == Verdict.GREEN


def _children() -> list[int]:
    """The verifying children of this very process."""
    ours = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [
        int(child)
        for child in ours
        if b"starostwo.signatures.worker" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def test_payloads_come_back_and_the_pesel_does_not(installation: DemoPki) -> None:
    from_piotr = _signed_by(installation)
    report = verify(from_piotr, name="a.xml", at=NOW)
    assert report.payload == b"<pismo>Podanie</pismo>"
    assert report.pesel_hash
    assert "44051401359" not in repr(report)


def _signed_by(installation: DemoPki) -> bytes:
    return sign_xml(b"<pismo>Podanie</pismo>", key=installation.people[2], at=NOW)


@pytest.mark.parametrize(
    ("act", "why"),
    [
        ("while True: pass", "uses the processor without end"),
        ("time.sleep(60)", "waits without end"),
        ("bytearray(1100 * 1024**2)", "takes more than its memory"),
        ("os.kill(os.getpid(), 9)", "dies"),
        ("raise ValueError", "raises"),
        ("socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))", "calls out"),
        ("socket.getaddrinfo('localhost', 80)", "asks for a name"),
        ("subprocess.run(['true'])", "starts a program"),
        ("os.system('true')", "starts a shell"),
        ("os.fork()", "multiplies"),
        ("open(trace, 'w').write('x' * 10)", "writes a file"),
        ("os.write(os.open(trace, os.O_CREAT | os.O_WRONLY), b'x' * 10)", "writes a file directly"),
    ],
)
def test_what_a_hostile_file_can_do(act: str, why: str, tmp_path: Path) -> None:
    """The real server with a verifier that misbehaves: it answers 'no' in time, and lives on."""
    script = tmp_path / "server.py"
    script.write_text(
        "import os, socket, subprocess, time\n"
        "from starostwo.signatures import worker\n"
        "worker.WALL_SECONDS, worker.CPU_SECONDS = 3, 1\n"
        f"trace = {str(tmp_path / 'trace')!r}\n"
        "def misbehave():\n"
        f"    {act}\n"
        "def answer(answers, header, blobs):\n"
        "    if blobs['']: misbehave()\n"
        "    worker.write_frame(answers, {'well': True}, {})\n"
        "worker._answer = answer\n"
        "worker.main()\n"
    )
    server = subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(ROOT), "PATH": os.defpath},
    )
    with server:
        assert server.stdin is not None
        assert server.stdout is not None
        start = time.monotonic()
        write_frame(server.stdin, {}, {"": b"zly"})
        assert read_frame(server.stdout)[0] == {"error": "LIMITS_EXCEEDED"}, why
        assert time.monotonic() - start < 15
        write_frame(server.stdin, {}, {"": b""})
        assert read_frame(server.stdout)[0] == {"well": True}
        server.stdin.close()
    trace = tmp_path / "trace"
    assert not trace.exists() or trace.stat().st_size == 0


def test_child_gets_none_of_our_environment(
    monkeypatch: pytest.MonkeyPatch, signed: bytes, installation: DemoPki
) -> None:
    monkeypatch.setenv("SECRET_KEY", "tajne")
    pool.end_all()
    verify(signed, name="a.xml", at=NOW)
    environments = [Path(f"/proc/{child}/environ").read_bytes() for child in _children()]
    assert environments
    assert all(b"SECRET" not in each and b"DATABASE" not in each for each in environments)


def test_file_that_ends_the_child_gives_an_amber_report(
    monkeypatch: pytest.MonkeyPatch, installation: DemoPki
) -> None:
    def refuse(*_: object) -> None:
        raise pool.NoAnswer

    monkeypatch.setattr(pool, "ask", refuse)
    report = verify(b"<a/>", name="a.xml", at=NOW)
    assert (report.verdict, report.findings) == (Verdict.AMBER, ())
    assert report.reason.startswith("Sprawdzenie podpisu przerwano")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "nothing"),
        (b"\x00\x00", "half a length"),
        ((10**9).to_bytes(8, "big"), "a header without end"),
        ((2).to_bytes(8, "big") + b"[]", "no object"),
        ((4).to_bytes(8, "big") + b"\xff\xfe{}", "no JSON"),
    ],
)
def test_broken_answers_of_a_child_are_refused(content: bytes, why: str) -> None:
    with pytest.raises(BrokenFrame):
        read_frame(BytesIO(content))

"""The text of files for the index, taken out where a hostile file can do no harm."""

import io
import os
import signal
import subprocess
import time

import openpyxl
import psutil
import pytest

from starostwo.files import api as files
from starostwo.files import sandbox, sandbox_server
from starostwo.files.api import Blob, Problem
from starostwo.files.rules import kinds
from starostwo.files.testing import image, pdf, stored, zip_of

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
DOCX = zip_of(
    {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:d xmlns:w='{WORD}'><w:p><w:t>Zaża</w:t><w:t>lenie</w:t></w:p>"
        "<w:p><w:t>drugie</w:t></w:p></w:d>",
    }
)
ODT = zip_of(
    {
        "mimetype": kinds.ODT,
        "content.xml": f"<d xmlns:t='{ODF}'><t:h>Tytuł</t:h><t:p>a <t:s>b</t:s></t:p></d>",
    },
    stored_first=True,
)


def sheet() -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["działka", 12])  # type: ignore[union-attr]
    book.save(target)
    return target.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.txt", "Zażółć".encode("cp1250"), "Zażółć"),
        ("a.xml", b"<a>jeden<b> dwa </b><!-- nie --></a>", "jeden\ndwa"),
        ("a.pdf", pdf("Wniosek o wydanie"), "Wniosek o wydanie"),
        ("a.docx", DOCX, "Zażalenie\ndrugie"),
        ("a.odt", ODT, "Tytuł\na b"),
        ("a.xlsx", sheet(), "działka"),
        ("a.png", image(), ""),
        ("a.zip", zip_of({"a": "b"}), ""),
        ("a.docx", zip_of({"[Content_Types].xml": ""}), ""),
    ],
)
def test_text_is_taken_out_once_and_kept(name: str, content: bytes, text: str) -> None:
    blob = stored(content, name)

    assert files.extract_text(blob) == text
    blob.refresh_from_db()
    assert blob.text == text


@pytest.mark.django_db
def test_a_broken_file_has_no_text() -> None:
    assert files.extract_text(stored(b"%PDF-1.7\nbroken", "a.pdf")) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("scan", [Blob.Scan.INFECTED, Blob.Scan.ENCRYPTED, Blob.Scan.SCANNER_DOWN])
def test_a_file_that_is_set_aside_is_not_opened(scan: str) -> None:
    blob = stored()
    blob.scan = scan

    assert files.extract_text(blob) == ""


HOLD = """
import socket, sys, time
from starostwo.files import sandbox_server as server
def slow(file, name):
    while True: pass
def huge(file, name):
    return len(bytearray(4 << 30))
def writing(file, name):
    open(name, "wb", 0).write(b"x")
def crash(file, name):
    import ctypes; ctypes.string_at(0)
server.TASKS.update(slow=slow, huge=huge, writing=writing, crash=crash)
server.CPU_SECONDS = server.WALL_SECONDS = 1
import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN)
server.serve(socket.socket(fileno=int(sys.argv[1])))
"""


@pytest.fixture
def harsh_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """The opener process with one second of time and tasks that misbehave."""
    start = subprocess.Popen

    def start_harsh(command: list[str], **settings: object) -> object:
        return start([command[0], "-c", HOLD, command[-1]], **settings)  # type: ignore[call-overload]

    sandbox._forget()
    monkeypatch.setattr(sandbox.subprocess, "Popen", start_harsh)
    yield  # type: ignore[misc]
    sandbox._forget()


@pytest.mark.parametrize("task", ["slow", "huge", "writing", "crash"])
def test_a_child_that_breaks_a_limit_dies_alone(harsh_server: None, task: str, tmp_path: object) -> None:
    with open(os.devnull, "rb") as file:
        began = time.monotonic()
        with pytest.raises(sandbox.CouldNotOpen):
            sandbox.ask(task, file, f"{tmp_path}/written")
        assert time.monotonic() - began < 5
        assert sandbox.ask("text", file, kinds.TEXT) == ""

    assert not os.path.exists(f"{tmp_path}/written") or os.path.getsize(f"{tmp_path}/written") == 0


def test_a_file_that_cannot_be_opened_in_time_is_refused(
    harsh_server: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = sandbox.ask
    monkeypatch.setattr(sandbox, "ask", lambda task, file, name: ask("slow", file, name))

    assert files.inspect(b"%PDF-", "a.pdf").refusals == (Problem.TOO_COSTLY,)


def test_a_killed_opener_process_is_started_again() -> None:
    assert files.inspect(b"<a/>", "a.xml").problems == ()
    assert sandbox._server is not None
    os.kill(sandbox._server[2].pid, signal.SIGKILL)

    assert files.inspect(b"<a/>", "a.xml").problems == ()


def test_the_opener_process_leaves_when_its_server_does() -> None:
    files.inspect(b"<a/>", "a.xml")
    assert sandbox._server is not None
    process = psutil.Process(sandbox._server[2].pid)
    sandbox._forget()

    assert not process.is_running()
    assert sandbox_server.IDLE_SECONDS <= 300

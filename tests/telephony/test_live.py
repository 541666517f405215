"""What goes on now at an exchange: what it is asked, what it may answer, what is shown when it is silent."""

import json
import os
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest
from django.conf import Settings

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.telephony import testing
from starostwo.telephony.exchange import rpc
from starostwo.telephony.queries.live import now_at

PAGE = "/urzad/telefony/na-zywo/"


@contextmanager
def listening(folder: Path, *answers: bytes | None) -> Iterator[None]:
    """An exchange that answers questions with these bytes, in turn; None is silence. `#` becomes the mark."""

    def serve() -> None:
        for answer in answers:
            question, sender = own.recvfrom(10_000)
            mark = json.loads(question)["id"]
            if answer is not None:
                own.sendto(answer.replace(b"#", str(mark).encode()), sender)

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as own:
        own.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        own.bind(str(folder / rpc.SOCKET))
        own.settimeout(5)
        thread = Thread(target=serve)
        thread.start()
        try:
            yield
        finally:
            thread.join()


@contextmanager
def piping(folder: Path, *answers: bytes | None) -> Iterator[None]:
    """An exchange that answers questions for lists through the pipe that each names, in pieces."""

    def serve() -> None:
        for answer in answers:
            select.select([own], [], [], 5)
            asked = json.loads(os.read(own, 10_000))
            if answer is not None:
                with (
                    (folder / asked["reply_name"]).open("wb", buffering=0) as theirs,
                    suppress(BrokenPipeError),
                ):
                    whole = answer.replace(b"#", str(asked["id"]).encode())
                    for start in range(0, len(whole), 60_000):
                        theirs.write(whole[start : start + 60_000])

    os.mkfifo(folder / rpc.PIPE)
    own = os.open(folder / rpc.PIPE, os.O_RDWR)
    thread = Thread(target=serve)
    thread.start()
    try:
        yield
    finally:
        thread.join()
        os.close(own)


def test_a_list_of_any_length_is_answered_and_its_pipe_goes(tmp_path: Path) -> None:
    rows = json.dumps(["x" * 1000] * 1000).encode()
    with piping(tmp_path, b'{"jsonrpc": "2.0", "result": ' + rows + b', "id": #}'):
        assert len(rpc.ask_list(tmp_path, "ul.dump")) == 1000
    assert [file.name for file in tmp_path.iterdir()] == [rpc.PIPE]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"x" * (rpc.LONGEST_LIST + 70_000),
        b"",
        b"not json",
        b'{"result": [], "id": 0}',
        b'{"error": {}, "id": #}',
    ],
    ids=["silent", "too long", "empty", "nonsense", "of another", "refused"],
)
def test_what_is_no_list_is_named(tmp_path: Path, answer: bytes | None) -> None:
    with piping(tmp_path, answer), pytest.raises(rpc.NoAnswer):
        rpc.ask_list(tmp_path, "ul.dump", within=0.5 if not answer else 10.0)


def test_a_pipe_that_nobody_reads_belongs_to_an_exchange_that_does_not_run(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / rpc.PIPE)
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(rpc.NotRunning):
            rpc.ask_list(folder, "ul.dump")
    assert [file.name for file in tmp_path.iterdir()] == [rpc.PIPE]


def test_a_question_is_answered_and_its_socket_goes(tmp_path: Path) -> None:
    with listening(tmp_path, b'{"jsonrpc": "2.0", "result": [1], "id": #}'):
        assert rpc.ask(tmp_path, "core.uptime") == [1]
    assert [file.name for file in tmp_path.iterdir()] == [rpc.SOCKET]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"x" * (rpc.LONGEST + 1),
        b"not json",
        b'{"result": [], "id": 0}',
        b'{"error": {}, "id": #}',
        b"[]",
    ],
    ids=["silent", "too long", "nonsense", "of another", "refused", "a list"],
)
def test_what_is_no_answer_is_named(tmp_path: Path, answer: bytes | None) -> None:
    with listening(tmp_path, answer), pytest.raises(rpc.NoAnswer):
        rpc.ask(tmp_path, "dlg.list", within=0.2)


def test_where_nobody_listens_nothing_runs(tmp_path: Path) -> None:
    with pytest.raises(rpc.NotRunning):
        rpc.ask(tmp_path, "dlg.list")
    with pytest.raises(rpc.NotRunning):
        rpc.ask(tmp_path / "nowhere", "dlg.list")


@pytest.mark.django_db
def test_the_screen_says_what_to_do_when_the_exchange_does_not_run(
    settings: Settings, tmp_path: Path
) -> None:
    settings.VOIP_DIR = tmp_path
    office.make_office()
    testing.make_node("A")
    admin = office.client_of(Account.objects.get(pk=testing.admin().account_id))
    shown = admin.get(PAGE).content.decode()
    assert "starostwo voip run A" in shown
    assert 'data-renew="5"' in shown
    assert office.client_of(office.ewa()).get(PAGE).status_code == 404


@pytest.mark.django_db
def test_what_the_exchange_tells_stands_in_words(settings: Settings, tmp_path: Path) -> None:
    settings.VOIP_DIR = tmp_path
    node = testing.make_node("A")
    testing.make_phone("101", node, label="Sekretariat")
    (tmp_path / "A").mkdir()
    contact = {"Contact": {"Address": "sip:101@10.0.0.7:5060", "Expires": 55, "User-Agent": "Telefon"}}
    phones = {"Domains": [{"Domain": {"AoRs": [{"Info": {"AoR": "101", "Contacts": [contact]}}]}}]}
    talk = {"state": 4, "start_ts": 1_795_000_000, "from_uri": "sip:101@starostwo", "to_uri": "sip:9@x",
            "variables": [{"caller": "101"}, {"dialled": "+48601234567"}]}  # fmt: skip
    answers = [b'{"result": ' + json.dumps(one).encode() + b', "id": #}' for one in (phones, [talk])]
    with piping(tmp_path / "A", *answers):
        live = now_at(node)
    assert [(one.number, one.name, one.address) for one in live.phones] == [
        ("101", "Sekretariat", "sip:101@10.0.0.7:5060")
    ]
    assert [(one.caller, one.called, one.rings) for one in live.talks] == [
        ("101 Sekretariat", "601 234 567", False)
    ]

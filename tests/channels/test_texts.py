"""SMS through a gateway over HTTP that has the faults of real ones."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from starostwo.channels import api as channels
from starostwo.channels import sms_http
from starostwo.channels.models import TextMessage
from starostwo.channels.posting import MOST_TRIES, NotDelivered
from starostwo.channels.texting import MOST_A_NUMBER, forget_texts, text
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.site import demo_idp
from starostwo.site.demo import sms_gateway
from starostwo.site.demo.sms_gateway import SmsGateway

pytestmark = pytest.mark.django_db
State = TextMessage.State
GOOD = "600 100 200"
REPORTS = "/sms/raporty/"


class Listener(BaseHTTPRequestHandler):
    """Stands where the office is told what became of a message."""

    heard: Queue[tuple[bytes, str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.put((body, self.headers["X-Signature"]))
        self.send_response(204)
        self.end_headers()


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmsGateway]:
    peer = SmsGateway("token", "secret", silence=0.6)
    heard: Queue[tuple[bytes, str]] = Queue()
    peer.heard = heard  # type: ignore[attr-defined]
    handlers = (type("Peer", (demo_idp.Handler,), {"sms": peer}), type("Ear", (Listener,), {"heard": heard}))
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), handler) for handler in handlers]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    at = [f"http://127.0.0.1:{server.server_address[1]}" for server in servers]
    named = {"SMS_URL": f"{at[0]}/sms", "SMS_REPORT_URL": at[1], "SMS_TOKEN": "token"}
    for name, value in (named | {"SMS_REPORT_SECRET": "secret"}).items():
        monkeypatch.setattr(settings, name, value)
    monkeypatch.setattr(sms_http, "SECONDS", 0.3)
    yield peer
    for server in servers:
        server.shutdown()
        server.server_close()


def written(to: str = GOOD, body: str = "Masz nową wiadomość.", *, is_secret: bool = False) -> TextMessage:
    return TextMessage.objects.get(pk=channels.send_text(to=to, body=body, is_secret=is_secret))


def tried(message: TextMessage) -> TextMessage:
    text(message.pk)
    message.refresh_from_db()
    return message


def test_a_text_reaches_the_gateway_as_it_was_written(gateway: SmsGateway) -> None:
    message = tried(written())

    [shown] = gateway.shown
    assert (shown["to"], shown["text"]) == ("+48600100200", "Masz nowa wiadomosc.")
    assert (message.state, message.tries, message.parts, message.reference) == (State.SENT, 1, 1, "G000001")
    text(message.pk)
    assert len(gateway.shown) == 1


def test_sending_waits_for_the_commit_in_a_job() -> None:
    message = written()

    job = ProcrastinateJob.objects.get(task_name="channels.send_sms")
    assert (job.args, job.status) == ({"text_id": message.pk}, "todo")


@pytest.mark.parametrize("to", ["112", "42 714 00 00", "", "nie mam"])
def test_what_takes_no_text_is_refused_before_it_is_written(to: str) -> None:
    with pytest.raises(channels.NotANumber):
        written(to)

    assert (TextMessage.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_a_number_that_the_gateway_refuses_is_not_tried_again(gateway: SmsGateway) -> None:
    message = tried(written(sms_gateway.REFUSES))

    assert (message.state, message.sent_at) == (State.REFUSED, None)
    with pytest.raises(channels.CannotSendAgain):
        channels.send_text_again(message.pk)


def test_no_answer_after_taking_makes_no_second_message(gateway: SmsGateway) -> None:
    message = written(sms_gateway.TAKES_AND_IS_SILENT)

    with pytest.raises(NotDelivered):
        text(message.pk)
    message.refresh_from_db()
    assert (message.state, message.tries) == (State.WAITING, 1)
    assert tried(message).state == State.SENT
    assert (len(gateway.shown), gateway.tries) == (1, {str(message.key): 2})


def test_a_gateway_that_is_down_is_tried_again_and_given_up_in_the_end(
    gateway: SmsGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = written(sms_gateway.IS_DOWN_AT_FIRST)
    for _ in range(2):
        with pytest.raises(NotDelivered, match="503"):
            text(message.pk)
    assert tried(message).state == State.SENT

    monkeypatch.setattr(settings, "SMS_URL", "http://127.0.0.1:9/sms")
    lost = written()
    for _ in range(MOST_TRIES - 1):
        with pytest.raises(NotDelivered):
            text(lost.pk)
    assert (tried(lost).state, lost.tries) == (State.FAILED, MOST_TRIES)
    channels.send_text_again(lost.pk)
    lost.refresh_from_db()
    assert (lost.state, lost.tries) == (State.WAITING, 0)


@pytest.mark.parametrize(
    ("to", "state", "heard"),
    [
        (GOOD, State.DELIVERED, 1),
        (sms_gateway.REPORTS_TWICE, State.DELIVERED, 2),
        (sms_gateway.NEVER_ARRIVES, State.UNDELIVERED, 1),
    ],
)
def test_the_report_is_noted_once_however_often_it_comes(
    gateway: SmsGateway, client: Client, to: str, state: State, heard: int
) -> None:
    message, moments = tried(written(to)), set()
    for _ in range(heard):
        body, signature = gateway.heard.get(timeout=10)  # type: ignore[attr-defined]
        answer = client.post(REPORTS, body, "application/json", headers={"X-Signature": signature})
        assert answer.status_code == 204
        message.refresh_from_db()
        assert message.state == state
        moments.add(message.reported_at)
    assert len(moments) == 1


def test_a_later_contrary_report_changes_nothing_and_an_early_one_either(gateway: SmsGateway) -> None:
    waiting, message = written("600 100 300"), tried(written())

    assert report(message, "delivered") == 204
    assert report(message, "undelivered") == 204
    assert report(waiting, "delivered") == 204
    assert report(message, "nonsense") == 204
    states = {row.pk: row.state for row in TextMessage.objects.all()}
    assert states == {message.pk: State.DELIVERED, waiting.pk: State.WAITING}


@pytest.mark.parametrize("signature", ["", "0" * 64, "ż"])
def test_a_report_that_the_gateway_did_not_sign_is_refused(
    gateway: SmsGateway, client: Client, signature: str
) -> None:
    message = tried(written())
    body = json.dumps({"id": str(message.key), "outcome": "delivered"})

    answer = client.post(REPORTS, body, "application/json", headers={"X-Signature": signature})
    assert answer.status_code == 403
    message.refresh_from_db()
    assert message.state == State.SENT


def report(message: TextMessage, outcome: str) -> int:
    body = json.dumps({"id": str(message.key), "outcome": outcome}).encode()
    signature = sms_gateway.hmac.new(b"secret", body, "sha256").hexdigest()
    answer = Client().post(REPORTS, body, "application/json", headers={"X-Signature": signature})
    return answer.status_code


def test_the_limit_of_the_day_holds_back_and_the_next_day_goes_on(
    gateway: SmsGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SMS_A_DAY", 3)
    first, second = tried(written(body="a" * 300)), tried(written(body="b" * 300))
    assert (first.state, first.parts, second.state) == (State.SENT, 2, State.OVER)
    assert (channels.text_state(now=now()).used, channels.text_state(now=now()).over) == (2, 1)

    TextMessage.objects.filter(pk=first.pk).update(sent_at=now() - timedelta(days=1))
    channels.send_text_again(second.pk)
    assert tried(second).state == State.SENT


def test_one_number_gets_so_many_a_day(gateway: SmsGateway) -> None:
    states = [tried(written()).state for _ in range(MOST_A_NUMBER + 1)]

    assert states == [State.SENT] * MOST_A_NUMBER + [State.OVER]
    assert tried(written("600 100 300")).state == State.SENT


def test_without_a_gateway_nothing_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SMS_URL", "")

    assert tried(written()).state == State.OFF
    assert not channels.text_state(now=now()).is_configured


def test_an_address_that_is_not_safe_is_not_called(
    gateway: SmsGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SMS_URL", "http://bramka.example/sms")

    with pytest.raises(NotDelivered, match="https"):
        text(written().pk)


def test_a_wrong_token_is_our_fault_and_seen(gateway: SmsGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SMS_TOKEN", "inny")

    with pytest.raises(NotDelivered, match="401"):
        text(written().pk)


def test_a_secret_leaves_no_text_and_every_text_is_forgotten(gateway: SmsGateway) -> None:
    message = tried(written(body="Kod: 123456", is_secret=True))
    waiting = written("600 100 300")

    assert (gateway.shown[0]["text"], message.body) == ("Kod: 123456", "")
    assert forget_texts(now=now() + timedelta(days=31)) == 1
    assert list(TextMessage.objects.all()) == [waiting]


def test_the_database_refuses_another_kind_of_number() -> None:
    message = written()

    with pytest.raises(IntegrityError, match="e164"), transaction.atomic():
        connection.cursor().execute(
            "UPDATE channels_textmessage SET \"to\" = '600100200' WHERE id = %s", [message.pk]
        )


def test_the_administrator_sees_what_did_not_arrive_and_sends_it_again(gateway: SmsGateway) -> None:
    office.make_office()
    office.make_unit("OR", name="Wydział Organizacyjny", parent="ST")
    admin = office.client_of(office.make_staff("a.admin", "Adam Admin", unit="OR", rights=(Right.ADMIN,)))
    tried(written(sms_gateway.REFUSES))
    TextMessage.objects.update(state=State.FAILED)

    page = admin.get("/urzad/administracja/stan/").content.decode()
    assert "…001" in page
    assert "600000001" not in page
    assert "koszt 0,00 zł" in page.replace("\u00a0", " ")
    failed = TextMessage.objects.get()
    admin.post(f"/urzad/administracja/sms/{failed.pk}/ponowienie/")
    failed.refresh_from_db()
    assert failed.state == State.WAITING

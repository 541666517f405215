"""Mail to a real server: sent once, retried, given up, seen."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from starostwo.channels import api as channels
from starostwo.channels.models import Mail
from starostwo.channels.posting import MOST_TRIES, NotDelivered, forget_secret, post
from starostwo.channels.tasks import send_mail
from starostwo.channels.testing import Mailbox, mail_server, post_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mail_server() as box:
        monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
        monkeypatch.setattr(settings, "EMAIL_PORT", box.port)
        monkeypatch.setattr(settings, "EMAIL_FROM", "Starostwo <kancelaria@powiat.test>")
        yield box


def send() -> Mail:
    mail_id = channels.send(to="piotr@example.test", subject="Nowe pismo\nBcc: x", body="Zażółć gęślą jaźń.")
    return Mail.objects.get(pk=mail_id)


def test_a_message_arrives_as_it_was_written(server: Mailbox) -> None:
    mail = send()
    send_mail(mail_id=mail.pk)

    (message,) = server.messages
    assert (message["To"], message["From"]) == ("piotr@example.test", "Starostwo <kancelaria@powiat.test>")
    assert (message["Subject"], message["Bcc"]) == ("Nowe pismo Bcc: x", None)
    assert message.get_content().strip() == "Zażółć gęślą jaźń."
    assert message["Message-ID"] == f"<starostwo-{mail.pk}@powiat.test>"
    mail.refresh_from_db()
    assert (mail.state, mail.tries, mail.sent_at is not None) == (Mail.State.SENT, 1, True)


def test_sending_waits_for_the_commit_in_a_job() -> None:
    mail = send()

    job = ProcrastinateJob.objects.get(task_name="channels.send_mail")
    assert (job.args, job.status) == ({"mail_id": mail.pk}, "todo")


def test_what_is_rolled_back_is_not_sent() -> None:
    with transaction.atomic():
        send()
        transaction.set_rollback(True)

    assert (Mail.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_a_sent_message_is_not_sent_twice(server: Mailbox) -> None:
    mail = send()
    post(mail.pk)
    post(mail.pk)

    assert len(server.messages) == 1


def test_a_refused_message_is_tried_again_and_seen(server: Mailbox) -> None:
    server.answer = "451 spróbuj później"
    mail = send()
    with pytest.raises(NotDelivered, match="451"):
        post(mail.pk)

    assert channels.mail_state() == channels.MailState(is_configured=True, waiting=1, failed=0, off=0)
    (unsent,) = channels.unsent_mail()
    assert (unsent.state, unsent.tries, "451" in unsent.last_error) == ("czeka na wysłanie", 1, True)

    server.answer = "250 przyjęto"
    assert (post_all(), len(server.messages), channels.unsent_mail()) == (1, 1, [])


def test_after_the_last_try_it_is_given_up_until_somebody_sends_it_again(server: Mailbox) -> None:
    server.answer = "550 nie ma takiej skrzynki"
    mail = send()
    for _ in range(MOST_TRIES - 1):
        with pytest.raises(NotDelivered):
            post(mail.pk)
    post(mail.pk)

    assert [unsent.state for unsent in channels.unsent_mail()] == ["nie udało się wysłać"]
    with pytest.raises(channels.CannotSendAgain):
        channels.send_again(mail.pk + 1)

    server.answer = "250 przyjęto"
    channels.send_again(mail.pk)
    assert (post_all(), len(server.messages)) == (1, 1)
    with pytest.raises(channels.CannotSendAgain):
        channels.send_again(mail.pk)


def test_a_server_that_does_not_answer_is_an_error_to_try_again(
    server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EMAIL_PORT", 1)
    mail = send()
    with pytest.raises(NotDelivered):
        post(mail.pk)

    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (Mail.State.WAITING, 1)


def test_nothing_is_called_while_no_server_is_named(caplog: pytest.LogCaptureFixture) -> None:
    mail = send()
    post(mail.pk)

    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (Mail.State.OFF, 0)
    assert channels.mail_state() == channels.MailState(is_configured=False, waiting=0, failed=0, off=1)
    assert "poczta nie jest skonfigurowana" in caplog.text


@pytest.mark.parametrize("address", ["", "piotr", "a@b", "x@example.test\nBcc: y@example.test"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(channels.NotAnAddress):
        channels.send(to=address, subject="x", body="y")

    assert Mail.objects.count() == 0


def test_the_state_is_one_query(django_assert_num_queries: object) -> None:
    send()
    with django_assert_num_queries(1):  # type: ignore[operator]
        channels.mail_state()


def test_a_secret_message_forgets_its_body_and_after_a_month_its_address(server: Mailbox) -> None:
    mail_id = channels.send(
        to="piotr@example.test", subject="Odnośnik", body="https://x/klucz", is_secret=True
    )
    kept = send()
    for each in (mail_id, kept.pk):
        send_mail(mail_id=each)
    sent_at = Mail.objects.get(pk=mail_id).created_at

    assert "https://x/klucz" in server.messages[0].get_content()
    assert [mail.body for mail in Mail.objects.order_by("id")] == ["", kept.body]
    assert forget_secret(now=sent_at + timedelta(days=29)) == 0
    assert forget_secret(now=sent_at + timedelta(days=31)) == 1
    assert list(Mail.objects.all()) == [kept]

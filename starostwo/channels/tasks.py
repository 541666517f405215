"""The jobs of the channels."""

from django.utils.timezone import now
from procrastinate.contrib.django import app

from starostwo.channels.posting import forget_secret, post
from starostwo.channels.texting import forget_texts, text
from starostwo.platform import jobs


@jobs.job("channels.send_mail")
def send_mail(*, mail_id: int) -> None:
    """Send one message; the worker tries again with growing pauses when the server does not take it."""
    post(mail_id)


@jobs.job("channels.send_sms")
def send_sms(*, text_id: int) -> None:
    """Send one SMS; the worker tries again with growing pauses when the gateway does not take it."""
    text(text_id)


@app.periodic(cron="50 3 * * *")
@app.task(name="channels.forget_secret", queueing_lock="channels.forget_secret")
def forget_secret_mail(timestamp: int) -> None:
    """Delete old messages that held a link, and every old SMS."""
    forget_secret(now=now())
    forget_texts(now=now())

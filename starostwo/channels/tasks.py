"""The jobs of the channels."""

from starostwo.channels.posting import post
from starostwo.platform import jobs


@jobs.job("channels.send_mail")
def send_mail(*, mail_id: int) -> None:
    """Send one message; the worker tries again with growing pauses when the server does not take it."""
    post(mail_id)

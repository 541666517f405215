"""Sending the code by which a resident proves that a telephone is his."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from starostwo.channels import api as channels
from starostwo.office import api as office
from starostwo.office.api import Actor


@transaction.atomic
def send_code(actor: Actor, number: str, *, now: datetime) -> None:
    """Send a code to the number, in E.164; the one that was sent before is worth nothing any more."""
    code = office.residents.ask_number(actor, number, now=now)
    publisher = office.office()
    name = publisher.name if publisher else gettext("Urząd")
    words = gettext("kod %(code)s potwierdza ten numer. Ważny 10 minut. Nie podawaj go nikomu.")
    channels.send_text(to=number, body=f"{name}: {words % {'code': code}}", is_secret=True)

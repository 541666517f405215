"""The jobs of the submission box."""

from uuid import UUID

from django.utils import timezone
from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from starostwo.intake.gateway import configured
from starostwo.intake.services.due_notices import remind_of_dues
from starostwo.intake.services.filing import file_receipt
from starostwo.intake.services.gateway_tries import ask_about_open
from starostwo.platform import jobs


@jobs.job("intake.file_receipt")
def file_receipt_of(submission_id: str) -> None:
    """File the receipt of a submission that was entered into the register."""
    file_receipt(UUID(submission_id), now=timezone.now())


@app.periodic(cron="*/3 * * * *")
@app.task(name="intake.ask_gateway", queueing_lock="intake.ask_gateway")
def ask_gateway(timestamp: int) -> None:
    """Ask the payment gateway, where there is one, about the tries of which nothing was heard."""
    gateway = configured()
    if gateway is not None:
        ask_about_open(gateway, now=timezone.now())


@app.periodic(cron="30 9-18 * * *")
@app.task(name="intake.remind_of_dues", queueing_lock="intake.remind_of_dues")
def remind_payers(timestamp: int) -> None:
    """During the day tell the payers whose terms are near or have passed; each once."""
    remind_of_dues(today=localdate(), now=timezone.now())

"""The jobs of the submission box."""

from uuid import UUID

from django.utils import timezone

from starostwo.intake.services.filing import file_receipt
from starostwo.platform import jobs


@jobs.job("intake.file_receipt")
def file_receipt_of(submission_id: str) -> None:
    """File the receipt of a submission that was entered into the register."""
    file_receipt(UUID(submission_id), now=timezone.now())

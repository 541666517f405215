"""What follows a receipt without holding up the sender: the UPO beside its letter, text for the search."""

from datetime import datetime
from uuid import UUID

from starostwo.files import api as files
from starostwo.intake.models import Submission, SubmissionFile
from starostwo.records import api as records

LONGEST_UPO = 10 << 20


def file_receipt(submission_id: UUID, *, now: datetime) -> None:
    """Put the UPO beside the letter and the files' text into the index; doing it twice is doing it once."""
    submission = Submission.objects.select_related("upo").get(pk=submission_id)
    if submission.letter_id is None:
        return
    for row in (
        SubmissionFile.objects.filter(submission=submission).select_related("blob").order_by("position")
    ):
        files.extract_text(row.blob)
    name = f"UPO-{submission.pk}.xml"
    blob = files.put(bytes(submission.upo.xml), name=name, limit=LONGEST_UPO)
    records.file_receipt(submission.letter_id, file=records.NewFile(blob.pk, name), now=now)

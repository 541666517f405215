"""The jobs of records."""

from django.db import transaction

from starostwo.files import api as files
from starostwo.platform import jobs
from starostwo.records.models import Letter, LetterFile
from starostwo.records.services.visibility import index_letter


@jobs.job("records.read_files")
def read_files(letter_id: int) -> None:
    """Take the text out of the files of a letter and put it into the index; twice is once."""
    for row in LetterFile.objects.filter(letter_id=letter_id).select_related("blob").order_by("id"):
        files.extract_text(row.blob)
    with transaction.atomic():
        index_letter(Letter.objects.select_for_update(of=("self",)).get(pk=letter_id))

"""The jobs of the register: what a document changed goes into the search index; terms are announced."""

from django.utils import timezone
from procrastinate.contrib.django import app

from starostwo.assets.services import announcing, indexing
from starostwo.platform import jobs


@jobs.job("assets.index_document")
def index_document(*, document_id: int) -> None:
    """Put the assets of a document into the index; after commit, since there may be thousands."""
    indexing.index_document(document_id)


@app.periodic(cron="40 5 * * *")
@app.task(name="assets.announce", queueing_lock="assets.announce")
def announce(timestamp: int) -> None:
    """Tell in the morning what ends soon or is late."""
    announcing.announce(today=timezone.localdate())

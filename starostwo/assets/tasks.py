"""The jobs of the register: what a document changed goes into the search index."""

from starostwo.assets.services import indexing
from starostwo.platform import jobs


@jobs.job("assets.index_document")
def index_document(*, document_id: int) -> None:
    """Put the assets of a document into the index; after commit, since there may be thousands."""
    indexing.index_document(document_id)

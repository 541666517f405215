"""Puts letters of the office into the search index with the audience of their case."""

from collections.abc import Sequence

from starostwo.records.models import Case, Document
from starostwo.search import api as search


def index_document(document: Document, text: str) -> None:
    """Put the document into the index as it is, with its newest text."""
    case = document.case
    search.put(
        thing=str(document),
        kind="document",
        title=f"{document.get_kind_display()}: {document.title}",
        text=text,
        audience=case.audience,
        marks=[case.mark, *([document.mark] if document.mark else [])],
        facets={
            "unit": case.unit,
            "class": case.klass,
            "year": str(document.created_at.year),
            "state": document.get_state_display(),
            "person": str(document.author_id),
        },
        on=document.created_at.date(),
        url=f"/urzad/dokumenty/{document.pk}/",
    )


def show_documents(case: Case, audience: Sequence[str]) -> None:
    """Give the documents of a case the case's new audience."""
    for document in Document.objects.filter(case=case).only("pk"):
        search.set_audience(str(document), audience)

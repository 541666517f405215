"""Keeps audiences and the search index true: called by every verb after its change."""

from starostwo.records import access
from starostwo.records.models import Assignment, Case, CaseAccess, CaseParty, CoAssignment, Letter, LetterFile
from starostwo.records.services.document_index import show_documents
from starostwo.search import api as search

TEXT_OF_A_FILE = 20_000


def show_letter(letter: Letter, *, case: Case | None = None) -> None:
    """Work out who sees the letter, save it, and put the letter into the index."""
    active = Assignment.objects.filter(letter=letter, state=Assignment.State.ACTIVE).first()
    cooperating = CoAssignment.objects.filter(assignment=active) if active else CoAssignment.objects.none()
    letter.audience = access.audience_of_letter(
        letter, active=active, cooperating=cooperating, case=case or letter.case
    )
    letter.save(update_fields=["audience"])
    index_letter(letter)


def index_letter(letter: Letter) -> None:
    """Put the letter into the index as it is."""
    files = (
        LetterFile.objects.filter(letter=letter).exclude(blob__text="").values_list("blob__text", flat=True)
    )
    text = " ".join(
        [letter.sender_name, letter.kind, letter.sender_reference, *(one[:TEXT_OF_A_FILE] for one in files)]
    )
    search.put(
        thing=str(letter),
        kind="letter",
        title=letter.title,
        text=text,
        audience=letter.audience,
        marks=[letter.shown_number],
        facets={"unit": letter.unit, "year": str(letter.year), "state": letter.get_state_display()},
        on=letter.received_on,
        url=f"/urzad/pisma/{letter.pk}/",
    )


def show_case(case: Case) -> None:
    """Work out who sees the case and its letters, save it, and put them into the index."""
    before = case.audience
    case.audience = access.audience_of_case(case, CaseAccess.objects.filter(case=case, withdrawn_at=None))
    case.save(update_fields=["audience"])
    index_case(case)
    if before != case.audience:
        for letter in Letter.objects.filter(case=case).order_by("id"):
            show_letter(letter, case=case)
        show_documents(case, case.audience)


def index_case(case: Case) -> None:
    """Put the case into the index as it is."""
    names = CaseParty.objects.filter(case=case, to_on=None).values_list("party__name", flat=True)
    search.put(
        thing=str(case),
        kind="case",
        title=case.title,
        text=" ".join([case.description, *names.order_by("id")]),
        audience=case.audience,
        marks=[case.mark],
        facets={
            "unit": case.unit,
            "class": case.klass,
            "year": str(case.year),
            "state": case.get_state_display(),
            "person": str(case.holder_id),
        },
        on=case.opened_on,
        url=f"/urzad/sprawy/{case.mark}/",
    )

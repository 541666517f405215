"""What of a case may be proposed for publication: its signed letters, what came in, and whom it names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from starostwo.files import api as files
from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.procedures import api as procedures
from starostwo.records import access, document_access
from starostwo.records.models import Case, CaseParty, DocumentVersion, Letter, LetterFile, SignedFile
from starostwo.records.queries.cases import find_case, letters_of
from starostwo.records.queries.document_paper import shown_name
from starostwo.records.queries.filled_form import filled_form

READ_ROLES = (LetterFile.Role.MAIN, LetterFile.Role.SCAN)
SENDER = "podmiot, który wniósł pismo"


@dataclass(frozen=True)
class NamedPerson:
    """A party of the case as its papers may name it."""

    name: str
    street: str
    building: str
    postcode: str
    town: str


@dataclass(frozen=True)
class Source:
    """One paper of the case that may be published, with who made it and when."""

    thing: str
    label: str
    title: str
    produced_by: str
    produced_on: date
    is_incoming: bool


@dataclass(frozen=True)
class PublishableCase:
    """A case as the one who proposes its papers sees it."""

    case_id: int
    mark: str
    title: str
    klass: str
    started_on: date
    responsible: str
    may_propose: bool
    people: tuple[NamedPerson, ...]
    sources: tuple[Source, ...]

    def source(self, thing: str) -> Source | None:
        """The paper of this name."""
        return next((one for one in self.sources if one.thing == thing), None)


def publishable_case(mark: str, *, actor: Actor) -> PublishableCase | None:
    """Return a case that the person sees with its papers; None when there is none for him."""
    case = find_case(mark, actor=actor)
    if case is None:
        return None
    unit = office.unit(case.unit, on=localdate())
    return PublishableCase(
        case_id=case.pk,
        mark=case.mark,
        title=case.title,
        klass=case.klass,
        started_on=case.started_on,
        responsible=f"{case.holder.name}, {unit.name if unit else case.unit}",
        may_propose=access.may_handle(actor, case),
        people=tuple(people_named_in(case.pk)),
        sources=(*_documents(case, actor), *(_of_letter(letter) for letter in letters_of(case))),
    )


def text_of_source(thing: str) -> str:
    """Return the words of a paper that `publishable_case` offered; the caller asked who may see it."""
    kind, _, number = thing.partition(":")
    if kind == "records.document":
        version = DocumentVersion.objects.filter(pk__in=_signed_versions(int(number))).first()
        return version.text if version else ""
    rows = LetterFile.objects.filter(letter_id=int(number), role__in=READ_ROLES)
    found = list(rows.select_related("blob").order_by("id"))
    filled = filled_form(found)
    if filled is not None:
        return "\n\n".join(_form_lines(filled))
    return "\n\n".join(filter(None, (files.extract_text(one.blob).strip() for one in found)))


def people_named_in(case_id: int) -> list[NamedPerson]:
    """Return everybody who was ever a party of the case, as its papers may name them; one query."""
    rows = CaseParty.objects.filter(case=case_id).select_related("party").order_by("id")
    parties = {row.party_id: row.party for row in rows if not row.party.organization}
    return [
        NamedPerson(
            name=shown_name(party),
            street=party.street,
            building=party.building,
            postcode=party.postcode,
            town=party.town,
        )
        for party in parties.values()
    ]


def _documents(case: Case, actor: Actor) -> Iterator[Source]:
    signed = SignedFile.objects.filter(
        document__in=document_access.visible_documents(actor).filter(case=case).values("pk")
    )
    for one in signed.select_related("document").order_by("-signed_at", "-id"):
        document = one.document
        yield Source(
            thing=str(document),
            label=f"{document.get_kind_display()} {document.mark}",
            title=document.title,
            produced_by=", ".join(part for part in (one.signer_name, one.signer_post) if part),
            produced_on=localdate(one.signed_at),
            is_incoming=False,
        )


def _of_letter(letter: Letter) -> Source:
    return Source(
        thing=str(letter),
        label=f"{letter.kind} {letter.shown_number}",
        title=letter.title,
        produced_by=SENDER,
        produced_on=letter.received_on,
        is_incoming=True,
    )


def _signed_versions(document_id: int) -> list[int]:
    return list(SignedFile.objects.filter(document_id=document_id).values_list("version_id", flat=True))


def _form_lines(filled: procedures.Recognised) -> Iterator[str]:
    for step in filled.steps:
        for title, answers in step.sections:
            yield f"## {title}"
            yield "\n\n".join(f"**{each.label}**: {each.value}" for each in answers)

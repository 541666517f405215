"""What in a version may be personal data, and what a person decided about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starostwo.bulletin.models import CaseOrigin, Decision, Item, Version
from starostwo.bulletin.queries.listing import files_of
from starostwo.bulletin.rules.personal_data import Address, Finding, Sought, find
from starostwo.files import api as files
from starostwo.records import api as records


@dataclass(frozen=True)
class Found:
    """A finding, where it stands, and the decision about it."""

    finding: Finding
    where: str
    decision: Decision | None


def findings(version: Version) -> list[Found]:
    """Everything that was found in the text, the fields and the files of a version, each once."""
    decided = {
        one.key: one for one in Decision.objects.filter(item=version.item_id).select_related("decided_by")
    }
    sought = sought_in(version)
    found: dict[str, Found] = {}
    for where, text in _texts(version):
        for finding in find(text, sought):
            found.setdefault(finding.key, Found(finding, where, decided.get(finding.key)))
    return list(found.values())


def sought_in(version: Version) -> Sought:
    """What the version is looked through for: names that editors typed, and the parties of its case."""
    typed = tuple(name.strip() for name in version.sought_names.splitlines() if name.strip())
    case_id = CaseOrigin.objects.filter(item=version.item_id).values_list("case_id", flat=True).first()
    if case_id is None:
        return Sought(typed)
    of_case = sought_of(records.public.people_named_in(case_id))
    return Sought((*typed, *of_case.names), of_case.addresses)


def sought_of(people: Sequence[records.public.NamedPerson], words: Sequence[str] = ()) -> Sought:
    """The names and addresses of people as the finder takes them."""
    return Sought(
        names=tuple(one.name for one in people),
        addresses=tuple(Address(one.street, one.building, one.postcode, one.town) for one in people),
        words=tuple(words),
    )


def decisions_of(item: Item) -> list[Decision]:
    """What was let through for this information, and by whom."""
    return list(Decision.objects.filter(item=item).select_related("decided_by").order_by("id"))


def undecided(version: Version) -> list[Found]:
    """What nobody has decided about yet."""
    return [one for one in findings(version) if one.decision is None]


def _texts(version: Version) -> Iterator[tuple[str, str]]:
    yield "tytuł", version.title
    yield "treść", version.text
    yield "pola", "\n".join(str(value) for value in version.fields.values())
    for file in files_of(version):
        yield f"plik {file.name}", "\n".join((file.label, file.text_version, files.extract_text(file.blob)))

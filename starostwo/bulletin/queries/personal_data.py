"""What in a version may be personal data, and what a person decided about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from starostwo.bulletin.models import Decision, Item, Version
from starostwo.bulletin.queries.listing import files_of
from starostwo.bulletin.rules.personal_data import Finding, find
from starostwo.files import api as files


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
    names = version.sought_names.splitlines()
    found: dict[str, Found] = {}
    for where, text in _texts(version):
        for finding in find(text, names):
            found.setdefault(finding.key, Found(finding, where, decided.get(finding.key)))
    return list(found.values())


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

"""What editors see: informations in all states, and everything about one of them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import Body, Item, Section, Version, VersionFile
from starostwo.bulletin.queries.listing import Branch, files_of, flat, tree, versions_of
from starostwo.office.api import Actor

NEWEST = ("-changed_at", "-id")
OLDEST_FIRST = ("saved_at", "id")


@dataclass(frozen=True)
class ItemFilter:
    """How an editor narrows the list."""

    section: str = ""
    state: str = ""
    words: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Workplace:
    """An information with the version that is being written, its files, versions and history."""

    item: Item
    open: Version | None
    files: list[VersionFile]
    versions: list[Version]
    history: list[audit.Entry]


def items(wanted: ItemFilter, body: Body | None = None) -> QuerySet[Item]:
    """Informations of a body for the editors' list."""
    found = (
        Item.objects.filter(section__body=body).select_related("section", "current").defer("current__text")
    )
    if wanted.section:
        found = found.filter(section__slug=wanted.section)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.words:
        found = found.filter(title__icontains=wanted.words)
    return found


def open_versions(body: Body | None = None) -> QuerySet[Version]:
    """Versions that are written, wait for approval or for their day."""
    found = Version.objects.filter(state__in=Version.OPEN, item__ended_at=None, item__section__body=body)
    return found.select_related("item__section", "entered_by").defer("text")


def workplace(item_id: int, *, actor: Actor) -> Workplace | None:
    """Everything about one information, for an editor of its bulletin."""
    item = (
        Item.objects.select_related(
            "section__body", "current__entered_by", "current__approved_by", "ended_by"
        )
        .filter(pk=item_id, section__in=access.edited_sections(actor))
        .first()
    )
    if item is None:
        return None
    is_open = Version.objects.filter(item=item, state__in=Version.OPEN)
    found = is_open.select_related("entered_by", "approved_by").first()
    return Workplace(
        item=item,
        open=found,
        files=files_of(found) if found else [],
        versions=versions_of(item),
        history=audit.history(str(item)),
    )


def section_choices(body: Body | None = None) -> list[tuple[str, str]]:
    """Sections for a field of a form, those below shown by dashes."""
    return list(_choices(tree(body)))


def sections_in_order(body: Body | None = None) -> list[Branch]:
    """All sections in the order of the menu, each with its depth."""
    return flat(tree(body))


def section(section_id: int, *, actor: Actor) -> Section | None:
    """One section, for an editor of its bulletin."""
    return access.edited_sections(actor).select_related("body").filter(pk=section_id).first()


def _choices(branches: tuple[Branch, ...]) -> list[tuple[str, str]]:
    return [(str(one.section.pk), f"{'– ' * one.depth}{one.section.name}") for one in flat(branches)]

"""Makers for tests of the bulletin: editors, sections, versions in each state."""

from dataclasses import replace
from datetime import UTC, date, datetime

from starostwo.bulletin.models import Item, Section, Version
from starostwo.bulletin.rules.content import Content
from starostwo.bulletin.rules.registers import PLAIN
from starostwo.bulletin.services import approval, drafts, publishing
from starostwo.office import testing as office
from starostwo.office.api import Actor

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
TODAY = date(2026, 11, 23)
CONTENT = Content(
    title="Raport o stanie powiatu",
    text="## Drogi\n\nWyremontowano **12 km** dróg.",
    produced_by="Anna Nowak, inspektor",
    responsible="Hanna Górska, sekretarz powiatu",
    produced_on=date(2026, 11, 20),
)
RIGHTS = (office.Right.EDIT_BULLETIN,)


def editor() -> Actor:
    """Paulina Cis, who writes."""
    return office.actor(office.make_staff("p.cis", "Paulina Cis", unit="OR", rights=RIGHTS), today=TODAY)


def second_editor() -> Actor:
    """Wanda Kania, who approves."""
    return office.actor(office.make_staff("w.kania", "Wanda Kania", unit="OR", rights=RIGHTS), today=TODAY)


def a_section(slug: str = "programy", name: str = "Programy i strategie") -> Section:
    found, _ = Section.objects.get_or_create(slug=slug, defaults={"name": name, "position": 1})
    return found


def a_draft(
    section: Section | None = None, *, kind: str = PLAIN, now: datetime = NOW, **changes: object
) -> Version:
    section = section or a_section()
    content = replace(CONTENT, **changes)  # type: ignore[arg-type]
    return drafts.begin(actor=editor(), section_id=section.pk, kind=kind, content=content, now=now)


def submitted(version: Version, *, now: datetime = NOW) -> Version:
    return drafts.submit(version.pk, actor=editor(), now=now, today=now.date())


def published(
    section: Section | None = None, *, kind: str = PLAIN, now: datetime = NOW, **changes: object
) -> Item:
    """A published information."""
    version = submitted(a_draft(section, kind=kind, now=now, **changes), now=now)
    return approval.approve(version.pk, actor=second_editor(), seen=version.sha256, now=now).item


def next_version(item: Item, *, now: datetime, **changes: object) -> Version:
    """The next version of an information, written, approved and published."""
    version = drafts.begin_change(item.pk, actor=editor(), now=now)
    content = replace(drafts.content_of(version), **changes)  # type: ignore[arg-type]
    drafts.save(version.pk, actor=editor(), content=content, base="", now=now)
    version = drafts.submit(version.pk, actor=editor(), now=now, today=now.date())
    return approval.approve(version.pk, actor=second_editor(), seen=version.sha256, now=now)


def renew_lists(item: Item) -> None:
    """What the worker does after a publication."""
    publishing.renew_lists(item.section_id, kind=item.kind, year=2026, month="2026-11", now=NOW, today=TODAY)

"""Reading the bulletin as the public sees it: the tree, lists, versions, the register of changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import ExtractYear, TruncMonth
from django.utils.timezone import get_current_timezone, localtime

from starostwo.bulletin.models import Body, Item, Section, Version, VersionFile
from starostwo.bulletin.rules.registers import TYPED, Register

LISTED = 30
SHOWN = (Item.State.PUBLISHED,)


@dataclass(frozen=True)
class Branch:
    """A section with those below it."""

    section: Section
    depth: int
    below: tuple["Branch", ...] = ()


@dataclass(frozen=True)
class Change:
    """A line of the public register of changes."""

    at: datetime
    item: Item
    what: str
    reason: str
    version: Version | None
    section: Section

    @property
    def key(self) -> str:
        """By which feed readers know the line."""
        return f"{self.item.pk}:{self.version.number if self.version else 'koniec'}"


def tree(body: Body | None = None) -> tuple[Branch, ...]:
    """The subject menu of a body; None is the county, here as everywhere."""
    below: dict[int | None, list[Section]] = {}
    for section in Section.objects.filter(body=body).order_by("position", "id"):
        below.setdefault(section.parent_id, []).append(section)

    def branches(above: int | None, depth: int) -> tuple[Branch, ...]:
        return tuple(Branch(one, depth, branches(one.pk, depth + 1)) for one in below.get(above, []))

    return branches(None, 0)


def registers_of(body: Body | None, sections: Sequence[Branch]) -> list[Register]:
    """The registers that have their section in a body's menu; the county has all of them."""
    if body is None:
        return list(TYPED)
    slugs = {one.section.slug for one in flat(sections)}
    return [one for one in TYPED if one.section in slugs]


def flat(branches: Sequence[Branch]) -> list[Branch]:
    """All branches in the order of the menu."""
    return [one for branch in branches for one in (branch, *flat(branch.below))]


def trail(section: Section, sections: Sequence[Branch]) -> list[Section]:
    """The sections from the top down to this one."""
    for branch in sections:
        if branch.section.pk == section.pk:
            return [section]
        if found := trail(section, branch.below):
            return [branch.section, *found]
    return []


def below(section: Section, sections: Sequence[Branch]) -> tuple[Branch, ...]:
    """The branches right below a section."""
    for branch in sections:
        if branch.section.pk == section.pk:
            return branch.below
        if found := below(section, branch.below):
            return found
    return ()


def newest_in(section: Section) -> list[Item]:
    """The newest informations of a section."""
    return list(_shown(section)[:LISTED])


def of_register(code: str, body: Body | None = None, *, most: int | None = None) -> list[Item]:
    """Published informations of a kind, the newest first; all of them or the newest ones."""
    items = Item.objects.filter(kind=code, state__in=SHOWN, section__body=body)
    items = items.select_related("current").defer("current__text")
    return list(items.order_by("-first_published_at", "-id")[:most])


def of_year(section: Section, year: int) -> list[Item]:
    """All informations of a section first published in a year."""
    return list(_shown(section).filter(first_published_at__year=year))


def years_of(section: Section) -> list[int]:
    """Years in which something of the section was first published, the newest first."""
    years = _shown(section).order_by().annotate(first_year=ExtractYear("first_published_at", tzinfo=_zone()))
    return sorted(set(years.values_list("first_year", flat=True)), reverse=True)


def versions_of(item: Item) -> list[Version]:
    """The published versions of an information, the newest first."""
    return list(
        Version.objects.filter(item=item, state=Version.State.PUBLISHED)
        .select_related("entered_by", "approved_by")
        .order_by("-number")
    )


def current_of(item: Item) -> Version:
    """The version in force of a published information."""
    found = Version.objects.select_related("entered_by", "approved_by")
    return found.get(pk=item.current_id or 0, state=Version.State.PUBLISHED)


def version_of(item: Item, number: int) -> Version:
    """One published version."""
    return Version.objects.get(item=item, number=number)


def files_of(version: Version) -> list[VersionFile]:
    """The attachments of a version in their order."""
    found = VersionFile.objects.filter(version=version).select_related("blob").defer("blob__text")
    return list(found.order_by("position"))


def changes(body: Body | None = None, *, section: Section | None = None, month: str = "") -> list[Change]:
    """The register of changes: publications and withdrawals, the newest first; 'RRRR-MM' asks for a month."""
    versions, ended = _published(body).order_by("-published_at", "-id"), _ended(body)
    if section is not None:
        versions, ended = versions.filter(item__section=section), ended.filter(section=section)
    if month:
        year, number = map(int, month.split("-"))
        versions = versions.filter(published_at__year=year, published_at__month=number)
        ended = ended.filter(ended_at__year=year, ended_at__month=number)
    most = None if month else LISTED
    rows = [_of_version(one) for one in versions.select_related("item__section").defer("text")[:most]]
    rows += [_of_end(one) for one in ended.select_related("section")[:most]]
    return sorted(rows, key=lambda row: row.at, reverse=True)[:most]


def months(body: Body | None = None) -> list[str]:
    """Months in which something changed, the newest first."""
    published, ended = _published(body).order_by(), _ended(body).order_by()
    found = set(_months(published, "published_at")) | set(_months(ended, "ended_at"))
    return sorted(found, reverse=True)


def month_of(moment: datetime) -> str:
    """The month of a moment as addresses name it."""
    return f"{localtime(moment):%Y-%m}"


def _published(body: Body | None) -> "QuerySet[Version]":
    return Version.objects.filter(state=Version.State.PUBLISHED, item__section__body=body)


def _ended(body: Body | None) -> "QuerySet[Item]":
    found = Item.objects.filter(ended_at__isnull=False, section__body=body)
    return found.order_by("-ended_at", "-id")


def _months(rows: "QuerySet[Version] | QuerySet[Item]", field: str) -> list[str]:
    found = rows.annotate(month=TruncMonth(field, tzinfo=_zone())).values_list("month", flat=True).distinct()
    return [f"{month:%Y-%m}" for month in found]


def _of_version(version: Version) -> Change:
    is_first = version.number == 1
    what = "opublikowano" if is_first else f"zmieniono (wersja {version.number})"
    reason = version.change_reason or "pierwsza publikacja"
    return Change(version.out_at, version.item, what, reason, version, version.item.section)


def _of_end(item: Item) -> Change:
    what = "wycofano" if item.state == Item.State.WITHDRAWN else "wygasło"
    return Change(item.gone_at, item, what, item.end_reason, None, item.section)


def _shown(section: Section) -> "QuerySet[Item]":
    items = Item.objects.filter(section=section, state__in=SHOWN)
    return items.select_related("current").defer("current__text").order_by("-first_published_at", "-id")


def _zone() -> object:
    return get_current_timezone()

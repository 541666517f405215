"""The menus that each package fills with its own screens; lower packages so reach higher ones by links."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

Area = Literal["staff", "account", "public", "resident", "guest", "foot", "dial"]


@dataclass(frozen=True)
class MenuEntry:
    """One link of a menu: who sees it (any `right`), where it stands (`order`), its one-key shortcut (`key`).

    `window` names a small window of its own in which the page opens where there is JavaScript. The label is
    Polish; one that residents see is marked by `gettext_noop` and shown in the page's language.
    """

    label: str
    url_name: str
    right: str | tuple[str, ...] | None = None
    order: int = 100
    key: str | None = None
    post: bool = False
    window: str = ""


@dataclass(frozen=True)
class MenuLink:
    """A menu entry as one page shows it."""

    label: str
    url: str
    key: str | None
    post: bool
    is_current: bool
    window: str = ""


_entries: dict[Area, list[MenuEntry]] = {}
_search: dict[Area, str] = {}


def add_menu(*, area: Area, entry: MenuEntry) -> None:
    """Add a link. Areas: staff, account (the person's own links), public, resident, guest, foot.

    Area `dial` has one entry: where a number is posted as `numer`, so that the person's own telephone rings.
    """
    entries = _entries.setdefault(area, [])
    if entry not in entries:
        entries.append(entry)


def add_search(*, area: Area, url_name: str) -> None:
    """Name the page that answers the search box (its field is called `q`)."""
    _search[area] = url_name


def search_url(area: Area) -> str | None:
    """Where the search box of this area leads; None when the area has no search."""
    return _address(_search[area]) if area in _search else None


def menu_for(area: Area, rights: Collection[str]) -> list[MenuEntry]:
    """The entries that a person with these rights sees, in their order."""
    seen = [e for e in _entries.get(area, []) if e.right is None or not _wanted(e.right).isdisjoint(rights)]
    return sorted(seen, key=lambda entry: (entry.order, entry.label))


def _wanted(right: str | tuple[str, ...]) -> set[str]:
    return {right} if isinstance(right, str) else set(right)


def links_for(area: Area, rights: Collection[str], *, path: str) -> list[MenuLink]:
    """The links of a menu on the page at `path`; the longest address that leads there is the current one.

    An entry whose page this installation does not serve is absent.
    """
    found = [(entry, _address(entry.url_name)) for entry in menu_for(area, rights)]
    entries = [(entry, url) for entry, url in found if url is not None]
    addresses = [url for _, url in entries]
    current = max((url for url in addresses if _leads_to(url, path, addresses)), key=len, default=None)
    return [MenuLink(gettext(e.label), url, e.key, e.post, url == current, e.window) for e, url in entries]


def _leads_to(url: str, path: str, others: Collection[str]) -> bool:
    """A page below an entry belongs to it; the page above all other entries stands for itself alone."""
    is_root = url == "/" or any(other.startswith(url) for other in others if other != url)
    return path == url or (path.startswith(url) and not is_root)


def missing() -> list[str]:
    """Names of pages that menus and search boxes lead to and that nobody serves; empty when all is well."""
    named = [e.url_name for entries in _entries.values() for e in entries] + list(_search.values())
    return sorted({name for name in named if _address(name) is None})


def _address(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None

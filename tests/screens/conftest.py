"""The small site of these tests, served, and one Chromium for each module."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from starostwo.screens import announcements, identity, menus, testing
from starostwo.screens import api as screens

ZGIERZ = screens.Identity(
    name="Starostwo Powiatowe w Zgierzu",
    address="ul. Sadowa 6a, 95-100 Zgierz",
    phone="42 288 81 00",
    email="kancelaria@example.invalid",
    is_demo=True,
)
MENUS: list[tuple[menus.Area, screens.MenuEntry]] = [
    ("staff", screens.MenuEntry("Moja praca", "letters", order=1, key="g m")),
    ("staff", screens.MenuEntry("Rejestracja", "register", order=2, key="g r")),
    ("staff", screens.MenuEntry("Sprawy", "case", order=3)),
    ("staff", screens.MenuEntry("Dekretacja", "assign", right="ASSIGN", order=4)),
    ("staff", screens.MenuEntry("Administracja", "broken", right="ADMIN", order=5)),
    ("account", screens.MenuEntry("Wyloguj", "leave", post=True)),
    ("public", screens.MenuEntry("Usługi", "resident", order=1)),
    ("guest", screens.MenuEntry("Zaloguj się", "application")),
    ("resident", screens.MenuEntry("Moje sprawy", "done")),
    ("resident", screens.MenuEntry("Wyloguj", "leave", order=200, post=True)),
    ("foot", screens.MenuEntry("Biuletyn Informacji Publicznej", "home")),
]


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch, settings: pytest.FixtureRequest) -> None:
    """The small site, its menus and its office in place of those of the product."""
    settings.ROOT_URLCONF = "tests.screens.site"  # type: ignore[attr-defined]
    monkeypatch.setattr(menus, "_entries", {})
    monkeypatch.setattr(menus, "_search", {})
    monkeypatch.setattr(identity, "_ask", lambda: ZGIERZ)
    monkeypatch.setattr(announcements, "_ask", tuple)
    for area, entry in MENUS:
        screens.add_menu(area=area, entry=entry)
    screens.add_search(area="staff", url_name="letters")


@pytest.fixture
def site(house: None) -> Iterator[str]:
    """The address of the small site."""
    with testing.serving() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a module: in this process another module's browser may open after it."""
    with testing.chromium() as chromium:
        yield chromium

"""Every page with nothing on it: sound HTML and no violation, in an office just begun.

First an office without a single row beside its people, then one thing of each kind with nothing in it. The
pages are made in our own process and looked at together, once: the public face, then those of the house.
"""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from starostwo.office import testing as office
from starostwo.screens import testing as screens
from tests.bulletin.test_browser import PAGES
from tests.journeys import bare, bare_house
from tests.journeys.catalogue import SCREENS
from tests.journeys.kept_pages import violations
from tests.journeys.routes import routes
from tests.proof import markup

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
PACKAGES = ("bulletin", "citizen", "intake", "portal", "procedures", "visits")
FACE = {name for name in SCREENS if name.partition(":")[0] in PACKAGES}
AT_ONCE: bare.Arguments = {
    "portal:things": {"section": "komunikaty"},
    "portal:new_thing": {"section": "wydarzenia"},
    "portal:texts": {"section": "aktualnosci"},
    "portal:new_text": {"section": "strony"},
}
ASKED = {
    "visits:place": "?sprawa=dowod",
    "visits:time": "?sprawa=dowod&miejsce=dluga",
    "visits:person": "?sprawa=dowod&miejsce=dluga&termin=20301202T0800Z",
    "records:compare_versions": "?od=1&do=1",
}
NEVER_EMPTY = {  # each stands only when something was entered, and shows just that
    *(f"assets:{name}" for name in ("disposal", "sale", "use")),
    "infrastructure:address_description",
    "telephony:call",
    *(f"infrastructure:{name}" for name in ("alarm", "order", "plan", "proposal")),
    *(f"ledger:{name}" for name in ("contract", "contract_annex", "debt", "plan_act")),
    *(f"ledger:report_{name}" for name in ("cell", "copy", "entry", "parts", "saved")),
    *(
        f"treasury:{name}"
        for name in ("claim", "deposit", "income_contract", "invoice_posting", "new_relief")
    ),
    *(f"treasury:{name}" for name in ("new_title", "operation", "payment", "sale", "sale_correction")),
    *(f"treasury:{name}" for name in ("statement", "title")),
}


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where the pages are kept; the office has its files beside them."""
    settings.DATA_DIR, settings.LOG_DIR, settings.FILES_DIR = tmp_path, tmp_path / "log", tmp_path / "files"
    settings.PESEL_PROVEN_BY = ["https://idp.test"]
    kept = tmp_path / "pages"
    kept.mkdir()
    return kept


def test_every_page_of_the_public_face_is_looked_at_empty(folder: Path) -> None:
    clients = {login: office.client_of(account) for login, account in bare.people().items()}
    for number, page_of_bulletin in enumerate(PAGES):
        answer = clients[None].get(f"/bip/{page_of_bulletin}")
        (folder / f"bulletin:page {number} bare.html").write_bytes(answer.content)

    left = kept_in_two_turns(clients, AT_ONCE, bare.things_with_nothing_in_them, folder, FACE)

    assert sorted(left) == []
    assert faults_of(folder) == ""


def test_every_page_of_the_house_is_looked_at_empty(folder: Path) -> None:
    clients = {login: office.client_of(account) for login, account in bare_house.people().items()}

    left = kept_in_two_turns(
        clients, {}, bare_house.things_with_nothing_in_them, folder, SCREENS.keys() - FACE
    )

    assert sorted(left) == sorted(NEVER_EMPTY)
    assert faults_of(folder) == ""


def kept_in_two_turns(
    clients: Mapping[str | None, Client],
    at_once: bare.Arguments,
    things: Callable[[], bare.Arguments],
    folder: Path,
    names: Collection[str],
) -> set[str]:
    """Keep the pages of nothing at all, then those of one thing each; returns those that did not answer."""
    left = set(names) - keep(clients, at_once, folder, names)
    return left - keep(clients, things(), folder, left)


def keep(
    clients: Mapping[str | None, Client], arguments: bare.Arguments, folder: Path, names: Collection[str]
) -> set[str]:
    """Keep each of these pages that answers as it should in a file; returns their names."""
    known = {route.name: route for route in routes()}
    kept = set()
    for name in sorted(names):
        screen, address = SCREENS[name], known[name].address(arguments.get(name, {}))
        query = ASKED.get(name, "" if name in FACE else screen.query)
        answer = clients[screen.login].get(address + query) if address else None
        if answer is not None and answer.status_code == screen.status:
            (folder / f"{name}.html").write_bytes(answer.content)
            kept.add(name)
    return kept


def faults_of(folder: Path) -> str:
    """What the checkers of accessibility and of HTML say of the kept pages."""
    with (
        screens.chromium() as browser,
        screens.serving() as site,
        screens.page_of(browser, site) as (page, _),
    ):
        found = list(violations(page, sorted(folder.iterdir()), site))
    return "\n".join([*found, *markup.complaints(folder)])

"""Every page of the public face with nothing on it: sound HTML and no violation, in an office just begun.

First an office without a single row beside its people, then one thing of each kind with nothing in it. The
pages are made in our own process and looked at together, once.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from starostwo.office import testing as office
from starostwo.screens import testing as screens
from tests.bulletin.test_browser import PAGES
from tests.journeys import bare, refusals
from tests.journeys.catalogue import SCREENS
from tests.journeys.kept_pages import violations
from tests.journeys.routes import routes
from tests.proof import markup

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
FACE = {name: screen for name, screen in SCREENS.items() if refusals.is_of_the_face(name)}
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
}


def test_every_page_of_the_public_face_is_looked_at_empty(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.LOG_DIR, settings.FILES_DIR = tmp_path, tmp_path / "log", tmp_path / "files"
    settings.PESEL_PROVEN_BY = ["https://idp.test"]
    folder = tmp_path / "pages"
    folder.mkdir()
    clients = {login: office.client_of(account) for login, account in bare.people().items()}

    kept = keep(clients, AT_ONCE, folder, FACE.keys())
    for number, page_of_bulletin in enumerate(PAGES):
        answer = clients[None].get(f"/bip/{page_of_bulletin}")
        (folder / f"bulletin:page {number} bare.html").write_bytes(answer.content)
    kept |= keep(clients, bare.things_with_nothing_in_them(), folder, FACE.keys() - kept)

    assert sorted(FACE.keys() - kept) == []
    with (
        screens.chromium() as browser,
        screens.serving() as site,
        screens.page_of(browser, site) as (page, _),
    ):
        found = list(violations(page, sorted(folder.iterdir()), site))
    found += markup.complaints(folder)
    assert "\n".join(found) == ""


def keep(
    clients: dict[str | None, Client], arguments: bare.Arguments, folder: Path, names: Collection[str]
) -> set[str]:
    """Keep each of these pages that answers as it should in a file; returns their names."""
    known = {route.name: route for route in routes()}
    kept = set()
    for name in sorted(names):
        address = known[name].address(arguments.get(name, {}))
        answer = clients[FACE[name].login].get(address + ASKED.get(name, "")) if address else None
        if answer is not None and answer.status_code == FACE[name].status:
            (folder / f"{name}.html").write_bytes(answer.content)
            kept.add(name)
    return kept

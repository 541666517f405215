"""Publishing the bulletin: all pages are made from what the lower packages offer, and written at once."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from starostwo.audit import api as audit
from starostwo.bulletin import store
from starostwo.bulletin.models import Publication
from starostwo.office import api as office
from starostwo.procedures import api as procedures
from starostwo.records import api as records

THING = "bulletin.publication"


class NothingPublished(Exception):
    """The bulletin was not published yet."""


def root() -> Path:
    """The folder of all publications."""
    return Path(settings.DATA_DIR) / "public" / "bip"


@transaction.atomic
def publish(*, actor: str, account_id: int | None = None, now: datetime, today: date) -> Publication:
    """Write every page of the bulletin and let readers see them from now on."""
    pages = _pages(now=now, today=today)
    folder = f"{now:%Y%m%d-%H%M%S-%f}"
    hashes = {address: hashlib.sha256(content).hexdigest() for address, content in pages.items()}
    made = Publication.objects.create(made_at=now, made_by_id=account_id, folder=folder, pages=hashes)
    audit.record(
        actor=actor, verb="publish", thing=THING, payload={"folder": folder, "pages": hashes}, at=now
    )
    store.write(root(), folder, pages)
    return made


def changed_pages() -> list[str]:
    """The pages of the publication in force whose bytes are not those that were published."""
    last = Publication.objects.order_by("-made_at", "-id").first()
    if last is None:
        raise NothingPublished
    return [
        address
        for address, sha256 in sorted(last.pages.items())
        if hashlib.sha256(store.read(root(), address) or b"").hexdigest() != sha256
    ]


def _pages(*, now: datetime, today: date) -> dict[str, bytes]:
    cards = procedures.cards(on=today)
    everywhere = {"publisher": office.office(), "made_at": now, "today": today}
    pages = {
        "index.html": _page("bulletin/front.html", everywhere, cards=cards),
        "uslugi/index.html": _page("bulletin/services.html", everywhere, cards=cards),
        "kolejnosc-spraw/index.html": _page(
            "bulletin/settling.html", everywhere, rows=records.settling_by_unit(on=today)
        ),
        "instrukcja/index.html": _page("bulletin/instruction.html", everywhere),
        "redakcja/index.html": _page(
            "bulletin/editors.html",
            everywhere,
            editors=office.people(today, right=office.Right.EDIT_BULLETIN),
        ),
    }
    return pages | {
        f"uslugi/{card.code}/index.html": _page("bulletin/service.html", everywhere, card=card)
        for card in cards
    }


def _page(template: str, everywhere: Mapping[str, object], **own: object) -> bytes:
    return render_to_string(template, {**everywhere, **own}).encode()

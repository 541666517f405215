"""Writing pages: only those that say something new, noted with their hashes in the chained history."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from secrets import token_hex
from time import time

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import localdate, now

from starostwo.audit import api as audit
from starostwo.bulletin import store
from starostwo.bulletin.models import Item, Page, Publication, Section
from starostwo.bulletin.pages import Made, Press
from starostwo.bulletin.queries import listing
from starostwo.bulletin.rules.registers import PLAIN
from starostwo.platform import jobs

THING = "bulletin.publication"
LOCK = 0x62697031
ABANDONED_SECONDS = 3600
RENEWED = r"^(uslugi|dzial)/"


class NothingPublished(Exception):
    """The bulletin was not published yet."""


def root() -> Path:
    """The folder of the bulletin's files."""
    return Path(settings.DATA_DIR) / "public" / "bip"


def publish(*, actor: str, account_id: int | None = None, now: datetime, today: date) -> Publication | None:
    """Make every page anew and write those that say something new; None where nothing does."""
    with transaction.atomic():
        one_at_a_time()
        pages = list(every_page(today))
        over = _no_longer_made({page.address for page in pages})
        made = put_out(pages, removed=over, actor=actor, account_id=account_id, now=now)
    place()
    return made


def every_page(today: date) -> Iterable[Made]:
    """All pages that may change; those of past versions never do."""
    press = Press(today)
    yield from press.static()
    yield from press.register(listing.months())
    for section in Section.objects.order_by("id"):
        yield from press.section(section)
    shown = Item.objects.filter(state=Item.State.PUBLISHED).select_related(
        "section", "current__entered_by", "current__approved_by"
    )
    for item in shown.order_by("id").iterator(chunk_size=200):
        yield press.item(item)


def one_at_a_time() -> None:
    """Wait until no other transaction publishes; pages are made and noted in one order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def put_out(
    pages: Iterable[Made],
    *,
    files: Mapping[str, bytes] | None = None,
    removed: Iterable[str] = (),
    actor: str,
    account_id: int | None = None,
    now: datetime,
) -> Publication | None:
    """Stage what is new within the caller's transaction; `place` shows it after the commit."""
    made = {page.address: page for page in pages}
    known = {page.address: page.content_print for page in Page.objects.filter(address__in=list(made))}
    contents = {a: page.at(now) for a, page in made.items() if known.get(a) != page.content_print}
    contents |= files or {}
    hashes = {address: hashlib.sha256(content).hexdigest() for address, content in contents.items()}
    hashes |= dict.fromkeys(removed, "")
    if not hashes:
        return None
    folder = f"{now:%Y%m%d-%H%M%S-%f}-{token_hex(3)}"
    publication = Publication.objects.create(made_at=now, made_by_id=account_id, folder=folder, pages=hashes)
    prints = {address: made[address].content_print if address in made else "" for address in hashes}
    rows = [
        Page(address=address, sha256=sha256, content_print=prints[address], written_at=now)
        for address, sha256 in hashes.items()
    ]
    Page.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["address"],
        update_fields=["sha256", "content_print", "written_at"],
    )
    payload = {"folder": folder, "pages": hashes}
    audit.record(actor=actor, verb="publish", thing=THING, payload=payload, at=now)
    store.stage(root(), folder, contents)
    return publication


def renew_later(item: Item, *, month: str) -> None:
    """Let the worker make the long lists anew after the commit: of the section's year, month and register."""
    mark = f"bulletin.lists:{item.section_id}:{item.kind}:{item.year}:{month}"
    jobs.defer(renewing, once=mark, section_id=item.section_id, kind=item.kind, year=item.year, month=month)


@jobs.job("bulletin.lists")
def renewing(section_id: int, kind: str, year: int, month: str) -> None:
    """The worker's part of a publication."""
    moment = now()
    renew_lists(section_id, kind=kind, year=year, month=month, now=moment, today=localdate(moment))


def renew_lists(section_id: int, *, kind: str, year: int, month: str, now: datetime, today: date) -> None:
    """Write the list of a section's year, the register of a month, and a kind's whole register."""
    with transaction.atomic():
        one_at_a_time()
        press = Press(today)
        section = Section.objects.get(pk=section_id)
        pages = [*press.register([month]), *press.section(section, years=[year])]
        if kind != PLAIN:
            pages += [*press.register_files(kind), *press.open_data()]
        put_out(pages, actor="system", now=now)
    place()


def place() -> None:
    """Show what was committed and not shown yet, in the order of the commits; also after a crash."""
    with store.placing(root()):
        staged = store.staged_folders(root())
        rows = Publication.objects.filter(folder__in=staged).order_by("id")
        found = {row.folder: row.pages for row in rows}
        store.place(root(), found.items())
        for folder in set(staged) - set(found):
            if time() - (root() / store.STAGED / folder).stat().st_mtime > ABANDONED_SECONDS:
                store.discard(root(), folder)


def changed_pages() -> list[str]:
    """Pages whose bytes are not those that were published."""
    rows = Page.objects.order_by("address").values_list("address", "sha256")
    if not rows:
        raise NothingPublished
    return [address for address, sha256 in rows if hash_of(address) != sha256]


def _no_longer_made(made: set[str]) -> list[str]:
    """Pages of cards and sections that the office does not have any more."""
    standing = Page.objects.exclude(sha256="").filter(address__regex=RENEWED)
    return sorted(set(standing.values_list("address", flat=True)) - made)


def hash_of(address: str) -> str:
    """The SHA-256 of the file at the address; '' where there is none."""
    content = store.read(root(), address)
    return "" if content is None else hashlib.sha256(content).hexdigest()

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
from starostwo.bulletin.models import Body, Item, Page, Publication, Section
from starostwo.bulletin.pages import Made, Press
from starostwo.bulletin.queries import listing
from starostwo.platform import jobs

THING = "bulletin.publication"
LOCK = 0x62697031
ABANDONED_SECONDS = 3600
RENEWED = r"^(uslugi|dzial)/"


class NothingPublished(Exception):
    """The bulletin was not published yet."""


def root(body: Body | None = None) -> Path:
    """The folder of a bulletin's files."""
    return Path(settings.DATA_DIR) / "public" / "bip" if body is None else unit_root(body) / "bip"


def unit_root(body: Body) -> Path:
    """The folder of all that a unit shows."""
    return Path(settings.DATA_DIR) / "public" / "jednostki" / body.slug


def thing_of(body: Body | None) -> str:
    """The name of a body's publications in the history."""
    return THING if body is None else f"{THING}:{body.pk}"


def publish(
    body: Body | None = None, *, actor: str, account_id: int | None = None, now: datetime, today: date
) -> Publication | None:
    """Make every page of a body anew and write those that say something new; None where nothing does."""
    with transaction.atomic():
        one_at_a_time()
        pages = list(every_page(today, body))
        over = _no_longer_made({page.address for page in pages}, body)
        made = put_out(pages, body=body, removed=over, actor=actor, account_id=account_id, now=now)
    place(body)
    return made


def every_page(today: date, body: Body | None = None) -> Iterable[Made]:
    """All pages that may change; those of past versions never do."""
    press = Press(today, body)
    yield from press.static()
    yield from press.register(listing.months(body))
    for section in Section.objects.filter(body=body).order_by("id"):
        yield from press.section(section)
    shown = Item.objects.filter(state=Item.State.PUBLISHED, section__body=body).select_related(
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
    body: Body | None = None,
    files: Mapping[str, bytes] | None = None,
    removed: Iterable[str] = (),
    actor: str,
    account_id: int | None = None,
    now: datetime,
) -> Publication | None:
    """Stage what is new within the caller's transaction; `place` shows it after the commit."""
    made = {page.address: page for page in pages}
    standing = Page.objects.filter(body=body, address__in=list(made))
    known = {page.address: page.content_print for page in standing}
    contents = {a: page.at(now) for a, page in made.items() if known.get(a) != page.content_print}
    contents |= files or {}
    hashes = {address: hashlib.sha256(content).hexdigest() for address, content in contents.items()}
    hashes |= dict.fromkeys(removed, "")
    if not hashes:
        return None
    folder = f"{now:%Y%m%d-%H%M%S-%f}-{token_hex(3)}"
    publication = Publication.objects.create(
        body=body, made_at=now, made_by_id=account_id, folder=folder, pages=hashes
    )
    prints = {address: made[address].content_print if address in made else "" for address in hashes}
    rows = [
        Page(body=body, address=address, sha256=sha256, content_print=prints[address], written_at=now)
        for address, sha256 in hashes.items()
    ]
    Page.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["body", "address"],
        update_fields=["sha256", "content_print", "written_at"],
    )
    payload = {"folder": folder, "pages": hashes}
    audit.record(actor=actor, verb="publish", thing=thing_of(body), payload=payload, at=now)
    store.stage(root(body), folder, contents)
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
        section = Section.objects.select_related("body").get(pk=section_id)
        press = Press(today, section.body)
        pages = [*press.register([month]), *press.section(section, years=[year])]
        if kind in {one.code for one in press.registers}:
            pages += [*press.register_files(kind), *press.open_data()]
        put_out(pages, body=section.body, actor="system", now=now)
    place(section.body)


def place(body: Body | None = None) -> None:
    """Show what was committed and not shown yet, in the order of the commits; also after a crash."""
    here = root(body)
    with store.placing(here):
        staged = store.staged_folders(here)
        rows = Publication.objects.filter(body=body, folder__in=staged).order_by("id")
        found = {row.folder: row.pages for row in rows}
        store.place(here, found.items())
        for folder in set(staged) - set(found):
            if time() - (here / store.STAGED / folder).stat().st_mtime > ABANDONED_SECONDS:
                store.discard(here, folder)


def changed_pages(body: Body | None = None) -> list[str]:
    """Pages whose bytes are not those that were published."""
    rows = Page.objects.filter(body=body).order_by("address").values_list("address", "sha256")
    if not rows:
        raise NothingPublished
    return [address for address, sha256 in rows if hash_of(address, body) != sha256]


def _no_longer_made(made: set[str], body: Body | None) -> list[str]:
    """Pages of cards and sections that the office does not have any more."""
    standing = Page.objects.exclude(sha256="").filter(body=body, address__regex=RENEWED)
    return sorted(set(standing.values_list("address", flat=True)) - made)


def hash_of(address: str, body: Body | None = None) -> str:
    """The SHA-256 of the file at the address; '' where there is none."""
    content = store.read(root(body), address)
    return "" if content is None else hashlib.sha256(content).hexdigest()

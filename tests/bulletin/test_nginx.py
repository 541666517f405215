"""With the application stopped every published page answers: nginx on the generated configuration."""

import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import mkdtemp

import pytest

from starostwo.bulletin import store
from starostwo.bulletin.models import VisitCount
from starostwo.bulletin.services import publishing as services
from starostwo.bulletin.services import visits, withdrawal
from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.site import testing
from starostwo.site.nginx import configuration
from tests.bulletin import makers

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
LATER = date(2100, 1, 1)


@pytest.fixture
def published(db: None, settings: object) -> Iterator[dict[str, str]]:
    folder = Path(mkdtemp(prefix="st-bip-"))
    settings.DATA_DIR = folder  # type: ignore[attr-defined]
    settings.LOG_DIR = folder / "log"  # type: ignore[attr-defined]
    visits.folder().mkdir(parents=True)
    office.make_office()
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)
    made = services.publish(actor="system", now=NOW, today=NOW.date())
    assert made is not None
    yield made.pages
    shutil.rmtree(folder)


@pytest.fixture
def address(published: dict[str, str], settings: object) -> Iterator[str]:
    """nginx in front of an application that does not run."""
    folder: Path = settings.DATA_DIR  # type: ignore[attr-defined]
    port, dead = testing.free_port(), testing.free_port()
    made = configuration(
        name="localhost",
        application=f"127.0.0.1:{dead}",
        static=folder / "static",
        bulletin=services.root() / store.PAGES,
        visits=visits.folder(),
        certificate=None,
        listen=f"127.0.0.1:{port}",
        log=folder / "access.log",
    )
    with testing.nginx(made, folder, port=port) as here:
        yield here


def test_every_published_page_answers_without_the_application(
    published: dict[str, str], address: str
) -> None:
    wrong = []
    for page in published:
        place = page.removesuffix("index.html")
        with urllib.request.urlopen(f"{address}/bip/{place}", timeout=5) as answer:
            if answer.status != 200 or answer.read() != store.read(services.root(), page):
                wrong.append(place)
    assert wrong == []


def test_what_was_withdrawn_answers_410_with_the_reason(published: dict[str, str], address: str) -> None:
    item = makers.published()
    place = f"{address}/bip/informacja/{item.pk}"
    with urllib.request.urlopen(f"{place}/wersja/1/", timeout=5) as answer:
        assert answer.status == 200
    withdrawal.withdraw(item.pk, actor=makers.editor(), reason="Pomyłka w danych.", now=NOW)

    for page in (f"{place}/", f"{place}/wersja/1/"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(page, timeout=5)
        assert refused.value.code == 410
        assert "Pomyłka w danych." in refused.value.read().decode()


def test_the_web_server_says_what_a_page_may_do(published: dict[str, str], address: str) -> None:
    with urllib.request.urlopen(f"{address}/bip/", timeout=5) as answer:
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with urllib.request.urlopen(f"{address}/bip/zmiany.atom", timeout=5) as answer:
        assert answer.headers["Content-Type"] == "application/atom+xml"


def lines_when_written(file: Path, *, count: int) -> str:
    """What the web server wrote of its visitors; it writes a line after the answer has left."""
    ends = time.monotonic() + 5
    while len(file.read_text().splitlines()) < count and time.monotonic() < ends:
        time.sleep(0.02)
    return file.read_text()


def test_the_web_servers_own_lines_are_counted_and_say_nothing_of_visitors(
    published: dict[str, str], address: str
) -> None:
    for place in ("", "menu/", "menu/?q=tajne", "zmiany.atom"):
        urllib.request.urlopen(f"{address}/bip/{place}", timeout=5).close()
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{address}/bip/nie-ma/", timeout=5)

    (file,) = visits.folder().glob("*.log")
    lines = lines_when_written(file, count=5)
    assert len(lines.splitlines()) == 5
    assert "127.0.0.1" not in lines
    assert "tajne" not in lines
    assert visits.count_days(today=LATER) == 1
    assert sorted(VisitCount.objects.values_list("address", "count")) == [("", 1), ("menu/", 2)]


@pytest.mark.parametrize(
    ("place", "status"), [("/bip/nie-ma/", 404), ("/bip/../nginx.conf", 502), ("/", 502)]
)
def test_what_is_not_published_is_not_served(address: str, place: str, status: int) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{address}{place}", timeout=5)

    assert refused.value.code == status

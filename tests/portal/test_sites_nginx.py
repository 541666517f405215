"""With the application stopped each unit's domain answers with every page of its site and its bulletin."""

import http.client
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from django.utils.timezone import localdate, now

from starostwo.bulletin import store
from starostwo.bulletin.models import VisitCount
from starostwo.bulletin.services import approval, drafts, publishing, sections, visits, withdrawal
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.portal.models import Article, UnitSite
from starostwo.portal.services import articles, site_files, sites
from starostwo.site import testing
from starostwo.site.commands.nginx import units
from starostwo.site.nginx import configuration
from tests.bulletin.makers import CONTENT
from tests.portal.test_sites import HELP, HOSTS, SCHOOL, admin, keeper, make_site


@pytest.fixture
def both(db: None, settings: object) -> Iterator[dict[str, UnitSite]]:
    folder = Path(mkdtemp(prefix="st-units-"))
    settings.DATA_DIR, settings.LOG_DIR = folder, folder / "log"  # type: ignore[attr-defined]
    visits.folder().mkdir(parents=True)
    found = {slug: make_site(slug) for slug in (SCHOOL, HELP)}
    for slug in found:
        _inform(slug, found[slug])
    yield found
    shutil.rmtree(folder)


def _inform(slug: str, site: UnitSite) -> None:
    """One information of the unit's bulletin, written by its editor and approved by the second one."""
    second = office.make_staff(f"d.{slug}", "Olga Druga", unit="OR", rights=(Right.EDIT_SITES,))
    sites.give_to(site, [keeper(slug).pk, second.pk], actor=office.actor(admin()), now=now())
    sections.plant_tree(site.body, actor=office.actor(second), now=now())
    place = sections.Section.objects.get(body=site.body, slug="status-prawny")
    draft = drafts.begin(
        actor=office.actor(keeper(slug)), section_id=place.pk, kind="informacja",
        content=type(CONTENT)(**{**CONTENT.__dict__, "title": f"Statut {slug}"}), now=now(),
    )  # fmt: skip
    sent = drafts.submit(draft.pk, actor=office.actor(keeper(slug)), now=now(), today=localdate())
    approval.approve(sent.pk, actor=office.actor(second), seen=sent.sha256, now=now())
    publishing.publish(site.body, actor="system", now=now(), today=localdate())


@pytest.fixture
def port(both: dict[str, UnitSite], settings: object) -> Iterator[int]:
    """nginx in front of an application that does not run."""
    folder: Path = settings.DATA_DIR  # type: ignore[attr-defined]
    (folder / "static").mkdir()
    free, dead = testing.free_port(), testing.free_port()
    made = configuration(
        name="powiat.example",
        application=f"127.0.0.1:{dead}",
        static=folder / "static",
        bulletin=publishing.root() / store.PAGES,
        visits=visits.folder(),
        certificate=None,
        listen=f"127.0.0.1:{free}",
        log=folder / "access.log",
        units=units(),
    )
    with testing.nginx(made, folder, port=free):
        yield free


def ask(port: int, host: str, path: str) -> tuple[int, bytes, str]:
    """What the web server answers to this Host header: number, content, type."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    found = answer.status, answer.read(), answer.headers.get("Content-Type", "")
    connection.close()
    return found


def addresses(root: Path) -> dict[str, Path]:
    """Each file below a folder by the address at which readers ask for it."""
    found = {str(file.relative_to(root)): file for file in root.rglob("*") if file.is_file()}
    return {
        address.removesuffix("index.html").removesuffix("index.jpg"): file for address, file in found.items()
    }


def test_every_page_of_a_unit_answers_without_the_application(both: dict[str, UnitSite], port: int) -> None:
    wrong, asked = [], 0
    for slug, site in both.items():
        pages = {f"/{one}": file for one, file in addresses(site_files.folder(site)).items()}
        pages.pop("/404.html")
        bulletin = publishing.root(site.body) / store.PAGES
        pages |= {f"/bip/{one}": file for one, file in addresses(bulletin).items()}
        for address, file in pages.items():
            asked += 1
            status, content, _ = ask(port, HOSTS[slug], address)
            if status != 200 or content != file.read_bytes():
                wrong.append((slug, address, status))
    assert wrong == []
    assert asked > 100


def test_the_pages_are_those_that_one_expects(both: dict[str, UnitSite], port: int) -> None:
    for slug in both:
        news = Article.objects.get(site=both[slug], kind="NEWS", published__isnull=False)
        status, page, kind = ask(port, HOSTS[slug], f"/aktualnosci/{news.slug}/")
        assert (status, kind) == (200, "text/html; charset=utf-8")
        assert f"Tekst jawny {slug}".encode() in page
        assert ask(port, HOSTS[slug], "/aktualnosci/kanal.atom")[2] == "application/atom+xml"
        picture = news.published.blocks[0]["image"]  # type: ignore[union-attr]
        assert ask(port, HOSTS[slug], f"/obrazy/{picture}/")[::2] == (200, "image/jpeg")
        assert f"Statut {slug}".encode() in ask(port, HOSTS[slug], "/bip/")[1]


def test_nothing_of_another_unit_or_of_the_county_answers(both: dict[str, UnitSite], port: int) -> None:
    opened = []
    for own, other in ((SCHOOL, HELP), (HELP, SCHOOL)):
        site = both[other]
        theirs = set(addresses(site_files.folder(site))) - set(addresses(site_files.folder(both[own])))
        bulletin = (addresses(publishing.root(one.body) / store.PAGES) for one in (site, both[own]))
        informations = {f"bip/{one}" for one in set(next(bulletin)) - set(next(bulletin))}
        assert theirs
        assert informations
        for address in (
            theirs | informations | {"urzad/", "eboi/", "uslugi/", f"jednostki/{other}/", "nie-ma/"}
        ):
            status, page, _ = ask(port, HOSTS[own], f"/{address}")
            opened += [(own, address, status)] if status != 404 else []
            assert f"Jednostka {other}".encode() not in page
    assert opened == []
    assert b"Jednostka szkola" in ask(port, HOSTS[SCHOOL], "/nie-ma/")[1]
    assert ask(port, HOSTS[SCHOOL], "/bip/szukaj/?q=statut")[0] == 502, (
        "the search alone needs the application"
    )


def test_what_is_withdrawn_is_gone_at_once(both: dict[str, UnitSite], port: int) -> None:
    site, who = both[SCHOOL], office.actor(keeper(SCHOOL))
    news = Article.objects.get(site=site, kind="NEWS", published__isnull=False)
    page = Article.objects.get(site=site, kind="PAGE", published__isnull=False)
    picture = news.published.blocks[0]["image"]  # type: ignore[union-attr]
    articles.withdraw(news.pk, actor=who, now=now())
    assert ask(port, HOSTS[SCHOOL], f"/aktualnosci/{news.slug}/")[0] == 404
    assert ask(port, HOSTS[SCHOOL], f"/obrazy/{picture}/")[0] == 200, "another page shows it still"
    articles.withdraw(page.pk, actor=who, now=now())
    assert ask(port, HOSTS[SCHOOL], f"/obrazy/{picture}/")[0] == 404

    item = publishing.Item.objects.get(section__body=site.body)
    withdrawal.withdraw(item.pk, actor=who, reason="Pomyłka w statucie.", now=now())
    for address in (f"/bip/informacja/{item.pk}/", f"/bip/informacja/{item.pk}/wersja/1/"):
        status, note, _ = ask(port, HOSTS[SCHOOL], address)
        assert status == 410
        assert "Pomyłka w statucie.".encode() in note
        assert b"Jednostka szkola" in note


def test_a_site_that_is_closed_answers_nothing(both: dict[str, UnitSite], port: int) -> None:
    values = {name: getattr(both[SCHOOL], name) for name in ("name", "domain", "lead", "address")}
    boss = office.actor(admin())
    sites.set_up(both[SCHOOL].pk, {**values, "is_open": False}, actor=boss, now=now())
    sites.renew(both[SCHOOL], actor=boss, now=now())

    for address in ("/", "/aktualnosci/", "/bip/", "/bip/zmiany.atom"):
        assert ask(port, HOSTS[SCHOOL], address)[0] == 404
        assert ask(port, HOSTS[HELP], address)[0] == 200


def test_visits_of_a_units_bulletin_are_counted_for_the_unit(both: dict[str, UnitSite], port: int) -> None:
    for address in ("/bip/", "/bip/menu/", "/bip/menu/?q=tajne"):
        ask(port, HOSTS[SCHOOL], address)

    (file,) = visits.folder().glob("*.log")
    assert "tajne" not in file.read_text()
    assert visits.count_days(today=localdate().replace(year=2100)) == 1
    counted = VisitCount.objects.order_by("address").values_list("body__slug", "address", "count")
    assert list(counted) == [(SCHOOL, "", 1), (SCHOOL, "menu/", 2)]

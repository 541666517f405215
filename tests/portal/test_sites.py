"""Sites of the county's units: each shows its own, at its domain and in the portal, kept by its editors."""

import shutil
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as installed
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localdate, now
from pytest_django import DjangoAssertNumQueries

from starostwo.bulletin import api as bulletin
from starostwo.bulletin.models import BodyEditor, Declaration
from starostwo.bulletin.rules.accessibility import IDS
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.portal import access
from starostwo.portal.models import Article, Image, UnitSite
from starostwo.portal.services import articles, images, site_files, sites
from starostwo.portal.testing import editing, editor, make_article, picture, text_of
from starostwo.site.nginx import UnitFiles, configuration

pytestmark = pytest.mark.django_db
SCHOOL, HELP = "szkola", "pomoc"
HOSTS = {SCHOOL: "szkola.powiat.example", HELP: "pomoc.powiat.example"}
AROUND = {"lead": "Krótko o jednostce.", "address": "ul. Długa 1", "bip_url": "", "is_open": True}
PUBLIC = ["", "aktualnosci/", "aktualnosci/kanal.atom", "kontakt/", "deklaracja-dostepnosci/"]


def admin() -> office.Account:
    office.make_office()
    office.make_unit("OR", name="Wydział Organizacyjny", parent="ST")
    return office.make_staff("a.admin", "Adam Admin", unit="OR", rights=(Right.ADMIN,))


def keeper(slug: str) -> office.Account:
    """Whoever edits the site of that name, and no other."""
    admin()
    return office.make_staff(f"k.{slug}", f"Klara {slug.title()}", unit="OR", rights=(Right.EDIT_SITES,))


def make_site(slug: str, **more: object) -> UnitSite:
    """A site with its editor, a shown and a hidden text of each kind, and a picture."""
    who = office.actor(admin())
    values = {"slug": slug, "name": f"Jednostka {slug}", "domain": HOSTS.get(slug, ""), **AROUND, **more}
    site = sites.set_up(None, values, actor=who, now=now())
    sites.give_to(site, [keeper(slug).pk], actor=who, now=now())
    mine = office.actor(keeper(slug))
    shown = images.add(
        picture(colour="#112233" if slug == SCHOOL else "#445566"), actor=mine, title=f"obraz-{slug}",
        alt=f"Obraz {slug}", is_decorative=False, author="Sama", now=now(), site=site,
    )  # fmt: skip
    for kind in Article.Kind:
        block = {
            "kind": "image",
            "image": str(shown.pk),
            "alt": f"Obraz {slug}",
            "caption": "",
            "decorative": "",
        }
        for is_shown, word in ((True, "jawny"), (False, "ukryty")):
            text = text_of(f"Tekst {word} {slug} {kind.label}", blocks=[block])
            made = articles.begin(actor=mine, kind=kind, text=text, now=now(), site=site)
            if is_shown:
                articles.publish(made.pk, actor=mine, number=1, now=now())
    sites.renew(site, actor=who, now=now())
    return site


@pytest.fixture
def both(settings: Any, tmp_path: Path) -> dict[str, UnitSite]:
    settings.DATA_DIR, settings.LOG_DIR = tmp_path, tmp_path / "log"
    editor()
    make_article("Tekst jawny powiat", now=now())
    make_article("Tekst jawny powiat strona", kind=Article.Kind.PAGE, now=now())
    make_article("Tekst ukryty powiat", now=now(), is_shown=False)
    return {slug: make_site(slug) for slug in (SCHOOL, HELP)}


def test_nothing_of_one_site_stands_on_another(both: dict[str, UnitSite]) -> None:
    places = {slug: (Client(HTTP_HOST=HOSTS[slug]), "/") for slug in both}
    places |= {f"{slug} w portalu": (Client(), f"/jednostki/{slug}/") for slug in both}
    leaks = []
    for name, (client, root) in places.items():
        own = name.split()[0]
        texts = Article.objects.filter(site=both[own], published__isnull=False)
        pages = [f"{'aktualnosci' if a.kind == 'NEWS' else 'strony'}/{a.slug}/" for a in texts]
        for address in [*PUBLIC, *pages]:
            answer = client.get(root + address)
            assert answer.status_code == 200, root + address
            said = answer.content.decode()
            assert own in said
            strange = {SCHOOL, HELP, "powiat"} - {own}
            leaks += [(name, address, word) for word in strange if f"Tekst jawny {word}" in said]
            leaks += [(name, address, "draft")] if "ukryty" in said else []
    county = Client()
    for address in [
        "/",
        "/aktualnosci/",
        "/powiat/",
        "/aktualnosci/kanal/atom.xml",
        "/aktualnosci/kanal/rss.xml",
    ]:
        said = county.get(address).content.decode()
        leaks += [("powiat", address, word) for word in both if f"Tekst jawny {word}" in said]
    assert leaks == []


def test_an_address_of_one_site_is_nothing_on_another(both: dict[str, UnitSite]) -> None:
    roots = {slug: (Client(HTTP_HOST=HOSTS[slug]), "/") for slug in both}
    opened = []
    for own, other in ((SCHOOL, HELP), (HELP, SCHOOL)):
        article = Article.objects.filter(site=both[other], kind="NEWS", published__isnull=False).get()
        image = Image.objects.get(site=both[other])
        hidden = Article.objects.filter(site=both[own], kind="NEWS", published=None).get()
        for address in (
            f"aktualnosci/{article.slug}/", f"aktualnosci/{hidden.slug}/", f"obrazy/{image.pk}/",
            "aktualnosci/tekst-jawny-powiat/", "urzad/", "eboi/", "bip/uslugi/", "logowanie/", "uslugi/",
            f"jednostki/{other}/", "nie-ma/",
        ):  # fmt: skip
            client, root = roots[own]
            answer = client.get(root + address)
            assert "Starostwo" not in answer.content.decode()
            opened += [(own, address)] if answer.status_code != 404 else []
            here = f"/jednostki/{own}/"
            opened += [(here, address)] if Client().get(here + address).status_code != 404 else []
        assert Client().get(f"/aktualnosci/{article.slug}/").status_code == 404
        assert Client().get(f"/obrazy/{image.pk}/").status_code == 404
        assert Client(HTTP_HOST=HOSTS[other]).get(f"/obrazy/{image.pk}/").status_code == 200
    assert opened == []


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("szkola.powiat.example", 200),
        ("SZKOLA.powiat.example:8443", 200),
        ("obcy.example", 400),
        ("powiat.example", 400),
        ("x.szkola.powiat.example", 400),
        ("szkola.powiat.example.obcy.example", 400),
        ("", 400),
        ("localhost", 200),
    ],
)
def test_a_host_that_nobody_knows_is_refused_as_ever(
    both: dict[str, UnitSite], host: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "ALLOWED_HOSTS", ["localhost"])

    answer = Client(HTTP_HOST=host).get("/")
    assert answer.status_code == status
    assert ("Jednostka szkola" in answer.content.decode()) == ("zkola" in host.lower() and status == 200)


def test_sites_without_files_are_written_by_the_worker(both: dict[str, UnitSite]) -> None:
    shutil.rmtree(installed.DATA_DIR / "public")
    client = Client(HTTP_HOST=HOSTS[SCHOOL])
    assert client.get("/").status_code == 404

    assert sites.renew_unwritten(now=now()) == 2
    assert "Jednostka szkola" in client.get("/").content.decode()
    assert sites.renew_unwritten(now=now()) == 0
    page = site_files.folder(both[SCHOOL]) / "kontakt/index.html"
    page.write_text("po staremu")
    sites.renew_all()
    assert "ul. Długa 1" in page.read_text()


def test_a_site_that_is_not_open_is_nowhere(both: dict[str, UnitSite]) -> None:
    UnitSite.objects.filter(slug=SCHOOL).update(is_open=False)

    assert Client(HTTP_HOST=HOSTS[SCHOOL]).get("/").status_code == 400
    assert Client().get(f"/jednostki/{SCHOOL}/").status_code == 404
    assert "Jednostka szkola" not in Client().get("/jednostki/").content.decode()


def test_an_editor_sees_and_changes_his_own_site_alone(both: dict[str, UnitSite]) -> None:
    mine = office.client_of(keeper(SCHOOL))
    own, other = (Article.objects.filter(site=both[s], published=None).first() for s in (SCHOOL, HELP))
    county = Article.objects.filter(site=None, published=None).get()
    image = Image.objects.get(site=both[HELP])
    texts = f"/urzad/portal/teksty/{own.pk}/"  # type: ignore[union-attr]
    for address in (texts, f"{texts}zmiana/", f"{texts}wersje/1/", f"{texts}porownanie/"):
        assert mine.get(address).status_code == 200, address
    for strange in (other, county):
        here = f"/urzad/portal/teksty/{strange.pk}/"  # type: ignore[union-attr]
        for rest in ("", "zmiana/", "wersje/1/", "porownanie/"):
            assert mine.get(here + rest).status_code == 404, here + rest
        for rest in ("publikacja/", "wycofanie/", "zmiana/"):
            assert mine.post(here + rest, {"number": "1"}).status_code == 404, here + rest
    for address in (
        f"/urzad/jednostki/{HELP}/teksty/aktualnosci/", f"/urzad/jednostki/{HELP}/teksty/strony/nowy/",
        f"/urzad/jednostki/{HELP}/obrazy/", f"/urzad/jednostki/{HELP}/deklaracja/",
        f"/urzad/jednostki/{SCHOOL}/dane/", "/urzad/jednostki/nowa/", f"/urzad/portal/obrazy/{image.pk}/",
        f"/jednostki/{HELP}/nie-ma/", "/urzad/portal/teksty/aktualnosci/", "/urzad/portal/obrazy/",
    ):  # fmt: skip
        assert mine.get(address).status_code == 404, address
    assert "Jednostka pomoc" not in mine.get("/urzad/jednostki/").content.decode()


def test_the_services_refuse_too_and_change_nothing(both: dict[str, UnitSite]) -> None:
    mine, before = office.actor(keeper(SCHOOL)), Article.objects.count()
    image = Image.objects.get(site=both[HELP])
    block = {"kind": "image", "image": str(image.pk), "alt": "x", "caption": "", "decorative": ""}

    for site in (both[HELP], None):
        with pytest.raises(access.NotAnEditor):
            articles.begin(actor=mine, kind=Article.Kind.NEWS, text=text_of("Obcy"), now=now(), site=site)
    with pytest.raises(access.NotAnEditor):
        articles.begin(
            actor=editing(), kind=Article.Kind.NEWS, text=text_of("Obcy"), now=now(), site=both[HELP]
        )
    with pytest.raises(articles.NotAccessible, match="nie ma w bibliotece"):
        articles.begin(
            actor=mine, kind=Article.Kind.NEWS, text=text_of("Obcy obraz", blocks=[block]), now=now(),
            site=both[SCHOOL],
        )  # fmt: skip
    with pytest.raises(sites.NotTheAdministrator):
        sites.give_to(both[SCHOOL], [], actor=mine, now=now())
    assert Article.objects.count() == before


def test_taken_back_a_site_is_closed_to_its_editor_at_once(both: dict[str, UnitSite]) -> None:
    mine = office.client_of(keeper(SCHOOL))
    assert mine.get(f"/urzad/jednostki/{SCHOOL}/teksty/strony/").status_code == 200

    sites.give_to(both[SCHOOL], [], actor=office.actor(admin()), now=now())
    assert mine.get(f"/urzad/jednostki/{SCHOOL}/teksty/strony/").status_code == 404


def test_an_editor_writes_and_publishes_on_the_screens(both: dict[str, UnitSite]) -> None:
    mine = office.client_of(keeper(SCHOOL))
    typed = {
        "title": "Dzień otwarty", "summary": "Zapraszamy w sobotę.", "easy": "", "note": "", "based_on": "0",
        "count": "1", "b0-kind": "paragraph", "b0-text": "Pokażemy pracownie.", "do": "save",
    }  # fmt: skip
    answer = mine.post(f"/urzad/jednostki/{SCHOOL}/teksty/aktualnosci/nowy/", typed)
    assert answer.status_code == 302
    mine.post(f"{answer.headers['Location']}publikacja/", {"number": "1"})

    assert (
        "Pokażemy pracownie"
        in Client(HTTP_HOST=HOSTS[SCHOOL]).get("/aktualnosci/dzien-otwarty/").content.decode()
    )
    assert Client().get("/aktualnosci/dzien-otwarty/").status_code == 404


def test_the_administrator_sets_up_a_site_with_domain_and_editors(both: dict[str, UnitSite]) -> None:
    boss = office.client_of(admin())
    typed = {
        "slug": "pup", "name": "Powiatowy Urząd Pracy", "domain": "pup.powiat.example", "lead": "Praca.",
        "address": "ul. Barona 10", "bip_url": "https://bip.pup.example/", "is_open": "on",
        "editors": [str(keeper(SCHOOL).pk)],
    }  # fmt: skip
    assert boss.post("/urzad/jednostki/nowa/", typed).status_code == 302
    assert "Powiatowy Urząd Pracy" in Client(HTTP_HOST="pup.powiat.example").get("/").content.decode()
    assert BodyEditor.objects.filter(body__slug="pup").count() == 1
    for wrong in (
        {"domain": "SZKOLA"}, {"domain": "https://pup.pl"}, {"domain": HOSTS[SCHOOL]}, {"bip_url": "ftp://x"},
        {"editors": [str(admin().pk)]}, {"name": ""},
    ):  # fmt: skip
        answer = boss.post("/urzad/jednostki/nowa/", {**typed, "slug": "inny", "domain": "", **wrong})
        assert answer.status_code == 422, wrong
    assert not UnitSite.objects.filter(slug="inny").exists()
    assert boss.post("/urzad/jednostki/pup/dane/", {**typed, "domain": ""}).status_code == 302
    assert Client(HTTP_HOST="pup.powiat.example").get("/").status_code == 400


def test_each_page_leads_to_the_units_bulletin(both: dict[str, UnitSite]) -> None:
    for client, root in ((Client(HTTP_HOST=HOSTS[SCHOOL]), "/"), (Client(), f"/jednostki/{SCHOOL}/")):
        for address in ("", "kontakt/", "aktualnosci/"):
            page = client.get(root + address).content.decode()
            assert f'href="{"../" * address.count("/") or "./"}bip/"' in page
        assert "Jednostka szkola" in client.get(f"{root}bip/").content.decode()


def test_a_bulletin_kept_somewhere_else_is_led_to(both: dict[str, UnitSite]) -> None:
    elsewhere = {"slug": SCHOOL, "name": "Szkoła", "domain": "", **AROUND, "bip_url": "https://bip.pl/szkola"}
    sites.set_up(both[SCHOOL].pk, elsewhere, actor=office.actor(admin()), now=now())
    sites.renew(both[SCHOOL], actor=office.actor(admin()), now=now())

    assert 'href="https://bip.pl/szkola"' in Client().get(f"/jednostki/{SCHOOL}/").content.decode()


def test_nginx_serves_each_domain_its_own_files_and_nothing_of_another() -> None:
    around = {"static": Path("/s"), "bulletin": Path("/b"), "visits": Path("/v"), "certificate": None}
    units = [UnitFiles(host, Path(f"/u/{slug}"), f"visits-{slug}") for slug, host in HOSTS.items()]
    made = configuration(
        name="powiat.example", application="127.0.0.1:8000", listen="80", units=units, **around
    )  # type: ignore[arg-type]

    county, school, help = made.split("server {\n    listen")[1:]
    assert "alias /b/;" in county
    assert "/u/" not in county
    assert "alias /u/szkola/bip/pages/;" in school
    assert "/u/pomoc" not in school
    assert "/u/szkola" not in help
    assert HOSTS[SCHOOL] not in county


def test_a_text_stays_on_its_site(both: dict[str, UnitSite]) -> None:
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Article.objects.filter(site=both[SCHOOL]).update(site=both[HELP])
    with pytest.raises(IntegrityError, match="portal_domain_is_a_host_name"), transaction.atomic():
        UnitSite.objects.filter(slug=HELP).update(domain="Nie Domena")


def declared(**changed: object) -> bulletin.Declared:
    told = {name: "x" for name in ("assessed_by", "contact", "phone", "building", "apps", "exceptions")}
    days = {
        name: date(2026, 3, 1) for name in ("site_published_on", "site_changed_on", "made_on", "reviewed_on")
    }
    said = {**told, **days, "status": "PARTLY", "email": "a@szkola.example", **changed}
    return bulletin.Declared(**said)  # type: ignore[arg-type]


@pytest.mark.law("ustawa o dostępności cyfrowej art. 10", "ustawa o dostępności cyfrowej art. 11")
def test_each_site_has_its_own_declaration_and_its_yearly_reminder(both: dict[str, UnitSite]) -> None:
    mine = office.client_of(keeper(SCHOOL))
    desk = f"/urzad/jednostki/{SCHOOL}/teksty/aktualnosci/"
    assert "nie ma deklaracji" in mine.get(desk).content.decode()
    day = localdate().isoformat()
    typed = {key: day if isinstance(value, date) else value for key, value in asdict(declared()).items()}
    assert mine.post(f"/urzad/jednostki/{SCHOOL}/deklaracja/", typed).status_code == 302

    page = Client(HTTP_HOST=HOSTS[SCHOOL]).get("/deklaracja-dostepnosci/").content.decode()
    assert [each for each in IDS if f'id="{each}"' not in page] == []
    assert f"https://{HOSTS[SCHOOL]}/" in page
    assert "a11y-wstep" not in Client(HTTP_HOST=HOSTS[HELP]).get("/deklaracja-dostepnosci/").content.decode()
    assert "Przejrzyj deklarację" not in mine.get(desk).content.decode()
    old = declared(made_on=date(2020, 1, 1), reviewed_on=date(2020, 1, 2))
    sites.declare(both[SCHOOL], old, actor=office.actor(keeper(SCHOOL)), now=now() + timedelta(seconds=1))
    assert "Przejrzyj deklarację" in mine.get(desk).content.decode()
    with pytest.raises(bulletin.CannotDeclare):
        sites.declare(both[SCHOOL], declared(exceptions=" "), actor=office.actor(keeper(SCHOOL)), now=now())
    assert Declaration.objects.filter(body=both[SCHOOL].body).count() == 2


def test_pages_ask_little_and_the_countys_own_hosts_nothing_more(
    both: dict[str, UnitSite], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    own = Client(HTTP_HOST=HOSTS[SCHOOL])
    for address, count in (("/", 1), ("/aktualnosci/", 1), ("/kontakt/", 1)):
        with django_assert_num_queries(count):
            own.get(address)
    mine = office.client_of(keeper(SCHOOL))
    mine.get("/urzad/jednostki/")
    with django_assert_num_queries(6):
        mine.get("/urzad/jednostki/")

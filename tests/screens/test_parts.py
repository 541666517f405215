"""Parts, words, menus and error pages as they are drawn."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import TemplateSyntaxError, engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from starostwo.screens import announcements, menus, wording
from starostwo.screens import api as screens

TODAY = date(2026, 11, 23)


def draw(template: str, /, path: str = "/", **context: object) -> str:
    request = RequestFactory().get(path)
    written = engines["django"].from_string("{% load screens %}" + template).render(context, request)
    return " ".join(written.split()).replace("> <", "><")


def test_timeline() -> None:
    entries = [
        screens.TimelineEntry(
            "Podpisano", at=datetime(2026, 11, 23, 8, 5, tzinfo=UTC), by="Ewa Lis", is_now=True
        ),
        screens.TimelineEntry("Wpłynęło", at=TODAY, body="Skan\n<b>", url="/p/"),
    ]
    assert draw("{% timeline entries %}", entries=entries) == (
        '<ol class="st-timeline"><li aria-current="step"><p class="st-timeline__title">Podpisano</p>'
        '<p class="st-timeline__meta"><time datetime="2026-11-23T09:05:00+01:00">'
        "23 listopada 2026, godz. 9:05</time>, Ewa Lis</p></li>"
        '<li><p class="st-timeline__title"><a href="/p/">Wpłynęło</a></p>'
        '<p class="st-timeline__meta"><time datetime="2026-11-23">23 listopada 2026</time></p>'
        '<p class="st-timeline__body">Skan<br>&lt;b&gt;</p></li></ol>'
    )


def test_pager_keeps_the_rest_of_the_address() -> None:
    page = SimpleNamespace(before=None, after=">x&y")
    assert draw("{% pager page %}", path="/?unit=OR&cursor=old", page=page) == (
        '<nav class="st-pager" aria-label="Strony listy">'
        '<a href="?unit=OR&amp;cursor=%3Ex%26y" rel="next" data-key="]">Następne →</a></nav>'
    )
    assert draw("{% pager page %}", page=SimpleNamespace(before=None, after=None)) == ""


def test_tabs() -> None:
    entries = [screens.Tab("Pisma", "/p/", count=3), screens.Tab("Sprawa", "/s/", is_current=True)]
    assert draw("{% tabs entries label='Widoki' %}", entries=entries) == (
        '<nav class="st-tabs" aria-label="Widoki"><ul>'
        '<li><a href="/p/">Pisma <span class="st-tabs__count">(3)</span></a></li>'
        '<li><a href="/s/" aria-current="page">Sprawa</a></li></ul></nav>'
    )


def test_steps() -> None:
    entries = [
        screens.Step("Dane", is_done=True, url="/1/"),
        screens.Step("Treść", is_current=True, url="/2/"),
    ]
    assert draw("{% steps entries %}", entries=entries) == (
        '<ol class="st-steps" aria-label="Kroki formularza"><li class="st-steps__done"><span>'
        '<a href="/1/">Dane</a><span class="govuk-visually-hidden"> (gotowe)</span></span></li>'
        '<li aria-current="step"><span>Treść</span></li></ol>'
    )


def test_summary() -> None:
    rows = [screens.Row("Treść", "a\nb", "/zmien/"), screens.Row("Numer", 7)]
    assert draw("{% summary rows %}", rows=rows) == (
        '<dl class="govuk-summary-list"><div class="govuk-summary-list__row">'
        '<dt class="govuk-summary-list__key">Treść</dt><dd class="govuk-summary-list__value">a<br>b</dd>'
        '<dd class="govuk-summary-list__actions">'
        '<a class="govuk-link" href="/zmien/">Zmień'
        '<span class="govuk-visually-hidden">: Treść</span></a></dd>'
        "</div>"
        '<div class="govuk-summary-list__row govuk-summary-list__row--no-actions">'
        '<dt class="govuk-summary-list__key">Numer</dt><dd class="govuk-summary-list__value">7</dd>'
        "</div></dl>"
    )


def test_pill_escapes_and_knows_its_kinds() -> None:
    assert (
        draw("{% pill text 'good' %}", text="<b>") == '<span class="st-pill st-pill--good">&lt;b&gt;</span>'
    )
    with pytest.raises(TemplateSyntaxError, match="'great' is none of"):
        draw("{% pill 'x' 'great' %}")


@pytest.mark.parametrize(
    ("days", "kind", "words"),
    [
        (-2, "bad", "po terminie 2 dni"),
        (-1, "bad", "po terminie 1 dzień"),
        (0, "warn", "dziś"),
        (1, "warn", "jutro"),
        (3, "warn", "za 3 dni"),
        (4, "neutral", "za 4 dni"),
    ],
)
def test_due(days: int, kind: str, words: str) -> None:
    term = TODAY + timedelta(days=days)
    written = f'<time datetime="{term}">{term:%d.%m.%Y}</time>'
    status = f'<span class="st-pill st-pill--{kind}">{words}</span>'
    assert draw("{% due t d %}", t=term, d=TODAY) == written + status
    assert draw("{% due t d is_closed=True %}", t=term, d=TODAY) == written


def test_words() -> None:
    at = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    text = "{{ d|day }}|{{ d|short_day }}|{{ m|moment }}|{{ m|short_moment }}|{{ 123450|zloty }}|{% plural 22 'sprawa' 'sprawy' 'spraw' %}"  # noqa: E501
    assert draw(text, d=TODAY, m=at).replace("\u00a0", " ") == (
        "23 listopada 2026|23.11.2026|2 lipca 2026, godz. 0:30|02.07.2026 00:30|1 234,50 zł|22 sprawy"
    )
    assert draw("{{ n|day }}{{ n|moment }}{{ n|filesize }}{{ n|zloty }}", n=None) == ""


@pytest.mark.parametrize(
    ("size", "written"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (24_400, "24 kB"),
        (1_300_000, "1,3 MB"),
        (150_000_000, "150 MB"),
    ],
)
def test_filesize(size: int, written: str) -> None:
    assert wording.filesize(size).replace("\u00a0", " ") == written


@pytest.mark.usefixtures("house")
class TestMenus:
    def test_each_person_sees_the_entries_of_his_rights_in_their_order(self) -> None:
        assert [e.label for e in menus.menu_for("staff", {"ASSIGN"})] == [
            "Moja praca", "Rejestracja", "Sprawy", "Dekretacja",
        ]  # fmt: skip
        assert [e.label for e in menus.menu_for("staff", ())] == ["Moja praca", "Rejestracja", "Sprawy"]

    def test_the_same_entry_stands_once(self) -> None:
        screens.add_menu(area="foot", entry=screens.MenuEntry("Biuletyn Informacji Publicznej", "home"))
        assert len(menus.menu_for("foot", ())) == 1

    def test_the_longest_address_is_the_current_one(self) -> None:
        links = menus.links_for("staff", {"ASSIGN"}, path="/clerk/form/7/")
        assert [link.label for link in links if link.is_current] == ["Rejestracja"]

    def test_an_entry_without_a_page_is_absent_and_named(self) -> None:
        screens.add_menu(area="foot", entry=screens.MenuEntry("Forum", "forum:home"))

        assert [link.label for link in menus.links_for("foot", (), path="/")] == [
            "Biuletyn Informacji Publicznej"
        ]
        assert menus.missing() == ["forum:home"]

    def test_a_link_that_changes_something_is_a_form(self, client: Client) -> None:
        page = client.get("/clerk/").content.decode()
        assert '<form method="post" action="/leave/"><input type="hidden" name="csrfmiddlewaretoken"' in page

    def test_who_acts_and_in_whose_place(self, client: Client) -> None:
        page = client.get("/clerk/").content.decode()
        assert "Ewa Lis" in page
        assert "w zastępstwie: Hanna Górska (sekretarz powiatu)" in page
        assert page.count("INSTALACJA DEMONSTRACYJNA") == 1

    def test_doors_for_guests_and_links_for_residents(self, client: Client) -> None:
        guest, resident = (client.get(address).content.decode() for address in ("/", "/resident/form/"))
        assert ("Zaloguj się" in guest, "Moje sprawy" in guest) == (True, False)
        assert ("Zaloguj się" in resident, "Moje sprawy" in resident) == (False, True)

    def test_what_is_announced_stands_on_public_pages_alone(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = screens.Announcement("Burza.", url="/", words="Telefony alarmowe", is_urgent=True)
        monkeypatch.setattr(announcements, "_ask", lambda: [said])
        public, staff = (client.get(address).content.decode() for address in ("/", "/clerk/form/"))
        assert ("<strong>Pilne:</strong> Burza." in public, "Burza." in staff) == (True, False)
        assert '<a href="/">Telefony alarmowe</a>' in public
        assert "Burza." not in render_to_string("500.html")

    def test_error_pages_say_what_to_do(self, client: Client) -> None:
        client.raise_request_exception = False
        lost, broken = client.get("/nie-ma/"), client.get("/broken/")
        assert (lost.status_code, broken.status_code) == (404, 500)
        assert "Nie znaleziono" in lost.content.decode()
        assert "Wystąpił błąd po naszej stronie" in broken.content.decode()

    def test_an_expired_form_says_that_nothing_was_sent(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        refused = strict.post("/clerk/form/")
        assert refused.status_code == 403
        assert "Formularz wygasł i nie został wysłany" in refused.content.decode()

    def test_not_allowed_looks_like_not_found(self) -> None:
        assert render_to_string("403.html") == render_to_string("404.html")


def test_every_menu_of_the_product_leads_to_a_page() -> None:
    assert menus.missing() == []

"""A unit's bulletin is its own: made by the same engine, kept by its own editors, seen at its own place."""

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils.timezone import now

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import Body, Check, Item, Page, Publication, PublishingRule, Section, Version
from starostwo.bulletin.queries.waiting import to_approve
from starostwo.bulletin.rules.subject_menu import TREE, UNIT_TREE, Branch
from starostwo.bulletin.services import approval, checking, drafts, publishing, sections, visits, withdrawal
from starostwo.bulletin.services.bodies import NotTheAdministrator, Plate, give_body_to, keep_body
from starostwo.bulletin.services.from_case import CannotRule, add_rule
from starostwo.office import testing as office
from starostwo.office.api import Actor, Right
from tests.bulletin import makers
from tests.bulletin.makers import CONTENT, NOW, TODAY

SCHOOL, HELP = "szkola", "pomoc"
DOMAIN = {SCHOOL: "szkola.powiat.example", HELP: "pomoc.powiat.example"}
AROUND = ["", "menu/", "rejestr-zmian/", "kontakt/", "informacja-na-wniosek/", "deklaracja-dostepnosci/",
          "redakcja/", "instrukcja/", "otwarte-dane/", "statystyka/", "dzial/status-prawny/", "dzial/organy/",
          "rejestr/zarzadzenie/", "zmiany.atom", "dzial/zarzadzenia/zmiany.atom"]  # fmt: skip


def admin() -> Actor:
    return office.actor(office.make_staff("a.admin", "Adam Admin", unit="OR", rights=(Right.ADMIN,)))


def keeper(slug: str, number: int = 1) -> office.Account:
    """One of the two people to whom a unit was given."""
    name = f"Klara {slug.title()}" if number == 1 else f"Olga {slug.title()}"
    return office.make_staff(f"k{number}.{slug}", name, unit="OR", rights=(Right.EDIT_SITES,))


def make_body(slug: str = SCHOOL) -> Body:
    """A unit with two editors and the ready sections, published for the first time."""
    plate = Plate(f"Jednostka {slug}", "ul. Długa 1", "42 111 11 11", f"{slug}@x.example", DOMAIN[slug], True)
    body = keep_body(slug, plate, actor=admin())
    give_body_to(body, [keeper(slug, one).pk for one in (1, 2)], actor=admin())
    sections.plant_tree(body, actor=mine(slug), now=NOW)
    publishing.publish(body, actor="system", now=NOW, today=TODAY)
    return body


def mine(slug: str, number: int = 1) -> Actor:
    return office.actor(keeper(slug, number), today=TODAY)


def told(slug: str, title: str = "Statut", section: str = "status-prawny", **more: Any) -> Item:
    """An information of a unit, written by one of its editors and approved by the other."""
    place = Section.objects.get(body__slug=slug, slug=section)
    content = {**CONTENT.__dict__, "title": f"{title} {slug}", **more}
    version = drafts.begin(
        actor=mine(slug), section_id=place.pk, kind="informacja", content=type(CONTENT)(**content), now=NOW
    )
    version = drafts.submit(version.pk, actor=mine(slug), now=NOW, today=TODAY)
    return approval.approve(version.pk, actor=mine(slug, 2), seen=version.sha256, now=NOW).item


@pytest.fixture
def both(bulletin: Path) -> dict[str, Body]:
    makers.published(title="Raport powiat")
    return {slug: make_body(slug) for slug in (SCHOOL, HELP)}


def flat(tree: tuple[Branch, ...]) -> list[Branch]:
    return [one for branch in tree for one in (branch, *flat(branch.below))]


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 6 ust. 1 pkt 2")
def test_a_unit_gets_the_sections_that_a_unit_has() -> None:
    slugs = {one.slug for one in flat(UNIT_TREE)}

    assert {"status-prawny", "organy", "kompetencje", "zarzadzenia", "mienie", "kontrole"} <= slugs
    assert "uchwaly" not in slugs
    assert len(slugs) == len(flat(UNIT_TREE))
    assert slugs <= {one.slug for one in flat(TREE)}


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 8 ust. 6")
def test_each_unit_has_a_bulletin_of_its_own_by_host_and_in_the_portal(both: dict[str, Body]) -> None:
    items = {slug: told(slug) for slug in both}
    wrong = []
    for own, other in ((SCHOOL, HELP), (HELP, SCHOOL)):
        client = Client(HTTP_HOST="localhost")
        for address in [*AROUND, f"informacja/{items[own].pk}/", f"informacja/{items[own].pk}/wersja/1/"]:
            said = client.get(f"/jednostki/{own}/bip/{address}")
            text = said.content.decode()
            wrong += [(own, address, said.status_code)] if said.status_code != 200 else []
            wrong += [(own, address, "foreign")] if f"Statut {other}" in text or "Raport" in text else []
            wrong += [(own, address, "not said whose")] if f"Jednostka {own}" not in text else []
        assert client.get(f"/jednostki/{own}/bip/informacja/{items[other].pk}/").status_code == 404
        assert client.get(f"/bip/informacja/{items[own].pk}/").status_code == 404
        page = client.get(f"/jednostki/{own}/bip/informacja/{items[own].pk}/").content.decode()
        for line in ("Wytworzył(a)", "Odpowiada za treść", "Data wytworzenia", "Wprowadził(a) do BIP",
                     f"Klara {own.title()}", f"Olga {own.title()}", "Stały adres"):  # fmt: skip
            assert line in page
    assert wrong == []
    for address in ("/bip/", "/bip/rejestr-zmian/", "/bip/zmiany.atom", "/bip/dzial/programy/"):
        assert "Statut" not in Client().get(address).content.decode()


def test_pages_lead_on_by_themselves_and_stay_the_same_at_both_places(both: dict[str, Body]) -> None:
    item = told(SCHOOL)
    page = Client().get(f"/jednostki/{SCHOOL}/bip/informacja/{item.pk}/wersja/1/").content.decode()

    assert 'href="../../../../rejestr-zmian/"' in page
    assert 'href="/bip/' not in page
    assert f'href="../../../../informacja/{item.pk}/"' in page


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 8 ust. 6")
def test_four_eyes_versions_and_withdrawal_hold_for_a_unit_too(both: dict[str, Body]) -> None:
    item = told(SCHOOL)
    version = drafts.begin_change(item.pk, actor=mine(SCHOOL), now=NOW)
    content = {**drafts.content_of(version).__dict__, "text": "Nowy statut.", "change_reason": "Uchwała"}
    drafts.save(version.pk, actor=mine(SCHOOL), content=type(CONTENT)(**content), base="", now=NOW)
    version = drafts.submit(version.pk, actor=mine(SCHOOL), now=NOW, today=TODAY)
    with pytest.raises(approval.OwnVersion):
        approval.approve(version.pk, actor=mine(SCHOOL), seen=version.sha256, now=NOW)
    approval.approve(version.pk, actor=mine(SCHOOL, 2), seen=version.sha256, now=NOW)

    here = f"/jednostki/{SCHOOL}/bip/"
    assert Client().get(f"{here}informacja/{item.pk}/wersja/2/zmiany/").status_code == 200
    assert "Uchwała" in Client().get(f"{here}rejestr-zmian/").content.decode()
    withdrawal.withdraw(item.pk, actor=mine(SCHOOL), reason="Pomyłka.", now=NOW)
    for page in ("", "wersja/1/", "wersja/2/"):
        gone = Client().get(f"{here}informacja/{item.pk}/{page}")
        assert gone.status_code == 410
        assert "Pomyłka." in gone.content.decode()
    assert "wycofano" in Client().get(f"{here}zmiany.atom").content.decode().lower()


def test_the_daily_check_looks_at_each_bulletin_by_its_own_history(both: dict[str, Body]) -> None:
    item = told(SCHOOL)
    assert checking.check(both[SCHOOL], now=NOW).faults == []
    file = publishing.root(both[SCHOOL]) / f"pages/informacja/{item.pk}/wersja/1/index.html"
    file.write_bytes(file.read_bytes() + b" ")

    assert len(checking.check(both[SCHOOL], now=NOW).faults) == 1
    assert checking.check(both[HELP], now=NOW).faults == []
    assert checking.check(now=NOW).faults == []
    assert Check.objects.filter(body=None).count() == 1
    names = [entry.verb for entry in audit.history(publishing.thing_of(both[SCHOOL]))]
    assert names == ["publish"] * Publication.objects.filter(body=both[SCHOOL]).count()


def test_editors_of_one_unit_see_nothing_of_another_and_of_the_county(both: dict[str, Body]) -> None:
    own, other, county = told(SCHOOL), told(HELP), Item.objects.get(section__body=None)
    client = office.client_of(keeper(SCHOOL))
    for rest in ("", "nowa/", "w-przygotowaniu/", "dzialy/", "publikacje/"):
        assert client.get(f"/urzad/bip/podmioty/{SCHOOL}/{rest}").status_code == 200, rest
        assert client.get(f"/urzad/bip/podmioty/{HELP}/{rest}").status_code == 404, rest
        assert client.get(f"/urzad/bip/{rest}").status_code == 404, rest
        assert client.get(f"/urzad/bip/podmioty/nie-ma/{rest}").status_code == 404, rest
    assert client.get(f"/urzad/bip/{own.pk}/").status_code == 200
    section = Section.objects.filter(body=both[HELP])[0]
    for strange in (other, county):
        for rest in ("", "zatwierdzenie/", "wersja-robocza/"):
            assert client.get(f"/urzad/bip/{strange.pk}/{rest}").status_code == 404, rest
        for rest in ("zmiana/", "wycofanie/", "przekazanie/", "dane-osobowe/", "wyrzucenie/", "zalaczniki/"):
            answer = client.post(f"/urzad/bip/{strange.pk}/{rest}", {"reason": "x"})
            assert answer.status_code == 404, rest
    assert client.get(f"/urzad/bip/dzialy/{section.pk}/").status_code == 404
    assert client.post(f"/urzad/bip/dzialy/{section.pk}/usuniecie/").status_code == 404
    assert "Statut pomoc" not in client.get(f"/urzad/bip/podmioty/{SCHOOL}/").content.decode()
    editors = office.Account.objects.get(pk=makers.editor().account_id)
    assert office.client_of(editors).get(f"/urzad/bip/podmioty/{SCHOOL}/").status_code == 404
    assert office.client_of(office.anna()).get(f"/urzad/bip/podmioty/{SCHOOL}/").status_code == 404


def test_the_services_refuse_who_edits_another_bulletin(both: dict[str, Body]) -> None:
    item, before = told(SCHOOL), Version.objects.count()
    place = Section.objects.filter(body=both[SCHOOL])[0]
    for stranger in (mine(HELP), makers.editor()):
        with pytest.raises(access.NotAnEditor):
            drafts.begin(actor=stranger, section_id=place.pk, kind="informacja", content=CONTENT, now=NOW)
        with pytest.raises(access.NotAnEditor):
            drafts.begin_change(item.pk, actor=stranger, now=NOW)
        with pytest.raises(access.NotAnEditor):
            withdrawal.withdraw(item.pk, actor=stranger, reason="x", now=NOW)
        with pytest.raises(access.NotAnEditor):
            sections.remove_section(place.pk, actor=stranger, now=NOW)
        with pytest.raises(access.NotAnEditor):
            sections.add_section(
                both[SCHOOL], actor=stranger, slug="x", name="X", law="", parent_id=None, now=NOW
            )
    with pytest.raises(NotTheAdministrator):
        give_body_to(both[SCHOOL], [], actor=mine(SCHOOL))
    with pytest.raises(CannotRule, match="działów BIP powiatu"):
        add_rule(
            actor=makers.editor(), klass="0000", kind="informacja", section_id=place.pk,
            takes=PublishingRule.Takes.BOTH, now=NOW,
        )  # fmt: skip
    assert Version.objects.count() == before


def test_who_edits_the_countys_bulletin_may_be_entrusted_with_a_units(both: dict[str, Body]) -> None:
    second = office.Account.objects.get(pk=makers.second_editor().account_id)
    give_body_to(both[SCHOOL], [keeper(SCHOOL).pk, second.pk], actor=admin())
    place = Section.objects.filter(body=both[SCHOOL])[0]
    version = drafts.begin(
        actor=mine(SCHOOL), section_id=place.pk, kind="informacja", content=CONTENT, now=NOW
    )
    version = drafts.submit(version.pk, actor=mine(SCHOOL), now=NOW, today=TODAY)

    actor = office.actor(second, today=TODAY)
    assert [one.pk for one in to_approve(actor)] == [version.pk]
    assert to_approve(mine(HELP)) == []
    approval.approve(version.pk, actor=actor, seen=version.sha256, now=NOW)
    page = office.client_of(second).get("/urzad/bip/").content.decode()
    assert f"/urzad/bip/podmioty/{SCHOOL}/" in page
    assert f"/urzad/bip/podmioty/{HELP}/" not in page


def test_an_editor_writes_and_another_publishes_on_the_screens(both: dict[str, Body]) -> None:
    place = Section.objects.get(body=both[SCHOOL], slug="zarzadzenia")
    typed = {"title": "Zarządzenie nr 4", "text": "Dni wolne od zajęć.", "produced_by": "Ewa Dyrektor",
             "responsible": "Ewa Dyrektor", "produced_on": f"{TODAY}", "section": str(place.pk)}  # fmt: skip
    first, second = (office.client_of(keeper(SCHOOL, one)) for one in (1, 2))
    answer = first.post(f"/urzad/bip/podmioty/{SCHOOL}/nowa/", typed)
    assert answer.status_code == 302, answer.content.decode()
    item = Item.objects.get(title="Zarządzenie nr 4")
    first.post(f"/urzad/bip/{item.pk}/przekazanie/")
    version = Version.objects.get(item=item)
    assert "Zarządzenie nr 4" in second.get(f"/urzad/bip/podmioty/{SCHOOL}/w-przygotowaniu/").content.decode()
    second.post(f"/urzad/bip/{item.pk}/zatwierdzenie/", {"decision": "approve", "seen": version.sha256})

    page = Client().get(f"/jednostki/{SCHOOL}/bip/dzial/zarzadzenia/").content.decode()
    assert "Zarządzenie nr 4" in page
    foreign = Section.objects.filter(body=both[HELP])[0]
    refused = first.post(f"/urzad/bip/podmioty/{SCHOOL}/nowa/", {**typed, "section": str(foreign.pk)})
    assert refused.status_code == 422


def test_each_bulletin_is_searched_by_itself(both: dict[str, Body]) -> None:
    told(SCHOOL), told(HELP)

    found = Client().get(f"/jednostki/{SCHOOL}/bip/szukaj/?q=statut").content.decode()
    assert "Statut szkola" in found
    assert "Statut pomoc" not in found
    assert 'href="../informacja/' in found
    assert "Nic nie znaleziono" in Client().get("/bip/szukaj/?q=statut").content.decode()


def test_visits_of_a_unit_are_counted_apart(both: dict[str, Body]) -> None:
    Client().get(f"/jednostki/{SCHOOL}/bip/menu/")
    Client().get("/bip/")

    later = now().date().replace(year=2100)
    publishing.publish(actor="system", now=NOW, today=TODAY)
    assert visits.count_days(today=later) == 2
    counted = visits.VisitCount.objects.order_by("body__slug").values_list("body__slug", "address")
    assert list(counted) == [(SCHOOL, "menu/"), (None, "")]


def test_what_a_body_publishes_stays_its_own(both: dict[str, Body]) -> None:
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Section.objects.filter(body=both[SCHOOL]).update(body=both[HELP])
    above = Section.objects.filter(body=both[HELP])[0]
    with pytest.raises(DatabaseError, match="another body"), transaction.atomic():
        Section.objects.create(body=both[SCHOOL], slug="x", name="X", parent=above, position=1)
    with pytest.raises(IntegrityError, match="one_section_an_address"), transaction.atomic():
        Section.objects.create(body=both[SCHOOL], slug="organy", name="X", position=1)
    with pytest.raises(IntegrityError, match="one_page_an_address"), transaction.atomic():
        Page.objects.create(body=both[SCHOOL], address="index.html", written_at=NOW)


def test_a_closed_unit_shows_nothing(both: dict[str, Body]) -> None:
    Body.objects.filter(slug=SCHOOL).update(is_open=False)

    for rest in ("", "menu/", "szukaj/?q=statut"):
        assert Client().get(f"/jednostki/{SCHOOL}/bip/{rest}").status_code == 404

"""Screens of publishing from cases: the map, the preview, the way on; the rules; strangers find nothing."""

from pathlib import Path

import pytest
from django.urls import reverse

from starostwo.bulletin.models import Item, PublishingRule, Version
from starostwo.bulletin.services import approval
from starostwo.office import testing as office
from starostwo.records.models import Document
from tests.bulletin.makers import a_section, editor
from tests.bulletin.test_from_case import NOW, a_decision, a_rule, proposed

PAPERS_QUERIES, PROPOSING_QUERIES = 14, 14


def _slug(document: Document) -> str:
    return f"dokument-{document.pk}"


def test_the_page_of_a_case_leads_to_the_map_and_the_map_to_the_bulletin(bulletin: Path) -> None:
    a_rule()
    document = a_decision()
    mark, client = document.case.mark, office.client_of(office.anna())
    shown = client.get(reverse("records:case", args=[mark])).content.decode()
    assert reverse("bulletin:case_papers", args=[mark]) in shown
    shown = client.get(reverse("bulletin:case_papers", args=[mark])).content.decode()
    address = reverse("bulletin:proposing", args=[mark, _slug(document)])
    assert address in shown
    shown = client.get(address).content.decode()
    assert "<strong>80010112340</strong>" in shown
    assert "[wyłączono: PESEL]" in shown
    answer = client.post(address, {"title": document.title, "przekaz": "1"}, follow=True)
    assert "Czeka na zatwierdzenie" in answer.content.decode()
    assert Version.objects.get().state == Version.State.SUBMITTED
    shown = client.get(reverse("records:case", args=[mark])).content.decode()
    assert "czeka na zatwierdzenie" in shown


def test_the_preview_follows_what_is_ticked_and_added_and_proposes_nothing(bulletin: Path) -> None:
    a_rule()
    document = a_decision()
    client = office.client_of(office.anna())
    address = reverse("bulletin:proposing", args=[document.case.mark, _slug(document)])
    shown = client.post(
        address, {"title": "Decyzja", "more": "tytuł prawny", "podglad": "1"}
    ).content.decode()
    assert "wykazał [wyłączono: inne dane] do działki" in shown
    assert not Item.objects.exists()


def test_to_keep_without_a_reason_is_refused_and_what_was_typed_stays(bulletin: Path) -> None:
    a_rule()
    document = a_decision()
    client = office.client_of(office.anna())
    address = reverse("bulletin:proposing", args=[document.case.mark, _slug(document)])
    shown = client.get(address).content.decode()
    key = shown.split("<strong>80010112340</strong>")[1].split('value="')[1].split('"')[0]
    answer = client.post(address, {"title": "Mój tytuł", "zostaw": key, "przekaz": "1"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Napisz, dlaczego wolno ujawnić" in shown
    assert "Mój tytuł" in shown
    assert f'value="{key}" checked' in shown
    assert not Item.objects.exists()


def test_editors_see_the_case_and_the_map_and_the_case_leads_to_the_bulletin(bulletin: Path) -> None:
    a_rule()
    document = a_decision()
    version = proposed(document)
    client = office.client_of(office.make_staff("p.cis", "Paulina Cis"))
    for name in ("approving", "item"):
        shown = client.get(reverse(f"bulletin:{name}", args=[version.item_id])).content.decode()
        assert document.case.mark in shown
        assert "Mapę widzą tylko pracownicy" in shown
        assert reverse("records:case", args=[document.case.mark]) not in shown, "the editor may not see it"
        assert "80010112340" not in shown
    approval.approve(version.pk, actor=editor(), seen=version.sha256, now=NOW)
    shown = office.client_of(office.anna()).get(reverse("records:case", args=[document.case.mark]))
    assert f'href="/bip/informacja/{version.item_id}/"' in shown.content.decode()


@pytest.mark.parametrize("who", ["jan", "clerk", "admin"])
def test_strangers_find_neither_the_papers_nor_the_map(bulletin: Path, who: str) -> None:
    a_rule()
    document = a_decision()
    client = office.client_of(getattr(office, who)())
    mark = document.case.mark
    assert client.get(reverse("bulletin:case_papers", args=[mark])).status_code == 404
    address = reverse("bulletin:proposing", args=[mark, _slug(document)])
    assert client.get(address).status_code in (403, 404)
    client.post(address, {"title": "x", "przekaz": "1"})
    assert not Item.objects.exists()


@pytest.mark.parametrize("slug", ["dokument-999999", "pismo-x", "inne-1", "dokument"])
def test_a_paper_that_is_not_there_is_not_found(bulletin: Path, slug: str) -> None:
    a_rule()
    document = a_decision()
    client = office.client_of(office.anna())
    assert client.get(reverse("bulletin:proposing", args=[document.case.mark, slug])).status_code == 404


def test_the_head_sees_what_was_published_and_proposes_nothing(bulletin: Path) -> None:
    a_rule()
    document = a_decision()
    client = office.client_of(office.ewa())
    shown = client.get(reverse("bulletin:case_papers", args=[document.case.mark])).content.decode()
    assert "Pisma przekazuje prowadzący sprawę" in shown


def test_rules_are_added_and_removed_on_the_screen(bulletin: Path) -> None:
    section = a_section("petycje", "Petycje")
    coordinator = office.make_staff("i.b", "Irena Bielska", unit="OR", rights=(office.Right.COORDINATE,))
    client, address = office.client_of(coordinator), reverse("bulletin:rules")
    data = {"klass": "152 Petycje", "kind": "petycja", "section": str(section.pk), "takes": "LETTERS"}
    client.post(address, data)
    assert PublishingRule.objects.get().klass == "152"
    again = client.post(address, data)
    assert again.status_code == 422
    assert "Taka reguła już jest" in again.content.decode()
    assert client.post(address, {**data, "klass": "abc"}).status_code == 422
    client.post(reverse("bulletin:rule_end", args=[PublishingRule.objects.get().pk]))
    assert not PublishingRule.objects.exists()
    assert office.client_of(office.anna()).get(address).status_code == 404


def test_the_screens_take_so_many_queries(bulletin: Path, django_assert_num_queries: object) -> None:
    a_rule()
    document = a_decision()
    client, mark = office.client_of(office.anna()), document.case.mark
    papers = reverse("bulletin:case_papers", args=[mark])
    address = reverse("bulletin:proposing", args=[mark, _slug(document)])
    client.get(papers)
    with django_assert_num_queries(PAPERS_QUERIES):  # type: ignore[operator]
        client.get(papers)
    with django_assert_num_queries(PROPOSING_QUERIES):  # type: ignore[operator]
        client.get(address)

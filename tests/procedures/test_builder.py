"""The form builder without JavaScript: a version is laid out, tried, published; strangers see nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.procedures import api as procedures
from starostwo.procedures import building
from starostwo.procedures.models import FormVersion
from starostwo.procedures.services import publish_form
from tests.procedures.test_groups import FORM

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LIST = "/formularze/"
FIRST, NEXT = "/formularze/wspolwlasnosc/1/", "/formularze/wspolwlasnosc/2/"
PLAIN = {"label": "Po co?", "type": "text", "required": "on", "name": "po_co", "joined": "all"}


@pytest.fixture
def clerk(db: None) -> Client:
    office.make_office()
    office.make_unit("OR", name="Wydział Organizacyjny")
    editor = office.make_staff("p.cis", "Paweł Cis", unit="OR", rights=[Right.EDIT_FORMS])
    publish_form(FORM, actor="system", now=NOW)
    return office.client_of(editor)


@pytest.fixture
def draft(clerk: Client) -> FormVersion:
    clerk.post("/formularze/wspolwlasnosc/nowa-wersja/")
    return FormVersion.objects.get(version=2)


def saved(place: str, data: dict[str, Any], clerk: Client) -> Any:
    row = FormVersion.objects.get(version=2)
    return clerk.post(f"{NEXT}{place}", data | {"revision": row.revision})


def pressed(name: str, place: str, clerk: Client) -> FormVersion:
    saved("uklad/", {name: place}, clerk)
    return FormVersion.objects.get(version=2)


def test_the_list_shows_what_holds_and_what_is_prepared(
    clerk: Client, draft: FormVersion, django_assert_num_queries: Callable[[int], Any]
) -> None:
    clerk.get(LIST)

    with django_assert_num_queries(6):
        page = clerk.get(LIST).content.decode()

    assert f'href="{NEXT}"' in page
    assert f'href="{FIRST}"' in page


def test_a_new_version_begins_with_what_holds_and_only_once(clerk: Client, draft: FormVersion) -> None:
    clerk.post("/formularze/wspolwlasnosc/nowa-wersja/")

    assert FormVersion.objects.count() == 2
    assert draft.definition == FORM | {"version": 2}
    assert procedures.form("wspolwlasnosc").version == 1  # type: ignore[union-attr]
    assert clerk.post("/formularze/nie-ma/nowa-wersja/").status_code == 404


def test_a_form_the_office_did_not_have(clerk: Client) -> None:
    answer = clerk.post(
        "/formularze/nowy/", {"title": "Wynajem sali", "summary": "Zamów salę", "code": "wynajem"}
    )
    assert answer["Location"] == "/formularze/wynajem/1/"
    assert building.state_of(FormVersion.objects.get(code="wynajem")).mistakes == []

    page = clerk.post("/formularze/nowy/", {"title": "X", "summary": "Y", "code": "wynajem"}).content.decode()
    assert "Jest już formularz o tym kodzie" in page
    assert 'value="X"' in page


def test_a_clerk_says_which_question_asks_for_whom_one_acts(clerk: Client, draft: FormVersion) -> None:
    values = ("wlasnym", "innej_osoby")
    choices = [{"value": each, "label": {"pl": each}} for each in values]
    asked = {"name": "za_kogo", "type": "choice", "label": {"pl": "Za kogo?"}, "choices": choices}
    draft.definition["steps"][0]["fields"].append(asked)
    draft.save()
    head = {"title": "Współwłasność", "summary": "Kto", "max_attachments": "3"}

    saved("naglowek/", head | {"acting_field": "za_kogo"}, clerk)
    assert FormVersion.objects.get(version=2).definition["acting_field"] == "za_kogo"
    assert 'value="za_kogo" selected' in clerk.get(f"{NEXT}naglowek/").content.decode()

    saved("naglowek/", head | {"acting_field": "jest_wiecej"}, clerk)
    assert FormVersion.objects.get(version=2).definition["acting_field"] == "za_kogo"


def test_a_question_is_added_and_laid_out(clerk: Client, draft: FormVersion) -> None:
    answer = saved("uklad/", {"dodaj": "steps-1-fields"}, clerk)
    assert answer["Location"] == f"{NEXT}czesci/steps-1-fields-3/"

    answer = saved(
        "czesci/steps-1-fields-3/",
        PLAIN
        | {
            "pairs": ["jest_wiecej=tak", "cel=firma"],
            "turned": "on",
            "joined": "any",
            "hint": "Krótko",
            "max_length": "50",
        },
        clerk,
    )

    assert answer["Location"] == f"{NEXT}#steps-1-fields-3"
    assert FormVersion.objects.get(version=2).definition["steps"][1]["fields"][3] == {
        "name": "po_co",
        "type": "text",
        "label": {"pl": "Po co?"},
        "hint": {"pl": "Krótko"},
        "max_length": 50,
        "when": {
            "not": {"any": [{"field": "jest_wiecej", "is": ["tak"]}, {"field": "cel", "is": ["firma"]}]}
        },
    }
    page = clerk.get(NEXT).content.decode()
    assert "nie: „Są inni” to zaznaczone lub „Po co?” to firma" in page


def test_a_question_with_answers_to_pick_from(clerk: Client, draft: FormVersion) -> None:
    choices = "osoba = osoba prywatna\n\nfirma=firma\nurzad"

    saved(
        "czesci/steps-0-fields-1-fields-1/",
        {"label": "Kto?", "type": "choice", "name": "rodzaj", "required": "on", "choices": choices},
        clerk,
    )

    inner = FormVersion.objects.get(version=2).definition["steps"][0]["fields"][1]["fields"][1]
    assert [(each["value"], each["label"]["pl"]) for each in inner["choices"]] == [
        ("osoba", "osoba prywatna"),
        ("firma", "firma"),
        ("urzad", "urzad"),
    ]


def test_a_question_becomes_a_group_and_back(clerk: Client, draft: FormVersion) -> None:
    place = "czesci/steps-1-fields-0/"
    saved(
        place,
        {"label": "Lata", "type": "group", "name": "lata", "row": "Rok", "least": "1", "most": "5"},
        clerk,
    )

    state = building.state_of(FormVersion.objects.get(version=2))
    assert state.mistakes == []
    assert state.filled.form.steps[1].fields[0].fields[0].name == "lata_1"
    assert "Dodaj pytanie w grupie" in clerk.get(NEXT).content.decode()

    saved(place, {"label": "Lata", "type": "number", "name": "lata", "row": "Rok", "required": "on"}, clerk)
    assert set(FormVersion.objects.get(version=2).definition["steps"][1]["fields"][0]) == {
        "name",
        "type",
        "label",
    }


def test_a_mistake_is_kept_and_named_at_its_place(clerk: Client, draft: FormVersion) -> None:
    page = saved(
        "czesci/steps-1-fields-0/", {"label": "", "type": "choice", "name": "Ile?"}, clerk
    ).content.decode()

    for control, message in (
        ("label", "Brakuje tekstu po polsku."),
        ("choices", "Pole wyboru musi mieć odpowiedzi."),
        ("name", "Zła nazwa: &#x27;Ile?&#x27;"),
    ):
        assert f'<a href="#id_{control}">' in page
        assert message in page
    assert FormVersion.objects.get(version=2).definition["steps"][1]["fields"][0]["name"] == "Ile?"
    whole = clerk.get(NEXT).content.decode()
    assert "Do poprawienia (3)" in whole
    assert f'href="{NEXT}czesci/steps-1-fields-0/">?: Brakuje tekstu po polsku.</a>' in whole
    assert "Opublikuj" not in whole
    assert clerk.get(f"{NEXT}proba/").status_code == 404


def test_parts_are_moved_and_removed(clerk: Client, draft: FormVersion) -> None:
    def names(row: FormVersion) -> list[str]:
        return [each["name"] for each in row.definition["steps"][1]["fields"]]

    assert names(pressed("nizej", "steps-1-fields-0", clerk)) == ["cel", "miesiace", "kwota"]
    assert names(pressed("wyzej", "steps-1-fields-2", clerk)) == ["cel", "kwota", "miesiace"]
    assert names(pressed("usun", "steps-1-fields-2", clerk)) == ["cel", "kwota"]
    for wrong in ("steps-9", "title", ""):
        assert names(pressed("usun", wrong, clerk)) == ["cel", "kwota"]


def test_a_change_by_another_person_is_not_overwritten_and_what_was_typed_stays(
    clerk: Client, draft: FormVersion
) -> None:
    old = {"revision": draft.revision}
    pressed("nizej", "steps-1-fields-0", clerk)

    page = clerk.post(f"{NEXT}czesci/steps-1/", old | {"title": "Moje słowa", "name": "co"}).content.decode()
    clerk.post(f"{NEXT}uklad/", old | {"usun": "steps-1"})

    assert "ktoś zmienił tę wersję" in page
    assert 'value="Moje słowa"' in page
    assert FormVersion.objects.get(version=2).definition["steps"][1]["title"] == {"pl": "Co"}


def tried(clerk: Client) -> None:
    step = f"{NEXT}proba/kto/"
    rows = {"wlasciciele-1-nazwa": "Zofia Żak", "wlasciciele-1-rodzaj": "osoba"}
    clerk.post(step, rows | {"dodaj": "wlasciciele"})
    clerk.post(step, rows | {"wlasciciele-2-nazwa": "Jan", "wlasciciele-2-rodzaj": "osoba"})
    clerk.post(f"{NEXT}proba/co/", {"miesiace": "4", "cel": ["osoba"]})


def test_a_try_is_the_residents_page_and_becomes_the_sample(clerk: Client, draft: FormVersion) -> None:
    page = clerk.post(f"{NEXT}proba/kto/", {"wlasciciele-1-nazwa": ""}).content.decode()
    assert "Właściciel 1: uzupełnij: Imię i nazwisko" in page

    tried(clerk)

    sample = FormVersion.objects.get(version=2).sample
    assert [row["nazwa"] for row in sample["kto"]["wlasciciele"]] == ["Zofia Żak", "Jan"]
    result = clerk.get(f"{NEXT}wynik-proby/").content.decode()
    assert "Odpowiedzi przechodzą przez cały formularz" in result
    assert "&lt;wlasciciele&gt;" in result


def test_a_version_that_was_not_tried_is_not_published(clerk: Client, draft: FormVersion) -> None:
    page = clerk.post(f"{NEXT}publikacja/", follow=True).content.decode()

    assert "Nie opublikowano" in page
    assert FormVersion.objects.get(version=2).published_at is None


def test_published_it_holds_for_new_applications_and_nothing_changes_it(
    clerk: Client, draft: FormVersion
) -> None:
    saved("naglowek/", {"title": "Współwłasność pojazdu", "summary": "Kto", "max_attachments": "3"}, clerk)
    tried(clerk)

    page = clerk.post(f"{NEXT}publikacja/", follow=True).content.decode()

    assert "Opublikowano" in page
    newest = procedures.form("wspolwlasnosc")
    assert newest is not None
    assert (newest.version, newest.title["pl"], newest.max_attachments) == (2, "Współwłasność pojazdu", 3)
    assert procedures.form("wspolwlasnosc", 1).title["pl"] == "Współwłasność"  # type: ignore[union-attr]
    for act in ("uklad/", "naglowek/", "publikacja/", "usuniecie/"):
        assert clerk.post(f"{NEXT}{act}", {"usun": "steps-0", "revision": 1}).status_code == 404
    clerk.post(f"{NEXT}proba/co/", {"miesiace": "9"})
    assert FormVersion.objects.get(version=2).sample["co"]["miesiace"] == 4
    verbs = [line.verb for line in audit.history("procedures.form:wspolwlasnosc")]
    assert verbs == ["publish", "begin", "change", "try", "publish"]
    history = clerk.get(NEXT).content.decode().partition("Historia formularza")[2]
    for words in ("rozpoczęto wersję", "zmieniono", "wypróbowano do końca", "opublikowano"):
        assert f"{words}, wersja 2" in history
    assert "Paweł Cis" in history


def test_a_version_given_up_is_gone_and_the_published_one_stays(clerk: Client, draft: FormVersion) -> None:
    assert "Czy usunąć wersję roboczą 2?" in clerk.get(f"{NEXT}usuniecie/").content.decode()

    clerk.post(f"{NEXT}usuniecie/")

    assert [row.version for row in FormVersion.objects.all()] == [1]


def test_the_preview_may_stand_in_our_own_frame_alone(clerk: Client, draft: FormVersion) -> None:
    page = clerk.get(f"{NEXT}telefon/")
    framed = clerk.get(f"{NEXT}proba/kto/")

    assert f'src="{NEXT}proba/kto/"' in page.content.decode()
    assert 'width="360"' in page.content.decode()
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "rest",
    ["", "naglowek/", "czesci/steps-0/", "proba/", "proba/kto/", "wynik-proby/", "telefon/", "usuniecie/"],
)
def test_who_may_not_build_forms_learns_nothing(clerk: Client, draft: FormVersion, rest: str) -> None:
    for stranger in (office.client_of(office.anna()), office.client_of(office.piotr())):
        assert stranger.get(f"{NEXT}{rest}").status_code == 404
        assert stranger.get("/formularze/nie-ma/7/").status_code == 404
    assert Client().get(f"{NEXT}{rest}").status_code == 302
    assert clerk.get(f"{NEXT}czesci/steps-44/").status_code == 302
    assert clerk.get(f"{NEXT}czesci/nie-ma/").status_code == 404


def test_the_services_check_the_right_too(clerk: Client, draft: FormVersion) -> None:
    anna = office.actor(office.anna())

    with pytest.raises(building.NotYours):
        building.publish_version("wspolwlasnosc", 2, actor=anna, now=NOW)
    with pytest.raises(building.NotYours):
        building.begin_version("wspolwlasnosc", actor=anna, now=NOW)

"""A clerk takes an application down: the same form, signed on paper, registered the same way."""

import re
from datetime import UTC, date, datetime

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from starostwo.audit import api as audit
from starostwo.citizen.models import AtCounter, Draft
from starostwo.files import api as files
from starostwo.intake.models import Submission
from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.records import residents
from starostwo.records.models import Letter, LetterFile
from starostwo.signatures.testing import build_keys

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
PERSON = {"given_name": "Genowefa", "family_name": "Stara", "pesel": "44051401359", "identity": "ID_CARD"}
PAGES: dict[str, dict[str, str]] = {
    "sprawa": {"rodzaj": "wniosek", "temat": "Przepust przy drodze"},
    "tresc_pisma": {"tresc": "Proszę o naprawę."},
    "nadawca": {"w_imieniu": "wlasnym", "imie": "Genowefa", "nazwisko": "Stara", "pesel": "44051401359",
                "ulica": "Polna 3", "kod_pocztowy": "95-100", "miejscowosc": "Zgierz"},
    "odpowiedz": {"sposob_odbioru": "poczta"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def open_office(db: None) -> None:
    office.make_office()
    office.starosta()
    office.clerk()
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)
    build_keys([])


@pytest.fixture
def zofia() -> Client:
    return office.client_of(office.clerk())


def begun(zofia: Client, **person: str) -> str:
    """The address of a new application at the counter."""
    answer = zofia.post("/urzad/okienko/", {"card": "pismo-ogolne", **PERSON, **person})
    assert answer.status_code == 302
    return str(answer["Location"])


def filled(zofia: Client, **person: str) -> str:
    """One whose questions are all answered."""
    address = begun(zofia, **person)
    for name, answers in PAGES.items():
        assert zofia.post(f"{address}pytania/{name}/", answers).status_code == 302
    return address


def registered(zofia: Client, **person: str) -> Submission:
    """One that was printed, signed, scanned and registered."""
    address = filled(zofia, **person)
    zofia.post(f"{address}sprawdzenie/")
    assert zofia.post(f"{address}podpis/", {"scans": scan()})["Location"] == f"{address}przyjete/"
    return Submission.objects.get()


def scan(name: str = "skan.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"podpisany wydruk")


def test_it_begins_with_the_service_and_the_person(zofia: Client) -> None:
    empty = zofia.post("/urzad/okienko/", {"given_name": "Genowefa"})
    assert (empty.status_code, 'value="Genowefa"' in empty.content.decode()) == (422, True)

    address = begun(zofia)

    on = zofia.get(address)["Location"]
    assert on == f"{address}pytania/sprawa/"
    assert "Co chcesz złożyć?" in zofia.get(on).content.decode()
    assert 'value="Stara"' in zofia.get(f"{address}pytania/nadawca/").content.decode()


def test_the_same_rules_point_out_what_is_wrong_and_keep_it(zofia: Client) -> None:
    address = begun(zofia)

    page = zofia.post(f"{address}pytania/nadawca/", PAGES["nadawca"] | {"kod_pocztowy": "9510"})

    assert "govuk-error-summary" in page.content.decode()
    assert Draft.objects.get().answers["kod_pocztowy"] == "9510"


def test_it_goes_on_where_it_stopped(zofia: Client) -> None:
    address = begun(zofia)
    zofia.post(f"{address}pytania/sprawa/", PAGES["sprawa"])
    zofia.post(f"{address}pytania/tresc_pisma/", PAGES["tresc_pisma"])

    again = office.client_of(office.clerk())

    assert address in again.get("/urzad/okienko/").content.decode()
    assert again.get(address)["Location"] == f"{address}pytania/tresc_pisma/"


@pytest.mark.law("k.p.a. art. 63 par. 3")
def test_the_printout_has_lines_for_both_signatures(zofia: Client) -> None:
    address = filled(zofia)
    check = zofia.get(f"{address}sprawdzenie/").content.decode()
    assert "Przepust przy drodze" in check

    zofia.post(f"{address}sprawdzenie/")

    printed = b"".join(zofia.get(f"{address}wydruk.pdf").streaming_content)  # type: ignore[attr-defined]
    blob = files.put(printed, name="wydruk.pdf", limit=10_000_000)
    files.extract_text(blob)
    blob.refresh_from_db()
    text = re.sub(r"\s+", " ", blob.text)
    assert "spisane przez pracownika urzędu: Zofia Mak" in text
    assert "podpis osoby, która wnosi podanie" in text


def test_without_the_signed_paper_nothing_is_registered(zofia: Client) -> None:
    address = filled(zofia)
    zofia.post(f"{address}sprawdzenie/")

    answer = zofia.post(f"{address}podpis/", {"dalej": "1"})

    assert (answer.status_code, Letter.objects.count()) == (422, 0)


def test_it_is_registered_like_any_other_and_says_who_wrote_it_down(zofia: Client) -> None:
    submission = registered(zofia)

    letter = Letter.objects.get()
    assert (letter.title, letter.channel, letter.service_code) == (
        "Pismo ogólne: Przepust przy drodze", "COUNTER", "pismo-ogolne",
    )  # fmt: skip
    assert letter.remarks == ["Złożony przy okienku, spisał(a): Zofia Mak (k.p.a. art. 63 § 3)."]
    assert letter.registered_by == submission.written_by == office.clerk()
    assert letter.sender_name == "Stara Genowefa"
    names = list(LetterFile.objects.order_by("id").values_list("name", "role"))
    assert names == [("skan.txt", "main"), ("pismo-ogolne-dane.xml", "attachment")]
    assert {entry.actor for entry in audit.history(str(submission))} == {f"account:{office.clerk().pk}"}


def test_the_confirmation_is_printed(zofia: Client) -> None:
    registered(zofia)
    draft = Draft.objects.get()

    page = zofia.get(f"/urzad/okienko/{draft.pk}/przyjete/").content.decode()

    assert Letter.objects.get().shown_number in page
    found = re.search(r'href="(/urzad/zlozenia/[^"]+upo\.pdf)"', page)
    assert found is not None
    assert zofia.get(found[1]).content.startswith(b"%PDF-")


def test_registering_twice_gives_one_letter(zofia: Client) -> None:
    registered(zofia)
    draft = Draft.objects.get()

    again = zofia.post(f"/urzad/okienko/{draft.pk}/podpis/", {"scans": scan("inny.txt")})

    assert again["Location"] == f"/urzad/okienko/{draft.pk}/"
    assert Letter.objects.count() == 1


def test_who_acts_for_another_is_asked_for_whom(zofia: Client) -> None:
    address = begun(zofia)
    for name, answers in PAGES.items():
        other = {"w_imieniu": "innej_osoby", "mocodawca": "Jan Chory"} if name == "nadawca" else {}
        if other:
            asked = zofia.post(f"{address}pytania/{name}/", answers | other)
            assert "osoby, którą reprezentujesz" in asked.content.decode(), "a question that appears"
        on = zofia.post(f"{address}pytania/{name}/", answers | other)["Location"]
    assert on == f"{address}pelnomocnictwo/"
    assert "nie podano, w czyim" in zofia.get(f"{address}sprawdzenie/").content.decode()
    lines = {"given_name": "Jan", "family_name": "Chory", "street": "Polna 3", "postcode": "95-100",
             "town": "Zgierz", "basis": "pelnomocnictwo", "scope": "CASE", "exemption": ""}  # fmt: skip

    assert zofia.post(on, lines)["Location"] == f"{address}pliki/"

    zofia.post(f"{address}sprawdzenie/")
    zofia.post(f"{address}podpis/", {"scans": scan()})
    submission = Submission.objects.get()
    assert submission.sender_name == "Jan Chory; pełnomocnik: Genowefa Stara"
    assert submission.fees[0]["grosze"] == 1700


def test_a_change_after_the_printout_makes_a_new_one(zofia: Client) -> None:
    address = filled(zofia)
    zofia.post(f"{address}sprawdzenie/")

    page = zofia.post(f"{address}zmiana/", follow=True).content.decode()

    assert "Wydruk zrobiony przed zmianą jest nieaktualny" in page
    assert Draft.objects.get().printout is None


@pytest.mark.parametrize(("identity", "linked"), [("ID_CARD", True), ("NONE", False)])
def test_it_stands_on_the_account_of_the_person_when_the_identity_was_checked(
    zofia: Client, settings: LazySettings, identity: str, linked: bool
) -> None:
    settings.PESEL_PROVEN_BY = ["https://idp.test"]
    person = office.make_resident("genowefa", "Genowefa Stara", pesel="44051401359")

    submission = registered(zofia, identity=identity)

    assert (submission.account_id == person.pk) is linked
    assert len(residents.resident_cases(person.pk)) == linked


def test_an_account_that_is_opened_later_takes_what_was_filed_at_the_counter(
    zofia: Client, settings: LazySettings
) -> None:
    registered(zofia)
    person = office.make_resident("genowefa", "Genowefa Stara", pesel="44051401359")
    genowefa = office.client_of(person)
    assert "złożono przy okienku" not in genowefa.get("/eboi/").content.decode(), "nobody proves the PESEL"
    genowefa.post("/eboi/znalezione/")
    assert residents.resident_cases(person.pk) == []
    settings.PESEL_PROVEN_BY = ["https://idp.test"]
    assert "złożono przy okienku" in genowefa.get("/eboi/").content.decode()

    page = genowefa.post("/eboi/znalezione/", follow=True).content.decode()

    assert "Przepust przy drodze" in page
    assert [case.reference for case in residents.resident_cases(person.pk)] == [
        Letter.objects.get().identifier
    ]


def test_only_who_keeps_the_register_takes_down_and_only_his_own(zofia: Client) -> None:
    address = filled(zofia)
    other = office.make_staff("n.nowa", "Nina Nowa", unit="OR", rights=(office.Right.REGISTER,))

    assert office.client_of(other).get(f"{address}sprawdzenie/").status_code == 404
    assert office.client_of(office.anna()).get("/urzad/okienko/").status_code == 404
    assert office.client_of(office.piotr()).get("/urzad/okienko/").status_code == 404
    assert zofia.get("/urzad/okienko/").status_code == 200


def test_what_is_not_wanted_is_thrown_away(zofia: Client) -> None:
    zofia.post(f"{begun(zofia)}usuniecie/")

    assert not AtCounter.objects.exists()


def test_the_list_costs_the_same_for_one_and_for_three(
    zofia: Client, django_assert_num_queries: object
) -> None:
    for count in (1, 2):
        for _ in range(count):
            begun(zofia)
        with django_assert_num_queries(10):  # type: ignore[operator]
            assert zofia.get("/urzad/okienko/").status_code == 200


def test_what_is_typed_at_the_counter_is_kept_while_it_is_typed(zofia: Client) -> None:
    address = begun(zofia)
    draft = Draft.objects.get()
    keeping = f"{address}pytania/sprawa/zapis/"

    answer = zofia.post(keeping, {"temat": "Przepust"})

    assert f'data-autosave-url="{keeping}"' in zofia.get(f"{address}pytania/sprawa/").content.decode()
    draft.refresh_from_db()
    assert (answer.status_code, draft.answers["temat"]) == (204, "Przepust")
    assert 'value="Przepust"' in zofia.get(f"{address}pytania/sprawa/").content.decode()
    assert office.client_of(office.anna()).post(keeping, {"temat": "Inny"}).status_code == 404
    assert zofia.post(f"{address}pytania/nieznane/zapis/", {"temat": "Inny"}).status_code == 404
    draft.refresh_from_db()
    assert draft.answers["temat"] == "Przepust"

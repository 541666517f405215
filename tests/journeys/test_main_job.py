"""The main job in Chromium: a resident's signed application becomes a decided, signed, served case.

Each function below is one step of the job with its real rules; the numbers follow the order of the work.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import Page, expect

from starostwo.office.models import Account
from starostwo.signatures import api as signatures
from tests.journeys import clerks, outside, resident
from tests.journeys.conftest import Visit
from tests.journeys.county import County
from tests.journeys.pictures import keep_picture

pytestmark = pytest.mark.journey
CALL, ANSWER, DECISION = "wezwanie do uzupełnienia braków", "pismo", "decyzja"
PAPER = "Zalesienie gruntu rolnego"


@dataclass
class Job:
    """What one step leaves for the next."""

    number: str = ""
    paper: str = ""
    mark: str = ""
    call: str = ""
    answer: str = ""
    decision: str = ""


def test_a_signed_application_becomes_a_decided_signed_served_case(visit: Visit, county: County) -> None:
    job = Job()
    for step in (
        the_resident_fills_on_the_phone_and_sends_from_another_device,
        the_mail_desk_sees_it_and_registers_paper_by_keyboard,
        heads_and_a_stand_in_assign_by_one_key,
        the_case_worker_opens_a_case_and_calls_for_what_is_missing,
        the_head_signs_several_in_one_action,
        the_resident_answers_the_call_inside_it,
        the_decision_is_returned_corrected_compared_and_signed,
        the_resident_opens_the_decision_and_writes_a_message,
        the_clerk_answers_and_the_case_tells_its_history,
        the_decision_is_found_and_the_registers_are_printed,
        everybody_reads_the_bulletin,
    ):
        step(visit, job)
    assert county.complaints() == []


def the_resident_fills_on_the_phone_and_sends_from_another_device(visit: Visit, job: Job) -> None:
    with visit(width=360) as (phone, faults):
        resident.find_service(phone, "ogólnego pisma", "Pismo ogólne")
        keep_picture(phone, "mieszkaniec")
        phone.get_by_role("link", name="Złóż przez Internet").click()
        resident.log_in(phone, "Piotr Wrona")
        phone.get_by_role("button", name="Zacznij").click()
        resident.say_what_it_is_about(phone)
        there = resident.type_and_leave(phone)
        assert [*faults.console, *faults.broken] == []
    with visit("piotr-wrona") as (page, faults):
        page.goto(there)
        resident.fill_the_rest(page)
        resident.attach(page, "mapa.pdf", resident.a_pdf("Mapa działki"))
        resident.close(page)
        page.get_by_role("button", name="Podpisz (TEST)").click()
        job.number = resident.send(page)
        upo = resident.downloaded(page, "Pobierz UPO jako XML")
        assert outside.xmlsec_accepts(upo), "the office's seal holds, says a program that is not ours"
        assert resident.downloaded(page, "Pobierz UPO jako PDF").startswith(b"%PDF-")
        assert faults.all() == []


def the_mail_desk_sees_it_and_registers_paper_by_keyboard(visit: Visit, job: Job) -> None:
    with visit() as (page, faults):
        clerks.sign_in(page, "z.mak")
        clerks.find_in_queue(page, job.number)
        expect(page.locator("main")).to_contain_text(resident.TEXT)
        job.paper = clerks.register_on_paper(page, title=PAPER, unit="OS")
        assert clerks.sequence(job.paper) == clerks.sequence(job.number) + 1, "one series over all channels"
        assert resident.downloaded(page, "Nalepka").startswith(b"%PDF-")
        assert faults.all() == []


def heads_and_a_stand_in_assign_by_one_key(visit: Visit, job: Job) -> None:
    with visit("w.kania") as (page, faults):
        clerks.assign_to_unit(page, job.number, "GN")
        assert faults.all() == []
    with visit("e.lis") as (page, faults):
        clerks.assign_by_one_key(page, job.number, "Anna Nowak")
        assert faults.all() == []
    with visit("z.kamien") as (page, faults):
        expect_stand_in(page)
        clerks.assign_by_one_key(page, job.paper, "Natalia Dębska")
        assert faults.all() == []
    with visit("z.mak") as (page, faults):
        clerks.open_letter(page, "/urzad/rejestry/przychodzace/", job.paper)
        expect(page.locator("main")).to_contain_text("Zenon Kamień w zastępstwie: Grażyna Olcha")
        assert faults.all() == []


def expect_stand_in(page: Page) -> None:
    page.goto("/urzad/")
    expect(page.locator(".st-bar")).to_contain_text("w zastępstwie: Grażyna Olcha")


def the_case_worker_opens_a_case_and_calls_for_what_is_missing(visit: Visit, job: Job) -> None:
    with visit("a.nowak") as (page, faults):
        job.mark = clerks.open_case(page, job.number)
        expect(page.locator("#zegar")).to_contain_text("dzień liczony")
        keep_picture(page, "sprawa")
        job.call = clerks.draft(page, job.mark, CALL)
        clerks.submit(page, job.call)
        job.answer = clerks.draft(page, job.mark, ANSWER)
        clerks.submit(page, job.answer)
        assert faults.all() == []


def the_head_signs_several_in_one_action(visit: Visit, job: Job) -> None:
    with visit("e.lis") as (page, faults):
        clerks.sign_all(page, job.mark, count=2)
        assert faults.all() == []
    with visit("a.nowak") as (page, faults):
        clerks.dispatch(page, job.call)
        said = outside.pdfsig_says(resident.downloaded(page, "Podpisany plik"))
        assert "Signature is Valid" in said
        assert "ETSI.CAdES.detached" in said
        assert faults.all() == []


def the_resident_answers_the_call_inside_it(visit: Visit, job: Job) -> None:
    with visit("piotr-wrona", width=360) as (page, faults):
        resident.open_case(page, resident.TITLE)
        expect(page.locator(".st-steps [aria-current=step]")).to_contain_text("czeka na Ciebie")
        resident.open_newest_letter(page)
        page.get_by_label("Odpowiedź").fill("Chcę dzierżawić 300 metrów kwadratowych.")
        page.locator("input[type=file]").set_input_files(
            resident.a_file("szkic.pdf", resident.a_pdf("Szkic"))
        )
        page.get_by_role("button", name="Wyślij odpowiedź").click()
        expect(page.locator("main")).to_contain_text("Odpowiedź")
        assert faults.all() == []
    with visit("a.nowak") as (page, _):
        page.goto(f"/urzad/sprawy/{job.mark}/")
        expect(page.get_by_role("region", name="Pisma w sprawie").get_by_role("row")).to_have_count(3)


def the_decision_is_returned_corrected_compared_and_signed(visit: Visit, job: Job) -> None:
    with visit("a.nowak") as (page, faults):
        job.decision = clerks.draft(page, job.mark, DECISION)
        clerks.submit(page, job.decision)
        assert faults.all() == []
    with visit("e.lis") as (page, faults):
        clerks.give_back(page, job.mark, "Proszę napisać, od kiedy działka jest wolna.")
        assert faults.all() == []
    with visit("a.nowak") as (page, faults):
        page.goto(f"{job.decision}tresc/")
        expect(page.locator(".st-note--bad")).to_contain_text("od kiedy działka jest wolna")
        clerks.correct(page, job.decision, "Działka jest wolna od dwóch lat.")
        clerks.compare(page, "2", "3")
        expect(page.locator(".st-box ins")).to_contain_text("od dwóch lat")
        clerks.submit(page, job.decision)
        assert faults.all() == []
    with visit("e.lis") as (page, faults):
        clerks.sign_all(page, job.mark, count=1)
        assert faults.all() == []
    with visit("a.nowak") as (page, faults):
        clerks.dispatch(page, job.decision)
        assert faults.all() == []


def the_resident_opens_the_decision_and_writes_a_message(visit: Visit, job: Job) -> None:
    with visit("piotr-wrona", width=360) as (page, faults):
        resident.open_case(page, resident.TITLE)
        resident.open_newest_letter(page)
        expect(page.locator("main")).to_contain_text("odwołanie")
        expect(page.locator("main")).to_contain_text(f"{resident.appeal_until(localdate()):%Y}")
        assert outside.xmlsec_accepts(resident.downloaded(page, "Pobierz poświadczenie doręczenia"))
        page.get_by_role("link", name="Wróć do sprawy").click()
        expect(page.locator(".st-steps li")).to_have_count(6)
        expect(page.locator(".st-steps [aria-current=step]")).to_contain_text("doręczone")
        page.get_by_label("Twoja wiadomość").fill("Kiedy mogę wejść na działkę?")
        page.get_by_role("button", name="Wyślij wiadomość").click()
        expect(page.locator(".st-messages")).to_contain_text("Kiedy mogę wejść")
        assert faults.all() == []


def the_clerk_answers_and_the_case_tells_its_history(visit: Visit, job: Job) -> None:
    with visit("a.nowak") as (page, faults):
        page.goto("/urzad/")
        page.get_by_role("link", name=job.mark).first.click()
        page.goto(f"/urzad/sprawy/{job.mark}/wiadomosci/")
        page.get_by_label("Wiadomość", exact=True).fill("Od pierwszego grudnia.")
        page.get_by_role("button", name="Wyślij").click()
        expect(page.locator(".st-messages")).to_contain_text("Od pierwszego grudnia.")
        page.goto(f"/urzad/sprawy/{job.mark}/metryka/")
        for act in ("Anna Nowak", "Ewa Lis", "decyzja"):
            expect(page.locator("main")).to_contain_text(act)
        assert resident.downloaded(page, "Pobierz PDF").startswith(b"%PDF-")
        page.goto(f"/urzad/sprawy/{job.mark}/?dzien={localdate():%Y-%m-%d}")
        expect(page.get_by_role("heading", level=1)).to_contain_text("stan na koniec dnia")
        expect(page.locator("main")).to_contain_text(job.number)
        assert faults.all() == []


def the_decision_is_found_and_the_registers_are_printed(visit: Visit, job: Job) -> None:
    with visit("a.nowak") as (page, faults):
        page.goto("/urzad/")
        page.keyboard.press("/")
        page.keyboard.type("warzywny ogrodek")  # the decision says 'Ogródki warzywne'
        page.keyboard.press("Enter")
        expect(page.get_by_role("region", name="Wyniki")).to_contain_text(resident.TITLE)
        assert faults.all() == []
    klass = re.findall(r"\d+", job.mark)[0]
    for login, register in (
        ("z.mak", "przychodzace/"),
        ("z.mak", "wychodzace/"),
        ("a.nowak", f"spis-spraw/?klasa={klass}&rok={localdate():%Y}&komorka=GN"),
    ):
        with visit(login) as (page, faults):
            page.goto(f"/urzad/rejestry/{register}")
            expect(page.locator("main [data-row]").first).to_be_visible()
            assert resident.downloaded(page, "PDF").startswith(b"%PDF-"), register
            assert resident.downloaded(page, "XLSX").startswith(b"PK"), register
            assert faults.all() == []


def everybody_reads_the_bulletin(visit: Visit, job: Job) -> None:
    with visit() as (page, faults):
        page.goto("/bip/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("main")).to_contain_text("skrytk")
        assert faults.all() == []


@pytest.mark.parametrize("kind", ["XML", "PDF"])
def test_a_document_signed_outside_is_taken_and_shown_as_valid(
    visit: Visit, county: County, kind: str
) -> None:
    karol = Account.objects.get(external_subject="karol-sum")
    key = signatures.staff_keys(karol.pk)[0]
    with visit("karol-sum") as (page, faults):
        page.goto("/uslugi/pismo-ogolne/")
        page.get_by_role("link", name="Złóż przez Internet").click()
        page.get_by_role("button", name="Zacznij").click()
        resident.say_what_it_is_about(page)
        page.get_by_label("Treść", exact=True).fill(resident.TEXT)
        resident.fill_the_rest(page, family_name="Sum")
        page.get_by_role("button", name="Dalej: sprawdź odpowiedzi").click()
        resident.close(page)
        content = resident.downloaded(page, kind)
        with ThreadPoolExecutor() as elsewhere:  # beside the browser's event loop pyHanko cannot work
            if kind == "XML":
                signed = elsewhere.submit(signatures.sign_xml, content, key=key, at=now()).result()
            else:
                signed = elsewhere.submit(
                    signatures.sign_pdf, content, key=key, reason="Wniosek", at=now()
                ).result()
        page.locator("input[type=file]").set_input_files(
            resident.a_file(f"podpisany.{kind.lower()}", signed, "application/octet-stream")
        )
        page.get_by_role("button", name="Dołącz podpisany plik").click()
        expect(page.locator(".st-note--good")).to_contain_text("Mamy podpisany plik")
        number = resident.send(page)
        assert faults.all() == []
    with visit("z.mak") as (page, _):
        clerks.find_in_queue(page, number, sender="Sum")
    assert county.complaints() == []

"""Signing with a trusted profile over HTTP at the demonstration's service, and all that it does wrong."""

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from lxml import etree

from starostwo.citizen import trusted_profile
from starostwo.citizen.models import Draft
from starostwo.platform.calls import NoAnswer, answer_to
from starostwo.records.models import Letter, LetterFile
from starostwo.site.demo.node_keys import make_keys
from starostwo.site.demo.trusted_profile import TrustedProfile, trusted_profile_seal
from starostwo.site.demo_idp import Handler
from tests.citizen.test_sending import actor, draft, open_office, piotr

__all__ = ["actor", "draft", "open_office", "piotr"]
PIOTR = {"given_name": "Piotr", "family_name": "Wrona", "pesel": "44051401359"}


@pytest.fixture
def service(settings: LazySettings, tmp_path: Path, open_office: None) -> Iterator[TrustedProfile]:
    """The service as the demonstration runs it, on a port of its own."""
    place = tmp_path / "office"
    make_keys(place)
    made = TrustedProfile(
        site="", people={"piotr": PIOTR}, seal=trusted_profile_seal(), office=place / "office.pem"
    )
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Peer", (Handler,), {"profile": made, "provider": None})
    )
    made.site = f"http://127.0.0.1:{server.server_port}"
    settings.TRUSTED_PROFILE_URL, settings.TRUSTED_PROFILE_PAGES = (
        f"{made.site}/pz/podpisywanie",
        f"{made.site}/pz/",
    )
    settings.TRUSTED_PROFILE_KEY = str(place / "office.key")
    settings.TRUSTED_PROFILE_CERTIFICATE = str(place / "office.pem")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join(10)


def away(piotr: Client, draft: Draft) -> str:
    answer = piotr.post(f"/eboi/wnioski/{draft.pk}/podpis-zaufany/")
    assert answer.status_code == 302
    return str(answer["Location"])


def choose(service: TrustedProfile, address: str, *, subject: str = "piotr", way: str = "") -> str:
    """What the person does on the pages of the service; the path on which he comes back."""
    assert "Pismo ogólne" in answer_to(address, headers={}).decode()
    mark = address.rpartition("=")[2]
    return service.choose({"id": mark, "subject": subject, "way": way}).partition("/eboi/")[2]


@pytest.mark.law("ustawa o informatyzacji art. 3 pkt 14a")
def test_a_resident_signs_with_his_trusted_profile_and_sends(
    piotr: Client, draft: Draft, service: TrustedProfile
) -> None:
    page = piotr.get(f"/eboi/wnioski/{draft.pk}/podpis/")
    assert "Przejdź do profilu zaufanego" in page.content.decode()
    assert f"form-action 'self' {service.site}" in page["Content-Security-Policy"]

    here = choose(service, away(piotr, draft))
    said = piotr.get(f"/eboi/{here}", follow=True).content.decode()
    assert "Podpisano profilem zaufanym" in said
    piotr.post(f"/eboi/wnioski/{draft.pk}/wyslanie/")

    main = LetterFile.objects.get(letter=Letter.objects.get(), role="main")
    assert main.report is not None
    finding = main.report["findings"][0]
    assert (finding["qualification"], finding["signer"]) == ("TRUSTED_PROFILE", "Piotr Wrona")
    assert not service.waiting, "what was fetched is forgotten there"


@pytest.mark.parametrize(
    ("subject", "way", "said"),
    [
        ("", "", "Nie podpisano profilem zaufanym"),
        ("piotr", "expired", "Sesja podpisywania wygasła"),
        ("piotr", "other", "Podpisano inny dokument niż ten wniosek"),
    ],
    ids=["refused", "session expired", "another document"],
)
def test_whatever_goes_wrong_is_said_and_the_draft_stays(
    piotr: Client, draft: Draft, service: TrustedProfile, subject: str, way: str, said: str
) -> None:
    here = choose(service, away(piotr, draft), subject=subject, way=way)

    page = piotr.get(f"/eboi/{here}", follow=True).content.decode()

    assert said in page
    draft.refresh_from_db()
    assert (draft.state, draft.signed) == (Draft.State.CLOSED, None)
    assert choose(service, away(piotr, draft)), "one may begin again"


def test_a_signature_without_the_ministrys_seal_is_refused(
    piotr: Client, draft: Draft, service: TrustedProfile
) -> None:
    address = away(piotr, draft)
    here = choose(service, address)
    mark = address.rpartition("=")[2]
    service.waiting[mark].signed = service.waiting[mark].document

    assert "nie ma ważnego podpisu zaufanego" in piotr.get(f"/eboi/{here}", follow=True).content.decode()
    draft.refresh_from_db()
    assert draft.signed is None


def test_who_comes_back_without_having_gone_signs_nothing(
    piotr: Client, draft: Draft, service: TrustedProfile
) -> None:
    page = piotr.get(f"/eboi/wnioski/{draft.pk}/podpis-zaufany/powrot/", follow=True).content.decode()

    assert "Nie podpisano profilem zaufanym" in page


def test_a_service_that_does_not_answer_is_said_so(
    piotr: Client, draft: Draft, service: TrustedProfile, settings: LazySettings
) -> None:
    settings.TRUSTED_PROFILE_URL = "http://127.0.0.1:9/pz/podpisywanie"

    page = piotr.post(f"/eboi/wnioski/{draft.pk}/podpis-zaufany/", follow=True).content.decode()

    assert "Profil zaufany teraz nie odpowiada" in page


def test_the_service_sends_nobody_elsewhere(service: TrustedProfile) -> None:
    service.site = "http://obcy.example"

    with pytest.raises(trusted_profile.ServiceDoesNotAnswer, match="not its own"):
        trusted_profile.begin(b"<a/>", success="s", failure="f", about="x")


def test_a_call_that_the_office_did_not_sign_is_refused(
    service: TrustedProfile, settings: LazySettings
) -> None:
    envelope = etree.fromstring(
        trusted_profile._envelope("addDocumentToSigning", {"doc": "YQ==", "successURL": "s"})
    )
    changed = etree.tostring(envelope).replace(b"YQ==", b"Yg==")

    with pytest.raises(NoAnswer):
        answer_to(settings.TRUSTED_PROFILE_URL, headers={"Content-Type": "text/xml"}, body=changed)
    assert not service.waiting


def test_without_a_setting_there_is_no_such_way(piotr: Client, draft: Draft, settings: LazySettings) -> None:
    settings.TRUSTED_PROFILE_URL = ""

    assert "profilu zaufanego" not in piotr.get(f"/eboi/wnioski/{draft.pk}/podpis/").content.decode()
    assert piotr.post(f"/eboi/wnioski/{draft.pk}/podpis-zaufany/").status_code == 404

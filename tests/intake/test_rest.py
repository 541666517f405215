"""The submission box for programs: what it answers, byte by byte and header by header."""

import io
import json
import re
import zipfile
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlparse
from uuid import uuid4

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from starostwo.intake.models import Submission, Upo
from starostwo.intake.rules.limits import Limits
from starostwo.intake.services import submission
from starostwo.intake.testing import open_the_box
from starostwo.intake.web import rest, streaming
from starostwo.records.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("box")]
BOX = "/api/esp/submissions"
XML = b"<pismo>Prosz\xc4\x99 o odpowied\xc5\xba</pismo>"
OPENAPI = json.loads((Path(__file__).resolve().parents[2] / "docs" / "openapi.json").read_text())


@pytest.fixture
def box() -> None:
    open_the_box()


def post(client: Client, content: bytes = XML, name: str = "pismo.xml", **more: object) -> HttpResponse:
    headers = more.pop("headers", {})
    return client.post(BOX, {"document": SimpleUploadedFile(name, content), **more}, headers=headers)  # type: ignore[return-value,arg-type]


def assert_problem(answer: HttpResponse, status: int, name: str) -> dict[str, str]:
    assert answer["Content-Type"] == "application/problem+json"
    said: dict[str, str] = json.loads(answer.content)
    jsonschema.validate(said, OPENAPI["components"]["schemas"]["Problem"])
    assert (answer.status_code, said["type"]) == (status, f"urn:x-starostwo:problem:{name}"), said
    return said


def test_a_program_sends_and_asks(client: Client) -> None:
    answer = post(
        client,
        sender_name="Gmina Ozorków",
        sender_address="ul. Wigury 14, 95-035 Ozorków",
        attachments=[SimpleUploadedFile("a.txt", b"ala"), SimpleUploadedFile("a.txt", b"kot")],
    )

    assert answer.status_code == 201
    assert answer["Content-Type"] == "application/xml"
    assert answer.content == bytes(Upo.objects.get().xml)
    assert re.fullmatch(r"(\w{5}-){3}\w{5}", answer["Access-Code"])
    submission = Submission.objects.get()
    assert answer["Location"] == f"{BOX}/{submission.pk}"
    assert [row.name for row in submission.files.order_by("position")] == ["pismo.xml", "a.txt", "a (2).txt"]

    status = client.get(answer["Location"], headers={"Access-Code": answer["Access-Code"].lower()})

    assert status.status_code == 200
    assert status.json() == {
        "id": str(submission.pk),
        "status": "REGISTERED",
        "status_text": "zarejestrowane",
        "reason": "",
        "number": "RPW/1/2026" if submission.received_at.year == 2026 else Letter.objects.get().shown_number,
        "received_at": status.json()["received_at"],
        "upo": f"{BOX}/{submission.pk}/upo",
    }
    jsonschema.validate(status.json(), OPENAPI["components"]["schemas"]["Submission"])
    receipt = client.get(status.json()["upo"], headers={"Access-Code": answer["Access-Code"]})
    assert (receipt["Content-Type"], receipt.content) == ("application/xml", answer.content)


def test_a_wrong_code_and_a_wrong_number_look_the_same(client: Client) -> None:
    sent = post(client)
    right, path = sent["Access-Code"], urlparse(sent["Location"]).path
    other = "AAAAA-AAAAA-AAAAA-AAAAA"

    asked = [
        client.get(path, headers={"Access-Code": other}),
        client.get(path),
        client.get(f"{BOX}/{uuid4()}", headers={"Access-Code": right}),
        client.get(f"{BOX}/nie-numer", headers={"Access-Code": right}),
        client.get(f"{path}/upo", headers={"Access-Code": other}),
    ]

    assert {answer.status_code for answer in asked} == {404}
    assert len({answer.content for answer in asked}) == 1
    assert_problem(asked[0], 404, "not-found")  # type: ignore[arg-type]


def test_the_code_of_one_submission_opens_no_other(client: Client) -> None:
    first, second = post(client), post(client)

    answer = client.get(first["Location"], headers={"Access-Code": second["Access-Code"]})

    assert answer.status_code == 404


def test_the_same_key_gives_the_same_bytes(client: Client) -> None:
    first = post(client, headers={"Idempotency-Key": "abc"})
    second = post(client, headers={"Idempotency-Key": "abc"})

    assert (second.status_code, second.content, second["Location"]) == (201, first.content, first["Location"])
    assert Submission.objects.count() == 1
    for answer in (first, second):
        assert (
            client.get(first["Location"], headers={"Access-Code": answer["Access-Code"]}).status_code == 200
        )
    assert_problem(post(client, b"<inne/>", headers={"Idempotency-Key": "abc"}), 409, "idempotency-key-used")
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "żółć"])
def test_a_bad_key_is_refused(client: Client, key: str) -> None:
    answer = post(client, headers={"Idempotency-Key": key.encode("utf-8").decode("latin-1")})

    assert_problem(answer, 400, "bad-idempotency-key")
    assert Submission.objects.count() == 0


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zera.txt", b"\0" * (200 << 20))
    return packed.getvalue()


def zip_of(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


ENTITY = b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>'
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "name", "status", "problem", "reason", "why"),
    [
        (ENTITY, "p.xml", 422, "refused-file", "XML_DTD", "an outside entity"),
        (LAUGHS, "p.xml", 422, "refused-file", "XML_DTD", "entities that grow"),
        (b'<!DOCTYPE p SYSTEM "http://a.pl/">\n<p/>', "p.xml", 422, "refused-file", "XML_DTD", "outside DTD"),
        (b"<pismo><niezamkniete></pismo>", "p.xml", 422, "refused-file", "XML_BROKEN", "not well-formed"),
        (zip_bomb(), "a.zip", 422, "refused-file", "EXPLODES", "an archive that explodes"),
        (zip_of("../../etc/x", b"x"), "a.zip", 422, "refused-file", "UNSAFE_NAMES", "a name that climbs"),
        (PDF + zip_of("a.txt", b"a"), "a.pdf", 422, "refused-file", "TWO_KINDS", "a PDF that is a ZIP too"),
        (b"<html><script>alert(1)</script></html>", "a.html", 415, "unsupported-file", "KIND", "a web page"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "a.exe", 415, "unsupported-file", "KIND", "a program"),
        (b"", "a.xml", 422, "refused-file", "EMPTY", "nothing"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why_and_leaves_nothing(
    client: Client, content: bytes, name: str, status: int, problem: str, reason: str, why: str
) -> None:
    for sent in (post(client, content, name), post(client, attachments=SimpleUploadedFile(name, content))):
        said = assert_problem(sent, status, problem)
        assert said["reason"] == reason, why
        assert said["detail"].endswith((".", "ponownie."))

    assert (Submission.objects.count(), Letter.objects.count(), Upo.objects.count()) == (0, 0, 0)


def test_well_formed_xml_of_an_unknown_schema_is_a_general_letter(client: Client) -> None:
    answer = post(client, b'<faktura xmlns="http://example.org/x">\n<kwota>1</kwota></faktura>')

    assert answer.status_code == 201
    assert Letter.objects.get().title == "Pismo: pismo.xml"
    assert Submission.objects.get().form_code == ""


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "no document"),
        ({"document": "tekst"}, "the document is no file"),
        ({"document": [SimpleUploadedFile("a.xml", XML), SimpleUploadedFile("b.xml", XML)]}, "two documents"),
        ({"document": SimpleUploadedFile("a.xml", XML), "sender_name": "x" * 301}, "a name too long"),
    ],
)
def test_an_incomplete_request_is_refused(client: Client, sent: dict[str, object], why: str) -> None:
    assert_problem(client.post(BOX, sent), 400, "incomplete")  # type: ignore[arg-type]
    assert Submission.objects.count() == 0


def test_a_request_that_is_no_form_is_refused(client: Client) -> None:
    assert_problem(client.post(BOX, XML, content_type="application/xml"), 400, "incomplete")  # type: ignore[arg-type]
    assert_problem(client.post(BOX, b"x", content_type="multipart/form-data"), 400, "incomplete")  # type: ignore[arg-type]


SMALL = Limits(file_bytes=1000, total_bytes=1500, attachments=2)


@pytest.mark.parametrize(
    ("sizes", "says"),
    [
        ([1001], "Jeden plik może mieć najwyżej 0 MB."),
        ([800, 800], "Wszystkie pliki razem mogą mieć najwyżej 0 MB."),
        ([10, 10, 10, 10], "Do pisma można dołączyć najwyżej 2 plików."),
    ],
)
def test_over_the_limits_the_stream_is_cut(
    client: Client, monkeypatch: pytest.MonkeyPatch, sizes: list[int], says: str
) -> None:
    monkeypatch.setattr(rest, "limit_upload", lambda request: streaming.limit_upload(request, SMALL))
    document, *rest_of = [SimpleUploadedFile("a.txt", b"x" * size) for size in sizes]

    answer = client.post(BOX, {"document": document, "attachments": rest_of})

    assert assert_problem(answer, 413, "too-large")["detail"] == says  # type: ignore[arg-type]
    assert Submission.objects.count() == 0


def test_an_announced_length_over_the_limit_is_refused_before_a_byte_is_read(client: Client) -> None:
    answer = client.generic(
        "POST",
        BOX,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH="999999999",
    )

    assert_problem(answer, 413, "too-large")  # type: ignore[arg-type]


def test_too_many_submissions_are_told_when_to_try_again(client: Client, settings: Settings) -> None:
    settings.ESP_SUBMISSIONS_PER_MINUTE = 2

    answers = [post(client) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert_problem(answers[2], 429, "too-many-requests")
    assert 1 <= int(answers[2]["Retry-After"]) <= 61
    assert Submission.objects.count() == 2


def test_tries_of_codes_are_limited_even_for_the_right_one(client: Client, settings: Settings) -> None:
    settings.ESP_QUESTIONS_PER_MINUTE = 2
    sent = post(client)

    for _ in range(2):
        assert client.get(sent["Location"], headers={"Access-Code": "AAAAA"}).status_code == 404
    blocked = client.get(sent["Location"], headers={"Access-Code": sent["Access-Code"]})

    assert_problem(blocked, 429, "too-many-requests")  # type: ignore[arg-type]
    assert int(blocked["Retry-After"]) >= 1


def test_asking_takes_three_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sent = post(client)

    with django_assert_num_queries(3):
        client.get(sent["Location"], headers={"Access-Code": sent["Access-Code"]})


def test_while_the_database_is_away_the_answer_says_when_to_try_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*args: object, **kwargs: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 1")
            cursor.execute("SELECT pg_sleep(1)")

    monkeypatch.setattr(submission, "audit", SimpleNamespace(record=cut_off))

    answer = post(client)

    assert_problem(answer, 503, "not-ready")
    assert int(answer["Retry-After"]) == 60
    assert (Submission.objects.count(), Letter.objects.count()) == (0, 0)


def test_where_no_receipt_can_be_sealed_nothing_is_received(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.KEYS_DIR = tmp_path

    answer = post(client)

    assert_problem(answer, 503, "not-ready")
    assert (Submission.objects.count(), Letter.objects.count()) == (0, 0)

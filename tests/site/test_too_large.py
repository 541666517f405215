"""What is too large is answered with a page: by the application, by nginx in front of it, and in a form."""

import http.client
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from django.conf import LazySettings
from django.test import Client

from starostwo.screens import testing
from starostwo.site.nginx import configuration
from starostwo.site.testing import free_port, nginx

SAID = "To, co wysyłasz, jest za duże"
SMALL = 100_000


@pytest.fixture
def front(db: None, settings: LazySettings) -> Iterator[int]:
    """The port of nginx, which takes less than usual, before the application."""
    folder, port = Path(mkdtemp(prefix="st-large-")), free_port()
    with testing.serving() as address:
        made = configuration(
            name="localhost", application=address.removeprefix("http://"), static=folder, bulletin=folder,
            visits=folder, certificate=None, listen=f"127.0.0.1:{port}", log=folder / "access.log",
            largest=SMALL,
        )  # fmt: skip
        try:
            with nginx(made, folder, port=port):
                yield port
        finally:
            shutil.rmtree(folder)


def test_nginx_answers_with_the_page_of_the_application(front: int) -> None:
    client = http.client.HTTPConnection("localhost", front, timeout=20)
    client.request("POST", "/uslugi/informacja-publiczna/bez-logowania/", b"a" * (SMALL + 1))
    answer = client.getresponse()
    assert answer.status == 413
    assert SAID in answer.read().decode()


def test_nobody_opens_that_page_through_nginx(front: int) -> None:
    client = http.client.HTTPConnection("localhost", front, timeout=20)
    client.request("GET", "/za-duze/")
    answer = client.getresponse()
    assert answer.status == 404


def test_the_application_refuses_by_itself(client: Client, db: None, settings: LazySettings) -> None:
    settings.LARGEST_REQUEST = SMALL
    answer = client.post("/wizyty/", b"a" * (SMALL + 1), content_type="application/octet-stream")
    assert answer.status_code == 413
    assert SAID in answer.content.decode()


def test_more_text_than_a_form_holds_is_told_too(client: Client, db: None, settings: LazySettings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = SMALL
    answer = client.post("/newsletter/", {"email": "a" * (SMALL + 1)})
    assert answer.status_code == 413
    assert SAID in answer.content.decode()

"""Keys of addresses stand in no log: neither the application's nor the web server's."""

import logging
from pathlib import Path

import pytest
import requests

from starostwo.site import testing
from starostwo.site.masking import MaskKeys
from starostwo.site.nginx import configuration

KEY = "N7x-4kQ_" * 6
ADDRESS = f"/wizyty/wizyta/{KEY}/odwolanie/"


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (f"Not Found: {ADDRESS}", "Not Found: /wizyty/wizyta/.../odwolanie/"),
        ("Not Found: /uslugi/rejestracja-pojazdu/", "Not Found: /uslugi/rejestracja-pojazdu/"),
    ],
)
def test_the_application_masks_keys(message: str, shown: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s", (message,), None)

    assert MaskKeys().filter(record)
    assert record.getMessage() == shown


def test_the_web_server_masks_keys(tmp_path: Path) -> None:
    port = testing.free_port()
    log = tmp_path / "access.log"
    made = configuration(
        name="localhost", application="127.0.0.1:1", static=tmp_path, bulletin=tmp_path, visits=tmp_path,
        certificate=None,
        listen=f"127.0.0.1:{port}", log=log,
    )  # fmt: skip
    with testing.nginx(made, tmp_path, port=port) as here:
        requests.get(f"{here}{ADDRESS}", timeout=5)
        requests.get(f"{here}/uslugi/?q=auto", headers={"Referer": ADDRESS}, timeout=5)
    lines = log.read_text()

    assert KEY not in lines
    assert '"GET /wizyty/wizyta/..." 502' in lines
    assert '"GET /uslugi/?q=auto" 502' in lines

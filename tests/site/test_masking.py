"""Keys of addresses stand in no log: neither the application's nor the web server's."""

import logging
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
import requests

from starostwo.site.masking import MaskKeys
from starostwo.site.nginx import configuration

KEY = "N7x-4kQ_" * 6
ADDRESS = f"/wizyty/wizyta/{KEY}/odwolanie/"
MAIN = """
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


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
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path / "access.log"
    made = configuration(
        name="localhost", application="127.0.0.1:1", static=tmp_path, bulletin=tmp_path, visits=tmp_path,
        certificate=None,
        listen=f"127.0.0.1:{port}", log=log,
    )  # fmt: skip
    (tmp_path / "site.conf").write_text(made)
    (tmp_path / "main.conf").write_text(MAIN.format(folder=tmp_path))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    settings = ["-c", str(tmp_path / "main.conf"), "-e", str(tmp_path / "error.log"), "-g", "daemon off;"]
    server = subprocess.Popen([program, *settings])
    try:
        asked(f"http://127.0.0.1:{port}{ADDRESS}")
        requests.get(f"http://127.0.0.1:{port}/uslugi/?q=auto", headers={"Referer": ADDRESS}, timeout=5)
    finally:
        server.terminate()
        server.wait(timeout=10)
    lines = log.read_text()

    assert KEY not in lines
    assert '"GET /wizyty/wizyta/..." 502' in lines
    assert '"GET /uslugi/?q=auto" 502' in lines


def asked(url: str) -> None:
    """Ask until the server is up."""
    for _ in range(50):
        try:
            requests.get(url, timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("nginx did not start")

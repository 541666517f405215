"""The demonstration's identity provider as a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as installed

from starostwo.site.demo.node_keys import make_keys
from tests.office.saml_node import ISSUER, OFFICE, Liar, running_node

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def running_provider(*, public_url: str) -> Iterator[str]:
    """Start the provider on a free loopback port, yield its issuer, end it by its own process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "IDP_PORT": str(port),
        "OIDC_CLIENT_SECRET": installed.OIDC_CLIENT_SECRET,
        "PUBLIC_URL": public_url,
        "TSA_URL": "http://127.0.0.1:0/",  # any free port: nobody here asks for the time
    }
    process = subprocess.Popen([sys.executable, "-m", "starostwo.site.demo_peers"], cwd=ROOT, env=environment)
    try:
        _wait_for(port, process)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def provider_process() -> Iterator[str]:
    """One provider for all tests that call from `http://testserver`."""
    with running_provider(public_url="http://testserver") as issuer:
        yield issuer


@pytest.fixture
def provider(provider_process: str, settings: LazySettings) -> str:
    """The provider as this installation knows it; returns its issuer."""
    settings.OIDC_ISSUER = provider_process
    settings.PUBLIC_URL = "http://testserver"
    return provider_process


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        assert process.poll() is None, "the provider ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the provider does not answer")


@pytest.fixture(scope="session")
def node_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys of the national node and of the office towards it."""
    folder = tmp_path_factory.mktemp("node") / "keys"
    make_keys(folder)
    return folder


@pytest.fixture
def node(node_keys: Path, settings: LazySettings) -> Iterator[Liar]:
    """The national node as this installation knows it, and the office's settings for it."""
    with running_node(node_keys) as (address, running):
        set_node(settings, address, node_keys)
        yield running


def set_node(settings: LazySettings, address: str, keys: Path, *, office: str = OFFICE) -> None:
    """Set the office up for a node at the address."""
    settings.PUBLIC_URL = settings.SAML_SYSTEM = office
    settings.SAML_ISSUER = ISSUER
    settings.SAML_ACCOUNTS = "login.gov.pl"
    settings.SAML_SIGN_ON_URL = f"{address}/logowanie"
    settings.SAML_ARTIFACT_URL = f"{address}/artefakt"
    settings.SAML_LOGOUT_URL = f"{address}/wylogowanie"
    settings.SAML_LEAST_LEVEL = "substantial"
    settings.SAML_KEY = str(keys / "office.key")
    settings.SAML_CERTIFICATE = str(keys / "office.pem")
    settings.SAML_DECRYPTION_KEYS = str(keys / "decryption.key")
    settings.SAML_CERTIFICATES = str(keys / "node.pem")
    settings.PESEL_PROVEN_BY = ["login.gov.pl"]

"""The demonstration's identity provider as a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def provider_port() -> Iterator[int]:
    """Start the provider on a free loopback port; it is ended by its own process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "IDP_PORT": str(port),
        "OIDC_CLIENT_SECRET": settings.OIDC_CLIENT_SECRET,
        "PUBLIC_URL": "http://testserver",
    }
    process = subprocess.Popen([sys.executable, "-m", "starostwo.site.demo_idp"], cwd=ROOT, env=environment)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def provider(provider_port: int, settings: pytest.FixtureRequest) -> str:
    """The provider as this installation knows it; returns its issuer."""
    settings.OIDC_ISSUER = f"http://localhost:{provider_port}"  # type: ignore[attr-defined]
    settings.PUBLIC_URL = "http://testserver"  # type: ignore[attr-defined]
    return f"http://localhost:{provider_port}"


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        assert process.poll() is None, "the provider ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the provider does not answer")

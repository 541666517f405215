"""A KSeF of the demonstration that a test talks with over HTTP."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from starostwo.site.demo.ksef_peer import KsefPeer
from starostwo.treasury import testing as treasury
from tests.treasury.ksef_server import TOKEN, serving


@pytest.fixture
def peer(settings: Settings) -> Iterator[KsefPeer]:
    """The peer, and the office's settings leading to it."""
    made = KsefPeer(TOKEN)
    with serving(made) as address:
        settings.KSEF_URL = address
        settings.KSEF_QR_URL = "https://qr-test.ksef.mf.gov.pl"
        settings.KSEF_NIP = treasury.NIP
        settings.KSEF_TOKEN = TOKEN
        settings.KSEF_SECONDS = 2.0
        settings.KSEF_PAUSE = 0.01
        yield made

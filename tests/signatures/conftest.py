"""The demonstration's keys for the tests of signatures, and certificates of every bad kind."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings

from starostwo.signatures import demo_pki
from starostwo.signatures.demo_pki import DemoPerson, DemoPki
from starostwo.signatures.inspection import inspect
from starostwo.signatures.keys import SigningKey, open_key
from starostwo.signatures.rules.report import SignatureReport
from starostwo.signatures.trust import Trust, trust_from_folder

BUILT = datetime(2026, 1, 2, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANNA = DemoPerson(1, "Anna", "Nowak", title="starosta")
PIOTR = DemoPerson(2, "Piotr", "Wrona", pesel="44051401359")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="session")
def demo(folder: Path) -> DemoPki:
    return demo_pki.build(folder, [ANNA, PIOTR], now=BUILT)


@pytest.fixture(scope="session")
def trust(folder: Path, demo: DemoPki) -> Trust:
    return trust_from_folder(folder / "trust", accepts_demo=True)


@pytest.fixture(scope="session")
def seal(demo: DemoPki) -> SigningKey:
    return open_key(demo.seal, accepts_demo=True)


@pytest.fixture
def report(trust: Trust) -> Callable[..., SignatureReport]:
    """Inspect in this process, as the child does."""

    def look(
        content: bytes, files: dict[str, bytes] | None = None, *, at: datetime = NOW, by: Trust = trust
    ) -> SignatureReport:
        return inspect(content, files=files or {}, trust=by, at=at)

    return look


@pytest.fixture
def installation(settings: LazySettings, folder: Path, demo: DemoPki) -> DemoPki:
    """An installation whose keys are the demonstration's."""
    settings.KEYS_DIR = folder
    settings.DEMO = True
    return demo

"""The network of real parts that the tests of discovery and monitoring share."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.infrastructure.network import UPS, Hosts, network, three_hosts


@pytest.fixture(scope="session")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    """Three hosts with snmpd and lldpd; whoever unplugs a cable plugs it in again."""
    with network(tmp_path_factory.mktemp("net")) as made:
        three = three_hosts(made, more=UPS)
        made.start()
        yield three


@pytest.fixture(autouse=True)
def the_network_may_be_asked(settings: Settings) -> None:
    settings.NETWORK_ASKING = True

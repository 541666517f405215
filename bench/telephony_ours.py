"""`python -m bench.telephony_ours REGISTRATIONS CALLS AT_ONCE`: two exchanges, one load, as JSON."""

import hashlib
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402  models are there only after setup
from django.utils import timezone  # noqa: E402

from bench import sipp  # noqa: E402
from bench.sipp import Counted  # noqa: E402
from bench.telephony_exchanges import anchored, kamailio, relay  # noqa: E402
from starostwo.office.models import Seat  # noqa: E402
from starostwo.telephony.exchange import snapshot  # noqa: E402
from starostwo.telephony.exchange.configuration import MODULES, Place, configuration  # noqa: E402
from starostwo.telephony.models import Credential, Extension, Node, Number  # noqa: E402
from starostwo.telephony.services.phones import DOMAIN  # noqa: E402
from tests.telephony.registrar import free_port  # noqa: E402

PHONES, CALLERS, CALLED = 200, 700_000, 800_000
STATIC = sipp.SCENARIOS / "static.cfg"


@dataclass(frozen=True)
class Sizes:
    """How many, and how many of them at once."""

    registrations: int
    calls: int
    at_once: int


@dataclass(frozen=True)
class Crowd:
    """Phones that call and phones that are called, each with its password."""

    passwords: dict[str, str]

    @property
    def callers(self) -> list[list[str]]:
        """Number, how it proves itself, whom it calls."""
        return [
            [number, _proof(number, password), str(int(number) - CALLERS + CALLED)]
            for number, password in self.passwords.items()
            if int(number) < CALLED
        ]

    @property
    def called(self) -> list[list[str]]:
        """Number and how it proves itself."""
        return [
            [number, _proof(number, password)]
            for number, password in self.passwords.items()
            if int(number) >= CALLED
        ]


def main() -> None:
    sizes = Sizes(*(int(word) for word in sys.argv[1:4]))
    crowd = Crowd({str(first + nth): f"pomiar{nth}" for first in (CALLERS, CALLED) for nth in range(PHONES)})
    node = _enter(crowd)
    database = f"postgres://{settings.EXCHANGE_ROLE}@/{settings.DATABASES['default']['NAME']}"
    port = free_port()
    ours = _measured(lambda folder: _ours(node, Place(folder, database)), node.port, crowd, sizes)
    static = _measured(lambda folder: _static(port, crowd), port, crowd, sizes)
    rows = [
        {
            "what": what, "count": mine.done + mine.failed, "at_once": sizes.at_once, "ours": mine.per_second,
            "ms": mine.mean_ms, "failed": mine.failed, "static": static[what].per_second,
        }
        for what, mine in ours.items()
    ]  # fmt: skip
    print(json.dumps(rows))


def _measured(written: Callable[[Path], str], server: int, crowd: Crowd, sizes: Sizes) -> dict[str, Counted]:
    """Registrations and calls as they go; then calls once more, with their sound through rtpengine."""
    place = Path(str(settings.DATABASES["default"]["HOST"]))
    with kamailio(written, server, place):
        found = {
            "registrations": sipp.run(
                "register", server, crowd.callers, count=sizes.registrations, at_once=sizes.at_once,
                port=free_port(),
            ),
            "calls": _calls(server, crowd, sizes),
        }  # fmt: skip
    with relay() as orders, kamailio(lambda folder: anchored(written(folder), orders), server, place):
        return found | {"anchored": _calls(server, crowd, sizes, ports=sipp.RELAYED)}


def _calls(server: int, crowd: Crowd, sizes: Sizes, *, ports: str = sipp.DIRECT) -> Counted:
    port, answers = free_port(), free_port()
    sipp.run("register", server, crowd.called, count=PHONES, at_once=20, port=port, contact=answers)
    with sipp.answering(answers):
        return sipp.run(
            "call", server, crowd.callers, count=sizes.calls, at_once=sizes.at_once, port=port, ports=ports
        )


def _proof(number: str, password: str) -> str:
    return f"[authentication username={number} password={password}]"


def _ha1(number: str, password: str) -> str:
    return hashlib.md5(f"{number}:{DOMAIN}:{password}".encode(), usedforsecurity=False).hexdigest()


def _enter(crowd: Crowd) -> Node:
    """A building of its own with all phones."""
    seat = Seat.objects.order_by("pk")[0]
    node = Node.objects.create(code="POMIAR", name="Pomiar", seat=seat, host=sipp.HERE, port=free_port())
    numbers = [Number(number=number, kind=Number.Kind.PHONE, node=node) for number in crowd.passwords]
    Number.objects.bulk_create(numbers)
    Extension.objects.bulk_create(
        Extension(number_id=number, label="pomiar", has_voicemail=False) for number in crowd.passwords
    )
    Credential.objects.bulk_create(
        Credential(extension_id=number, ha1=_ha1(number, password), set_at=timezone.now(), set_by="pomiar")
        for number, password in crowd.passwords.items()
    )
    return node


def _ours(node: Node, place: Place) -> str:
    """The configuration, and beside it what the exchange would know without the database."""
    snapshot.write(snapshot.read(snapshot.address()), place.folder)
    return configuration(node, place)


def _static(port: int, crowd: Crowd) -> str:
    text = STATIC.read_text(encoding="utf-8")
    known = "\n".join(
        f'\t$sht(ha1=>{number}) = "{_ha1(number, password)}";' for number, password in crowd.passwords.items()
    )
    words = {"PORT": str(port), "DOMAIN": DOMAIN, "MODULES": f"{MODULES}/", "HA1": known}
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text


main()

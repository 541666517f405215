"""Kamailio's configuration of one building, made from the tables.

Kamailio reaches a PostgreSQL behind a private socket: its address names no host, and libpq takes the
folder of the socket from PGHOST. Measured with 5.6: a host in brackets or `unix(...)` is not understood.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from starostwo.telephony.exchange.rtpengine import Media
from starostwo.telephony.models import EmergencyNumber, Node, Trunk
from starostwo.telephony.queries.routing import HOPS
from starostwo.telephony.services.phones import DOMAIN

TEMPLATE = Path(__file__).with_name("kamailio.cfg")
PARTS: tuple[str, ...] = (
    "records.cfg",
    "outage.cfg",
    "transfer.cfg",
    "sending_on.cfg",
    "dialing.cfg",
)  # files beside the template: modules of one purpose, with their routes
MEDIA = "media.cfg"  # the part of exchanges that take browsers; others ask whether it is there
MODULES = Path("/usr/lib/x86_64-linux-gnu/kamailio/modules")
WORD = re.compile(r"@([A-Z_]+)@")
NOBODY = "nobody"


@dataclass(frozen=True)
class Place:
    """Where an exchange runs: folder, database as Kamailio writes it, programs beside it; times in ms."""

    folder: Path
    database: str
    box: str = "127.0.0.1:5068"
    agent: str = "127.0.0.1:5069"  # who sends callers from outside on
    media: Media | None = None
    answer_ms: int = 5_000
    outside_ms: int = 60_000
    tries: int = 10
    locked_seconds: int = 300
    reload_seconds: int = 10
    signed_in_seconds: int = 120  # a phone signs in again so often: so long it is gone after a crash
    outage_seconds: int = 20  # each phone of a group rings, while the database is away
    children: int = 4
    debug: int = 1


def configuration(node: Node, place: Place) -> str:
    """The whole file; other buildings and operators are those that stand in the tables now."""
    peers = [(one.host, one.port) for one in Node.objects.exclude(pk=node.pk).order_by("pk")]
    lines = Trunk.objects.filter(node=node, is_on=True).order_by("order", "pk")
    trunks = [(one.host, one.port) for one in lines]
    emergency = EmergencyNumber.objects.order_by("pk").values_list("pk", flat=True)
    words: dict[str, object] = {
        "HOST": node.host, "PORT": node.port, "NODE": node.code, "DOMAIN": DOMAIN, "MODULES": f"{MODULES}/",
        "DATABASE": place.database, "FOLDER": place.folder, "BOX": place.box, "HOPS": HOPS,
        "AGENT": place.agent,
        "PEERS": _any_of(f"{host}:{port}" for host, port in peers), "EMERGENCY": _any_of(emergency),
        "TRUNKS": _any_of(f"{host}:{port}" for host, port in trunks),
        "PEER_WAYS": _ways("peer", peers), "TRUNK_WAYS": _ways("trunk", trunks),
        "SIGNED_IN_SECONDS": place.signed_in_seconds, "OUTAGE_SECONDS": place.outage_seconds,
        "CHILDREN": place.children,
        "ANSWER_MS": place.answer_ms, "OUTSIDE_MS": place.outside_ms, "TRIES": place.tries,
        "LOCKED_SECONDS": place.locked_seconds, "DEBUG": place.debug,
        "RELOAD_SECONDS": place.reload_seconds,
    }  # fmt: skip
    names = PARTS
    if place.media:
        names, words = (MEDIA, *PARTS), words | _of_media(place.media)
    parts = "\n".join(TEMPLATE.with_name(name).read_text(encoding="utf-8") for name in names)
    template = TEMPLATE.read_text(encoding="utf-8").replace("@PARTS@\n", parts)
    return WORD.sub(lambda found: str(words[found[1]]), template)


def _of_media(media: Media) -> dict[str, str]:
    secrets = [f'modparam("auth_ephemeral", "secret", "{secret}")' for secret in media.secrets]
    return {
        "WEBSOCKET": media.websocket, "RTPENGINE": media.rtpengine, "PASS_SECRETS": "\n".join(secrets)
    }  # fmt: skip


def _any_of(values: Iterable[str]) -> str:
    """A pattern of one of these; of none it fits nothing."""
    return "|".join(re.escape(str(value)).replace("\\-", "-") for value in values) or NOBODY


def _ways(kind: str, places: list[tuple[str, int]]) -> str:
    """Steps to these places in turn, for the list `way`; the first is put last, which puts it on top."""
    steps = [
        f"""$xavp(way=>kind) = "{kind}";
$xavp(way[0]=>when) = "FAIL";
$xavp(way[0]=>step) = {100 * (kind == "peer") + nth};
$xavp(way[0]=>target) = $xavp(call[0]=>dialled);
$xavp(way[0]=>ring_seconds) = 60;
$xavp(way[0]=>host) = "{host}";
$xavp(way[0]=>port) = {port};
$xavp(way[0]=>acts_as) = "";
$xavp(way[0]=>shows) = "";"""
        for nth, (host, port) in enumerate(places, 1)
    ]
    return "\n".join(reversed(steps)) or "$var(nowhere) = 1;"  # a block may not be empty

"""What goes on now at each exchange: phones that are signed in, calls that ring or talk."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from starostwo.telephony.exchange.rpc import NoAnswer, NotRunning, ask_list
from starostwo.telephony.models import Node
from starostwo.telephony.queries.calls import names_of
from starostwo.telephony.rules.numbers import shown

MOST = 200
TALKS = 4  # state of a dialog whose answer was acknowledged
RINGS = (1, 2)


@dataclass(frozen=True)
class SignedIn:
    """A phone at one of its addresses."""

    number: str
    name: str
    address: str
    program: str
    expires_seconds: int


@dataclass(frozen=True)
class Talk:
    """A call that rings or talks."""

    caller: str
    called: str
    rings: bool
    since: datetime | None


@dataclass
class Live:
    """An exchange now; `fault` says why nothing is known of it."""

    node: Node
    fault: str = ""
    runs: bool = False
    phones: list[SignedIn] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    is_cut: bool = False


def run_folder(node: Node) -> Path:
    """Where the exchange of a node runs on this machine."""
    return Path(settings.VOIP_DIR) / node.code


def now_at(node: Node) -> Live:
    """Ask the exchange of a node."""
    live, folder = Live(node), run_folder(node)
    try:
        contacts = list(_contacts(ask_list(folder, "ul.dump")))
        dialogs = [one for one in ask_list(folder, "dlg.list") or [] if isinstance(one, dict)]
    except NotRunning:
        return live
    except NoAnswer as fault:
        live.runs, live.fault = True, str(fault)
        return live
    live.runs = True
    live.is_cut = len(contacts) > MOST or len(dialogs) > MOST
    talks = [_ends(one) for one in dialogs[:MOST]]
    names = names_of({number for number, _ in contacts[:MOST]} | {end for ends in talks for end in ends})
    live.phones = sorted(
        (_signed_in(number, contact, names) for number, contact in contacts[:MOST]),
        key=lambda phone: (len(phone.number), phone.number, phone.address),
    )
    live.talks = [
        Talk(_named(caller, names), _named(called, names), one.get("state") in RINGS, _since(one))
        for one, (caller, called) in zip(dialogs, talks, strict=False)
        if one.get("state") in (*RINGS, 3, TALKS)
    ]
    return live


def _contacts(told: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The contacts in the nest of domains and numbers that Kamailio tells."""
    for domain in (told or {}).get("Domains", []):
        for place in domain.get("Domain", {}).get("AoRs", []):
            info = place.get("Info", {})
            for contact in info.get("Contacts", []):
                yield str(info.get("AoR", "")).partition("@")[0], contact.get("Contact", {})


def _signed_in(number: str, contact: dict[str, Any], names: dict[str, str]) -> SignedIn:
    expires = contact.get("Expires")
    return SignedIn(
        number=number,
        name=names.get(number, ""),
        address=str(contact.get("Address", ""))[:100],
        program=str(contact.get("User-Agent", ""))[:100],
        expires_seconds=expires if isinstance(expires, int) else 0,
    )


def _ends(dialog: dict[str, Any]) -> tuple[str, str]:
    """Who calls whom, as the exchange noted it; else the numbers of the two addresses."""
    noted: dict[str, str] = {}
    for variable in dialog.get("variables", []):
        if isinstance(variable, dict):
            noted |= {str(name): str(value) for name, value in variable.items()}
    caller = noted.get("caller") or _user(dialog.get("from_uri"))
    return caller, noted.get("target") or noted.get("dialled") or _user(dialog.get("to_uri"))


def _user(uri: object) -> str:
    return str(uri or "").partition(":")[2].partition("@")[0][:20]


def _named(number: str, names: dict[str, str]) -> str:
    return f"{shown(number)} {names.get(number, '')}".strip() or "numer ukryty"


def _since(dialog: dict[str, Any]) -> datetime | None:
    for name in ("start_ts", "init_ts"):
        if isinstance(moment := dialog.get(name), int) and moment > 0:
            return datetime.fromtimestamp(moment, UTC)
    return None

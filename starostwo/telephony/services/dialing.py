"""Click to dial: one's own telephone rings, and when it is lifted it calls the number."""

from datetime import datetime

from starostwo.office.api import Actor
from starostwo.telephony.exchange.rpc import Denied, NoAnswer, NotRunning, ask
from starostwo.telephony.queries import numbers, routing
from starostwo.telephony.queries.live import run_folder
from starostwo.telephony.rules.numbers import any_number
from starostwo.telephony.services.phones import DOMAIN


class NoPhone(Exception):
    """The person has no telephone of his own."""


class NotAllowed(Exception):
    """The dial plan refuses the call of this telephone; the text is the SIP code."""


class ExchangeDown(Exception):
    """The exchange of the person's building does not answer on this machine; the text is its code."""


class PhoneIsAway(Exception):
    """The person's telephone is not signed in; the text is its number."""


def call_from_own_phone(number: str, *, actor: Actor, now: datetime) -> str:
    """Ring the own telephone and then the number; return the own one. Raises NotANumber too.

    The dial plan is asked before anything rings, and decides once more when the telephone calls.
    """
    phone = numbers.own_phone(actor.account_id)
    if phone is None:
        raise NoPhone
    dialled, node, own = any_number(number), phone.number.node, phone.number_id
    first = routing.route(own, dialled, node=node.code, at=now)[0]
    if first.kind == "deny":
        raise NotAllowed(first.target)
    ends = (f"sip:{own}@{DOMAIN}", f"sip:{dialled}@{DOMAIN}", f"sip:{node.host}:{node.port}")
    folder = run_folder(node)
    try:
        ask(folder, "ul.lookup", "location", own)
        ask(folder, "dlg.bridge_dlg", *ends)
    except Denied as fault:
        raise PhoneIsAway(own) from fault
    except (NotRunning, NoAnswer) as fault:
        raise ExchangeDown(node.code) from fault
    return own

"""What the agent answers to requests: new calls, questions, transfers, and what it does not do."""

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import unquote

from .addresses import Address, BrokenMessage, read_parameters
from .call import Call, NotUp, Refused, State
from .incoming import IncomingCall
from .media import Media, NoFreePort
from .messages import Request, Response
from .replies import ALLOWED, SDP, SUPPORTED, not_allowed
from .transactions import ServerTransaction

if TYPE_CHECKING:
    from .user_agent import UserAgent


def receive(agent: "UserAgent", transaction: ServerTransaction) -> None:
    """Find what a new request belongs to and answer it."""
    request = transaction.request
    if request.method == "CANCEL":
        _cancel(agent, transaction)
    elif request.receiver.tag:
        call = agent.find(request.call_id, request.receiver.tag, request.sender.tag)
        if call:
            call.receive(transaction)
        elif agent.on_stranger and agent.on_stranger(transaction):
            return
        elif request.method != "ACK":
            _refuse(agent, transaction, request.reply(481))
    elif request.method == "INVITE":
        _invite(agent, transaction)
    elif request.method == "OPTIONS":
        response = request.reply(200, tag="options")
        response.headers.add("Allow", ALLOWED)
        response.headers.add("Accept", SDP)
        response.headers.add("Supported", SUPPORTED)
        transaction.respond(response)
    elif request.method != "ACK":
        transaction.respond(not_allowed(request))


def begin_transfer(agent: "UserAgent", call: Call, transaction: ServerTransaction) -> None:
    """Meet a REFER: accept, call whom it names, tell how it goes (RFC 3515 section 2.4)."""
    request = transaction.request
    targets = request.headers.listed("Refer-To")
    if len(targets) != 1:
        transaction.respond(request.reply(400))
        return
    target = Address.parse(targets[0]).uri
    if not agent.accepts_transfers or target.scheme != "sip":
        transaction.respond(request.reply(603))
        return
    more = [("Referred-By", value) for value in request.headers.all("Referred-By")[:1]]
    for part in target.headers.split("&"):
        name, _, value = part.partition("=")
        if name.lower() == "replaces":
            more.append(("Replaces", unquote(value)))
    transaction.respond(request.reply(202))
    place = str(target).partition("?")[0]
    agent.start_task(_transfer(agent, call, place, more))


async def _transfer(agent: "UserAgent", call: Call, target: str, more: list[tuple[str, str]]) -> None:
    await call.notify(100, "Trying", is_last=False)
    try:
        call.transferred = new = await agent.call(target, *more)
        await new.wait_until_up()
    except Refused as refused:
        await call.notify(refused.code, refused.response.reason, is_last=True)
    except (BrokenMessage, NoFreePort, RuntimeError):
        await call.notify(503, "Service Unavailable", is_last=True)
    else:
        await call.notify(200, "OK", is_last=True)


def _cancel(agent: "UserAgent", transaction: ServerTransaction) -> None:
    """Answer the CANCEL itself, and end the INVITE unless it has its answer already."""
    request = transaction.request
    meant = agent.transactions.cancelled_by(request)
    transaction.respond(request.reply(200 if meant else 481, tag="cancel"))
    if meant and not meant.is_done and meant.on_cancel:
        meant.on_cancel()


def _invite(agent: "UserAgent", transaction: ServerTransaction) -> None:
    request = transaction.request
    unknown = [name for name in request.headers.listed("Require") if name.lower() != SUPPORTED]
    if unknown:
        response = request.reply(420, tag="no")
        response.headers.add("Unsupported", ", ".join(unknown))
        _refuse(agent, transaction, response)
    elif len(agent.calls) >= agent.most_calls:
        _refuse(agent, transaction, request.reply(503, tag="no"))
    else:
        replaced = _replaced(agent, request)
        if replaced is None and request.headers.get("Replaces"):
            _refuse(agent, transaction, request.reply(481, tag="no"))
            return
        transaction.respond(request.reply(100))
        task = agent.start_task(_meet(agent, transaction, replaced))
        transaction.on_cancel = lambda: _give_up(task)


def _give_up(task: "asyncio.Task[object]") -> None:
    task.cancel("CANCEL")


def _replaced(agent: "UserAgent", request: Request) -> Call | None:
    """Return the call whose place the new one takes (RFC 3891 section 3)."""
    call_id, tags = read_parameters(request.headers.get("Replaces"))
    return agent.find(call_id, tags.get("to-tag", ""), tags.get("from-tag", ""))


async def _meet(agent: "UserAgent", transaction: ServerTransaction, replaced: Call | None) -> None:
    """Let the behaviour meet the call; a CANCEL arrives here as the task's own end."""
    call: IncomingCall | None = None
    try:
        media = await Media.listen(agent.host, agent.media_ports)
        try:
            call = IncomingCall(agent, media, transaction)
        except BrokenMessage:
            media.close()
            raise
        agent.calls.append(call)
        agent.remember(call)
        if replaced is None:
            await agent.behaviour(call)
            return
        call.answer()
        if replaced.state is State.UP:
            await replaced.hang_up()
    except asyncio.CancelledError:
        _end(agent, transaction, call, 487)
    except BrokenMessage:
        _end(agent, transaction, call, 400)
    except NoFreePort:
        _end(agent, transaction, call, 503)
    except NotUp:
        _end(agent, transaction, call, 487)  # the caller gave up while the behaviour went on
    except Exception:
        _end(agent, transaction, call, 500)
        raise
    if call is not None and call.state in (State.TRYING, State.RINGING):
        call.refuse(480)  # the behaviour came to its end without saying anything


def _end(agent: "UserAgent", transaction: ServerTransaction, call: IncomingCall | None, code: int) -> None:
    """Refuse what has no answer yet; hang up what has."""
    if call is None:
        _refuse(agent, transaction, transaction.request.reply(code, tag="no"))
    elif call.state is State.UP:
        agent.start_task(call.hang_up())
    else:
        call.refuse(code)


def _refuse(agent: "UserAgent", transaction: ServerTransaction, response: Response) -> None:
    transaction.respond(response)
    agent.transactions.forget(transaction)

"""Who sends callers from outside on, as a program beside the exchange.

python -m starostwo.telephony.agent.switchboard HOST PORT EXCHANGE [USER]

The exchange at HOST:EXCHANGE hands it each REFER of a phone that talks with somebody outside. When it dies,
who talks goes on talking, and the exchange ends both sides when one of them hangs up.
"""

import asyncio
import concurrent.futures.thread  # noqa: F401  asyncio loads it when it wants it: too late for another user
import logging
import signal
import sys

from .incoming import declining
from .program import become
from .sending_on import Taken
from .sides import Key, Side
from .timers import Timers
from .transactions import Hop, ServerTransaction
from .user_agent import UserAgent
from .wishes import Place

MOST_CALLS = 200


class Switchboard:
    """The calls that were taken over from phones, at one socket beside the exchange."""

    def __init__(self, host: str, port: int, exchange: Hop, timers: Timers | None = None) -> None:
        self.sides: dict[Key, Side] = {}
        self.exchange = exchange
        self.agent = UserAgent(
            "przekazywanie", "starostwo", host=host, port=port, proxy=exchange, timers=timers or Timers(),
            behaviour=declining(), trusted=frozenset({host}), most_calls=MOST_CALLS, on_stranger=self.meet,
        )  # fmt: skip

    def meet(self, transaction: ServerTransaction) -> bool:
        """Meet a request of a call that is not the agent's own: one that was taken over, or is to be."""
        request = transaction.request
        key = (request.call_id, request.receiver.tag, request.sender.tag)
        side = self.sides.get(key)
        if side is None and request.method == "REFER":
            side = Taken(self, Place.of_refer(request)).inside
        if side is not None:
            side.receive(transaction)
        elif (
            request.method == "OPTIONS"
        ):  # the exchange asks whether a call lives that an earlier run led: it does
            transaction.respond(request.reply(200))
        else:
            return False
        return True


async def serve(host: str, port: int, exchange: Hop) -> None:
    """Serve until somebody asks us to stop."""
    board = Switchboard(host, port, exchange)
    await board.agent.start()
    asked = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, asked.set)
    await asked.wait()
    await board.agent.stop()


def main() -> None:
    """Begin as the user that is named."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    host, port, exchange, *user = sys.argv[1:]
    if user:
        become(user[0])
    asyncio.run(serve(host, int(port), (host, int(exchange))))


if __name__ == "__main__":
    main()

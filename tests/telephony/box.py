"""A voicemail box as a process, for the test that kills it: python -m tests.telephony.box FOLDER."""

import asyncio
import sys
from pathlib import Path

from starostwo.telephony.agent.tones import tone
from starostwo.telephony.agent.user_agent import UserAgent
from starostwo.telephony.agent.voicemail import Message, Voicemail
from tests.telephony.agents import DOMAIN


async def serve(folder: Path) -> None:
    """Print the port and serve until killed."""

    async def keep(message: Message) -> None:
        print(f"kept {message.name}", flush=True)

    box = Voicemail(folder, keep, lambda mailbox: tone(600, 0.2))
    agent = UserAgent("800", DOMAIN, behaviour=box)
    await agent.start()
    print(agent.port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))

"""Calls over a real exchange: our configuration, our tables, phones of our own."""

import pytest
from django.db import connection

from starostwo.telephony import testing
from starostwo.telephony.agent.call import Refused
from starostwo.telephony.agent.digest import Credentials
from starostwo.telephony.agent.incoming import answering, busy, ringing_on
from starostwo.telephony.models import Extension
from starostwo.telephony.services import phones
from starostwo.telephony.services.phones import DOMAIN
from tests.telephony.agents import phone, run
from tests.telephony.exchange import exchange
from tests.telephony.registrar import free_port

def test_phones_of_one_building_call_each_other(committed_database: str) -> None:
    testing.load_numbers()
    node = testing.make_node("A", port=free_port())
    admin = testing.admin()
    passwords = {}
    for number in ("101", "102"):
        testing.make_phone(number, node, ring_seconds=2)
        passwords[number] = phones.new_password(number, actor=admin, now=testing.NOW)
    with exchange(node) as folder:
        proxy = ("127.0.0.1", node.port)

        async def work() -> None:
            async with (
                phone(
                    "101", proxy=proxy, credentials=Credentials.from_password("101", DOMAIN, passwords["101"])
                ) as first,
                phone(
                    "102",
                    answering(hz=880),
                    proxy=proxy,
                    credentials=Credentials.from_password("102", DOMAIN, passwords["102"]),
                ) as second,
            ):
                await first.register(60)
                await second.register(60)
                call = await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
                call.media.play_tone(440)
                assert await call.hears(880)
                assert await second.calls[0].hears(440)
                await call.hang_up()

        try:
            run(work())
        except BaseException:
            print((folder / "log").read_text()[-3000:])
            raise

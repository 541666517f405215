"""The exchanges of this machine as one run: started from the tables or from memory, kept up to date."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import psycopg
from django.db import DatabaseError, InterfaceError, connection
from django.utils.timezone import now

from starostwo.site import exchange_services, settings
from starostwo.site.commands import CannotCarryOut
from starostwo.site.exchange import CannotListen, Exchange, Say, Tables, kept
from starostwo.site.exchange_services import Site
from starostwo.telephony.exchange import snapshot, speech
from starostwo.telephony.exchange.configuration import Place, configuration
from starostwo.telephony.exchange.rtpengine import PACKAGES
from starostwo.telephony.models import ExchangeState, Node
from starostwo.telephony.queries import greetings
from starostwo.telephony.queries import voicemail as waiting
from starostwo.telephony.services import calls, own_box, voicemail

REFRESH_EVERY = 5.0  # seconds
COLLECT_EVERY = 1.0
PHONES_EVERY = 3.0
TRY_AGAIN_AFTER = 20.0
AWAY = (DatabaseError, InterfaceError, psycopg.Error)
SERVER = {"connect_timeout": 3, "tcp_user_timeout": 5000}  # a line that is down is known soon


class Exchanges:
    """All exchanges of this machine, or the one that is named."""

    def __init__(self, only: str | None, *, say: Say) -> None:
        self._only, self._say = only, say
        self._running: dict[str, Exchange] = {}
        self._refused: dict[str, CannotListen] = {}
        self._later: dict[str, float] = {}
        self._stuck: dict[str, str] = {}  # by exchange: why its voice messages cannot be taken
        self._is_away = False
        self._refresh_at = self._collect_at = self._phones_at = 0.0
        for name, value in SERVER.items():
            connection.settings_dict["OPTIONS"].setdefault(name, value)

    def turn(self) -> None:
        """What is to be done again and again: cheap where nothing happened."""
        for exchange in self._running.values():
            exchange.keep_alive(self._say)
        moment = time.monotonic()
        if moment >= self._refresh_at:
            self._refresh_at = moment + REFRESH_EVERY
            self._with_database(self._refresh, self._start_from_memory)
        if moment >= self._phones_at:
            kept = [exchange.keep_phones() for exchange in self._running.values()]
            self._phones_at = moment + PHONES_EVERY if all(kept) else 0.0
        if moment >= self._collect_at:
            self._collect_at = moment + COLLECT_EVERY
            if any(exchange.has_work for exchange in self._running.values()):
                self._with_database(self._collect, lambda: None)

    def stop(self) -> None:
        """Stop all."""
        for code, exchange in self._running.items():
            exchange.stop()
            self._say(f"centrala {code} zatrzymana.")
        self._running = {}

    def _with_database(self, work: Callable[[], None], without: Callable[[], None]) -> None:
        try:
            work()
        except AWAY as problem:
            connection.close()
            if not self._is_away:
                self._say(f"baza danych nie odpowiada, centrale działają z pamięci ({_first_line(problem)})")
            self._is_away = True
            without()
        else:
            if self._is_away:
                self._say("baza danych odpowiada.")
            self._is_away = False

    def _refresh(self) -> None:
        nodes = {node.code: node for node in Node.objects.order_by("code")}
        if self._only and self._only not in nodes and not self._running:
            known = ", ".join(nodes) or "żadnego"
            raise CannotCarryOut(f"nie ma węzła {self._only}; w urzędzie są: {known}")
        for code in set(self._running) - set(nodes):
            self._running.pop(code).stop()
            self._say(f"węzła {code} już nie ma, centrala zatrzymana.")
        tables = snapshot.read(snapshot.address())
        for code, node in nodes.items():
            if self._only in (None, code):
                self._bring_up_to_date(node, tables)
                if node.code in self._running:
                    self._running[node.code].remember_boxes(
                        greetings.boxes(node.pk), waiting.waiting_messages(node.pk)
                    )
                self._note(node)

    def _bring_up_to_date(self, node: Node, tables: Tables) -> None:
        running = self._running.get(node.code)
        if running and _address(running.site) != _address(node):
            self._running.pop(node.code).stop()
            running = None
        if running is None:
            if time.monotonic() >= self._later.get(node.code, 0.0):
                self._start_of(node, tables)
            return
        running.remember(tables)
        text = configuration(node, place(running.site))
        if text != running.configured():
            running.write(text)
            running.begin_anew()
            self._say(f"centrala {node.code} wystartowała z nowymi ustawieniami.")

    def _start_of(self, node: Node, tables: Tables) -> None:
        site = Site(node.code, node.host, node.port, 0, node.websocket)
        with suppress(OSError):  # an address that is not ours is refused below
            ports = exchange_services.free_ports(node.host, 2)
            site = replace(site, box_port=ports[0], agent_port=ports[1])
        self._start(site, configuration(node, place(site)), tables)

    def _start_from_memory(self) -> None:
        for site in kept():
            if site.code not in self._running and self._only in (None, site.code):
                self._start(site, None, None)

    def _start(self, site: Site, text: str | None, tables: Tables | None) -> None:
        exchange = Exchange(site)
        try:
            exchange.start(text, tables)
        except CannotListen as refused:
            exchange.stop()
            if self._only and refused.elsewhere:
                raise CannotCarryOut(str(refused)) from refused
            self._later[site.code] = time.monotonic() + TRY_AGAIN_AFTER
            if str(self._refused.get(site.code)) != str(refused):
                self._say(f"{refused}.")
            self._refused[site.code] = refused
            return
        self._refused.pop(site.code, None)
        self._running[site.code] = exchange
        how = " z migawki, bez bazy danych" if text is None else ""
        self._say(f"centrala {site.code} słucha na {site.host}:{site.port} (UDP){how}")
        if site.websocket and site.media is None:
            self._say(f"bez telefonu w przeglądarce: sudo apt-get install --no-install-recommends {PACKAGES}")

    def _note(self, node: Node) -> None:
        """Tell the administrator's screen how it goes; another machine tells of its own."""
        exchange, state = self._running.get(node.code), ExchangeState.State
        refused = self._refused.get(node.code)
        if exchange is None and (refused is None or refused.elsewhere):
            return
        told = state.TAKEN if exchange is None else state.RUNS if exchange.runs else state.STARTS
        before = ExchangeState.objects.filter(node=node).first()
        started = before.started_at if before and before.state == told == state.RUNS else now()
        ExchangeState.objects.update_or_create(
            node=node,
            defaults={
                "state": told, "said_at": now(), "waiting": exchange.waiting() if exchange else 0,
                "started_at": started if told == state.RUNS else None,
                "speaks": speech.program() is not None,
            },
        )  # fmt: skip

    def _collect(self) -> None:
        for exchange in self._running.values():
            calls.take_written(exchange.site.folder, now=now())
            self._collect_messages(exchange)

    def _collect_messages(self, exchange: Exchange) -> None:
        """What would be said each second is said once, and again when it had been well meanwhile."""
        code = exchange.site.code
        try:
            voicemail.collect(exchange.ready, now=now())
            if own_box.carry_out(exchange.acts, now=now()):
                self._refresh_at = 0.0  # so that the box knows what was done
        except OSError as problem:
            if self._stuck.get(code) != str(problem):
                self._say(f"wiadomości głosowe centrali {code} czekają: {problem}")
            self._stuck[code] = str(problem)
        else:
            if self._stuck.pop(code, None):
                self._say(f"wiadomości głosowe centrali {code} są znowu odbierane.")


def place(site: Site) -> Place:
    """What the configuration of an exchange is made with."""
    name = settings.DATABASES["default"]["NAME"]
    database = f"postgres://{settings.EXCHANGE_ROLE}@/{name}"
    box = f"{site.host}:{site.box_port}"
    agent = f"{site.host}:{site.agent_port}"
    return Place(
        site.folder, database, box=box, agent=agent, media=site.media, children=2 if settings.DEMO else 4
    )


def _address(of: Site | Node) -> tuple[str, int, str]:
    return of.host, of.port, of.websocket


def _first_line(problem: BaseException) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0][:200]

"""One exchange of this machine: its files written, its programs started, kept alive and stopped."""

import errno
import fcntl
import json
import shutil
import socket
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO

from starostwo.site import exchange_services, kept_greetings, kept_messages, kept_phones, processes, settings
from starostwo.site.exchange_services import Site
from starostwo.site.kept_messages import Messages
from starostwo.site.processes import Child
from starostwo.telephony.agent.own_box import ACTS, OWN, WORDS
from starostwo.telephony.agent.program import GREETINGS, READY, RECORDING
from starostwo.telephony.exchange import rows, snapshot
from starostwo.telephony.exchange.rpc import NoAnswer, NotRunning
from starostwo.telephony.queries.greetings import Box
from starostwo.telephony.rules.own_box import words

CONFIGURATION, FACTS, LOCK, PHONES = "kamailio.cfg", "node.json", "lock", "phones.json"
Say = Callable[[str], None]
Tables = dict[str, snapshot.Rows]


class CannotListen(Exception):
    """The exchange cannot have its address; the text says why. `elsewhere`: it is another machine's."""

    def __init__(self, words: str, *, elsewhere: bool = False) -> None:
        super().__init__(words)
        self.elsewhere = elsewhere


class Exchange:
    """The exchange of a node on this machine."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.children: list[Child] = []
        self._lock: IO[str] | None = None
        self._knows_phones = 0  # the process that was told who is signed in

    @property
    def ready(self) -> Path:
        """Where finished voice messages wait to be taken."""
        return self.site.box / READY

    @property
    def runs(self) -> bool:
        """Whether all its programs live."""
        return bool(self.children) and all(child.process.poll() is None for child in self.children)

    def waiting(self) -> int:
        """How many voice messages wait to be taken."""
        return len(list(self.ready.glob("*.json")))

    @property
    def acts(self) -> Path:
        """Where it waits what people did with their boxes by telephone."""
        return self.site.box / ACTS

    @property
    def has_work(self) -> bool:
        """Whether anything waits to be taken into the database."""
        return bool(self.waiting()) or self.has_rows or any(self.acts.glob("*.json"))

    @property
    def has_rows(self) -> bool:
        """Whether calls wait that it wrote down."""
        return bool(rows.waiting(self.site.folder, 1))

    def start(self, configuration: str | None, tables: Tables | None) -> None:
        """Start its programs, from what was kept where nothing is given; CannotListen without its port."""
        make_folder(self.site)
        self._hold()
        processes.kill_marked(exchange_services.mark(self.site.code))
        _check_port(self.site)
        if configuration is not None and tables is not None:
            self.write(configuration)
            self.remember(tables)
        snapshot.complete(self.site.folder, exchange_services.user())
        services = exchange_services.services(self.site)
        # Kamailio last, so that what it asks is there: a refusal at its start comes back at the first call
        self.children = [processes.start(one) for one in reversed(services)][::-1]

    def write(self, configuration: str) -> None:
        """Keep the configuration and what a later start without the database has to know."""
        for name, text in ((CONFIGURATION, configuration), (FACTS, json.dumps(asdict(self.site)))):
            put(self.site.folder / name, text)

    def remember(self, tables: Tables) -> None:
        """Keep beside it what it has to know without the database."""
        snapshot.write(tables, self.site.folder, exchange_services.user())

    def remember_boxes(self, boxes: list[Box], messages: Messages) -> None:
        """Keep beside the voicemail box what it says, and what is new for whom."""
        user, said = exchange_services.user(), [Box(name, text) for name, text in words().items()]
        kept_greetings.keep(self.site.box / GREETINGS, boxes, user)
        kept_greetings.keep(self.site.box / WORDS, said, user)
        kept_messages.keep(self.site.box, messages, user)

    def configured(self) -> str:
        """The configuration with which it runs."""
        file = self.site.folder / CONFIGURATION
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def begin_anew(self) -> None:
        """Let Kamailio start again with what was written; the voicemail box goes on."""
        processes.stop(self.children[:1])
        self.children[0] = processes.start(self.children[0].service)

    def keep_alive(self, say: Say) -> None:
        """Start what has died again."""
        for child in self.children:
            processes.keep_alive(child, say=say)

    def keep_phones(self) -> bool:
        """Remember who is signed in, and tell it to a Kamailio that has started anew; whether it could."""
        file, pid = self.site.folder / PHONES, self.children[0].process.pid
        try:
            if self._knows_phones != pid:
                kept_phones.tell(self.site.folder, kept_phones.read(file))
                self._knows_phones = pid
            put(file, kept_phones.written(kept_phones.signed_in(self.site.folder)))
        except (NotRunning, NoAnswer):
            return False
        return True

    def stop(self) -> None:
        """Stop all its programs."""
        processes.stop(self.children)
        self.children = []
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _hold(self) -> None:
        """One run at a time: another one would stop our programs."""
        if self._lock is not None:
            return
        lock = (self.site.folder / LOCK).open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise CannotListen(f"centralę {self.site.code} prowadzi już inny proces") from None
        self._lock = lock


def kept() -> list[Site]:
    """The exchanges that ran here before, for a start without the database."""
    files = sorted(settings.VOIP_DIR.glob(f"*/{FACTS}"))
    return [Site(**json.loads(file.read_text(encoding="utf-8"))) for file in files]


def make_folder(site: Site) -> None:
    """The run folder with all its parts, the server user's own."""
    box = site.box
    own = [site.folder.parent, site.folder, site.folder / rows.FOLDER, box]
    parts = [*own, *(box / name for name in (RECORDING, READY, GREETINGS, OWN, WORDS, ACTS))]
    for place in parts:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        _hand_to_user(place)


def put(file: Path, text: str) -> None:
    """Write a file of the exchange, whole or not at all; nobody else reads it."""
    new = file.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(text, encoding="utf-8")
    _hand_to_user(new)
    new.replace(file)


def _hand_to_user(place: Path) -> None:
    name = exchange_services.user()
    if name:
        shutil.chown(place, name)


def _check_port(site: Site) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _ in range(10):  # what was just killed lets go of its port in a moment
            try:
                probe.bind((site.host, site.port))
            except OSError as problem:
                if problem.errno == errno.EADDRNOTAVAIL:
                    raise CannotListen(
                        f"węzeł {site.code} ma adres {site.host}, którego ten komputer nie ma; "
                        "centralę uruchamia komputer w tamtym budynku", elsewhere=True,
                    ) from None  # fmt: skip
                if problem.errno != errno.EADDRINUSE:
                    raise
                time.sleep(0.1)
            else:
                return
    raise CannotListen(
        f"port {site.host}:{site.port} (UDP) centrali {site.code} zajmuje inny program; "
        "reszta działa, próbuję dalej"
    )

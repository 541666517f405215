"""How the catalogue says of a page who looks at it, and why an address has none."""

from dataclasses import dataclass

ACTS = "a posted act: its answer is another page of this list"
FILE = "a file"
JSON = "for scripts and programs"
WAY = "leads on to another page"
DESK, WORKER, HEAD, COORDINATOR = "z.mak", "a.nowak", "e.lis", "i.bielska"
TRANSPORT, HEAD_OF_TRANSPORT = "b.tablica", "c.droga"
ADMIN, PRIVACY, EDITOR, PORTAL_EDITOR, TREASURY = "o.bak", "m.tarcza", "p.cis", "n.widok", "w.grosz"
SITE_EDITOR = "k.dzwonek"
TREASURER, CHIEF, ACCOUNTANT = "m.zareba", "g.ksiega", "k.saldo"
KEEPER, COUNTER = "r.regal", "m.licznik"
NETWORKER, TECHNICIAN = "w.kabel", "t.krosny"
RESIDENT = "resident"  # whoever of the residents was served a letter


@dataclass(frozen=True)
class Screen:
    """One page: who looks, the rest of its address, and the button that is pressed with nothing filled in."""

    login: str | None
    query: str = ""
    empty_query: str | None = None
    refused_by: str = ""
    status: int = 200

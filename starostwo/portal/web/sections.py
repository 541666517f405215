"""The parts of the editors' desk of the portal, as tabs."""

from django.urls import reverse

from starostwo.screens.api import Tab

SECTIONS: list[tuple[str, str, list[str]]] = [
    ("Aktualności", "portal:texts", ["aktualnosci"]),
    ("Strony", "portal:texts", ["strony"]),
    ("Biblioteka obrazów", "portal:library", []),
    ("Wydarzenia", "portal:things", ["wydarzenia"]),
    ("Komunikaty", "portal:things", ["komunikaty"]),
    ("Skróty", "portal:things", ["skroty"]),
    ("Kontakty", "portal:things", ["kontakty"]),
    ("Newsletter", "portal:issues", []),
    ("Konsultacje", "portal:things", ["konsultacje"]),
    ("Sesje rady", "portal:things", ["sesje"]),
    ("Radni", "portal:things", ["radni"]),
    ("Interpelacje", "portal:things", ["interpelacje"]),
    ("Miejsca", "portal:things", ["miejsca"]),
    ("Tłumaczenia", "portal:translations", []),
]


def tabs(path: str) -> list[Tab]:
    """One tab for each part; the one that is open is marked."""
    found = [(label, reverse(name, args=arguments)) for label, name, arguments in SECTIONS]
    return [Tab(label, url, is_current=path.startswith(url)) for label, url in found]

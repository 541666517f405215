"""Names of what the infrastructure knows: kinds of devices, ports, cables, and which ports fit together."""

SWITCH, ROUTER, FIREWALL, SERVER, STORAGE = "SWITCH", "ROUTER", "FIREWALL", "SERVER", "STORAGE"
ACCESS_POINT, PHONE, COMPUTER, PRINTER, CAMERA = "ACCESS_POINT", "PHONE", "COMPUTER", "PRINTER", "CAMERA"
PANEL, SOCKET, UPS, STRIP, OUTLET, OTHER = "PANEL", "SOCKET", "UPS", "STRIP", "OUTLET", "OTHER"
CATEGORIES = {
    SWITCH: "przełącznik",
    ROUTER: "router",
    FIREWALL: "zapora",
    SERVER: "serwer",
    STORAGE: "pamięć masowa",
    ACCESS_POINT: "punkt dostępowy",
    PHONE: "telefon",
    COMPUTER: "komputer",
    PRINTER: "drukarka",
    CAMERA: "kamera",
    PANEL: "panel krosowy",
    SOCKET: "gniazdo ścienne",
    UPS: "zasilacz UPS",
    STRIP: "listwa zasilająca",
    OUTLET: "gniazdo elektryczne",
    OTHER: "inne",
}
PASSIVE = (PANEL, SOCKET, OUTLET)

INTERFACE, FRONT, REAR, POWER_IN, POWER_OUT = "INTERFACE", "FRONT", "REAR", "POWER_IN", "POWER_OUT"
PORTS = {
    INTERFACE: "interfejs",
    FRONT: "port przedni",
    REAR: "port tylny",
    POWER_IN: "wejście zasilania",
    POWER_OUT: "wyjście zasilania",
}
POWER = (POWER_IN, POWER_OUT)

COPPER = ("UTP5E", "UTP6", "UTP6A")
CABLES = {
    "UTP5E": "skrętka kat. 5e",
    "UTP6": "skrętka kat. 6",
    "UTP6A": "skrętka kat. 6A",
    "SM": "światłowód jednomodowy",
    "MM": "światłowód wielomodowy",
    "DAC": "kabel DAC",
    "COAX": "kabel koncentryczny",
    "POWER": "przewód zasilający",
    "CIRCUIT": "łącze operatora",
    "OTHER": "inny",
}
COLOURS = {
    "": "nieokreślony",
    "GREY": "szary",
    "BLUE": "niebieski",
    "YELLOW": "żółty",
    "GREEN": "zielony",
    "RED": "czerwony",
    "ORANGE": "pomarańczowy",
    "PURPLE": "fioletowy",
    "BLACK": "czarny",
    "WHITE": "biały",
}


def fit(one: str, other: str) -> bool:
    """Whether a cable may join two ports: power goes from an outlet to an inlet, signals everywhere else."""
    if one in POWER or other in POWER:
        return {one, other} == set(POWER)
    return True

"""The ready tree of sections of a county's bulletin.

Law: ustawa o dostępie do informacji publicznej art. 6 ust. 1 (what is public), art. 8 ust. 3 (which of it
the bulletin must have).
The letters of art. 6 are named from memory: an editor checks them with the act.
"""

from dataclasses import dataclass

VERIFIED = False


@dataclass(frozen=True)
class Branch:
    """One section: the last part of its address, its name, its provision, and the sections below it."""

    slug: str
    name: str
    law: str = ""
    below: tuple["Branch", ...] = ()


def _art6(point: str) -> str:
    return f"art. 6 ust. 1 pkt {point}"


TREE = (
    Branch("polityka", "Polityka i programy", _art6("1"), (
        Branch("zamierzenia", "Zamierzenia władz powiatu", _art6("1 lit. a")),
        Branch("projekty-aktow", "Projekty aktów i konsultacje", _art6("1 lit. b")),
        Branch("programy", "Programy i strategie", _art6("1 lit. c")),
    )),
    Branch("podmiot", "Powiat i jego władze", _art6("2"), (
        Branch("status-prawny", "Status prawny i statut", _art6("2 lit. a")),
        Branch("organizacja", "Organizacja starostwa", _art6("2 lit. b")),
        Branch("kompetencje", "Przedmiot działania i kompetencje", _art6("2 lit. c")),
        Branch("organy", "Organy i osoby pełniące funkcje", _art6("2 lit. d")),
        Branch("jednostki", "Jednostki organizacyjne powiatu", _art6("2 lit. e")),
        Branch("oswiadczenia-majatkowe", "Oświadczenia majątkowe", "ustawa o samorządzie powiatowym"),
    )),
    Branch("zasady", "Zasady funkcjonowania", _art6("3"), (
        Branch("tryb-dzialania", "Tryb działania władz i jednostek", _art6("3 lit. a, b")),
        Branch("uchwaly", "Uchwały rady i zarządu powiatu", _art6("3 lit. c")),
        Branch("zarzadzenia", "Zarządzenia starosty", _art6("3 lit. c")),
        Branch("zalatwianie-spraw", "Przyjmowanie i załatwianie spraw", _art6("3 lit. d, e")),
        Branch("rejestry", "Rejestry, ewidencje i archiwa", _art6("3 lit. f")),
        Branch("nabory", "Nabory na stanowiska", _art6("3 lit. g, h")),
        Branch("petycje", "Petycje", "ustawa o petycjach art. 8"),
    )),
    Branch("dane-publiczne", "Dane publiczne", _art6("4"), (
        Branch("dokumenty-urzedowe", "Dokumenty urzędowe i rozstrzygnięcia", _art6("4 lit. a")),
        Branch("kontrole", "Kontrole i wystąpienia", _art6("4 lit. a tiret drugie")),
        Branch("stanowiska", "Stanowiska i opinie", _art6("4 lit. b, c")),
        Branch("obwieszczenia", "Obwieszczenia i zawiadomienia", "k.p.a. art. 49"),
        Branch("ponowne-wykorzystywanie", "Ponowne wykorzystywanie danych", "ustawa o otwartych danych"),
    )),
    Branch("majatek", "Majątek publiczny", _art6("5"), (
        Branch("budzet", "Budżet i sprawozdania", _art6("5 lit. c")),
        Branch("mienie", "Mienie powiatu", _art6("5 lit. c, d")),
        Branch("zamowienia", "Zamówienia publiczne", "ustawa Prawo zamówień publicznych"),
        Branch("nieruchomosci", "Zbycie i najem nieruchomości", "u.g.n. art. 35"),
        Branch("dlug-i-pomoc", "Dług publiczny i pomoc publiczna", _art6("5 lit. f, g")),
    )),
    Branch("inne", "Inne informacje", "", (
        Branch("sygnalisci", "Zgłoszenia sygnalistów"),
        Branch("dane-osobowe", "Ochrona danych osobowych"),
    )),
)  # fmt: skip

UNIT_TREE = (
    Branch("podmiot", "Jednostka i jej organy", _art6("2"), (
        Branch("status-prawny", "Status prawny i statut", _art6("2 lit. a")),
        Branch("organizacja", "Organizacja jednostki", _art6("2 lit. b")),
        Branch("kompetencje", "Przedmiot działania i kompetencje", _art6("2 lit. c")),
        Branch("organy", "Organy i osoby pełniące funkcje", _art6("2 lit. d")),
        Branch("oswiadczenia-majatkowe", "Oświadczenia majątkowe", "ustawa o samorządzie powiatowym"),
    )),
    Branch("zasady", "Zasady funkcjonowania", _art6("3"), (
        Branch("tryb-dzialania", "Tryb działania", _art6("3 lit. a")),
        Branch("zarzadzenia", "Zarządzenia kierownika jednostki", _art6("3 lit. c")),
        Branch("zalatwianie-spraw", "Przyjmowanie i załatwianie spraw", _art6("3 lit. d, e")),
        Branch("rejestry", "Rejestry, ewidencje i archiwa", _art6("3 lit. f")),
        Branch("nabory", "Nabory na stanowiska", _art6("3 lit. g, h")),
    )),
    Branch("dane-publiczne", "Dane publiczne", _art6("4"), (
        Branch("kontrole", "Kontrole i wystąpienia", _art6("4 lit. a tiret drugie")),
        Branch("ponowne-wykorzystywanie", "Ponowne wykorzystywanie danych", "ustawa o otwartych danych"),
    )),
    Branch("majatek", "Majątek i finanse", _art6("5"), (
        Branch("budzet", "Plan finansowy i sprawozdania", _art6("5 lit. c")),
        Branch("mienie", "Majątek jednostki", _art6("5 lit. c, d")),
        Branch("zamowienia", "Zamówienia publiczne", "ustawa Prawo zamówień publicznych"),
    )),
    Branch("inne", "Inne informacje", "", (
        Branch("sygnalisci", "Zgłoszenia sygnalistów"),
        Branch("dane-osobowe", "Ochrona danych osobowych"),
    )),
)  # fmt: skip

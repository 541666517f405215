"""Words of invented letters: names, places, and texts out of the words of the product's own service cards."""

import random
import re
from itertools import accumulate
from pathlib import Path

import starostwo.procedures
import starostwo.site.demo

CARDS = Path(starostwo.procedures.__path__[0]) / "data" / "cards.toml"
NAMES = Path(starostwo.site.demo.__path__[0]) / "data" / "names.csv"
ROOTS = """
Kowal Wiśniew Zieliń Szymań Woźnia Dąbrow Kozłow Jankow Mazur Kwiatkow Krawczy Piotrow Grabow Nowakow
Pawłow Michal Król Wieczor Jabłoń Wróblew Majew Olszew Jaworow Malinow Stępień Dud Pawlik Górsk Rutkow
Sikor Baran Szewczy Tomaszew Pietrza Marcinia Wróbel Zalew Jakubow Jasiń Zawadz Sadow Bąkow Chmielew
Borkow Czarnec Sawic Sokołow Urbań Kubia Maciejew Szczepań Kucharsk Wilczyń Lis Kalinow Wysoc Adamsk
Kaźmiercza Sobcza Czerwiń Andrzejew
""".split()
ENDINGS = ("ski", "ska", "czyk", "czak", "owicz", "ak")
STREETS = """
Leśna Polna Łąkowa Słoneczna Długa Parkowa Źródlana Kwiatowa Krótka Ogrodowa Szkolna Lipowa Brzozowa
Sosnowa Kościuszki Sienkiewicza Mickiewicza Piłsudskiego Narutowicza Żeromskiego Sadowa Rzeczna Młynarska
Kolejowa Przemysłowa Zgierska Łęczycka Ozorkowska Piątkowska Główna Nowa Wschodnia Południowa Dworska
Akacjowa Cicha
""".split()
TOWNS = (("95-100", "Zgierz"), ("95-035", "Ozorków"), ("95-015", "Głowno"), ("95-070", "Aleksandrów Łódzki"),
         ("95-010", "Stryków"), ("95-045", "Parzęczew"))  # fmt: skip
PRECINCTS = """
Proboszczewice Szczawin Lućmierz Grotniki Dąbrówka Jedlicze Rosanów Kania Słowik Swoboda Biesiekierz
Dobra Niesułków Sierznia Warszewice Anielin Bratoszewice Koźle Lubianków Mąkolice Chociszew Leźnica Opole
Śniatowa Tkaczew Bełdów Rąbień Ruda Nakielnica Sobień Krzywiec Zimna Kowalewice Piaskowice Chrząstów
Skotniki Orła Różyce Wróblew Sokolniki
""".split()
COMPANIES = ("Budomax", "Auto-Zgierz", "Wodociągi", "Geo-Pomiar", "Trans-Bzura", "Zakład Drzewny", "Agro-Ner",
             "Elektro-Dom", "Studio Projektowe", "Kancelaria")  # fmt: skip
WORD = re.compile(r"[^\W\d_]{2,}")


class Words:
    """Draws names, places and texts by chance; the frequent words of the cards are frequent in the texts."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        listed = [line.split(",") for line in NAMES.read_text(encoding="utf-8").splitlines()[1:]]
        self.given = [given for given, _ in listed]
        self.family = [family for _, family in listed] + [r + e for r in ROOTS for e in ENDINGS]
        self.words = list(dict.fromkeys(WORD.findall(CARDS.read_text(encoding="utf-8").lower())))
        chance.shuffle(self.words)
        self.weights = list(accumulate(1 / rank for rank in range(10, len(self.words) + 10)))

    def text(self, length: int) -> str:
        """So many words; a few of them make up most of the text, as in every language."""
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=length))

    def title_end(self) -> str:
        """What tells one letter from the next of its kind."""
        place, street = self.chance.choice(PRECINCTS), self.chance.choice(STREETS)
        number, part = self.chance.randrange(1, 900), self.chance.randrange(1, 40)
        return self.chance.choice(
            (
                "",
                f", działka {number}/{part}, obręb {place}",
                f", ul. {street} {number % 140 + 1}",
                f" – {self.chance.choice(self.given)} {self.chance.choice(self.family)}",
            )
        )

    def plate(self) -> str:
        """A registration plate, unlike most others."""
        return "".join(self.chance.choices("ACEFGHJKLMNPRSTUVWXY0123456789", k=5))

    def all(self) -> str:
        """Every word that may stand in a title or a text."""
        fixed = [*STREETS, *PRECINCTS, *COMPANIES, *(town for _, town in TOWNS), "działka obręb ul"]
        return " ".join([*self.words, *self.given, *self.family, *fixed])

"""What people write to a county about, and which unit it is for: its share of all letters is an estimate."""

import random
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from bench.seeding.words import Words
from starostwo.records.models import PlanClass
from starostwo.site.demo.people import rows

SHARE = {"KM": 30, "GK": 18, "AB": 14, "GN": 8, "OS": 8, "OR": 7, "SP": 5, "FN": 3, "ED": 2, "IF": 2, "PK": 1,
         "RK": 1, "ZP": 1, "SE": 1}  # fmt: skip


@dataclass(frozen=True)
class Matter:
    """A kind of letter with the class it is filed in."""

    kind: str
    title: str
    unit: str
    card: str
    plan_class: PlanClass
    makes_case: bool

    def drawn(self, words: Words) -> str:
        """The title of one letter of this kind."""
        if "EZG" in self.title:
            return self.title.format(n=words.plate())
        return self.title.format(n=words.chance.randrange(1, 999)) + words.title_end()


class Matters:
    """Draws matters by the share of their units."""

    def __init__(self, chance: random.Random) -> None:
        classes = {one.symbol: one for one in PlanClass.objects.filter(is_final=True).exclude(category="")}
        wanted = [*rows("matters.csv"), *rows("mail.csv")]
        self.chance = chance
        self.all = [
            Matter(
                row["kind"], row["title"], row["unit"], row.get("card", ""), klass, _makes_case(row, klass)
            )
            for row in wanted
            if (klass := classes.get(row["class"])) is not None
        ]
        many = Counter(matter.unit for matter in self.all)
        self.weights = list(accumulate(SHARE[matter.unit] / many[matter.unit] for matter in self.all))

    def draw(self) -> Matter:
        """One of them."""
        return self.chance.choices(self.all, cum_weights=self.weights)[0]


def _makes_case(row: dict[str, str], klass: PlanClass) -> bool:
    return "answer" in row and klass.makes_case

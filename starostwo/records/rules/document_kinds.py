"""The kinds of letters that the office writes, the elements each must have, and their templates.

Law: k.p.a. art. 107 par. 1 (decision), art. 124 (ruling), art. 217-219 (attestation), art. 64 par. 2 (call to
complete), art. 36 (notice of a new date), art. 63 and 104. The wording of the templates is ours; the clerk
replaces what stands in square brackets.
"""

from dataclasses import dataclass
from enum import StrEnum

from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_markup import blocks


class Kind(StrEnum):
    """What a letter of the office is in law."""

    LETTER = "LETTER"
    DECISION = "DECISION"
    RULING = "RULING"
    ATTESTATION = "ATTESTATION"
    CALL = "CALL"
    NOTICE = "NOTICE"


@dataclass(frozen=True)
class KindRules:
    """The heading of a kind, the sections that it must have with their provision, its remedy and its text."""

    title: str
    sections: tuple[tuple[str, str], ...]
    remedy: Remedy
    settles: bool
    template: str


LETTER_TEXT = """\
W odpowiedzi na pismo z dnia {wniosek.data} (nr {wniosek.numer}) w sprawie „{sprawa.tytul}” informuję, że \
[uzupełnij: treść odpowiedzi].
"""

DECISION_TEXT = """\
## Podstawa prawna
Na podstawie art. 104 i art. 107 ustawy z dnia 14 czerwca 1960 r. – Kodeks postępowania administracyjnego \
oraz [uzupełnij: przepisy prawa materialnego], po rozpatrzeniu wniosku, który złożył(a) {strona.nazwa}, \
w sprawie „{sprawa.tytul}”

## Rozstrzygnięcie
**orzekam** [uzupełnij: rozstrzygnięcie].

## Uzasadnienie
W dniu {wniosek.data} wpłynął wniosek w sprawie „{sprawa.tytul}”. [uzupełnij: uzasadnienie faktyczne]

[uzupełnij: uzasadnienie prawne]

## Pouczenie
1. Od decyzji służy odwołanie do organu wyższego stopnia: {organ.odwolawczy}, za pośrednictwem organu, który \
wydał decyzję, w terminie 14 dni od dnia jej doręczenia (art. 127 § 1 i art. 129 § 1 i 2 k.p.a.).
2. W trakcie biegu tego terminu strona może zrzec się prawa do wniesienia odwołania wobec organu, który \
wydał decyzję. Z dniem doręczenia oświadczenia o zrzeczeniu się tego prawa przez ostatnią ze stron decyzja \
staje się ostateczna i prawomocna (art. 127a k.p.a.).
"""

RULING_TEXT = """\
## Podstawa prawna
Na podstawie art. 123 i art. 124 ustawy z dnia 14 czerwca 1960 r. – Kodeks postępowania administracyjnego \
oraz [uzupełnij: przepis], w sprawie „{sprawa.tytul}”

## Rozstrzygnięcie
**postanawiam** [uzupełnij: rozstrzygnięcie].

## Uzasadnienie
[uzupełnij: uzasadnienie faktyczne i prawne]

## Pouczenie
[uzupełnij: czy i do kogo służy zażalenie albo że można zaskarżyć postanowienie w odwołaniu od decyzji]
"""

ATTESTATION_TEXT = """\
Na podstawie art. 217 i art. 218 ustawy z dnia 14 czerwca 1960 r. – Kodeks postępowania administracyjnego, \
na wniosek z dnia {wniosek.data},

## Zaświadczam
że {strona.nazwa}, {strona.adres}, [uzupełnij: potwierdzany stan albo fakt].

Zaświadczenie wydaje się w celu: [uzupełnij: cel].
"""

CALL_TEXT = """\
## Podstawa prawna
Na podstawie art. 64 § 2 ustawy z dnia 14 czerwca 1960 r. – Kodeks postępowania administracyjnego

## Wezwanie
wzywam do usunięcia braków wniosku z dnia {wniosek.data} (nr {wniosek.numer}) w sprawie „{sprawa.tytul}”, \
w terminie {wezwanie.dni} dni od dnia doręczenia tego wezwania, przez:

1. [uzupełnij: brak do usunięcia]

## Pouczenie
Nieusunięcie braków w tym terminie spowoduje pozostawienie wniosku bez rozpoznania (art. 64 § 2 k.p.a.). \
Odpowiedzi z plikami można udzielić na koncie w urzędzie, przy tej sprawie.
"""

NOTICE_TEXT = """\
## Podstawa prawna
Na podstawie art. 36 § 1 ustawy z dnia 14 czerwca 1960 r. – Kodeks postępowania administracyjnego

## Zawiadomienie
zawiadamiam, że sprawa „{sprawa.tytul}” nie zostanie załatwiona w terminie do dnia {zwloka.termin}. \
Przyczyna zwłoki: {zwloka.przyczyna}. Nowy termin załatwienia sprawy: {zwloka.nowy_termin}.

## Pouczenie
Stronie służy prawo do wniesienia ponaglenia do organu wyższego stopnia: {organ.odwolawczy}, za \
pośrednictwem organu prowadzącego postępowanie (art. 37 k.p.a.).
"""

DECISION_SECTIONS = (
    ("Podstawa prawna", "k.p.a. art. 107 § 1 pkt 4"),
    ("Rozstrzygnięcie", "k.p.a. art. 107 § 1 pkt 5"),
    ("Uzasadnienie", "k.p.a. art. 107 § 1 pkt 6"),
    ("Pouczenie", "k.p.a. art. 107 § 1 pkt 7"),
)
RULING_SECTIONS = (
    ("Podstawa prawna", "k.p.a. art. 124 § 1"),
    ("Rozstrzygnięcie", "k.p.a. art. 124 § 1"),
    ("Pouczenie", "k.p.a. art. 124 § 1"),
)
KINDS: dict[Kind, KindRules] = {
    Kind.LETTER: KindRules("PISMO", (), Remedy.NONE, False, LETTER_TEXT),
    Kind.DECISION: KindRules("DECYZJA", DECISION_SECTIONS, Remedy.APPEAL, True, DECISION_TEXT),
    Kind.RULING: KindRules("POSTANOWIENIE", RULING_SECTIONS, Remedy.NONE, False, RULING_TEXT),
    Kind.ATTESTATION: KindRules(
        "ZAŚWIADCZENIE", (("Zaświadczam", "k.p.a. art. 217 § 1"),), Remedy.NONE, True, ATTESTATION_TEXT
    ),
    Kind.CALL: KindRules(
        "WEZWANIE",
        (("Wezwanie", "k.p.a. art. 64 § 2"), ("Pouczenie", "k.p.a. art. 64 § 2")),
        Remedy.ANSWER,
        False,
        CALL_TEXT,
    ),
    Kind.NOTICE: KindRules(
        "ZAWIADOMIENIE",
        (("Zawiadomienie", "k.p.a. art. 36 § 1"), ("Pouczenie", "k.p.a. art. 36 § 1")),
        Remedy.NONE,
        False,
        NOTICE_TEXT,
    ),
}


def missing_sections(kind: Kind, text: str) -> list[str]:
    """Name, with its provision, each section that the law wants and the text lacks or leaves empty."""
    filled = _filled_sections(text)
    return [f"{name} ({law})" for name, law in KINDS[kind].sections if name.casefold() not in filled]


def _filled_sections(text: str) -> set[str]:
    found: set[str] = set()
    heading = ""
    for block in blocks(text):
        if block.kind == "heading":
            heading = block.text.casefold()
        elif heading and block.text.strip():
            found.add(heading)
    return found

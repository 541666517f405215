"""The letters by which the office answers a request for public information; the wording is ours.

Law: ustawa o dostępie do informacji publicznej art. 13-16, k.p.a. art. 107 par. 1 (the decisions), art. 16
ust. 2 of the act (who took a position, in whose interest; the appeal is settled within 14 days). From memory.
"""

from dataclasses import dataclass

from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.rules.information import End, Notice

ACT = "ustawy z dnia 6 września 2001 r. o dostępie do informacji publicznej"
REQUEST = "wniosek z dnia {wniosek.data} (nr {wniosek.numer}) w sprawie „{sprawa.tytul}”"
TO_COURT = (
    "Na bezczynność w sprawie udostępnienia informacji publicznej można wnieść skargę do wojewódzkiego sądu "
    "administracyjnego za pośrednictwem organu."
)
REMEDIES = """\
1. Od decyzji służy odwołanie do organu wyższego stopnia: {organ.odwolawczy}, za pośrednictwem organu, który \
wydał decyzję, w terminie 14 dni od dnia jej doręczenia (art. 127 § 1 i art. 129 § 1 i 2 k.p.a.). Odwołanie \
rozpatruje się w terminie 14 dni (art. 16 ust. 2 pkt 1 ustawy).
2. W trakcie biegu tego terminu strona może zrzec się prawa do wniesienia odwołania wobec organu, który \
wydał decyzję. Z dniem doręczenia oświadczenia o zrzeczeniu się tego prawa przez ostatnią ze stron decyzja \
staje się ostateczna i prawomocna (art. 127a k.p.a.).
"""


@dataclass(frozen=True)
class Pattern:
    """One letter: its kind in law and its text with fields and gaps."""

    kind: Kind
    text: str

    @property
    def remedy(self) -> Remedy:
        """A decision can be appealed against, nothing else."""
        return Remedy.APPEAL if self.kind is Kind.DECISION else Remedy.NONE


PATTERNS: dict[End | Notice, Pattern] = {
    Notice.LONGER: Pattern(
        Kind.NOTICE,
        f"""\
## Podstawa prawna
Na podstawie art. 13 ust. 2 {ACT}

## Zawiadomienie
powiadamiam, że informacja, o którą wnosi {REQUEST}, nie może być udostępniona w terminie do dnia \
{{zwloka.termin}}. Powód opóźnienia: {{zwloka.przyczyna}}. Informacja zostanie udostępniona najpóźniej \
{{zwloka.nowy_termin}}, nie później niż w ciągu dwóch miesięcy od dnia złożenia wniosku.

## Pouczenie
{TO_COURT}
""",
    ),
    Notice.COSTS: Pattern(
        Kind.NOTICE,
        f"""\
## Podstawa prawna
Na podstawie art. 15 {ACT}

## Zawiadomienie
powiadamiam, że udostępnienie informacji, o którą wnosi {REQUEST}, wiąże się z dodatkowymi kosztami w \
wysokości {{informacja.koszt}}. Koszty wynikają z: {{informacja.przyczyna}}.

## Pouczenie
Informacja zostanie udostępniona zgodnie z wnioskiem po upływie 14 dni od dnia tego powiadomienia, chyba \
że w tym terminie wniosek zostanie zmieniony w zakresie sposobu lub formy udostępnienia albo wycofany.
""",
    ),
    Notice.MANNER: Pattern(
        Kind.NOTICE,
        f"""\
## Podstawa prawna
Na podstawie art. 14 ust. 2 {ACT}

## Zawiadomienie
powiadamiam, że informacji, o którą wnosi {REQUEST}, nie można udostępnić w sposób lub w formie określonych \
we wniosku. Przyczyna: {{informacja.przyczyna}}. Informację można udostępnić niezwłocznie w taki sposób: \
[uzupełnij: sposób albo forma].

## Pouczenie
Jeżeli w terminie 14 dni od dnia tego powiadomienia nie wpłynie wniosek o udostępnienie informacji w jeden z \
tych sposobów, postępowanie zostanie umorzone.
""",
    ),
    End.GIVEN: Pattern(
        Kind.LETTER,
        f"""\
Odpowiadając na {REQUEST}, na podstawie art. 13 ust. 1 {ACT}, informuję:

[uzupełnij: informacja albo wykaz załączonych dokumentów]
""",
    ),
    End.IN_BULLETIN: Pattern(
        Kind.LETTER,
        f"""\
Odpowiadając na {REQUEST}, informuję, że żądana informacja jest udostępniona w Biuletynie Informacji \
Publicznej pod adresem: [uzupełnij: adres strony BIP].

Informację publiczną, która nie została udostępniona w Biuletynie, udostępnia się na wniosek (art. 10 ust. 1 \
{ACT}).
""",
    ),
    End.NOT_HELD: Pattern(
        Kind.LETTER,
        f"""\
Odpowiadając na {REQUEST}, informuję, że urząd nie jest w posiadaniu żądanej informacji. Do udostępnienia \
informacji publicznej są obowiązane podmioty, które ją mają (art. 4 ust. 3 {ACT}).

[uzupełnij: kto może mieć tę informację, jeżeli wiadomo]

{TO_COURT}
""",
    ),
    End.NOT_PUBLIC: Pattern(
        Kind.LETTER,
        f"""\
Odpowiadając na {REQUEST}, informuję, że żądana informacja nie jest informacją publiczną w rozumieniu art. 1 \
ust. 1 {ACT}.

[uzupełnij: dlaczego nie dotyczy sprawy publicznej]

{TO_COURT}
""",
    ),
    End.REFUSED: Pattern(
        Kind.DECISION,
        f"""\
## Podstawa prawna
Na podstawie art. 16 ust. 1 i 2 oraz {{informacja.przepis}} {ACT}, a także art. 104 i art. 107 ustawy z dnia \
14 czerwca 1960 r. – Kodeks postępowania administracyjnego, po rozpatrzeniu wniosku, który złożył(a) \
{{strona.nazwa}}, w sprawie „{{sprawa.tytul}}”

## Rozstrzygnięcie
**odmawiam** udostępnienia informacji publicznej w zakresie: [uzupełnij: zakres odmowy].

## Uzasadnienie
W dniu {{wniosek.data}} wpłynął wniosek w sprawie „{{sprawa.tytul}}”. Żądana informacja jest informacją \
publiczną, jednak prawo do niej podlega ograniczeniu: {{informacja.podstawa}} ({{informacja.przepis}} ustawy).

[uzupełnij: uzasadnienie faktyczne i prawne]

Stanowisko w toku postępowania zajęli: [uzupełnij: imiona, nazwiska i funkcje]. Decyzję wydano ze względu na \
dobro: [uzupełnij: oznaczenie podmiotów, ze względu na których dobra wydano decyzję].

## Pouczenie
{REMEDIES}""",
    ),
    End.DISCONTINUED: Pattern(
        Kind.DECISION,
        f"""\
## Podstawa prawna
Na podstawie art. 14 ust. 2 i art. 16 ust. 1 i 2 {ACT}, a także art. 104 i art. 107 ustawy z dnia 14 czerwca \
1960 r. – Kodeks postępowania administracyjnego, w sprawie wniosku, który złożył(a) {{strona.nazwa}}, \
„{{sprawa.tytul}}”

## Rozstrzygnięcie
**umarzam** postępowanie o udostępnienie informacji publicznej.

## Uzasadnienie
W dniu {{wniosek.data}} wpłynął wniosek w sprawie „{{sprawa.tytul}}”. Wnioskodawcę powiadomiono, w jaki \
sposób informację można udostępnić niezwłocznie. W terminie 14 dni od powiadomienia nie wpłynął wniosek o \
udostępnienie jej w żaden z tych sposobów.

[uzupełnij: daty i okoliczności]

## Pouczenie
{REMEDIES}""",
    ),
}

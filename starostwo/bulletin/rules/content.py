"""What a version of an information holds, what it still lacks before others see it, and its fingerprint.

Law: ustawa o dostępie do informacji publicznej art. 8 ust. 6 (who is named, which moments are kept), art. 8
ust. 5 (what is said of a part that is left out). Both rest on memory of the act.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from starostwo.bulletin.rules.registers import PLAIN, faults_of
from starostwo.bulletin.rules.text_faults import faults

NO_REASON = "Napisz, dlaczego treść się zmienia; powód czyta każdy w rejestrze zmian."


@dataclass(frozen=True)
class Exclusion:
    """Wyłączenie jawności: what was left out, by which law, who did it, and for whose good."""

    scope: str = ""
    basis: str = ""
    organ: str = ""
    beneficiary: str = ""

    def __bool__(self) -> bool:
        return bool(self.scope or self.basis or self.organ or self.beneficiary)


@dataclass(frozen=True)
class Content:
    """One wording of an information, with who answers for it."""

    title: str
    text: str
    produced_by: str
    responsible: str
    produced_on: date | None
    change_reason: str = ""
    publish_at: datetime | None = None
    expires_on: date | None = None
    exclusion: Exclusion = field(default_factory=Exclusion)
    fields: Mapping[str, str] = field(default_factory=dict)
    sought_names: str = ""


def gaps(content: Content, *, is_first: bool, today: date, kind: str = PLAIN) -> list[str]:
    """Return what is missing before the version may be handed over.

    Law: ustawa o dostępie do informacji publicznej art. 8 ust. 6. Who entered it and when it was published
    is noted by the program itself.
    """
    found = [said for is_missing, said in _of_metadata(content, today) if is_missing]
    if not is_first and not content.change_reason.strip():
        found.append(NO_REASON)
    found += _of_exclusion(content.exclusion)
    found += faults_of(kind, content.fields)
    if content.expires_on is not None and content.expires_on <= today:
        found.append("Dzień zdjęcia z BIP musi być późniejszy niż dziś.")
    return found + faults(content.text)


def fingerprint(content: Content, attachments: Sequence[Mapping[str, object]]) -> str:
    """Return the SHA-256 of everything that the version says; one changed letter gives another one."""
    said = {**asdict(content), "attachments": [dict(one) for one in attachments]}
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, default=_written)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


def _of_metadata(content: Content, today: date) -> Iterator[tuple[bool, str]]:
    yield not content.title.strip(), "Podaj tytuł."
    yield not content.text.strip(), "Wpisz treść."
    yield not content.produced_by.strip(), "Podaj, kto wytworzył informację."
    yield not content.responsible.strip(), "Podaj, kto odpowiada za treść informacji."
    yield content.produced_on is None, "Podaj dzień wytworzenia informacji."
    is_later = content.produced_on is not None and content.produced_on > today
    yield is_later, "Dzień wytworzenia nie może być późniejszy niż dziś."


def _of_exclusion(exclusion: Exclusion) -> list[str]:
    """Art. 8 ust. 5: scope, legal basis and who made the exclusion stand together."""
    if not exclusion or (exclusion.scope and exclusion.basis and exclusion.organ):
        return []
    return ["Przy wyłączeniu jawności podaj zakres, podstawę prawną i organ albo osobę, która wyłączyła."]

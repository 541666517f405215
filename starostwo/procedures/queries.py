"""What can be asked for on a day: cards with that day's fees and terms, and forms. All of it is public."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from starostwo.platform.polish import fold, pl_key
from starostwo.procedures.models import CardRow, Fee, FormVersion, PaymentTime, ServiceCard, Term
from starostwo.procedures.rules.answers import letter_title
from starostwo.procedures.rules.conditions import holds, read_condition
from starostwo.procedures.rules.defining import read_definition
from starostwo.procedures.rules.definition import Definition
from starostwo.procedures.rules.filled import NotOurForm, from_xml
from starostwo.procedures.rules.filled_json import answers_from_json
from starostwo.procedures.rules.people import NOBODY, People
from starostwo.procedures.rules.reading import ReadStep, readable
from starostwo.procedures.rules.sender import Sender
from starostwo.procedures.rules.xsd import follows_schema
from starostwo.search import api as search

SEARCH_KIND = "usługa"
AUDIENCE = "public"
STEM = 5

R = TypeVar("R", bound=CardRow)


@dataclass(frozen=True)
class Card:
    """A service card as it stands on a day."""

    code: str
    title: str
    summary: str
    who_may: str
    documents: tuple[str, ...]
    unit_symbol: str
    jrwa_class: str
    legal_basis: str
    higher_organ: str
    form_code: str
    in_person: str
    start_path: str
    remark: str
    verified: bool
    fees: tuple[Fee, ...]
    office_terms: tuple[Term, ...]
    resident_terms: tuple[Term, ...]
    co_applicants: int = 0
    payment_time: str = PaymentTime.Moment.AFTER

    def charged(self, answers: Mapping[str, str]) -> list[Fee]:
        """The fees that an application with these answers owes; what the office counts is not among them."""
        return [
            fee
            for fee in self.fees
            if fee.amount and not fee.by_office and (not fee.when or holds(read_condition(fee.when), answers))
        ]

    @property
    def payment_words(self) -> str:
        """When one pays, in words."""
        return str(PaymentTime.Moment(self.payment_time).label)


@dataclass(frozen=True)
class Recognised:
    """A document that one of our forms made, in readable words."""

    code: str
    version: int
    title: str
    sender: Sender
    steps: tuple[ReadStep, ...]
    attachment_sha256s: tuple[str, ...]
    answers: Mapping[str, str]
    people: People = NOBODY


def card(code: str, *, on: date) -> Card | None:
    """Return one card as it stands on the day; None when there is none."""
    return next(iter(_cards(_valid(on).filter(code=code), on)), None)


def cards(*, on: date) -> list[Card]:
    """Return all cards of the day in Polish order of titles; four queries."""
    return sorted(_cards(_valid(on), on), key=lambda card: pl_key(card.title))


def search_cards(text: str, *, on: date) -> list[Card]:
    """Return the cards that the words find, inflected or without diacritics; words of titles count first."""
    found = search.find(text, tokens=frozenset({AUDIENCE}), kind=SEARCH_KIND)
    codes = [hit.thing.partition(":")[2] for hit in found.hits]
    stems = [word[:STEM] for word in fold(text).split()]
    return sorted(
        _cards(_valid(on).filter(code__in=codes), on),
        key=lambda card: (-sum(stem in fold(card.title) for stem in stems), pl_key(card.title)),
    )


def thing_of(code: str) -> str:
    """Return the name of a card in the history and in the search."""
    return f"procedures.card:{code}"


def form(code: str, version: int | None = None) -> Definition | None:
    """Return a published form, its newest version unless one is named; None when there is none."""
    rows = FormVersion.objects.filter(code=code, published_at__isnull=False)
    row = (rows.filter(version=version) if version else rows.order_by("-version")).first()
    return read_definition(row.definition) if row else None


def sample_of(form: Definition) -> dict[str, str]:
    """Return the sample answers that came with the version of the form."""
    row = FormVersion.objects.filter(code=form.code, version=form.version).first()
    return answers_from_json(form, row.sample) if row else {}


def recognise(xml: bytes) -> Recognised | None:
    """Read a document made from one of our forms; None for any other, which is a general letter."""
    try:
        filled = from_xml(xml)
    except NotOurForm:
        return None
    definition = form(filled.code, filled.version)
    if definition is None or not follows_schema(definition, xml):
        return None
    return Recognised(
        code=filled.code,
        version=filled.version,
        title=letter_title(definition, filled.answers),
        sender=filled.sender,
        steps=tuple(readable(definition, filled.answers)),
        attachment_sha256s=tuple(each.sha256 for each in filled.attachments),
        people=filled.people,
        answers=filled.answers,
    )


def _valid(on: date) -> QuerySet[ServiceCard]:
    return ServiceCard.objects.filter(_in_force(on))


def _in_force(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))


def _cards(rows: QuerySet[ServiceCard], on: date) -> list[Card]:
    found = list(rows.order_by("code"))
    keys = [row.pk for row in found]
    fees = _by_card(Fee.objects.filter(_in_force(on), card__in=keys).order_by("position"))
    terms = _by_card(Term.objects.filter(_in_force(on), card__in=keys).order_by("position"))
    times = dict(PaymentTime.objects.filter(_in_force(on), card__in=keys).values_list("card", "moment"))
    return [
        _card(
            row,
            fees.get(row.pk, []),
            terms.get(row.pk, []),
            times.get(row.pk, PaymentTime.Moment.AFTER),
        )
        for row in found
    ]


def _by_card(rows: Iterable[R]) -> dict[int, list[R]]:
    grouped: dict[int, list[R]] = {}
    for row in rows:
        grouped.setdefault(row.card_id, []).append(row)  # type: ignore[attr-defined]
    return grouped


def _card(row: ServiceCard, fees: list[Fee], terms: list[Term], payment_time: str) -> Card:
    return Card(
        code=row.code,
        title=row.title,
        summary=row.summary,
        who_may=row.who_may,
        documents=tuple(row.documents),
        unit_symbol=row.unit_symbol,
        jrwa_class=row.jrwa_class,
        legal_basis=row.legal_basis,
        higher_organ=row.higher_organ,
        form_code=row.form_code,
        in_person=row.in_person,
        start_path=row.start_path,
        remark=row.remark,
        verified=row.verified and all(each.verified for each in (*fees, *terms)),
        fees=tuple(fees),
        office_terms=tuple(term for term in terms if term.party == Term.Party.OFFICE),
        resident_terms=tuple(term for term in terms if term.party == Term.Party.RESIDENT),
        co_applicants=row.co_applicants,
        payment_time=payment_time,
    )

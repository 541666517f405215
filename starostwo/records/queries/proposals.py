"""What is proposed when a case is opened: the class and the term, from the service and from practice."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from starostwo.office.api import Actor
from starostwo.procedures import api as procedures
from starostwo.records.access import visible_cases
from starostwo.records.models import Case, Letter, LetterFile, LetterSender, PlanClass
from starostwo.records.queries.filled_form import filled_form
from starostwo.records.rules.clock import Term, TermUnit
from starostwo.records.rules.courses import Course, course_of_letter

PROPOSED = 3
OFFERED = 12
UNITS = {
    "AT_ONCE": TermUnit.AT_ONCE,
    "DAYS": TermUnit.DAY,
    "WORKING_DAYS": TermUnit.WORKING_DAY,
    "MONTHS": TermUnit.MONTH,
}


@dataclass(frozen=True)
class ProposedClass:
    """A class and why it is proposed."""

    symbol: str
    title: str
    why: str


def term_of_service(code: str, *, on: date) -> Term | None:
    """Return the office's term of a service card on the day."""
    card = procedures.card(code, on=on) if code else None
    if card is None or not card.office_terms:
        return None
    first = card.office_terms[0]
    return Term(first.number or 0, UNITS[first.kind], first.source[:200])


def proposed_classes(letter: Letter | None, *, actor: Actor, on: date) -> list[ProposedClass]:
    """Return up to three classes: of the service card, of earlier cases like it, of the unit's practice."""
    found: dict[str, str] = {}
    if letter is not None and letter.service_code:
        card = procedures.card(letter.service_code, on=on)
        if card is not None:
            found[card.jrwa_class] = "z karty usługi"
    for symbol, why in _from_practice(letter, actor):
        found.setdefault(symbol, why)
    titles = dict(classes_for_cases(on).filter(symbol__in=found).values_list("symbol", "title"))
    return [ProposedClass(symbol, titles[symbol], why) for symbol, why in found.items() if symbol in titles][
        :PROPOSED
    ]


def proposed_course(letter: Letter | None) -> Course:
    """Return by which act the case of a letter goes; what a resident chose in a form counts first."""
    if letter is None:
        return Course.CODE
    main = LetterFile.objects.filter(letter=letter, role=LetterFile.Role.MAIN).select_related("blob")
    filled = filled_form(main.order_by("id"))
    answers = (
        [str(each.value) for step in filled.steps for _, said in step.sections for each in said]
        if filled
        else []
    )
    return course_of_letter(kind=letter.kind, service_code=letter.service_code, answers=answers)


def classes_for_cases(on: date) -> QuerySet[PlanClass]:
    """Return the final classes in which cases may be opened on the day."""
    in_force = PlanClass.objects.filter(edition__valid_from__lte=on).exclude(edition__valid_to__lte=on)
    return in_force.filter(is_final=True, makes_case=True).exclude(category="").order_by("symbol")


def find_classes(typed: str, *, on: date) -> list[PlanClass]:
    """Return final classes by the start of the symbol or by words of the title, from two signs on."""
    text = typed.strip()
    if len(text) < 2:
        return []
    in_force = PlanClass.objects.filter(edition__valid_from__lte=on).exclude(edition__valid_to__lte=on)
    final = in_force.filter(is_final=True).exclude(category="")
    found = final.filter(symbol__startswith=text) if text.isdigit() else final.filter(title__icontains=text)
    return list(found.order_by("symbol")[:OFFERED])


def _from_practice(letter: Letter | None, actor: Actor) -> list[tuple[str, str]]:
    cases = visible_cases(actor)
    if letter is None:
        return _most_used(cases.filter(holder_id=actor.account_id), "z Twoich spraw")
    senders = LetterSender.objects.filter(letter=letter, party__isnull=False).values("party_id")
    same_sender = cases.filter(
        first_letter__in=LetterSender.objects.filter(party__in=senders).values("letter_id")
    )
    same_kind = cases.filter(unit=letter.unit, first_letter__kind=letter.kind)
    return [
        *_most_used(same_sender, "z wcześniejszych pism nadawcy"),
        *_most_used(same_kind, f"z podobnych pism: {letter.kind}"),
        *_most_used(cases.filter(unit=letter.unit), "z praktyki komórki"),
    ]


def _most_used(cases: QuerySet[Case], why: str) -> list[tuple[str, str]]:
    newest = cases.order_by("-opened_at", "-id").values("pk")[:500]
    counted = Case.objects.filter(pk__in=newest).values_list("klass").annotate(uses=Count("pk"))
    return [(symbol, why) for symbol, _ in counted.order_by("-uses", "klass")[:PROPOSED]]

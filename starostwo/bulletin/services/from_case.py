"""Publishing from a case: rules of classes, and a paper proposed by who handles its case.

Law: ustawa o dostępie do informacji publicznej art. 5 ust. 2, art. 8 ust. 5 and 6. The paper's bytes never
come into the bulletin: the text is made anew without what was blacked out, and an editor looks at it first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import CaseOrigin, Decision, Item, PublishingRule, Redaction, Section, Version
from starostwo.bulletin.queries.from_case import rules_for
from starostwo.bulletin.queries.personal_data import sought_of
from starostwo.bulletin.rules.content import Content
from starostwo.bulletin.rules.personal_data import Sought
from starostwo.bulletin.rules.redaction import (
    BLACK,
    Choice,
    Entry,
    check_choices,
    exclusion_of,
    redact,
    redaction_map,
)
from starostwo.bulletin.rules.registers import BY_CODE
from starostwo.bulletin.services import drafts
from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.records import api as records


class CannotPropose(Exception):
    """The case, the paper or the rule is not there for this person, or the paper was proposed before."""


class CannotRule(Exception):
    """The person keeps no rules, or there is such a rule already."""


@dataclass(frozen=True)
class Proposal:
    """What a clerk proposes: the rule, the title and fields, and what he decided on the map."""

    rule_id: int
    title: str
    fields: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)
    words: Sequence[str] = ()


@dataclass(frozen=True)
class Proposed:
    """The draft that arose; `gaps` says what an editor has to add before it can be approved."""

    version: Version
    gaps: list[str]


@transaction.atomic
def propose(
    mark: str, source: str, *, actor: Actor, proposal: Proposal, now: datetime, today: date
) -> Proposed:
    """Make a draft out of a paper of a case, without what was blacked out, and hand it over for approval."""
    case, paper, rule = _allowed(mark, source, actor, proposal.rule_id)
    text = records.public.text_of_source(paper.thing)
    sought = sought_of(case.people, proposal.words)
    entries = redaction_map([proposal.title, text, *proposal.fields.values()], sought)
    check_choices(entries, proposal.choices)
    made = redacted(proposal, text, sought)
    place = office.office()
    content = Content(
        title=made.title[:250],
        text=made.text,
        produced_by=paper.produced_by[:200],
        responsible=case.responsible[:200],
        produced_on=paper.produced_on,
        exclusion=exclusion_of(entries, proposal.choices, organ=place.name if place else case.responsible),
        fields=made.fields,
    )
    version = drafts.draft_of(
        section=rule.section, kind=rule.kind, content=content, actor=actor, now=now, mark=case.mark
    )
    _keep_map(version, entries, proposal.choices, actor=actor, now=now)
    CaseOrigin.objects.create(
        item=version.item,
        case_id=case.case_id,
        source=paper.thing,
        label=paper.label[:200],
        proposed_at=now,
        proposed_by_id=actor.account_id,
    )
    records.public.note_proposal(case.case_id, document=paper.label, actor=actor, now=now)
    return _handed_over(version, actor=actor, now=now, today=today)


@dataclass(frozen=True)
class Redacted:
    """What will be published of a proposal."""

    title: str
    text: str
    fields: dict[str, str]


def redacted(proposal: Proposal, text: str, sought: Sought) -> Redacted:
    """Return title, text and fields without what is blacked out."""
    kept = {key for key, choice in proposal.choices.items() if choice.keep}
    return Redacted(
        title=redact(proposal.title, sought, kept),
        text=redact(text, sought, kept),
        fields={name: redact(value, sought, kept) for name, value in proposal.fields.items()},
    )


@transaction.atomic
def add_rule(
    *, actor: Actor, klass: str, kind: str, section_id: int, takes: PublishingRule.Takes, now: datetime
) -> PublishingRule:
    """Enter a rule: papers of the class may be proposed for this register and section."""
    if not access.may_keep_rules(actor):
        raise CannotRule("Reguły publikacji prowadzą redaktorzy BIP i koordynator czynności kancelaryjnych.")
    if kind not in BY_CODE or PublishingRule.objects.filter(klass=klass, kind=kind).exists():
        raise CannotRule("Taka reguła już jest albo nie ma takiego rejestru.")
    section = Section.objects.filter(body=None, pk=section_id).first()
    if section is None:
        raise CannotRule("Papiery ze spraw trafiają do działów BIP powiatu; wybierz jeden z nich.")
    made = PublishingRule.objects.create(
        klass=klass, kind=kind, section=section, takes=takes, made_at=now, made_by_id=actor.account_id
    )
    _note_rule("add_rule", made, actor, now)
    return made


@transaction.atomic
def remove_rule(rule_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a rule away; what was published by it stays."""
    if not access.may_keep_rules(actor):
        raise CannotRule("Reguły publikacji prowadzą redaktorzy BIP i koordynator czynności kancelaryjnych.")
    rule = PublishingRule.objects.select_for_update().get(pk=rule_id)
    _note_rule("remove_rule", rule, actor, now)
    rule.delete()


def note_published(version: Version, *, account_id: int | None, now: datetime) -> None:
    """Called when a version is published: the case it comes from says so in its history."""
    origin = CaseOrigin.objects.filter(item=version.item_id).first()
    if origin is not None:
        records.public.note_publication(
            origin.case_id,
            document=origin.label,
            address=f"/bip/informacja/{version.item_id}/",
            account_id=account_id,
            now=now,
        )


def release(item: Item) -> None:
    """Called when an information leaves the bulletin: its paper may be proposed again."""
    CaseOrigin.objects.filter(item=item, is_over=False).update(is_over=True)


def _allowed(
    mark: str, source: str, actor: Actor, rule_id: int
) -> tuple[records.public.PublishableCase, records.public.Source, PublishingRule]:
    """The case, its paper and the rule, when this person may propose it and it is not in the bulletin."""
    case = records.public.publishable_case(mark, actor=actor)
    paper = case.source(source) if case else None
    if case is None or paper is None or not case.may_propose:
        raise CannotPropose("Pismo z tej sprawy może zaproponować tylko prowadzący sprawę.")
    rule = next((one for one in rules_for(case.klass, paper) if one.pk == rule_id), None)
    if rule is None:
        raise CannotPropose("Klasa tej sprawy nie ma reguły publikacji dla takiego pisma.")
    if CaseOrigin.objects.filter(source=paper.thing, is_over=False).exists():
        raise CannotPropose("To pismo już przekazano do BIP.")
    return case, paper, rule


def _keep_map(
    version: Version, entries: Sequence[Entry], choices: Mapping[str, Choice], *, actor: Actor, now: datetime
) -> None:
    """The map stays with the information; what is kept counts as decided for the finder."""
    for position, one in enumerate(entries, start=1):
        choice = choices.get(one.key, BLACK)
        said = {
            "kind": one.finding.kind,
            "masked": one.finding.masked[:100],
            "reason": choice.reason.strip() if choice.keep else "",
            "decided_by_id": actor.account_id,
            "decided_at": now,
        }
        Redaction.objects.create(
            item=version.item, position=position, places=one.places, is_kept=choice.keep, **said
        )
        if choice.keep:
            Decision.objects.create(item=version.item, key=one.key, **said)


def _handed_over(version: Version, *, actor: Actor, now: datetime, today: date) -> Proposed:
    try:
        return Proposed(drafts.hand_over(version, actor=actor, now=now, today=today), [])
    except drafts.NotReady as error:
        return Proposed(version, error.gaps)


def _note_rule(verb: str, rule: PublishingRule, actor: Actor, now: datetime) -> None:
    payload = {"class": rule.klass, "register": rule.kind, "section": rule.section.slug}
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=str(rule), payload=payload, at=now
    )

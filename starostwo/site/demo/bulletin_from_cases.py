"""What of the demonstration's cases goes into its bulletin: one decision is published, one answer waits."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from starostwo.bulletin.models import PublishingRule
from starostwo.bulletin.services import approval
from starostwo.bulletin.services.from_case import Proposal, Proposed, add_rule, propose
from starostwo.office.actor import actor_for
from starostwo.records.models import Document, InformationLetter, SignedFile
from starostwo.records.rules.information import End
from starostwo.site.demo.people import Cast

COORDINATOR, EDITOR = "i.bielska", "p.cis"
REFUSAL = "Decyzja o odmowie udostępnienia informacji publicznej"
RULES = (
    ("1431", "informacja", "dokumenty-urzedowe", PublishingRule.Takes.DOCUMENTS),
    ("152", "petycja", "petycje", PublishingRule.Takes.LETTERS),
)


def publish_from_cases(cast: Cast, sections: Mapping[str, int], *, now: datetime) -> None:
    """Enter the rules, publish a refusal without its person, propose an answer that waits for approval."""
    coordinator = actor_for(cast.staff[COORDINATOR], today=localdate(now))
    for klass, kind, section, takes in RULES:
        add_rule(
            actor=coordinator,
            klass=klass,
            kind=kind,
            section_id=sections[section],
            takes=takes,
            now=now - timedelta(days=60),
        )
    rule = PublishingRule.objects.get(klass=RULES[0][0])
    if refused := _signed(End.REFUSED):
        version = _proposed(refused, rule, cast, REFUSAL, now=now).version
        editor = actor_for(cast.staff[EDITOR], today=localdate(now))
        approval.approve(version.pk, actor=editor, seen=version.sha256, now=now)
    if given := _signed(End.GIVEN):
        _proposed(given, rule, cast, given.case.title, now=now)


def _signed(end: End) -> Document | None:
    signed = SignedFile.objects.values("document")
    found = InformationLetter.objects.filter(role=end.value, document__in=signed)
    letter = found.select_related("document__case__holder").order_by("id").first()
    return letter.document if letter else None


def _proposed(document: Document, rule: PublishingRule, cast: Cast, title: str, *, now: datetime) -> Proposed:
    holder = cast.staff[document.case.holder.login or ""]
    return propose(
        document.case.mark,
        str(document),
        actor=actor_for(holder, today=localdate(now)),
        proposal=Proposal(rule.pk, title),
        now=now,
        today=localdate(now),
    )

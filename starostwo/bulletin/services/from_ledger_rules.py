"""Rules of reports: one editor enters a rule, another approves that it publishes, the worker follows it.

The bulletin pulls what the ledger offers. The worker acts in the name of both editors and says so in the
history; a rule whose editors are editors no more does less: nothing is taken, or nothing is published.

Law: ufp art. 37; u.d.i.p. art. 8 ust. 3-6.
"""

import logging
from dataclasses import replace
from datetime import date, datetime

from django.db import IntegrityError, transaction

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import ReportRule
from starostwo.bulletin.services import approval
from starostwo.bulletin.services.drafts import NotReady
from starostwo.bulletin.services.from_ledger import CannotPull, offered, take
from starostwo.ledger import api as ledger
from starostwo.office.api import Actor, actor_for

log = logging.getLogger(__name__)
BY_RULE = "z reguły publikacji"


class CannotRuleReports(Exception):
    """There is a rule of the form already, no such form, or the person may not; the text says which."""


def add(form: str, *, basis: str, publishes: bool, actor: Actor, now: datetime) -> ReportRule:
    """Enter a rule: reports of the form are handed over by themselves from now on."""
    access.demand_editor(actor)
    if form not in dict(ledger.public.public_forms()) or not basis.strip():
        raise CannotRuleReports("Wybierz formularz i wpisz, na jakiej podstawie się go publikuje.")
    try:
        with transaction.atomic():
            made = ReportRule.objects.create(
                form=form, basis=basis.strip(), publishes=publishes, made_at=now, made_by_id=actor.account_id
            )
            _note("add_report_rule", made, actor, now)
    except IntegrityError as twin:
        raise CannotRuleReports(f"Reguła formularza {form} już jest.") from twin
    return made


@transaction.atomic
def approve(rule_id: int, *, actor: Actor, now: datetime) -> ReportRule:
    """Say, as another editor, that reports of the form are published without being looked at."""
    access.demand_editor(actor)
    rule = ReportRule.objects.select_for_update().filter(pk=rule_id, publishes=True, approved_by=None).first()
    if rule is None:
        raise CannotRuleReports("Tej reguły nie trzeba zatwierdzać.")
    if rule.made_by_id == actor.account_id:
        raise CannotRuleReports("Regułę zatwierdza inny redaktor niż ten, który ją wpisał.")
    rule.approved_by_id, rule.approved_at = actor.account_id, now
    rule.save(update_fields=["approved_by", "approved_at"])
    _note("approve_report_rule", rule, actor, now)
    return rule


@transaction.atomic
def remove(rule_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a rule away; what was taken by it stays."""
    access.demand_editor(actor)
    rule = ReportRule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise CannotRuleReports("Tej reguły już nie ma.")
    _note("remove_report_rule", rule, actor, now)
    rule.delete()


def follow(*, now: datetime, today: date) -> tuple[int, int]:
    """Take every offered report that a rule names; how many were taken, how many of them published."""
    rules = {rule.form: rule for rule in ReportRule.objects.select_related("made_by", "approved_by")}
    taken = published = 0
    for report in offered() if rules else []:
        rule = rules.get(report.form)
        maker = _editor(rule, "made_by", today) if rule else None
        if rule is None or maker is None:
            continue
        try:
            version = take(report, actor=maker, now=now, today=today)
        except (CannotPull, NotReady) as refused:
            log.warning("BIP: %s: %s", report.title, refused)
            continue
        taken += 1
        approver = _editor(rule, "approved_by", today)
        if approver is not None:
            approval.approve(version.pk, actor=approver, seen=version.sha256, now=now)
            published += 1
    return taken, published


def _editor(rule: ReportRule, who: str, today: date) -> Actor | None:
    """In whose name the worker acts, marked in the history; nobody when he edits no more."""
    account = getattr(rule, who)
    if account is None or not account.is_active:
        return None
    actor = actor_for(account, today=today)
    return replace(actor, name=f"{actor.name} ({BY_RULE})") if access.may_edit(actor) else None


def _note(verb: str, rule: ReportRule, actor: Actor, now: datetime) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=str(rule), at=now,
        payload={"form": rule.form, "basis": rule.basis, "publishes": rule.publishes},
    )  # fmt: skip

"""Reports that come into the bulletin by themselves: by a rule that two editors made, without a click."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from starostwo.audit import api as audit
from starostwo.bulletin.access import NotAnEditor
from starostwo.bulletin.models import Item, ReportRule, Version
from starostwo.bulletin.services import from_ledger_rules as rules
from starostwo.bulletin.tasks import reports as task
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear
from starostwo.office import testing as office
from tests.bulletin.makers import NOW, TODAY, a_section, editor, second_editor
from tests.bulletin.test_from_ledger import approved, spend

BASIS = "zarządzenie nr 12/2026"


@pytest.fixture
def year(bulletin: Path) -> FiscalYear:
    found = ledger.make_year()
    ledger.plan(found, amount=1000_00)
    spend(found, 400_00)
    a_section("budzet", "Budżet i sprawozdania")
    return found


def rule(*, publishes: bool = True) -> ReportRule:
    return rules.add("Rb-28S", basis=BASIS, publishes=publishes, actor=editor(), now=NOW)


@pytest.mark.law("ufp art. 37")
def test_what_two_editors_decided_is_published_and_corrected_without_a_click(year: FiscalYear) -> None:
    rules.approve(rule().pk, actor=second_editor(), now=NOW)
    report = approved(year)

    assert rules.follow(now=NOW, today=TODAY) == (1, 1)

    item = Item.objects.get()
    version = Version.objects.get(item=item)
    assert (item.state, version.fields["hash"]) == (Item.State.PUBLISHED, report.hash)
    assert (version.entered_by_id, version.approved_by_id) == (
        editor().account_id,
        second_editor().account_id,
    )
    said = {line.verb: line.actor_name for line in audit.history(str(item))}
    assert all("z reguły publikacji" in said[verb] for verb in ("begin", "submit", "approve"))

    assert rules.follow(now=NOW, today=TODAY) == (0, 0)
    spend(year, 100_00)
    approved(year)
    assert rules.follow(now=NOW, today=TODAY) == (1, 1)


def test_until_another_editor_approves_the_rule_reports_wait_for_one(year: FiscalYear) -> None:
    made = rule()
    approved(year)

    with pytest.raises(rules.CannotRuleReports):
        rules.approve(made.pk, actor=editor(), now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportRule.objects.update(approved_by_id=editor().account_id, approved_at=NOW)
    assert rules.follow(now=NOW, today=TODAY) == (1, 0)
    assert Version.objects.get().state == Version.State.SUBMITTED


def test_without_a_rule_of_the_form_or_its_editor_nothing_is_taken(year: FiscalYear) -> None:
    approved(year)
    assert rules.follow(now=NOW, today=TODAY) == (0, 0)
    made = rules.add("Rb-27S", basis=BASIS, publishes=False, actor=editor(), now=NOW)
    assert rules.follow(now=NOW, today=TODAY) == (0, 0)
    rules.remove(made.pk, actor=second_editor(), now=NOW)
    rule()
    office.Account.objects.filter(pk=editor().account_id).update(is_active=False)

    assert rules.follow(now=NOW, today=TODAY) == (0, 0)
    assert Version.objects.count() == 0


def test_the_worker_follows_the_rules(year: FiscalYear) -> None:
    rule(publishes=False)
    approved(year)

    task(0)

    assert Version.objects.get().title.startswith("Rb-28S")


def test_rules_are_kept_on_the_screen_of_editors(year: FiscalYear) -> None:
    one, other = (
        office.client_of(office.Account.objects.get(pk=actor.account_id))
        for actor in (editor(), second_editor())
    )
    address = reverse("bulletin:report_rules")
    assert one.post(address, {"form": "Rb-28S", "basis": ""}).status_code == 422
    added = one.post(address, {"form": "Rb-28S", "basis": BASIS, "publishes": "on"}, follow=True)
    assert "ma publikować się samo" in added.content.decode()
    made = ReportRule.objects.get()
    assert "Zatwierdź" not in one.get(address).content.decode()

    allowed = other.post(reverse("bulletin:report_rule_approval", args=[made.pk]), follow=True)
    assert "Od teraz Rb-28S publikuje się samo" in allowed.content.decode()
    other.post(reverse("bulletin:report_rule_end", args=[made.pk]))

    assert ReportRule.objects.count() == 0
    assert office.client_of(office.anna()).get(address).status_code == 404
    with pytest.raises(NotAnEditor):
        rules.add("Rb-28S", basis=BASIS, publishes=False, actor=office.actor(office.anna()), now=NOW)
    assert [line.verb for line in audit.history(str(made))] == [
        "add_report_rule", "approve_report_rule", "remove_report_rule",
    ]  # fmt: skip

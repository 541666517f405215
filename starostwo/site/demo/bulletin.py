"""The bulletin of the demonstration: written by one editor, approved by the other."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate, localtime

from starostwo.bulletin.models import Section, Version
from starostwo.bulletin.rules.content import Content, Exclusion
from starostwo.bulletin.rules.registers import PLAIN
from starostwo.bulletin.services import approval, drafts, from_ledger_rules, withdrawal
from starostwo.bulletin.services.checking import check
from starostwo.bulletin.services.declaration import Declared, declare
from starostwo.bulletin.services.publishing import publish
from starostwo.bulletin.services.sections import plant_tree
from starostwo.files import api as files
from starostwo.office.actor import Actor, actor_for
from starostwo.site.demo.bulletin_from_cases import publish_from_cases
from starostwo.site.demo.people import DATA, Cast

WRITER, APPROVER = "p.cis", "d.lotos"
LARGEST = 1_000_000


def fill_bulletin(cast: Cast, *, now: datetime) -> None:
    """Plant the tree, publish what the table of the demonstration tells, and check everything once."""
    today = localdate(now)
    writer, approver = (actor_for(cast.staff[login], today=today) for login in (WRITER, APPROVER))
    plant_tree(actor=writer, now=now - timedelta(days=90))
    sections = {section.slug: section.pk for section in Section.objects.all()}
    told = tomllib.loads((DATA / "bulletin.toml").read_text(encoding="utf-8"))["item"]
    for row in sorted(told, key=lambda row: -row["days_ago"]):
        tell(row, sections, writer=writer, approver=approver, now=now)
    publish_from_cases(cast, sections, now=now)
    publish_reports(writer, approver, now=now)
    declare(_declared(today), actor=writer, now=now)
    publish(actor="system", now=now, today=today)
    check(now=now)


def publish_reports(writer: Actor, approver: Actor, *, now: datetime) -> None:
    """Two editors decide that one form publishes itself, and the worker does so once."""
    basis = f"zarządzenie starosty nr 12/{now.year}"
    rule = from_ledger_rules.add("Rb-28S", basis=basis, publishes=True, actor=writer, now=now)
    from_ledger_rules.approve(rule.pk, actor=approver, now=now)
    from_ledger_rules.follow(now=now, today=localdate(now))


def _declared(today: date) -> Declared:
    return Declared(
        site_published_on=today - timedelta(days=90),
        site_changed_on=today - timedelta(days=40),
        status="PARTLY",
        exceptions="Pliki PDF sprzed 2019 roku nie mają struktury; na żądanie przygotujemy ich tekst.",
        assessed_by="samoocena urzędu",
        made_on=today - timedelta(days=88),
        reviewed_on=today - timedelta(days=88),
        contact="Paulina Cis",
        email="dostepnosc@starostwo.example",
        phone="42 000 00 00",
        building="Do budynku przy ul. Sadowej prowadzi pochylnia. Winda dojeżdża na każde piętro.",
        apps="Urząd nie ma aplikacji mobilnych.",
    )


def tell(
    row: Mapping[str, Any], sections: Mapping[str, int], *, writer: Actor, approver: Actor, now: datetime
) -> None:
    """Write an information as the table tells it, and bring it as far as it came."""
    moment = _in_the_morning(now - timedelta(days=row["days_ago"]), minutes=3 * len(row["title"]))
    version = drafts.begin(
        actor=writer,
        section_id=sections[row["section"]],
        kind=row.get("kind", PLAIN),
        content=_content(row, on=localdate(moment), now=now),
        now=moment,
    )
    for file in row.get("file", []):
        blob = files.put(file["text"].encode(), name=file["name"], limit=LARGEST)
        drafts.attach(
            version.pk, actor=writer, file=drafts.NewFile(blob, file["name"], file["label"]), now=moment
        )
    ends = row.get("ends", "published")
    if ends != "draft":
        drafts.submit(version.pk, actor=writer, now=moment, today=localdate(moment))
    if ends == "sent back":
        approval.send_back(version.pk, actor=approver, remark=row["remark"], now=moment)
    if ends in {"published", "scheduled", "withdrawn"}:
        _approve(version, approver, moment)
        for change in row.get("change", []):
            _change(version.item_id, change, writer=writer, approver=approver, moment=moment)
    if ends == "withdrawn":
        later = moment + timedelta(days=1)
        withdrawal.withdraw(version.item_id, actor=writer, reason=row["reason"], now=later)


def _in_the_morning(moment: datetime, *, minutes: int) -> datetime:
    """Some time after the office opens; never later than now."""
    morning = localtime(moment).replace(hour=8, minute=0, second=0, microsecond=0)
    return min(moment, morning + timedelta(minutes=minutes))


def _change(
    item_id: int, change: Mapping[str, Any], *, writer: Actor, approver: Actor, moment: datetime
) -> None:
    later = moment + timedelta(days=change["after_days"])
    version = drafts.begin_change(item_id, actor=writer, now=later)
    before = drafts.content_of(version)
    text = before.text.replace(change["old"], change["new"])
    content = replace(before, text=text, change_reason=change["reason"])
    drafts.save(version.pk, actor=writer, content=content, base="", now=later)
    drafts.submit(version.pk, actor=writer, now=later, today=localdate(later))
    _approve(version, approver, later)


def _approve(version: Version, approver: Actor, moment: datetime) -> None:
    version.refresh_from_db()
    approval.approve(version.pk, actor=approver, seen=version.sha256, now=moment)


def _content(row: Mapping[str, Any], *, on: date, now: datetime) -> Content:
    in_days = row.get("publish_in_days")
    expires_in = row.get("expires_in_days")
    return Content(
        title=row["title"],
        text=row["text"].strip(),
        produced_by=row["produced_by"],
        responsible=row["responsible"],
        produced_on=on,
        publish_at=now + timedelta(days=in_days) if in_days else None,
        expires_on=on + timedelta(days=expires_in) if expires_in else None,
        exclusion=Exclusion(**row.get("exclusion", {})),
        fields=row.get("fields", {}),
    )

"""Approving reports: frozen with their hash, corrected by a new number, collected from units, joined.

Law: rozp. MF 29.01.2025 (sprawozdawczość budżetowa): unit reports, corrections, joint reports of the county.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction

from starostwo.audit import api as audit
from starostwo.ledger import access
from starostwo.ledger.models import Book, FiscalYear, Report, ReportTemplate, ReportUnit
from starostwo.ledger.queries.reports import filled, form_for, forms
from starostwo.ledger.queries.reports_checks import checked
from starostwo.ledger.queries.reports_saved import exclusions_of, latest, rows_of, state_of_units
from starostwo.ledger.rules.reports import Form, NoSuchForm
from starostwo.ledger.rules.reports_checks import Finding, Told, blocks, findings
from starostwo.ledger.rules.reports_files import NotAReport, ReadReport, check_template, read_file
from starostwo.ledger.rules.reports_values import FilledRow, joined, without
from starostwo.office.api import Actor


class CannotReport(Exception):
    """The report was not approved and nothing changed."""


class MayNotReport(CannotReport):
    """The person does not approve the reports of this book."""


class HasErrors(CannotReport):
    """Control rules found errors; `findings` names them."""

    def __init__(self, found: Sequence[Finding]) -> None:
        super().__init__(found)
        self.findings = list(found)


class NeedsRemark(CannotReport):
    """Control rules found warnings, which want a remark."""


class NothingChanged(CannotReport):
    """The last number says the same; a correction would correct nothing."""


class NotThatMonth(CannotReport):
    """The form is not made to the end of that month, or not for that book."""


@dataclass(frozen=True)
class Whose:
    """Whose report it is: of a book, of a unit that sends its own, or of the county as a whole."""

    origin: str
    book: Book | None = None
    unit: ReportUnit | None = None


@transaction.atomic
def approve(
    form: Form, year: FiscalYear, month: int, *, remark: str = "", actor: Actor, now: datetime
) -> Report:
    """Freeze the report of a book as it is now; after the first it is a correction with the next number."""
    if not access.may_report(actor, year.book):
        raise MayNotReport
    if month not in form.months or year.book.kind not in form.book_kinds:
        raise NotThatMonth
    rows = filled(form, year, month)
    whose = Whose(Report.Origin.BOOKS, book=year.book)
    return freeze(
        form, (year.year, month), whose, rows, checked(form, year, month, rows), remark, actor=actor, now=now
    )


@transaction.atomic
def upload(content: bytes, *, remark: str = "", actor: Actor, now: datetime) -> list[Report]:
    """Take reports that a unit sent as a file of BeSTi@ or of ours; all of the file or nothing."""
    if not access.may_collect(actor):
        raise MayNotReport
    return [_take(read, remark, actor, now) for read in read_file(content, forms())]


class NoSuchUnit(CannotReport):
    """No unit with the REGON of the file is known."""

    def __init__(self, regon: str, name: str) -> None:
        super().__init__(regon, name)
        self.regon, self.name = regon, name


def _take(read: ReadReport, remark: str, actor: Actor, now: datetime) -> Report:
    unit = ReportUnit.objects.filter(regon=read.regon).exclude(regon="").first()
    if unit is None:
        raise NoSuchUnit(read.regon, read.unit)
    if not 1 <= read.month <= 12:
        raise NotAReport("Okres w pliku nie jest miesiącem.")
    try:
        form = form_for(read.form.lower(), read.year, read.month)
    except NoSuchForm as error:
        raise NotThatMonth from error
    if read.month not in form.months or unit.kind not in form.senders:
        raise NotThatMonth
    found = findings(form.code, read.rows, Told())
    whose = Whose(Report.Origin.UPLOADED, unit=unit)
    return freeze(form, (read.year, read.month), whose, read.rows, found, remark, actor=actor, now=now)


class NotAllSent(CannotReport):
    """Some units have not sent theirs; `missing` names them."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(missing)
        self.missing = list(missing)


@transaction.atomic
def join(form: Form, year: int, month: int, *, remark: str = "", actor: Actor, now: datetime) -> Report:
    """Join the last reports of all units into the county's; a unit without one is missing, not zero."""
    if not access.may_collect(actor):
        raise MayNotReport
    states = state_of_units(form, year, month)
    if missing := [state.name for state in states if state.report is None]:
        raise NotAllSent(missing)
    reports = [state.report for state in states if state.report is not None]
    if not reports:
        raise NotAllSent(["żadna jednostka"])
    excluded = exclusions_of(form, year) if form.rows else {}
    rows = without(form, joined([rows_of(report) for report in reports]), excluded)
    sources: list[dict[str, Any]] = [{"report": report.pk, "hash": report.hash} for report in reports]
    sources += [{"excluded": row, "amount": amount} for row, amount in sorted(excluded.items())]
    found = findings(form.code, rows, Told())
    whose = Whose(Report.Origin.JOINT)
    return freeze(form, (year, month), whose, rows, found, remark, actor=actor, now=now, sources=sources)


def freeze(
    form: Form, period: tuple[int, int], whose: Whose, rows: Sequence[FilledRow], found: Sequence[Finding],
    remark: str, *, actor: Actor, now: datetime, sources: Sequence[Mapping[str, Any]] = (),
) -> Report:  # fmt: skip
    """Keep a report as it is, with the next number; callers have checked who may."""
    if blocks(found):
        raise HasErrors(found)
    if found and not remark.strip():
        raise NeedsRemark
    year, month = period
    _one_at_a_time(form, period)
    last = latest(form.code, year, month, book=whose.book, unit=whose.unit)
    content = _content(form, rows)
    if last is not None and last.content == content and last.sources == list(sources):
        raise NothingChanged
    report = Report(
        form=form.code, form_version=form.version, year=year, month=month, origin=whose.origin,
        book=whose.book, unit=whose.unit, correction=0 if last is None else last.correction + 1,
        content=content, findings=[asdict(one) for one in found], sources=list(sources),
        remark=remark.strip(), made_at=now, made_by=actor.audit_name, made_by_name=actor.name,
    )  # fmt: skip
    report.hash = digest(report)
    report.save(force_insert=True)
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="approve", thing=f"ledger.report:{report.pk}",
        at=now, payload={"hash": report.hash},
    )  # fmt: skip
    return report


def _content(form: Form, rows: Sequence[FilledRow]) -> dict[str, Any]:
    return {
        "columns": [{"key": column.key, "title": column.title} for column in form.columns],
        "rows": [asdict(row) | {"parts": list(row.parts), "cells": dict(row.cells)} for row in rows],
    }


def digest(report: Report) -> str:
    """The hash of all that an approved report says."""
    said = {
        "form": report.form, "form_version": report.form_version, "year": report.year, "month": report.month,
        "correction": report.correction, "origin": report.origin, "book": report.book_id,
        "unit": report.unit_id,
        "content": report.content, "findings": report.findings, "sources": report.sources,
        "remark": report.remark, "made_at": report.made_at.astimezone(UTC).isoformat(),
        "made_by": report.made_by,
    }  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _one_at_a_time(form: Form, period: tuple[int, int]) -> None:
    """Two approvals of one form and period follow each other, so that numbers have no gap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"report {form.code} {period}"])


class UnitIsThere(CannotReport):
    """A unit with this REGON is known already."""


@transaction.atomic
def add_unit(
    name: str, regon: str, kind: str = ReportUnit.Kind.UNIT, *, actor: Actor, now: datetime
) -> ReportUnit:
    """Enter a unit or a legal person that sends its own reports."""
    if not access.may_collect(actor):
        raise MayNotReport
    if ReportUnit.objects.filter(regon=regon).exists():
        raise UnitIsThere(regon)
    unit = ReportUnit.objects.create(name=name, regon=regon, kind=kind)
    _note("add", f"ledger.report_unit:{unit.pk}", actor, now)
    return unit


@transaction.atomic
def end_unit(unit: ReportUnit, ended_on: date, *, actor: Actor, now: datetime) -> None:
    """From a day on a unit sends no more reports."""
    if not access.may_collect(actor):
        raise MayNotReport
    unit.ended_on = ended_on
    unit.save(update_fields=["ended_on"])
    _note("end", f"ledger.report_unit:{unit.pk}", actor, now)


@transaction.atomic
def keep_template(form: Form, book: Book, content: bytes, *, actor: Actor, now: datetime) -> ReportTemplate:
    """Keep the empty report of SJO BeSTi@ of a book; a new one takes the place of the old."""
    if not access.may_report(actor, book):
        raise MayNotReport
    check_template(content, form)
    kept, _ = ReportTemplate.objects.update_or_create(
        form=form.code, book=book, unit=None,
        defaults={
            "content": content, "uploaded_at": now, "uploaded_by_name": actor.name,
        },
    )  # fmt: skip
    _note("keep_template", f"ledger.report_template:{kept.pk}", actor, now)
    return kept


def _note(verb: str, thing: str, actor: Actor, now: datetime) -> None:
    audit.record(actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=thing, at=now)

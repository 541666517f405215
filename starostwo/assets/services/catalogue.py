"""Loading classes and rates from a file, marking them as checked, setting the limit of low value."""

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.db import IntegrityError, transaction

from starostwo.assets import access
from starostwo.assets.models import KstClass, Threshold
from starostwo.assets.services.writing import MayNotManage, Refused
from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.platform.sheet_rows import NotASheet, sheet_rows

CLASSES = Path(__file__).resolve().parents[1] / "data" / "kst.csv"
COLUMNS = ("symbol", "nazwa", "stawka", "od dnia")
MOST_CLASSES, MOST_FAULTS, LONGEST_CODE, LONGEST_NAME, WHOLE = 3000, 20, 5, 200, 10_000
LAW_SINCE, LAW_LIMIT = date(2018, 1, 1), 10_000_00
LAW_SOURCE = "u.p.d.o.p. art. 16f ust. 3 (z pamięci, niesprawdzone z tekstem prawa)"


@transaction.atomic
def load_classes(*, now: datetime, path: Path = CLASSES) -> int:
    """Add the rows of the file that are not there yet, and the limit of the law; returns how many came."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            KstClass(
                code=row["code"], name=row["name"], rate=int(Decimal(row["rate"]) * 100),
                valid_from=date.fromisoformat(row["valid_from"]), source=row["source"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip
    before = KstClass.objects.count()
    KstClass.objects.bulk_create(rows, ignore_conflicts=True)
    Threshold.objects.get_or_create(
        valid_from=LAW_SINCE,
        defaults={"amount": LAW_LIMIT, "source": LAW_SOURCE, "set_by": "system", "set_at": now},
    )
    return KstClass.objects.count() - before


@transaction.atomic
def bring_classes(*, actor: Actor, now: datetime) -> int:
    """Load the file that comes with the program, asked for by a person."""
    if not (access.may_check_rates(actor) or access.may_manage(actor)):
        raise MayNotManage
    came = load_classes(now=now)
    _note("assets.class:0", "load", actor, now, came=came)
    return came


@transaction.atomic
def load_file(content: bytes, *, actor: Actor, now: datetime) -> int:
    """Classes from a file of the office; every fault is named with its row and then nothing is written."""
    if not access.may_check_rates(actor):
        raise MayNotManage
    rows, faults = _read_classes(content)
    if faults:
        raise Refused("file", "; ".join(faults[:MOST_FAULTS]))
    known = set(KstClass.objects.values_list("code", "valid_from"))
    fresh = [row for row in rows if (row.code, row.valid_from) not in known]
    KstClass.objects.bulk_create(fresh)
    _note("assets.class:0", "load_file", actor, now, came=len(fresh))
    return len(fresh)


def _read_classes(content: bytes) -> tuple[list[KstClass], list[str]]:
    try:
        cells = [row for row in sheet_rows(content, most=MOST_CLASSES) if any(row)]
    except NotASheet as error:
        raise Refused("file", str(error)) from error
    heads = [cell.strip().lower() for cell in cells[0]] if cells else []
    if missing := [name for name in COLUMNS if name not in heads]:
        raise Refused("file", f"W pierwszym wierszu brakuje kolumn: {', '.join(missing)}.")
    rows: dict[tuple[str, date], KstClass] = {}
    faults: list[str] = []
    for number, row in enumerate(cells[1:], start=2):
        told = dict(zip(heads, row, strict=False))
        try:
            made = _class_of(told)
        except (ValueError, ArithmeticError):
            faults.append(f"wiersz {number}: popraw symbol, nazwę, stawkę albo dzień")
        else:
            rows[(made.code, made.valid_from)] = made
    return list(rows.values()), faults


def _class_of(told: dict[str, str]) -> KstClass:
    code, name = told["symbol"].strip(), told["nazwa"].strip()
    rate = int(Decimal(told["stawka"].replace(",", ".").replace("%", "").strip()) * 100)
    day = told["od dnia"].strip()
    since = date.fromisoformat(day if day[4:5] == "-" else "-".join(reversed(day.split("."))))
    if not (code.isdecimal() and len(code) <= LONGEST_CODE and 0 < len(name) <= LONGEST_NAME):
        raise ValueError(code)
    if not 0 <= rate <= WHOLE:
        raise ValueError(rate)
    return KstClass(code=code, name=name, rate=rate, valid_from=since, source="U")


@transaction.atomic
def set_threshold(valid_from: date, amount: int, source: str, *, actor: Actor, now: datetime) -> Threshold:
    """Set the limit from a day on, by the policy of the office; earlier ones stay."""
    if not access.may_check_rates(actor):
        raise MayNotManage
    if not source.strip():
        raise Refused("source", "Podaj podstawę, na przykład zarządzenie w sprawie polityki rachunkowości.")
    try:
        with transaction.atomic():
            made = Threshold.objects.create(
                valid_from=valid_from, amount=amount, source=source.strip(), set_by=actor.name, set_at=now
            )
    except IntegrityError as error:
        raise Refused("valid_from", "Od tego dnia próg jest już ustawiony. Podaj inny dzień.") from error
    _note(f"assets.threshold:{made.pk}", "set", actor, now, amount=amount, source=source)
    return made


@transaction.atomic
def mark_checked(class_id: int, *, actor: Actor, today: date, now: datetime) -> None:
    """The accountant has compared the class and its rate with the text of the law."""
    if not access.may_check_rates(actor):
        raise MayNotManage
    KstClass.objects.filter(pk=class_id, checked_on=None).update(checked_on=today, checked_by=actor.name)
    _note(f"assets.class:{class_id}", "check", actor, now)


def _note(thing: str, verb: str, actor: Actor, now: datetime, **payload: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=thing, payload=payload, at=now
    )

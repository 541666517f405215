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

CLASSES = Path(__file__).resolve().parents[1] / "data" / "kst.csv"
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

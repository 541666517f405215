"""`starostwo import-jrwa PLIK`: puts an edition of the file plan into force."""

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from starostwo.records.plan_import import NotAPlan, read_plan
from starostwo.records.services.plan import CannotImportPlan, import_plan
from starostwo.site import data_folder
from starostwo.site.commands import CannotCarryOut
from starostwo.site.operator import operator


def carry_out(options: Namespace) -> None:
    """Read the file, name what is wrong with it, and import it when nothing stops that."""
    file = Path(options.file)
    try:
        report = read_plan(file.read_bytes())
    except OSError as problem:
        raise CannotCarryOut(f"Nie można przeczytać pliku {file}: {problem.strerror}") from problem
    except NotAPlan as refusal:
        raise CannotCarryOut(str(refusal)) from refusal
    for fault in report.faults:
        print(f"wiersz {fault.line}, {fault.symbol}: {fault.text}", file=sys.stderr)
    own = settings.OWN_CLUSTER if settings.USES_OWN_CLUSTER else None
    with data_folder.with_database(settings.DATA_DIR, own):
        try:
            import_plan(
                report.rows, actor=operator(), name=options.name or file.stem, source=file.name,
                valid_from=_day(options.valid_from), now=timezone.now(),
            )  # fmt: skip
        except CannotImportPlan as refusal:
            raise CannotCarryOut(str(refusal)) from refusal
    print(f"Wczytano klas: {len(report.rows)}")


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given) if given else timezone.localdate()
    except ValueError as problem:
        raise CannotCarryOut(f"Data {given!r} nie ma postaci RRRR-MM-DD") from problem

"""Classes with their rates and the limit of low value, as they hold on a day."""

from datetime import date

from starostwo.assets.models import KstClass, Threshold


def class_on(code: str, day: date) -> KstClass | None:
    """The class with the rate that holds on a day."""
    rows = KstClass.objects.filter(code=code, valid_from__lte=day)
    return (
        rows.order_by("-valid_from").first()
        or KstClass.objects.filter(code=code).order_by("valid_from").first()
    )


def classes_on(day: date) -> list[KstClass]:
    """All classes with the rates of a day, one row each."""
    rows = KstClass.objects.filter(valid_from__lte=day).order_by("code", "-valid_from").distinct("code")
    return list(rows)


def thresholds() -> list[Threshold]:
    """The limits over time, the newest first."""
    return list(Threshold.objects.order_by("-valid_from"))


class NoThreshold(LookupError):
    """Nobody has set a limit that holds on the day."""


def threshold_on(day: date) -> int:
    """The limit of a day in grosze."""
    found = Threshold.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    if found is None:
        raise NoThreshold(day)
    return found.amount

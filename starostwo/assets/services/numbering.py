"""Numbers without gaps: the row of the series is locked last and shortest."""

from starostwo.assets.models import Series


def take_numbers(code: str, year: int, count: int) -> range:
    """The next numbers of a series; it stays locked until the transaction ends."""
    Series.objects.get_or_create(code=code, year=year)
    row = Series.objects.select_for_update().get(code=code, year=year)
    first = row.last + 1
    row.last += count
    row.save(update_fields=["last"])
    return range(first, row.last + 1)

"""Numbers of registers and lists: one row a series and year, locked last and shortest."""

from django.db import connection

TAKE = """
    INSERT INTO records_numberseries AS series (series, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (series, year) DO UPDATE SET last = series.last + 1
    RETURNING last
"""


def next_number(series: str, year: int) -> int:
    """Take the next number of the series, gapless: the row stays locked until the transaction ends.

    Call it as the last thing before the numbered row is written. A rolled back number is given again.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [series, year])
        (number,) = cursor.fetchone()
    return int(number)

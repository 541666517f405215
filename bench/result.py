"""What a measurement found: one row of the table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One thing that was measured; times are milliseconds, None where a column says nothing of it."""

    what: str
    count: int
    per_second: float | None = None
    median: float | None = None
    p95: float | None = None
    processor: float | None = None
    raw_per_second: float | None = None
    limit: float | None = None

    @property
    def ratio(self) -> float | None:
        """How much of the speed of PostgreSQL alone is left."""
        return self.per_second / self.raw_per_second if self.per_second and self.raw_per_second else None

    @property
    def is_met(self) -> bool | None:
        """Whether the limit is kept; None where there is none."""
        return None if self.limit is None or self.p95 is None else self.p95 < self.limit


def percentile(times: list[float], part: float) -> float:
    """The smallest time that so large a part of all times does not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]

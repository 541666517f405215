"""How long a form takes to fill: the time between two keepings, without the pauses."""

from datetime import timedelta

LONGEST_PAUSE = timedelta(minutes=10)


def filled_for(gap: timedelta) -> timedelta:
    """Return how much of the time since the last keeping was spent on the form.

    Whoever keeps nothing for longer than ten minutes has gone away; none of that time counts.
    """
    return gap if timedelta(0) < gap <= LONGEST_PAUSE else timedelta(0)

"""For tests of other packages: putting things into the index and doing at once what the worker would do."""

from collections.abc import Sequence
from datetime import date

from procrastinate.contrib.django.models import ProcrastinateJob

from starostwo.search import services, tasks


def put(
    thing: str,
    title: str,
    *,
    audience: Sequence[str] = ("public",),
    text: str = "",
    kind: str = "letter",
    marks: Sequence[str] = (),
    on: date = date(2026, 11, 23),
    **facets: str,
) -> None:
    """Put a thing with as few words as a test needs."""
    services.put(
        thing=thing, kind=kind, title=title, text=text, audience=audience, marks=marks, facets=facets,
        on=on, url=f"/{thing}/",
    )  # fmt: skip


def index_all() -> None:
    """Carry out the waiting jobs of the index within the transaction of the test."""
    waiting = ProcrastinateJob.objects.filter(status="todo").order_by("id")
    for name, arguments in waiting.values_list("task_name", "args"):
        if name == tasks.learn.name:
            tasks.learn(**arguments)
        elif name == tasks.index_waiting.name:
            tasks.index_waiting(**arguments)

"""Many devices asked at once: a loop in a thread of its own asks, the caller takes the answers as they come.

The caller stays an ordinary program that uses the database between two answers and may stop at any of them.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from queue import Queue
from typing import TypeVar

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


def each(
    things: Iterable[Thing], ask: Callable[[Thing], Awaitable[Answer]], *, at_once: int
) -> Iterator[tuple[Thing, Answer]]:
    """Every thing with its answer, in the order in which answers come; what `ask` raises is raised here."""
    answers: Queue[tuple[Thing, Answer] | BaseException | None] = Queue()
    stop = threading.Event()
    thread = threading.Thread(
        target=_run, args=(iter(things), ask, at_once, answers, stop), name="probing", daemon=True
    )
    thread.start()
    try:
        while (got := answers.get()) is not None:
            if isinstance(got, BaseException):
                raise got
            yield got
    finally:
        stop.set()
        thread.join()


def _run(
    things: Iterator[Thing],
    ask: Callable[[Thing], Awaitable[Answer]],
    at_once: int,
    answers: "Queue[tuple[Thing, Answer] | BaseException | None]",
    stop: threading.Event,
) -> None:
    async def take() -> None:
        """One of those who ask; all share what is left to be asked."""
        for thing in things:
            if stop.is_set():
                return
            answers.put((thing, await ask(thing)))

    async def everybody() -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(take())

    try:
        asyncio.run(everybody())
    except BaseExceptionGroup as raised:
        answers.put(raised.exceptions[0])
    finally:
        answers.put(None)

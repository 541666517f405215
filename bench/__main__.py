"""`make bench`: fills a county, measures it, prints the table and keeps it in docs/bench.md."""

import argparse
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench import assets, books, invoices, machine, network, public, reading, report, telephony, writing
from bench.ground import ROOT, Ground, filled
from bench.processes import memory_mib, running
from bench.result import Row

REST_SECONDS = 20.0
SCANNERS = 10
Memory = dict[str, dict[str, float]]


def main() -> None:
    """Fill, start, measure, print."""
    chosen = _arguments()
    print(f"Urząd z {chosen.letters} pismami", flush=True)
    if chosen.only:
        with filled(chosen.letters) as ground:
            sections = [ALONE[name](ground, chosen) for name in chosen.only]
        print("\n".join(sections))
        report.renew(chosen.out, sections, day=date.today())  # noqa: DTZ011  the day on the user's clock
        return
    with filled(chosen.letters) as ground:
        facts, rows, memory, visitors, lists, things = _measured(ground, chosen)
        received = invoices.measure(ground, count=chosen.invoices, tell=_tell)
        devices = network.measure(ground, count=chosen.devices, tell=_tell)
        phones = _telephony(ground, chosen)
        ledgers = _books(ground, chosen)
    print(report.table(rows))
    many = report.many_cases(lists, chosen.cases)
    print(many)
    print(report.memory_table(memory))
    print(report.verdict(rows, memory))
    print(public.table(visitors))
    print(books.table(ledgers[0]))
    print(invoices.table(received))
    print(assets.table(things))
    print(network.table(devices))
    print(telephony.table(phones))
    report.write(
        chosen.out, rows, memory, facts, visitors, ledgers, received, devices, phones, many, things,
        day=date.today(),  # noqa: DTZ011  the day on the user's clock
    )  # fmt: skip


def _books(ground: Ground, chosen: argparse.Namespace) -> tuple[list[books.BooksRow], str]:
    with_tryton = not chosen.without_tryton
    return books.measure(
        ground, lines=chosen.lines, seconds=chosen.seconds, with_tryton=with_tryton, tell=_tell
    )


def _telephony(ground: Ground, chosen: argparse.Namespace) -> list[telephony.Load]:
    return telephony.measure(
        ground, registrations=chosen.registrations, calls=chosen.calls, at_once=chosen.at_once, tell=_tell
    )


def _tell(what: str) -> None:
    print(f"  {what}", flush=True)


ALONE: dict[str, Callable[[Ground, argparse.Namespace], str]] = {
    "books": lambda ground, chosen: report.of_books(_books(ground, chosen)),
    "invoices": lambda ground, chosen: report.of_invoices(
        invoices.measure(ground, count=chosen.invoices, tell=_tell)
    ),
    "network": lambda ground, chosen: report.of_network(
        network.measure(ground, count=chosen.devices, tell=_tell)
    ),
    "telephony": lambda ground, chosen: report.of_telephony(_telephony(ground, chosen)),
}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Mierzy całą drogę przez program.")
    parser.add_argument(
        "--only", nargs="+", choices=list(ALONE), default=[], help="mierzy tylko te części i wymienia je"
    )
    parser.add_argument("--letters", type=int, default=200_000, help="ile pism (200000; do 1000000)")
    parser.add_argument("--asks", type=int, default=100, help="ile razy pyta się o każdą stronę")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8], help="ilu naraz zapisuje")
    parser.add_argument("--seconds", type=float, default=15.0, help="jak długo trwa każdy pomiar zapisu")
    parser.add_argument(
        "--rest", type=float, default=REST_SECONDS, help="ile sekund spoczynku przed pomiarem pamięci"
    )
    parser.add_argument("--publications", type=int, default=100, help="ile informacji się publikuje")
    parser.add_argument("--invoices", type=int, default=1_000, help="ile faktur z KSeF (1000)")
    parser.add_argument(
        "--cases", type=int, default=1_000_000, help="z iloma sprawami mierzy się listy (1000000)"
    )
    parser.add_argument("--devices", type=int, default=500, help="ile urządzeń się odkrywa (500)")
    parser.add_argument("--registrations", type=int, default=20_000, help="ile logowań telefonów (20000)")
    parser.add_argument("--calls", type=int, default=5_000, help="ile rozmów (5000)")
    parser.add_argument("--at-once", type=int, default=50, help="ile logowań albo rozmów naraz (50)")
    parser.add_argument("--cables", type=int, default=50_000, help="ile kabli w sieci (50000)")
    parser.add_argument("--lines", type=int, default=1_000_000, help="ile zapisów w księgach (1000000)")
    parser.add_argument("--assets", type=int, default=200_000, help="ile składników majątku (200000)")
    parser.add_argument("--counted", type=int, default=10_000, help="ile z nich się liczy (10000)")
    parser.add_argument(
        "--without-tryton", action="store_true", help="bez Trytona (jego baza powstaje minutę)"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "bench.md", help="gdzie zachować tabelę")
    return parser.parse_args()


def _measured(
    ground: Ground, chosen: argparse.Namespace
) -> tuple[dict[str, str], list[Row], Memory, list[public.Found], list[Row], assets.Found]:
    """Reading first, on registers as they were filled; then writing; memory before and after."""
    memory: Memory = {}
    with running(ground) as server:
        facts = machine.machine(ground) | machine.sizes(ground)
        memory["at rest after the start"] = _at_rest(server, chosen.rest)
        rows = reading.measure(ground, server, asks=chosen.asks, tell=_tell)
        memory["at rest after all pages"] = _at_rest(server, chosen.rest)
        visitors = public.measure(
            ground, seconds=chosen.seconds, publications=chosen.publications, tell=_tell
        )
        rows += writing.measure(ground, server, clients=chosen.clients, seconds=chosen.seconds, tell=_tell)
        _tell(f"{chosen.cables} kabli")
        ground.carry_out("bench.cabling", str(chosen.cables), AS_OWNER="1")
        rows += reading.measure(ground, server, asks=chosen.asks, tell=_tell, only="network: ")
        lists = _lists(ground, server, chosen)
        things = assets.measure(
            ground, server, count=chosen.assets, items=chosen.counted, scanners=SCANNERS, asks=chosen.asks,
            tell=_tell,
        )  # fmt: skip
    return facts, rows, memory, visitors, lists, things


def _lists(ground: Ground, server: int, chosen: argparse.Namespace) -> list[Row]:
    """The lists once more, when there are as many cases as in ten years of a large county."""
    _tell(f"{chosen.cases} spraw")
    ground.carry_out("bench.many_cases", str(chosen.cases))
    return reading.measure(
        ground, server, asks=chosen.asks, tell=_tell, only="list: ", limit=report.MANY_CASES_LIMIT_MS
    )


def _at_rest(server: int, seconds: float) -> dict[str, float]:
    time.sleep(seconds)
    return memory_mib(server)


if __name__ == "__main__":
    main()

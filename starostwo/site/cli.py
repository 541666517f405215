"""The command line `starostwo`: which commands there are, what they take, and how they end.

A command is a module of `starostwo.site.commands` with a function `carry_out`. Only what its packages
offer is listed. Exit code 0 means done; everything else is said on standard error.
"""

import importlib
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

import django
import psycopg
from django.db import DatabaseError

from starostwo.site.cluster import CannotStart
from starostwo.site.commands import CannotCarryOut
from starostwo.site.data_folder import FolderInUse, is_there
from starostwo.site.polish_parser import PolishParser, speak_polish

DESCRIPTION = "Starostwo: otwarty e-urząd powiatu."
REFUSALS = (CannotCarryOut, CannotStart, FolderInUse)


def _nothing(parser: ArgumentParser) -> None:
    """The command takes no arguments."""


def _folder(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", help="folder kopii zapasowej")


def _plan(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="PLIK", help="CSV lub XLSX: symbol, hasło, kategoria, uwagi")
    parser.add_argument("--name", metavar="NAZWA", default="", help="nazwa wydania (zwykle nazwa pliku)")
    parser.add_argument("--valid-from", metavar="RRRR-MM-DD", default="", help="od kiedy (zwykle od dziś)")


def _demo(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--stage",
        metavar="ETAP",
        default="office",
        help="jak duży powiat: morning, office (zwykle), year-end, year (z całym rokiem ksiąg)",
    )
    parser.add_argument("--seed", metavar="LICZBA", type=int, default=7, help="ziarno losowania (zwykle: 7)")


def _history(parser: ArgumentParser) -> None:
    parser.add_argument("what", metavar="CO", choices=["verify"], help="verify: sprawdza cały łańcuch wpisów")


def _user(parser: ArgumentParser) -> None:
    parser.add_argument(
        "what",
        metavar="CO",
        choices=["create", "lock", "reset"],
        help="create: zakłada konto; lock: blokuje; reset: nadaje nowe hasło i kasuje drugi składnik",
    )
    parser.add_argument("login", metavar="LOGIN", help="nazwa konta pracownika")
    parser.add_argument("--given-name", metavar="IMIĘ", default="", help="imię (przy zakładaniu)")
    parser.add_argument("--family-name", metavar="NAZWISKO", default="", help="nazwisko (przy zakładaniu)")
    parser.add_argument(
        "--admin", action="store_true", help="z uprawnieniami administratora (przy zakładaniu)"
    )
    parser.add_argument("--email", metavar="ADRES", default="", help="adres e-mail (przy zakładaniu)")


def _nginx(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAZWA", help="nazwa serwera, na przykład urzad.powiat.pl")
    parser.add_argument("--certificate", metavar="PLIK", default="", help="certyfikat z łańcuchem (PEM)")
    parser.add_argument("--key", metavar="PLIK", default="", help="klucz certyfikatu (PEM)")


def _voip(parser: ArgumentParser) -> None:
    parser.add_argument(
        "what", metavar="CO", choices=["run", "config"], help="run: uruchamia; config: wypisuje konfigurację"
    )
    parser.add_argument(
        "node",
        metavar="WĘZEŁ",
        nargs="?",
        help="kod węzła telefonii, na przykład A; bez niego wszystkie z tego komputera",
    )


@dataclass(frozen=True)
class Command:
    """One verb of the command line."""

    name: str
    help: str
    module: str
    arguments: Callable[[ArgumentParser], None] = _nothing
    needs: str = ""  # the module without which the command is absent
    uses_django: bool = True


COMMANDS = [
    Command("run", "uruchamia bazę danych, serwer WWW i proces roboczy", "run", uses_django=False),
    Command("demo", "zakłada powiat pokazowy", "demo", _demo),
    Command("migrate", "zakłada i zmienia tabele (rola właściciela)", "migrate"),
    Command("worker", "wykonuje zadania w tle", "worker"),
    Command("static", "zbiera pliki wyglądu ekranów", "static"),
    Command("history", "sprawdza historię zmian", "history", _history),
    Command("import-jrwa", "wczytuje wykaz akt z pliku", "import_jrwa", _plan),
    Command("load-services", "wpisuje karty usług i formularze z tej wersji programu", "load_services"),
    Command("user", "zakłada, blokuje i odnawia konta pracowników", "user", _user),
    Command("nginx", "wypisuje konfigurację serwera nginx dla tej instalacji", "nginx", _nginx),
    Command(
        "voip", "uruchamia centrale telefoniczne tego komputera", "voip", _voip, needs="starostwo.telephony"
    ),
    Command("backup", "zapisuje kopię zapasową do folderu", "backup", _folder),
    Command("restore", "odtwarza kopię zapasową w pustym folderze danych", "restore", _folder),
]


def main(arguments: list[str]) -> int:
    """Carry out the command that the arguments name; return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "starostwo.site.settings")
    chosen = _parser().parse_args(arguments)
    command: Command = chosen.command
    try:
        if command.uses_django:
            django.setup()
        module = importlib.import_module(f"starostwo.site.commands.{command.module}")
        carry_out: Callable[[Namespace], None] = module.carry_out
        carry_out(chosen)
    except REFUSALS as refusal:
        print(f"Błąd: {refusal}", file=sys.stderr)
        return 1
    except (DatabaseError, psycopg.OperationalError) as problem:
        print(f"Błąd bazy danych: {problem}", file=sys.stderr)
        return 1
    except PermissionError as problem:
        print(f"Błąd: brak prawa do {problem.filename}; proszę sprawdzić DATA_DIR", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> ArgumentParser:
    speak_polish()
    parser = PolishParser(prog="starostwo", description=DESCRIPTION)
    verbs = parser.add_subparsers(title="Polecenia", metavar="POLECENIE", dest="command_name", required=True)
    for command in COMMANDS:
        if command.needs and not is_there(command.needs):
            continue
        verb = verbs.add_parser(
            command.name, help=command.help, description=f"starostwo {command.name}: {command.help}."
        )
        command.arguments(verb)
        verb.set_defaults(command=command)
    return parser

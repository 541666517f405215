"""Python's own argument parser, in Polish: it asks gettext for each phrase, a table answers."""

import argparse
from typing import NoReturn

PHRASES = {
    "usage: ": "Użycie: ",
    "positional arguments": "Argumenty",
    "options": "Opcje",
    "show this help message and exit": "wypisuje ten opis",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "unrecognized arguments: %s": "nieznane argumenty: %s",
    "the following arguments are required: %s": "brakuje: %s",
    "one of the arguments %s is required": "wymagany jest jeden z argumentów: %s",
    "not allowed with argument %s": "nie można podać razem z %s",
    "expected one argument": "wymagana jest jedna wartość",
    "expected %s argument": "liczba wymaganych wartości: %s",
    "expected %s arguments": "liczba wymaganych wartości: %s",
    "ignored explicit argument %r": "ta opcja nie przyjmuje wartości, podano %r",
    "invalid choice: %(value)r (choose from %(choices)s)": "nieznane %(value)r (do wyboru: %(choices)s)",
    "invalid %(type)s value: %(value)r": "nieprawidłowa wartość %(value)r",
}


class PolishParser(argparse.ArgumentParser):
    """A parser that refuses on standard error, with exit code 2, and says where help is."""

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments."""
        self.exit(2, f"{self.format_usage()}Błąd: {message}\nOpis: {self.prog} --help\n")


def speak_polish() -> None:
    """Let every parser of this process take its phrases from the table."""
    for name, answer in (("_", _in_polish), ("ngettext", _in_polish_by_number)):
        setattr(argparse, name, answer)


def _in_polish(phrase: str) -> str:
    return PHRASES.get(phrase, phrase)


def _in_polish_by_number(one: str, many: str, number: int) -> str:
    return PHRASES.get(one if number == 1 else many, many)

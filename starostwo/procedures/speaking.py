"""Cards and forms in the language of the page. What is signed and sent is Polish, whatever the page was."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext

from starostwo.platform.polish import fold
from starostwo.procedures import queries
from starostwo.procedures.queries import Card
from starostwo.procedures.rules import told
from starostwo.procedures.rules.answered import Answered
from starostwo.procedures.rules.answers import AnswerError
from starostwo.procedures.rules.definition import SOURCE_LANGUAGE, Definition, Text
from starostwo.procedures.rules.reading import ReadStep, readable
from starostwo.procedures.rules.translated import NotTranslated, translated
from starostwo.screens.api import languages

POLISH_LETTERS = re.compile("[ąćęłńóśźż ]", re.IGNORECASE)
STEM = 5


def _shown_form(form: Definition) -> Definition:
    """The form in the language of the page; in Polish as a whole when any of its texts is not translated."""
    if languages.current() == languages.SOURCE:
        return form
    try:
        return translated(form, _translate)
    except NotTranslated:
        return form


def said(message: str) -> str:
    """A message of the rules in the language of the page."""
    return told.said(message, gettext)


def shown(form: Definition, answers: Mapping[str, str]) -> Answered:
    """The answered form for the screen; only the Polish one makes documents."""
    return _Shown(_shown_form(form), answers)


def search_cards(words: str, *, on: date) -> list[Card]:
    """The cards that the words find: in the language of the page, and as Polish words."""
    if languages.current() == languages.SOURCE:
        return queries.search_cards(words, on=on)
    return _found_as_said(words, queries.cards(on=on)) or queries.search_cards(words, on=on)


class _Shown(Answered):
    """An answered form whose mistakes are told in the language of the page."""

    @property
    def in_words(self) -> list[ReadStep]:
        """What was answered, as a person reads it."""
        return readable(self.form, self.answers, language=languages.current())

    def errors(self, step: str | None = None) -> list[AnswerError]:
        return [replace(error, message=said(error.message)) for error in super().errors(step)]


def _found_as_said(words: str, cards: Iterable[Card]) -> list[Card]:
    """The cards whose title, summary or documents hold each of the words."""
    stems = [word[:STEM] for word in fold(words).split()]
    found = []
    for card in cards:
        texts = (card.title, card.summary, card.who_may, *card.documents)
        spoken = fold(" ".join(gettext(text) for text in texts if text))
        if stems and all(stem in spoken for stem in stems):
            found.append(card)
    return found


def _translate(text: Text) -> str:
    if own := text.get(languages.current()):
        return own
    polish = text[SOURCE_LANGUAGE]
    spoken = gettext(polish)
    if spoken == polish and POLISH_LETTERS.search(polish):
        raise NotTranslated(polish)
    return spoken

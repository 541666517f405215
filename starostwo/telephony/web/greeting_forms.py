"""The form of a greeting."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from starostwo.screens.api import ContentField, ScreenForm
from starostwo.telephony.agent.fitting import NotASound, TooLong, TooShort, fit
from starostwo.telephony.rules.greetings import LONGEST, SHORTEST

USUAL, OWN = "USUAL", "OWN"
MEGABYTES = 12  # a minute of the largest WAV that is usual: 48000 Hz, two channels, 16 bits


class GreetingForm(ScreenForm):
    """Which greeting, and the file of one's own; cleans to the samples that are played."""

    mark_optional = False

    kind = forms.ChoiceField(
        label="Co słyszy dzwoniący", widget=forms.RadioSelect,
        choices=[(USUAL, "Zwykłe powitanie"), (OWN, "Własne nagranie")],
    )  # fmt: skip
    file = ContentField(
        label="Plik WAV z własnym nagraniem", megabytes=MEGABYTES, required=False,
        help_text=f"Od {SHORTEST:.0f} do {LONGEST:.0f} sekund, bez kompresji (PCM), najwyżej {MEGABYTES} MB. "
        "Program sam dostosuje je do telefonu.",
        widget=forms.FileInput(attrs={"accept": ".wav,audio/wav,audio/x-wav"}),
    )  # fmt: skip

    def __init__(self, *args: Any, has_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._has_own = has_own

    def clean(self) -> dict[str, Any]:
        """A file is read only where one's own greeting is wanted."""
        data = super().clean() or {}
        content, is_own = data.get("file"), data.get("kind") == OWN
        data["file"] = None
        if is_own and content is not None:
            try:
                data["file"] = fit(content, shortest=SHORTEST, longest=LONGEST)
            except (NotASound, TooLong, TooShort) as refused:
                self.add_error("file", WORDS[type(refused)])
        elif is_own and not self._has_own and "file" not in self.errors:
            self.add_error("file", ValidationError("Wybierz plik WAV z nagraniem."))
        return data


WORDS: dict[type[ValueError], str] = {
    NotASound: "To nie jest plik WAV bez kompresji (PCM), mono albo stereo, od 8000 do 48000 Hz. "
    "Zapisz nagranie w tym formacie i wybierz je ponownie.",
    TooLong: f"Nagranie trwa dłużej niż {LONGEST:.0f} sekund. Skróć je i wybierz ponownie.",
    TooShort: "Nagranie trwa krócej niż sekundę. Nagraj je jeszcze raz i wybierz ponownie.",
}

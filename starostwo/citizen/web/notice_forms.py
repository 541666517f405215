"""Forms of notices: which ways for which event, a number, its code."""

from collections.abc import Mapping
from typing import TypeAlias

from django import forms
from django.utils.translation import gettext_lazy as _

from starostwo.channels import api as channels
from starostwo.office import api as office
from starostwo.screens.api import ScreenForm, languages

Event: TypeAlias = office.residents.Event
Ways: TypeAlias = office.residents.Ways
EMAIL, TEXT = "email", "sms"
LANGUAGE = "jezyk"
LABELS = {
    Event.LETTER: _("Nowe pismo z urzędu"),
    Event.MESSAGE: _("Nowa wiadomość w sprawie"),
    Event.STATUS: _("Zmiana stanu sprawy"),
    Event.VISIT: _("Przypomnienie o wizycie, dzień wcześniej"),
    Event.PAYMENT: _("Nowa opłata i przypomnienie o niej"),
}
ALWAYS = _(
    "E-mail o nowym piśmie wysyłamy zawsze, bo od pisma liczą się terminy "
    "(k.p.a. art. 46, przepis wpisany z pamięci). Możesz dodać SMS."
)


class NoticesForm(ScreenForm):
    """One question for each event; a way is offered where there is an address or a number for it."""

    mark_optional = False

    def __init__(self, *args: object, own: office.residents.OwnNotices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        for event in Event:
            choices = self._offered(event)
            if choices:
                self.fields[event.value] = forms.MultipleChoiceField(
                    label=LABELS[event],
                    choices=choices,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    initial=self._chosen(own.ways[event]),
                    help_text=ALWAYS if event in office.residents.BY_LAW else "",
                )

        if self.fields:
            self.fields[LANGUAGE] = forms.ChoiceField(
                label=_("Język powiadomień"),
                choices=list(languages.NAMES.items()),
                required=False,
                widget=forms.RadioSelect,
                initial=own.language or languages.current(),
                help_text=_("Pisma, decyzje i poświadczenia są zawsze po polsku."),
            )

    def ways(self) -> Mapping[Event, Ways]:
        """What was chosen; a way that was not offered stays as it was."""
        chosen = {}
        for event, held in self.own.ways.items():
            marked = self.cleaned_data.get(event.value, [])
            chosen[event] = Ways(
                by_email=EMAIL in marked if self._has_email(event) else held.by_email,
                by_text=TEXT in marked if self.own.number else False,
            )
        return chosen

    def _has_email(self, event: Event) -> bool:
        return bool(self.own.email) and event not in office.residents.BY_LAW

    def _offered(self, event: Event) -> list[tuple[str, object]]:
        ways: list[tuple[str, object]] = [(EMAIL, _("e-mailem"))] if self._has_email(event) else []
        return [*ways, (TEXT, _("SMS-em"))] if self.own.number else ways

    @staticmethod
    def _chosen(ways: Ways) -> list[str]:
        return [name for name, is_on in ((EMAIL, ways.by_email), (TEXT, ways.by_text)) if is_on]


class NumberForm(ScreenForm):
    """A mobile number."""

    mark_optional = False

    numer = forms.CharField(
        label=_("Numer telefonu komórkowego"),
        max_length=40,
        help_text=_("Na przykład 600 100 200, a zagraniczny z plusem: +380 50 123 45 67."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        error_messages={"required": _("Podaj numer telefonu komórkowego.")},
    )

    def clean_numer(self) -> str:
        try:
            return channels.number_for_texts(self.cleaned_data["numer"])
        except channels.NotANumber:
            raise forms.ValidationError(
                _("Na ten numer nie da się wysłać SMS-a. Podaj numer komórkowy, na przykład 600 100 200.")
            ) from None


class CodeForm(ScreenForm):
    """The six digits of the SMS."""

    mark_optional = False

    kod = forms.CharField(
        label=_("Kod z SMS-a"),
        max_length=20,
        help_text=_("Sześć cyfr. SMS przychodzi zwykle w ciągu minuty."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Wpisz kod z SMS-a.")},
    )

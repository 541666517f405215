"""Forms of the office's letters: a new one, its text, who accepts, how it is sent."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from starostwo.office import api as office
from starostwo.office.api import Right
from starostwo.records.models import CaseParty, Dispatch, Document, Party
from starostwo.records.models.document import KIND_LABELS, REMEDY_LABELS
from starostwo.records.queries.document_paper import shown_name
from starostwo.records.rules.delivery import CALL_DAYS_AT_LEAST, Remedy
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.services.dispatch import default_way, ways_of
from starostwo.records.services.document_drafts import Wording
from starostwo.screens.api import DayField, ScreenForm

NOBODY = ("", "—")


class NewDocumentForm(ScreenForm):
    """A letter begins with its kind and its addressee."""

    mark_optional = False

    kind = forms.ChoiceField(
        label="Rodzaj pisma",
        choices=[(kind.value, label) for kind, label in KIND_LABELS.items()],
        widget=forms.RadioSelect,
        initial=Kind.LETTER.value,
    )
    addressee = forms.TypedChoiceField(label="Adresat", coerce=int)

    def __init__(self, *args: Any, parties: Sequence[CaseParty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {row.party_id: shown_name(row.party) for row in parties}
        self.fields["addressee"].choices = list(people.items())  # type: ignore[attr-defined]


class TextForm(ScreenForm):
    """The words of a letter; `base` is the version from which the person began."""

    mark_optional = False

    title = forms.CharField(label="Tytuł", max_length=200)
    text = forms.CharField(
        label="Treść",
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "true"}),
        help_text=(
            "Nagłówek zaczyna się od „## ”, punkt listy od „1. ” albo „- ”, **pogrubienie** stoi między "
            "gwiazdkami. Pusta linia kończy akapit. Miejsca [uzupełnij: …] trzeba zastąpić."
        ),
        strip=False,
    )
    remedy = forms.ChoiceField(label="Co przysługuje adresatowi", choices=list(REMEDY_LABELS.items()))
    answer_days = forms.IntegerField(
        label="Dni na odpowiedź (wezwanie)", min_value=1, max_value=365, required=False
    )
    base = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Days belong to a call alone."""
        data = super().clean() or {}
        is_call = data.get("remedy") == Remedy.ANSWER.value
        if is_call and not data.get("answer_days"):
            self.add_error("answer_days", "Podaj, ile dni ma adresat na odpowiedź.")
        if not is_call:
            data["answer_days"] = None
        return data

    def wording(self) -> Wording:
        """The words as the service takes them."""
        data = self.cleaned_data
        text = data["text"].replace("\r\n", "\n")
        return Wording(data["title"], text, Remedy(data["remedy"]), data["answer_days"])


class SubmitForm(ScreenForm):
    """The way of acceptance: up to two who accept, then the one who signs."""

    mark_optional = False

    first = forms.TypedChoiceField(label="Akceptuje", coerce=int, required=False, empty_value=None)
    second = forms.TypedChoiceField(label="Potem akceptuje", coerce=int, required=False, empty_value=None)
    signer = forms.TypedChoiceField(label="Podpisuje", coerce=int)

    def __init__(self, *args: Any, unit: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accepts = [_named(one) for one in office.people(today, right=Right.ACCEPT)]
        signs = office.people(today, right=Right.SIGN)
        self.fields["first"].choices = self.fields["second"].choices = [NOBODY, *accepts]  # type: ignore[attr-defined]
        self.fields["signer"].choices = [_named(one) for one in signs]  # type: ignore[attr-defined]
        self.fields["signer"].initial = next((one.id for one in signs if one.unit == unit), None)

    def acceptors(self) -> list[int]:
        """The people in their order."""
        chosen = (self.cleaned_data[name] for name in ("first", "second", "signer"))
        return [person for person in chosen if person]


class RemarkForm(ScreenForm):
    """A remark of the person who accepts or returns."""

    mark_optional = False

    remark = forms.CharField(
        label="Uwaga", widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000
    )


class DispatchForm(ScreenForm):
    """How each addressee gets the letter; the account comes first where there is one."""

    mark_optional = False

    def __init__(self, *args: Any, parties: Sequence[Party], document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for party in parties:
            field = forms.ChoiceField(
                label=shown_name(party),
                choices=[(way.value, way.label) for way in ways_of(party, document)],
                initial=default_way(party, document).value,
                widget=forms.RadioSelect,
            )
            field.choice_hints = {Dispatch.Channel.EMAIL.value: party.email}  # type: ignore[attr-defined]
            self.fields[f"way_{party.pk}"] = field

    def ways(self) -> dict[int, Dispatch.Channel]:
        """The chosen way of each party."""
        return {
            int(name.removeprefix("way_")): Dispatch.Channel(value)
            for name, value in self.cleaned_data.items()
        }


class ReceiptForm(ScreenForm):
    """The return receipt of a paper letter."""

    mark_optional = False

    served_on = DayField(label="Doręczono dnia")
    received_by = forms.CharField(
        label="Kto odebrał", max_length=200, help_text="Na przykład: adresat, dorosły domownik"
    )


class ReplyForm(ScreenForm):
    """A message to a party of the case."""

    mark_optional = False

    resident = forms.TypedChoiceField(label="Do", coerce=int)
    text = forms.CharField(label="Wiadomość", widget=forms.Textarea(attrs={"rows": 5}), max_length=5000)

    def __init__(self, *args: Any, parties: Sequence[CaseParty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {row.party.account_id: shown_name(row.party) for row in parties if row.party.account_id}
        self.fields["resident"].choices = list(people.items())  # type: ignore[attr-defined]


def text_of(document: Document, text: str, *, base: int, today: date) -> dict[str, object]:
    """What the form of the text shows at first; a call begins with the fewest days that it may give."""
    is_call = document.kind == Kind.CALL.value
    return {
        "title": document.title,
        "text": text,
        "remedy": document.remedy,
        "answer_days": document.answer_days or (CALL_DAYS_AT_LEAST.on(today) if is_call else None),
        "base": base,
    }


def _named(person: office.PersonRef) -> tuple[int, str]:
    away = " (nieobecny/a)" if person.away else ""
    return person.id, f"{person.name}, {person.post} ({person.unit}){away}"

"""Forms of the builder: the head, a step, a field, a document. Each reads a part and writes it back."""

from typing import Any

from django import forms

from starostwo.procedures.rules.acting import asks_for_whom
from starostwo.procedures.rules.definition import (
    MOST_NUMBER,
    MOST_ROWS,
    SOURCE_LANGUAGE,
    WITH_CHOICES,
    Definition,
    FieldType,
)
from starostwo.procedures.rules.editing import Data, text
from starostwo.procedures.rules.labels import TYPE_LABELS
from starostwo.procedures.rules.mistakes import Mistake, Place
from starostwo.procedures.rules.sender import SENDER_ELEMENTS
from starostwo.procedures.rules.simple_conditions import condition_of, offered, ticked
from starostwo.screens.api import ScreenForm

SENDER_LABELS = {"": "nie", **SENDER_ELEMENTS}
NAME_HINT = "Małe litery bez polskich znaków, cyfry i podkreślenie. Tak nazywa się element XML."
SHORT = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"})
CONDITION = ("pairs", "joined", "turned")
OPTIONS = ("without_signature", "files_on_request")


class PartForm(ScreenForm):
    """One part of a definition. It is kept as it was typed; the rules of definitions say what is wrong."""

    texts: tuple[str, ...] = ()
    optional_texts: tuple[str, ...] = ()

    def __init__(self, part: Data, definition: Definition, place: Place, data: Any = None) -> None:
        self.part, self.definition, self.place = part, definition, place
        super().__init__(data, initial=self.read(part))
        for field in self.fields.values():
            field.required = False
        self.mark_optional = False
        if "pairs" in self.fields:
            self._offer_conditions()

    def read(self, part: Data) -> dict[str, Any]:
        """What the controls show of the part."""
        shown: dict[str, Any] = {
            name: _polish(part.get(name)) for name in (*self.texts, *self.optional_texts)
        }
        known = ticked(part.get("when"))
        if known is not None:
            shown |= {"pairs": list(known.pairs), "joined": "any" if known.is_any else "all",
                      "turned": known.is_turned}  # fmt: skip
        return {"name": part.get("name", ""), "required": part.get("required", True), **shown}

    def write(self) -> Data:
        """The part as it was typed."""
        given = self.cleaned_data
        made = dict(self.part)
        for name in self.texts:
            made[name] = text(self.part.get(name), given[name].strip())
        for name in self.optional_texts:
            _put(made, name, text(self.part.get(name), given[name].strip()) if given[name].strip() else None)
        if "name" in self.fields:
            made["name"] = given["name"].strip()
        if "pairs" in self.fields:
            when = condition_of(given["pairs"], is_any=given["joined"] == "any", is_turned=given["turned"])
            _put(made, "when", when)
        return made

    def point_out(self, mistakes: list[Mistake]) -> None:
        """Put the mistakes of this part beside their controls."""
        for each in mistakes:
            key = str(each.place[len(self.place)]) if len(each.place) > len(self.place) else ""
            name = {"when": "pairs", "fields": "label"}.get(key, key)
            self.add_error(name if name in self.fields else None, each.message)

    def _offer_conditions(self) -> None:
        pairs = offered(self.definition, self.place)
        if ticked(self.part.get("when")) is None or not pairs:
            for name in CONDITION:
                del self.fields[name]
            return
        self.fields["pairs"].choices = pairs  # type: ignore[attr-defined]


class ConditionalForm(PartForm):
    """A part that may be shown under a condition."""

    pairs = forms.MultipleChoiceField(
        label="Pokaż tylko przy tych odpowiedziach",
        help_text="Nic nie zaznaczaj, jeśli ma być zawsze. Odpowiedzi na to samo pytanie łączy „albo”.",
        widget=forms.CheckboxSelectMultiple,
    )
    joined = forms.ChoiceField(
        label="Gdy zaznaczasz odpowiedzi na różne pytania",
        choices=[("all", "muszą być spełnione wszystkie"), ("any", "wystarczy jedna")],
        widget=forms.RadioSelect,
    )
    turned = forms.BooleanField(label="Odwróć: pokaż przy wszystkich innych odpowiedziach")


class HeadForm(PartForm):
    """The form itself."""

    texts = ("title", "summary")
    optional_texts = ("attachments_hint",)
    title = forms.CharField(label="Tytuł", max_length=200)
    summary = forms.CharField(label="W jednym zdaniu", max_length=500)
    subject_field = forms.ChoiceField(
        label="Które pole trafia do tytułu pisma?", help_text="Tak kancelaria rozpozna wniosek na liście."
    )
    acting_field = forms.ChoiceField(
        label="Które pytanie mówi, w czyim imieniu składa się wniosek?",
        help_text="Od odpowiedzi zależy strona o pełnomocnictwie i jej opłata.",
    )
    attachments_hint = forms.CharField(
        label="Podpowiedź przy innych załącznikach", widget=forms.Textarea(attrs={"rows": 3})
    )
    max_attachments = forms.IntegerField(widget=SHORT, label="Najwięcej plików", min_value=0, max_value=50)
    without_signature = forms.BooleanField(
        label="Prawo nie wymaga podpisu: wysyła się ze strony z odpowiedziami", required=False
    )
    files_on_request = forms.BooleanField(
        label="Nie pytaj o załączniki po drodze (można je dodać na końcu)", required=False
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        named = [(each.name, _polish(each.label)) for each in self.definition.fields if not each.is_group]
        self.fields["subject_field"].choices = [("", "żadne"), *named]  # type: ignore[attr-defined]
        acting = [(each.name, _polish(each.label)) for each in self.definition.fields if asks_for_whom(each)]
        self.fields["acting_field"].choices = [("", "żadne"), *acting]  # type: ignore[attr-defined]

    def read(self, part: Data) -> dict[str, Any]:
        return super().read(part) | {
            "subject_field": part.get("subject_field", ""),
            "acting_field": part.get("acting_field", ""),
            "max_attachments": part.get("max_attachments", 10),
            **{name: part.get(name, False) for name in OPTIONS},
        }

    def write(self) -> Data:
        made = super().write()
        for name in ("subject_field", "acting_field"):
            _put(made, name, self.cleaned_data[name] or None)
        _put(made, "max_attachments", self.cleaned_data["max_attachments"])
        for name in OPTIONS:
            _put(made, name, self.cleaned_data[name] or None)
        return made


class StepPartForm(ConditionalForm):
    """A step."""

    texts = ("title",)
    optional_texts = ("intro",)
    title = forms.CharField(label="Tytuł strony", max_length=200)
    intro = forms.CharField(label="Zdanie pod tytułem", widget=forms.Textarea(attrs={"rows": 3}))
    name = forms.CharField(label="Nazwa", max_length=40, help_text=NAME_HINT)
    field_order = ["title", "intro", "name", *CONDITION]


class DocumentPartForm(ConditionalForm):
    """A document that is asked for by name."""

    texts = ("label",)
    optional_texts = ("hint",)
    label = forms.CharField(label="Jaki to dokument?", max_length=200)
    hint = forms.CharField(label="Podpowiedź", max_length=500)
    required = forms.BooleanField(label="Obowiązkowy")
    name = forms.CharField(label="Nazwa", max_length=40, help_text=NAME_HINT)
    field_order = ["label", "hint", "required", "name", *CONDITION]

    def write(self) -> Data:
        return _with_required(super().write(), self.cleaned_data["required"])


class FieldPartForm(ConditionalForm):
    """A question, or a repeated group."""

    texts = ("label",)
    optional_texts = ("hint", "error", "unit", "row")
    label = forms.CharField(label="Pytanie", max_length=1000)
    type = forms.ChoiceField(label="Rodzaj odpowiedzi", choices=list(TYPE_LABELS.items()))
    required = forms.BooleanField(label="Obowiązkowe")
    hint = forms.CharField(label="Podpowiedź pod pytaniem", max_length=1000)
    error = forms.CharField(label="Co powiedzieć, gdy brakuje odpowiedzi", max_length=300)
    choices = forms.CharField(
        label="Odpowiedzi do wyboru",
        help_text="Każda w osobnym wierszu: nazwa = treść, na przykład: nowe = chcę nowe tablice",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    max_length = forms.IntegerField(
        widget=SHORT, label="Najwięcej znaków (tekst)", min_value=1, max_value=50_000
    )
    least = forms.IntegerField(
        widget=SHORT, label="Najmniej (liczba albo wpisy grupy)", min_value=0, max_value=MOST_NUMBER
    )
    most = forms.IntegerField(
        widget=SHORT, label="Najwięcej (liczba albo wpisy grupy)", min_value=1, max_value=MOST_NUMBER
    )
    unit = forms.CharField(label="Jednostka za liczbą", max_length=20)
    row = forms.CharField(
        label="Jak nazywa się jeden wpis grupy?", max_length=60, help_text="Na przykład: Właściciel"
    )
    sender = forms.ChoiceField(label="Czy to dane nadawcy?", choices=list(SENDER_LABELS.items()),
                               help_text="Takie pole wypełni konto mieszkańca.")  # fmt: skip
    name = forms.CharField(label="Nazwa", max_length=40, help_text=NAME_HINT)
    field_order = [
        "label",
        "type",
        "required",
        "hint",
        "error",
        "choices",
        "max_length",
        "least",
        "most",
        "unit",
        "row",
        "sender",
        "name",
        *CONDITION,
    ]

    def read(self, part: Data) -> dict[str, Any]:
        choices = [
            f"{each.get('value', '')} = {_polish(each.get('label'))}" for each in part.get("choices", [])
        ]
        plain = {name: part.get(name) for name in ("type", "max_length", "least", "most", "sender")}
        return super().read(part) | plain | {"choices": "\n".join(choices)}

    def write(self) -> Data:
        """What does not go with the kind of answer is left out, so that a changed kind leaves no rest."""
        given = self.cleaned_data
        made = _with_required(super().write(), given["required"])
        kind = made["type"] = given["type"]
        is_group, is_number = kind == FieldType.GROUP, kind == FieldType.NUMBER
        counted = is_group or is_number
        _put(made, "choices", self._choices() if kind in WITH_CHOICES else None)
        is_text = kind in (FieldType.TEXT, FieldType.LONG_TEXT)
        _put(made, "max_length", given["max_length"] if is_text else None)
        _put(made, "least", given["least"] if counted else None)
        most = given["most"] if counted else None
        _put(made, "most", MOST_ROWS if is_group and most is None else most)
        _put(made, "sender", given["sender"] or None)
        if not (is_number or kind == FieldType.DECIMAL):
            made.pop("unit", None)
        if is_group:
            made.setdefault("row", {SOURCE_LANGUAGE: "Wpis"})
            first = {"name": f"{made['name']}_1", "type": "text", "label": {SOURCE_LANGUAGE: "Nowe pytanie"}}
            made.setdefault("fields", [first])
        else:
            made.pop("row", None)
            made.pop("fields", None)
        return made

    def _choices(self) -> list[Data]:
        old = {each.get("value"): each.get("label") for each in self.part.get("choices", [])}
        made = []
        for line in filter(None, map(str.strip, self.cleaned_data["choices"].splitlines())):
            value, has_label, label = (each.strip() for each in line.partition("="))
            made.append({"value": value, "label": text(old.get(value), label if has_label else value)})
        return made


class NewFormForm(ScreenForm):
    """A form that the office did not have."""

    title = forms.CharField(label="Tytuł", max_length=200)
    summary = forms.CharField(label="W jednym zdaniu", max_length=500)
    code = forms.RegexField(
        r"^[a-z][a-z0-9-]{0,39}$",
        label="Kod w adresie",
        help_text="Małe litery bez polskich znaków, cyfry i łącznik, na przykład: wniosek-o-karte",
        error_messages={"invalid": "Użyj małych liter bez polskich znaków, cyfr i łącznika."},
    )


def _polish(value: Any) -> str:
    return str(value.get(SOURCE_LANGUAGE, "")) if isinstance(value, dict) else ""


def _put(part: Data, key: str, value: Any) -> None:
    if value is None:
        part.pop(key, None)
    else:
        part[key] = value


def _with_required(part: Data, required: bool) -> Data:
    part.pop("required", None)
    return part if required else part | {"required": False}

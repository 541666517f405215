"""Forms of publishing from cases."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from starostwo.bulletin.models import PublishingRule
from starostwo.bulletin.rules.registers import BY_CODE, Register
from starostwo.bulletin.web.register_fields import PREFIX, form_fields, initial_fields, values_of
from starostwo.records import api as records
from starostwo.screens.api import LookupInput, ScreenForm


class ProposalForm(ScreenForm):
    """What a paper is called in the bulletin, its fields there, and words to be blacked out besides."""

    mark_optional = False

    title = forms.CharField(label="Tytuł w BIP", max_length=250)
    more = forms.CharField(
        label="Zaczernij także te słowa",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Po jednym w wierszu: na przykład nazwisko świadka",
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields.update(form_fields(kind))

    def own_fields(self) -> list[forms.BoundField]:
        """The fields of the register alone."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def values(self) -> dict[str, str]:
        """The fields of the register as a version keeps them."""
        return values_of(self.kind, self.cleaned_data)

    def words(self) -> tuple[str, ...]:
        """The words that were typed, one a line."""
        typed = self.cleaned_data.get("more", "") if self.is_valid() else ""
        return tuple(line.strip() for line in typed.splitlines() if line.strip())


class RuleForm(ScreenForm):
    """A class and where its papers go."""

    mark_optional = False

    klass = forms.RegexField(
        r"^[0-9]{1,10}( .*)?$",
        label="Klasa (dowolnego rzędu)",
        widget=LookupInput(url="/urzad/podpowiedzi/klasy/"),
        error_messages={"invalid": "Symbol klasy to same cyfry."},
    )
    kind = forms.ChoiceField(label="Rejestr")
    section = forms.ChoiceField(label="Dział")
    takes = forms.ChoiceField(label="Co można zaproponować", choices=PublishingRule.Takes.choices)

    def __init__(
        self, *args: Any, registers: Sequence[Register], sections: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one.code, one.plural) for one in registers]
        cast(forms.ChoiceField, self.fields["kind"]).choices = kinds
        cast(forms.ChoiceField, self.fields["section"]).choices = [("", "wybierz dział"), *sections]

    def clean_klass(self) -> str:
        """The symbol alone, without the title that the hint brings."""
        typed: str = self.cleaned_data["klass"]
        return typed.split(" ")[0]


def first_values(
    kind: str, case: records.public.PublishableCase, paper: records.public.Source
) -> dict[str, object]:
    """What the case says already of the fields of a register."""
    known = {
        "received_on": paper.produced_on.isoformat(),
        "issued_on": paper.produced_on.isoformat(),
        "adopted_on": paper.produced_on.isoformat(),
        "mark": case.mark,
        "number": case.mark,
        "consent": "nie",
    }
    names = {one.name for one in BY_CODE[kind].fields}
    return {
        "title": paper.title,
        **initial_fields(kind, {name: value for name, value in known.items() if name in names}),
    }

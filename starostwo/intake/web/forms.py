"""Forms of the quarantine."""

from django import forms

from starostwo.screens.api import ScreenForm


class SettlingForm(ScreenForm):
    """Why a submission is released or refused."""

    mark_optional = False

    reason = forms.CharField(
        label="Powód",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Przy odrzuceniu obowiązkowy; nadawca go przeczyta. Zapisze się w historii.",
    )

    @property
    def reason_given(self) -> str:
        """The reason as typed, empty when there is none."""
        return str(self.cleaned_data.get("reason", "")) if hasattr(self, "cleaned_data") else ""

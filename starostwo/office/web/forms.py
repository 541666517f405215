"""Forms of signing in and of the own account."""

from django import forms

from starostwo.office.models import Right
from starostwo.screens.api import DayField, ScreenForm


class SignInForm(ScreenForm):
    """Login and password."""

    login = forms.CharField(
        label="Login",
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "Proszę wpisać login."},
    )
    password = forms.CharField(
        label="Hasło",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Proszę wpisać hasło."},
    )


class CodeForm(ScreenForm):
    """One code of the second factor."""

    code = forms.CharField(
        label="Kod z aplikacji albo kod zapasowy",
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "class": "govuk-input--width-10",
            }
        ),
        error_messages={"required": "Proszę wpisać kod."},
    )


class NewPasswordForm(ScreenForm):
    """A password that its owner chooses, typed twice."""

    password = forms.CharField(
        label="Nowe hasło",
        max_length=200,
        strip=False,
        help_text="Co najmniej 12 znaków, na przykład kilka słów. Bez imienia, nazwiska i loginu.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Proszę wpisać nowe hasło."},
    )
    repeated = forms.CharField(
        label="Nowe hasło jeszcze raz",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Proszę powtórzyć hasło."},
    )

    def clean_repeated(self) -> str:
        """Both typed passwords are the same."""
        repeated: str = self.cleaned_data["repeated"]
        if repeated != self.cleaned_data.get("password"):
            raise forms.ValidationError("Hasła różnią się. Proszę wpisać dwa razy to samo.")
        return repeated


class OwnPasswordForm(NewPasswordForm):
    """A change of password by somebody who knows the old one."""

    current = forms.CharField(
        label="Obecne hasło",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Proszę wpisać obecne hasło."},
    )
    field_order = ["current", "password", "repeated"]


class TokenForm(ScreenForm):
    """A new personal token of a program."""

    name = forms.CharField(
        label="Nazwa",
        max_length=80,
        help_text="Do czego służy, na przykład „raport dzienny”.",
        error_messages={"required": "Proszę wpisać nazwę."},
    )
    scope = forms.MultipleChoiceField(
        label="Zakres",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Proszę wybrać co najmniej jedno uprawnienie."},
    )
    expires_on = DayField(
        label="Ważny do dnia (bez tego dnia)",
        help_text="Najwyżej rok.",
        error_messages={"required": "Proszę wpisać dzień."},
    )

    def offer(self, rights: frozenset[Right]) -> None:
        """Offer only the rights that the person has."""
        field = self.fields["scope"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  narrows the type
        field.choices = [(right.value, right.label) for right in Right if right in rights]

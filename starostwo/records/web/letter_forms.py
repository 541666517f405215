"""Forms of letters: paper registration in one go, metadata of annex A, scans."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from starostwo.office import api as office
from starostwo.records.models import Party
from starostwo.records.rules.metadata import (
    ACCESS_LABELS,
    CHANNEL_LABELS,
    KINDS,
    PAPER_CHANNELS,
    AccessLevel,
    Channel,
    DcmiType,
    NotAPartialDate,
    Received,
    Sender,
    check_partial_date,
)
from starostwo.records.web.phone_field import PhoneField
from starostwo.screens.api import DayField, FilesField, LookupInput, ScreenForm

PERSON, ORGANIZATION = "PERSON", "ORGANIZATION"
SENDER_KINDS = [(PERSON, "osoba (nazwisko i imię)"), (ORGANIZATION, "organizacja")]
BY_HAND = PAPER_CHANNELS | {Channel.EMAIL}
NOT_COPIED = "nie podano powodu"
ADDRESS_FIELDS = ("street", "building", "flat", "postcode", "town", "email")
RARE_FIELDS = ("po_box", "country")


class SenderForm(ScreenForm):
    """Who sent the letter: found by three letters, or written anew."""

    mark_optional = False

    party = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sender = forms.CharField(
        label="Nadawca",
        max_length=250,
        widget=LookupInput(
            url="/urzad/podpowiedzi/nadawcy/", target_id="id_party", attrs={"autofocus": True}
        ),
    )
    sender_kind = forms.ChoiceField(label="Rodzaj nadawcy", choices=SENDER_KINDS, initial=PERSON)
    street = forms.CharField(label="Ulica", max_length=100, required=False)
    building = forms.CharField(label="Nr domu", max_length=20, required=False)
    flat = forms.CharField(label="Nr lokalu", max_length=20, required=False)
    postcode = forms.CharField(label="Kod", max_length=10, required=False)
    town = forms.CharField(label="Miejscowość", max_length=100, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    phone = PhoneField(label="Telefon", required=False)

    def clean(self) -> dict[str, Any]:
        """A chosen party counts only while its name stands as it was chosen."""
        data = super().clean() or {}
        party_id, name = data.get("party"), data.get("sender", "").strip()
        data["party"] = Party.objects.filter(pk=party_id, name=name).first() if party_id else None
        return data

    def sender_value(self) -> Sender:
        """The sender as the register keeps it."""
        data = self.cleaned_data
        address = {field: data[field] for field in (*ADDRESS_FIELDS, *RARE_FIELDS) if field in data}
        party: Party | None = data["party"]
        if party is not None:
            names = (party.organization, party.family_name, party.given_name)
        elif data["sender_kind"] == ORGANIZATION:
            names = (data["sender"], "", "")
        else:
            family, _, given = " ".join(data["sender"].split()).partition(" ")
            names = ("", family[:80], given[:60])
        return Sender(*names, party_id=party.pk if party else None, phone=data["phone"], **address)


class PaperLetterForm(SenderForm):
    """A letter on paper, or an e-mail whose words are pasted, registered without leaving the keyboard."""

    title = forms.CharField(label="Tytuł (czego dotyczy)", max_length=500)
    kind = forms.ChoiceField(label="Rodzaj", choices=[(kind, kind) for kind in KINDS], initial="pismo")
    channel = forms.ChoiceField(
        label="Sposób dostarczenia",
        choices=[(one.value, CHANNEL_LABELS[one]) for one in Channel if one in BY_HAND],
        initial=Channel.PAPER.value,
    )
    received_on = DayField(label="Data wpływu")
    unit = forms.ChoiceField(label="Przekaż do", required=False)
    letter_date = forms.CharField(
        label="Data na piśmie", max_length=10, required=False, help_text="RRRR-MM-DD lub część"
    )
    sender_reference = forms.CharField(label="Znak nadawcy", max_length=100, required=False)
    attachments = forms.IntegerField(
        label="Załączniki", min_value=0, max_value=9999, initial=0, required=False
    )
    not_fully_copied = forms.BooleanField(label="Nie w pełni odwzorowane", required=False)
    not_copied_reason = forms.CharField(label="Dlaczego nie w pełni", max_length=200, required=False)
    envelope_only = forms.BooleanField(label="Koperty nie otwarto", required=False)
    scans = FilesField(label="Skan (można przeciągnąć)", required=False)
    message = forms.CharField(
        label="Treść e-maila",
        required=False,
        max_length=50_000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Wklej słowa wiadomości; zostaną przy przesyłce jako plik tekstowy",
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = today
        units = office.units(today)
        places = [(one.symbol, f"{one.symbol} {one.name}") for one in units if one.parent is not None]
        self.fields["unit"].choices = [("", "do dekretacji"), *places]  # type: ignore[attr-defined]

    def clean_letter_date(self) -> str:
        return _partial_date(self.cleaned_data["letter_date"])

    def clean(self) -> dict[str, Any]:
        """The words of a message belong to an e-mail, and an e-mail comes with its words."""
        data = super().clean()
        is_mail = data.get("channel") == Channel.EMAIL
        if is_mail != bool(data.get("message", "").strip()):
            said = "Wklej treść e-maila." if is_mail else "Treść wkleja się tylko przy e-mailu."
            self.add_error("message", said)
        return data

    def received(self) -> Received:
        """The letter as it was received."""
        data = self.cleaned_data
        is_copied = not data["not_fully_copied"]
        return Received(
            title=data["title"],
            received_on=data["received_on"],
            senders=[self.sender_value()],
            kind=data["kind"],
            letter_date=data["letter_date"],
            attachments=data["attachments"] or 0,
            delivery_way=CHANNEL_LABELS[Channel(data["channel"])],
            sender_reference=data["sender_reference"],
            fully_copied=is_copied,
            not_copied_reason="" if is_copied else data["not_copied_reason"] or NOT_COPIED,
            envelope_only=data["envelope_only"],
            format="text/plain" if data["message"] else "",
            unit=data["unit"],
        )


class MetadataForm(SenderForm):
    """All fields of annex A that a person may complete."""

    po_box = forms.CharField(label="Skrytka pocztowa", max_length=40, required=False)
    country = forms.RegexField(
        label="Kraj (dwie litery)",
        regex=r"^[A-Z]{2}$",
        required=False,
        empty_value="PL",
        error_messages={"invalid": "Podaj kod kraju, na przykład PL albo DE."},
    )
    title = forms.CharField(label="Tytuł", max_length=500)
    kind = forms.CharField(label="Rodzaj dokumentu", max_length=60)
    letter_date = forms.CharField(
        label="Data na piśmie", max_length=10, required=False, help_text="RRRR-MM-DD lub część"
    )
    sent_on = DayField(label="Data nadania", required=False)
    sender_reference = forms.CharField(label="Znak nadawcy", max_length=100, required=False)
    access = forms.ChoiceField(
        label="Dostęp", choices=[(one.value, ACCESS_LABELS[one]) for one in AccessLevel]
    )
    attachments = forms.IntegerField(label="Liczba załączników", min_value=0, max_value=9999)
    format = forms.CharField(label="Format", max_length=120, required=False)
    dcmi_type = forms.ChoiceField(label="Typ", choices=[(one.value, one.value) for one in DcmiType])
    delivery_way = forms.CharField(label="Sposób dostarczenia", max_length=60, required=False)
    remarks = forms.CharField(
        label="Uwagi",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Każda w osobnym wierszu",
    )
    not_fully_copied = forms.BooleanField(label="Nie w pełni odwzorowane", required=False)
    not_copied_reason = forms.CharField(label="Dlaczego nie w pełni", max_length=200, required=False)

    def clean_letter_date(self) -> str:
        return _partial_date(self.cleaned_data["letter_date"])

    def received(self, before: Received) -> Received:
        """The metadata as completed; other senders and what the form does not ask stay."""
        data = self.cleaned_data
        is_copied = not data["not_fully_copied"]
        return Received(
            received_on=before.received_on,
            senders=[self.sender_value(), *before.senders[1:]],
            unit=before.unit,
            service_code=before.service_code,
            envelope_only=before.envelope_only,
            access=AccessLevel(data["access"]),
            dcmi_type=DcmiType(data["dcmi_type"]),
            remarks=[line.strip() for line in data["remarks"].splitlines() if line.strip()],
            fully_copied=is_copied,
            not_copied_reason="" if is_copied else data["not_copied_reason"] or NOT_COPIED,
            **{
                name: data[name]
                for name in (
                    "title",
                    "kind",
                    "letter_date",
                    "sent_on",
                    "sender_reference",
                    "attachments",
                    "format",
                    "delivery_way",
                )
            },
        )


class ScansForm(ScreenForm):
    """Scans of a registered letter."""

    scans = FilesField(label="Skany")


class ReturnForm(ScreenForm):
    """Why a letter goes back."""

    reason = forms.CharField(label="Powód zwrotu", max_length=300)


def metadata_of(received: Received) -> dict[str, Any]:
    """The initial values of the metadata form."""
    first = received.senders[0] if received.senders else Sender()
    same = ("title", "kind", "letter_date", "sent_on", "sender_reference", "access", "attachments", "format")
    return {
        "party": first.party_id,
        "sender": first.name,
        "sender_kind": ORGANIZATION if first.organization else PERSON,
        "remarks": "\n".join(received.remarks),
        "not_fully_copied": not received.fully_copied,
        "not_copied_reason": received.not_copied_reason,
        "dcmi_type": received.dcmi_type,
        "delivery_way": received.delivery_way,
        **{field: getattr(first, field) for field in (*ADDRESS_FIELDS, *RARE_FIELDS)},
        **{field: getattr(received, field) for field in same},
    }


def _partial_date(text: str) -> str:
    try:
        return check_partial_date(text.strip())
    except NotAPartialDate as error:
        raise ValidationError("Podaj datę RRRR-MM-DD, RRRR-MM albo sam rok.") from error

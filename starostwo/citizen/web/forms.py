"""Forms of the residents' office beside the questions: attachments and the signed file."""

from django import forms

from starostwo.screens.api import FilesField, ScreenForm


class AttachmentsForm(ScreenForm):
    """Files to add to a draft."""

    uploads = FilesField(label="Wybierz pliki", required=True)


class SignedForm(ScreenForm):
    """The file that was signed elsewhere."""

    signed = forms.FileField(
        label="Podpisany plik",
        help_text="Plik XML z podpisem XAdES w środku albo PDF z podpisem PAdES.",
        error_messages={"required": "Wybierz plik, który został podpisany."},
    )

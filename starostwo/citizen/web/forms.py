"""Forms of the residents' office beside the questions: attachments and the signed file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_lazy

from starostwo.citizen.models import DraftFile
from starostwo.procedures import api as procedures
from starostwo.screens.api import FilesField, ScreenForm

OTHERS = "uploads"
PREFIX = "dokument-"


@dataclass(frozen=True)
class DocumentPart:
    """One kind of document on the page: its heading, the files given so far, and the field for more."""

    label: str
    is_missing: bool
    files: list[DraftFile]
    bound: BoundField


class AttachmentsForm(ScreenForm):
    """Files to add to a draft: a field for each document that the form names, and one for all others."""

    mark_optional = False

    def __init__(self, documents: Iterable[procedures.Document], others: str, *args: Any) -> None:
        super().__init__(*args)
        self.documents = list(documents)
        for each in self.documents:
            label = procedures.in_language(each.label)
            self.fields[PREFIX + each.name] = FilesField(
                label=gettext("Dodaj plik: %(name)s") % {"name": label},
                required=False,
                help_text=procedures.in_language(each.hint),
            )
        label = gettext("Wybierz inne pliki") if self.documents else gettext("Wybierz pliki")
        self.fields[OTHERS] = FilesField(
            label=label, required=False, help_text=others if self.documents else ""
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(gettext("Wybierz przynajmniej jeden plik."))
        return cleaned

    def given(self) -> Iterator[tuple[str, str, Any]]:
        """Each file with its field and the document that it is."""
        for name, uploads in list(self.cleaned_data.items()):
            for upload in uploads:
                yield name, name.removeprefix(PREFIX) if name != OTHERS else "", upload

    def parts(self, files: Iterable[DraftFile]) -> list[DocumentPart]:
        """The page from top to bottom; the last part holds all other files."""
        known = {each.name for each in self.documents}
        by_kind: dict[str, list[DraftFile]] = {}
        for file in files:
            by_kind.setdefault(file.kind if file.kind in known else "", []).append(file)
        parts = [
            DocumentPart(
                procedures.in_language(each.label),
                each.required and each.name not in by_kind,
                by_kind.get(each.name, []),
                self[PREFIX + each.name],
            )
            for each in self.documents
        ]
        others = gettext("Inne załączniki") if parts else gettext("Dołączone pliki")
        return [*parts, DocumentPart(others, False, by_kind.get("", []), self[OTHERS])]


class SignedForm(ScreenForm):
    """The file that was signed elsewhere."""

    signed = forms.FileField(
        label=gettext_lazy("Podpisany plik"),
        help_text=gettext_lazy("Plik XML z podpisem XAdES w środku albo PDF z podpisem PAdES."),
        error_messages={"required": gettext_lazy("Wybierz plik, który został podpisany.")},
    )

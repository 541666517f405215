"""Letters of the office: the document, each saved text of it, and the signed file that never changes."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from starostwo.records.models.laws import of_closed_case
from starostwo.records.rules.acceptance import DocumentState
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_kinds import Kind

KIND_LABELS = {
    Kind.LETTER: "pismo",
    Kind.DECISION: "decyzja",
    Kind.RULING: "postanowienie",
    Kind.ATTESTATION: "zaświadczenie",
    Kind.CALL: "wezwanie do uzupełnienia braków",
    Kind.NOTICE: "zawiadomienie o nowym terminie",
}
STATE_LABELS = {
    DocumentState.DRAFT: "projekt",
    DocumentState.IN_ACCEPTANCE: "w akceptacji",
    DocumentState.RETURNED: "zwrócony do poprawy",
    DocumentState.SIGNED: "podpisany",
}
REMEDY_LABELS = {
    Remedy.APPEAL: "odwołanie",
    Remedy.COMPLAINT: "zażalenie",
    Remedy.ANSWER: "odpowiedź na wezwanie",
    Remedy.NONE: "brak",
}


class Document(models.Model):
    """Pismo wychodzące sprawy: drafted, accepted and signed once."""

    case = models.ForeignKey(
        "records.Case", on_delete=models.PROTECT, related_name="+", verbose_name="sprawa"
    )
    kind = models.CharField("rodzaj", max_length=12, choices=list(KIND_LABELS.items()))
    title = models.CharField("tytuł", max_length=200)
    state = models.CharField(
        "stan", max_length=14, choices=list(STATE_LABELS.items()), default=DocumentState.DRAFT.value
    )
    addressee = models.ForeignKey(
        "records.Party", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="adresat"
    )
    remedy = models.CharField("środek zaskarżenia", max_length=10, choices=list(REMEDY_LABELS.items()))
    answer_days = models.PositiveSmallIntegerField("dni na odpowiedź", null=True)
    number = models.PositiveIntegerField("kolejne pismo w sprawie", null=True)
    mark = models.CharField("znak pisma", max_length=80, blank=True)
    author = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="sporządzający"
    )
    created_at = models.DateTimeField("utworzono")

    class Meta:
        verbose_name = "pismo wychodzące"
        constraints = [
            models.UniqueConstraint(name="one_number_one_letter_of_a_case", fields=["case", "number"]),
            models.CheckConstraint(
                name="only_a_signed_document_has_a_mark",
                condition=Q(state=DocumentState.SIGNED.value, number__gte=1) & ~Q(mark="")
                | ~Q(state=DocumentState.SIGNED.value) & Q(number=None, mark=""),
            ),
            models.CheckConstraint(
                name="only_a_call_gives_days_to_answer",
                condition=Q(answer_days=None) | Q(remedy=Remedy.ANSWER.value),
            ),
        ]
        indexes = [models.Index(name="records_document_of_case", fields=["case", "-created_at"])]
        triggers = [
            pgtrigger.Protect(
                name="signed_document_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=DocumentState.SIGNED.value),
            ),
            of_closed_case("documents_only_in_open_cases", operation=pgtrigger.Insert | pgtrigger.Update),
            pgtrigger.Trigger(
                name="what_was_signed_waits_to_be_sent",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state=DocumentState.SIGNED.value),
                func="INSERT INTO records_waitingdispatch (document_id) VALUES (NEW.id); RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"records.document:{self.pk}"


class DocumentVersion(models.Model):
    """One saved text of a document; a new save adds a row."""

    document = models.ForeignKey("records.Document", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("wersja")
    text = models.TextField("treść")
    author = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="autor"
    )
    saved_at = models.DateTimeField("zapisano")

    class Meta:
        verbose_name = "wersja pisma"
        constraints = [
            models.UniqueConstraint(name="one_number_one_version", fields=["document", "number"]),
            models.CheckConstraint(name="versions_are_numbered_from_one", condition=Q(number__gte=1)),
        ]
        triggers = [
            pgtrigger.Protect(name="version_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"wersja {self.number}"


class SignedFile(models.Model):
    """The signed PDF of a document, with who signed it and everything that stands on the paper."""

    document = models.OneToOneField("records.Document", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("records.DocumentVersion", on_delete=models.PROTECT, related_name="+")
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+", verbose_name="plik")
    sha256 = models.CharField("skrót SHA-256", max_length=64)
    signer = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="podpisujący"
    )
    in_place_of = models.ForeignKey(
        "office.Account",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name="w zastępstwie za",
    )
    signer_name = models.CharField("imię i nazwisko podpisującego", max_length=150)
    signer_post = models.CharField("stanowisko podpisującego", max_length=200)
    authority = models.CharField("upoważnienie", max_length=100, blank=True)
    signed_at = models.DateTimeField("podpisano")
    printed = models.JSONField("treść wydruku")

    class Meta:
        verbose_name = "podpisany plik"
        constraints = [
            models.CheckConstraint(
                name="signed_file_has_a_digest", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="nobody_signs_in_place_of_himself",
                condition=Q(in_place_of=None) | ~Q(in_place_of=F("signer")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="signed_file_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.sha256

"""Papers signed electronically: each signature is added to the file that the one before it made."""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.assets.rules.signing import ROLES


class SignedPaper(models.Model):
    """Podpis: who signed which paper in which role, and the file that came of it."""

    document = models.ForeignKey("assets.Document", on_delete=models.PROTECT, related_name="+", null=True)
    sheet = models.ForeignKey("assets.Sheet", on_delete=models.PROTECT, related_name="+", null=True)
    stock_take = models.ForeignKey("assets.StockTake", on_delete=models.PROTECT, related_name="+", null=True)
    position = models.PositiveSmallIntegerField("kolejność")
    role = models.CharField("w jakiej roli", max_length=10, choices=list(ROLES.items()))
    signer = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField("imię i nazwisko", max_length=200)
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+", verbose_name="plik")
    sha256 = models.CharField("skrót SHA-256", max_length=64)
    signed_at = models.DateTimeField("podpisano")

    class Meta:
        verbose_name = "podpisany dokument majątku"
        constraints = [
            models.CheckConstraint(
                name="signed_paper_is_of_one_thing",
                condition=Q(document__isnull=False, sheet=None, stock_take=None)
                | Q(document=None, sheet__isnull=False, stock_take=None)
                | Q(document=None, sheet=None, stock_take__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["document", "sheet", "stock_take", "position"], nulls_distinct=False,
                name="one_signature_of_a_paper_a_position",
            ),
            models.UniqueConstraint(
                fields=["document", "sheet", "stock_take", "role", "signer"], nulls_distinct=False,
                name="nobody_signs_a_paper_twice_in_a_role",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(name="signed_papers_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

"""Sections of the bulletin: the subject menu."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

OF_ITS_BODY = """
    IF NEW.parent_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM bulletin_section WHERE id = NEW.parent_id AND body_id IS NOT DISTINCT FROM NEW.body_id
    ) THEN RAISE EXCEPTION 'section % is of another body', NEW.parent_id
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


class Section(models.Model):
    """Dział: one place of the subject menu, within another one or at the top; its address lasts."""

    body = models.ForeignKey(
        "bulletin.Body", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="podmiot"
    )
    slug = models.CharField("część adresu", max_length=60)
    name = models.CharField("nazwa", max_length=120)
    law = models.CharField("podstawa prawna", max_length=160, blank=True)
    parent = models.ForeignKey(
        "bulletin.Section", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="w dziale"
    )
    position = models.PositiveSmallIntegerField("kolejność")

    class Meta:
        verbose_name = "dział"
        constraints = [
            models.UniqueConstraint(
                name="one_section_an_address", fields=["body", "slug"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="slug_of_a_section_fits_an_address", condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$")
            ),
            models.CheckConstraint(name="a_section_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="a_section_is_not_within_itself", condition=Q(parent=None) | ~Q(parent=F("id"))
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="sections_stand_in_their_body",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=OF_ITS_BODY,
            ),
            pgtrigger.Protect(
                name="sections_keep_their_body",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("body"),
            ),
        ]

    def __str__(self) -> str:
        return f"bulletin.section:{self.pk}"

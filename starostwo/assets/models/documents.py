"""Documents that change assets: posted once, changed never. A line changes its asset when it is written.

Law: u.o.r. art. 20 ust. 2, art. 21 (vouchers), art. 22 ust. 3 (nothing is erased).
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.assets.rules.kinds import DOCUMENTS

HAS_ITS_LINES = """
    IF (SELECT count(*) FROM assets_documentline l WHERE l.document_id = NEW.id) <> NEW.line_count THEN
        RAISE EXCEPTION 'the document has not the lines that it says'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'document_has_its_lines';
    END IF;
    RETURN NULL;
"""
CHANGES_ITS_ASSET = """
    SELECT * INTO doc FROM assets_document WHERE id = NEW.document_id;
    IF NEW.position < 1 OR NEW.position > doc.line_count THEN
        RAISE EXCEPTION 'the document has no such line'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'document_has_its_lines';
    END IF;
    IF NEW.moves AND EXISTS (
        SELECT 1 FROM office_place p WHERE p.id = NEW.place_to_id AND p.closed_on IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'place_is_open: nothing moves into a closed place'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'place_is_open';
    END IF;
    UPDATE assets_asset SET
        value = value + NEW.value_change,
        written_off = written_off + NEW.written_off_change,
        quantity = quantity + NEW.quantity_change,
        place_id = CASE WHEN NEW.moves THEN NEW.place_to_id ELSE place_id END,
        keeper_id = CASE WHEN NEW.moves THEN NEW.keeper_to_id ELSE keeper_id END,
        user_id = CASE WHEN NEW.moves THEN NEW.user_to_id ELSE user_id END,
        moved_on = CASE WHEN NEW.moves THEN doc.happened_on ELSE moved_on END,
        state = CASE WHEN NEW.state_to <> '' THEN NEW.state_to ELSE state END,
        taken_on = CASE WHEN NEW.taken_on IS NOT NULL THEN NEW.taken_on ELSE taken_on END,
        gone_on = CASE WHEN NEW.state_to IN ('HANDED_OVER', 'LIQUIDATED') THEN doc.happened_on
            ELSE gone_on END,
        valued_on = CASE WHEN NEW.value_change <> 0 OR NEW.written_off_change <> 0 THEN doc.happened_on
            ELSE valued_on END
    WHERE id = NEW.asset_id;
    RETURN NULL;
"""


class Document(models.Model):
    """Dokument obrotu majątkiem: BO, OT, ZW, MT, PT, LT or AM, numbered without gaps in its year."""

    kind = models.CharField("rodzaj", max_length=2, choices=list(DOCUMENTS.items()))
    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("numer")
    happened_on = models.DateField("dzień operacji")
    event = models.CharField("zdarzenie", max_length=20)
    text = models.CharField("treść i podstawa", max_length=500)
    other_side = models.CharField("druga strona", max_length=300, blank=True)
    line_count = models.PositiveIntegerField("liczba pozycji")
    posted_at = models.DateTimeField("zapisano")
    posted_by = models.CharField("kto zapisał", max_length=100)
    posted_by_name = models.CharField("imię i nazwisko", max_length=200)

    class Meta:
        verbose_name = "dokument majątku"
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "number"], name="one_asset_document_a_number"),
            models.CheckConstraint(
                name="asset_document_has_known_kind", condition=Q(kind__in=list(DOCUMENTS))
            ),
            models.CheckConstraint(name="asset_document_has_lines", condition=Q(line_count__gte=1)),
        ]
        indexes = [
            models.Index(fields=["kind", "-id"], name="asset_documents_by_kind"),
            models.Index(fields=["happened_on"], name="asset_documents_by_day"),
        ]
        triggers = [
            pgtrigger.Protect(name="documents_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="document_has_its_lines", when=pgtrigger.After, operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred, func=HAS_ITS_LINES,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind}/{self.number}/{self.year}"


class DocumentLine(models.Model):
    """Pozycja dokumentu: what it did to one asset, and how that stood before."""

    document = models.ForeignKey("assets.Document", on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField("pozycja")
    asset = models.ForeignKey("assets.Asset", on_delete=models.PROTECT, related_name="lines")
    value_change = models.BigIntegerField("zmiana wartości, grosze", default=0)
    written_off_change = models.BigIntegerField("zmiana umorzenia, grosze", default=0)
    quantity_change = models.IntegerField("zmiana ilości", default=0)
    moves = models.BooleanField("zmienia miejsce albo osoby", default=False)
    place_from = models.ForeignKey("office.Place", on_delete=models.PROTECT, related_name="+", null=True)
    place_to = models.ForeignKey("office.Place", on_delete=models.PROTECT, related_name="+", null=True)
    keeper_from = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+", null=True)
    keeper_to = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+", null=True)
    user_from = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+", null=True)
    user_to = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+", null=True)
    state_to = models.CharField("stan po dokumencie", max_length=12, blank=True)
    taken_on = models.DateField("przyjęto do używania", null=True)

    class Meta:
        verbose_name = "pozycja dokumentu majątku"
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="one_asset_line_a_position"),
            models.UniqueConstraint(fields=["document", "asset"], name="one_asset_line_an_asset"),
            models.CheckConstraint(
                name="asset_line_moves_to_a_place", condition=Q(moves=False) | Q(place_to__isnull=False)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="document_lines_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="line_changes_its_asset", when=pgtrigger.After, operation=pgtrigger.Insert,
                declare=[("doc", "assets_document")], func=CHANGES_ITS_ASSET,
            ),
        ]  # fmt: skip


class Proposal(models.Model):
    """Propozycja księgowania: the draft voucher that a document left in the ledger, or why there is none."""

    document = models.OneToOneField("assets.Document", on_delete=models.PROTECT, related_name="+")
    draft_id = models.BigIntegerField("dowód roboczy", null=True)
    why_not = models.CharField("dlaczego nie powstała", max_length=300, blank=True)
    made_at = models.DateTimeField("kiedy")

    class Meta:
        verbose_name = "propozycja księgowania"
        triggers = [pgtrigger.Protect(name="proposals_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

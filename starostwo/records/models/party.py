"""People and organizations that write to the office, and what they are to a case."""

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q


class Party(models.Model):
    """Podmiot in the directory of senders: a person or an organization."""

    class Kind(models.TextChoices):
        PERSON = "PERSON", "osoba fizyczna"
        ORGANIZATION = "ORGANIZATION", "organizacja"

    kind = models.CharField("rodzaj", max_length=12, choices=Kind.choices)
    organization = models.CharField("nazwa", max_length=250, blank=True)
    family_name = models.CharField("nazwisko", max_length=80, blank=True)
    given_name = models.CharField("imię", max_length=60, blank=True)
    name = models.CharField("jak wyświetlać", max_length=250)
    folded = models.CharField("nazwa bez znaków diakrytycznych", max_length=250)
    pesel = models.CharField("PESEL", max_length=11, blank=True)
    nip = models.CharField("NIP", max_length=10, blank=True)
    regon = models.CharField("REGON", max_length=14, blank=True)
    street = models.CharField("ulica", max_length=100, blank=True)
    building = models.CharField("numer budynku", max_length=20, blank=True)
    flat = models.CharField("numer lokalu", max_length=20, blank=True)
    postcode = models.CharField("kod pocztowy", max_length=10, blank=True)
    town = models.CharField("miejscowość", max_length=100, blank=True)
    po_box = models.CharField("skrytka pocztowa", max_length=40, blank=True)
    country = models.CharField("kraj", max_length=2, default="PL")
    email = models.EmailField("adres e-mail", blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    delivery_address = models.CharField("adres do doręczeń elektronicznych", max_length=40, blank=True)
    account = models.ForeignKey(
        "office.Account",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="konto w e-urzędzie",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="party_has_a_name", condition=~Q(name="") & ~Q(folded="")),
            models.CheckConstraint(
                name="party_phone_is_whole", condition=Q(phone="") | Q(phone__regex=r"^\+[1-9][0-9]{7,14}$")
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(account__isnull=False), name="one_account_one_party"
            ),
        ]
        indexes = [
            models.Index(OpClass(F("folded"), name="text_pattern_ops"), "id", name="party_by_prefix"),
            models.Index(fields=["phone", "id"], name="party_by_phone", condition=~Q(phone="")),
        ]

    def __str__(self) -> str:
        return self.name


class CaseParty(models.Model):
    """Strona of a case or its pełnomocnik, from a day to a day."""

    class Role(models.TextChoices):
        PARTY = "PARTY", "strona"
        REPRESENTATIVE = "REPRESENTATIVE", "pełnomocnik"
        INTERESTED = "INTERESTED", "podmiot na prawach strony"

    case = models.ForeignKey(
        "records.Case", on_delete=models.PROTECT, related_name="+", verbose_name="sprawa"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", verbose_name="podmiot")
    role = models.CharField("rola", max_length=14, choices=Role.choices)
    represents = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="kogo reprezentuje"
    )
    authority = models.ForeignKey(
        "records.Letter", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="pełnomocnictwo"
    )
    from_on = models.DateField("od dnia")
    to_on = models.DateField("do dnia (wyłącznie)", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "party", "role"], condition=Q(to_on=None), name="one_role_at_a_time_in_a_case"
            ),
            models.CheckConstraint(
                name="only_representatives_represent",
                condition=Q(role="REPRESENTATIVE", represents__isnull=False)
                | (~Q(role="REPRESENTATIVE") & Q(represents=None, authority=None)),
            ),
            models.CheckConstraint(
                name="party_leaves_after_it_comes", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.party_id} ({self.role})"

"""Accounts of staff and residents, their second factors and personal tokens."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower

from starostwo.office.models.rights import Right
from starostwo.screens.api import languages

PLAIN_LETTERS = (Value("ąćęłńóśźż"), Value("acelnoszz"))


def _folded(field: str) -> Func:
    return Func(Lower(field), *PLAIN_LETTERS, function="translate", output_field=models.CharField())


class Accounts(BaseUserManager["Account"]):
    """Finds an account by what is typed at log-in."""


class Account(AbstractBaseUser):
    """Konto of a member of staff or of a resident. Its posts, not the account, carry rights."""

    class Kind(models.TextChoices):
        STAFF = "STAFF", "pracownik"
        RESIDENT = "RESIDENT", "mieszkaniec"

    kind = models.CharField("rodzaj", max_length=10, choices=Kind.choices)
    login = models.CharField("login", max_length=60, unique=True)
    given_name = models.CharField("imię", max_length=60)
    family_name = models.CharField("nazwisko", max_length=80)
    email = models.EmailField("adres e-mail", blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    pesel = models.CharField("PESEL", max_length=11, null=True, blank=True)
    street = models.CharField("ulica", max_length=100, blank=True)
    building = models.CharField("numer budynku", max_length=20, blank=True)
    flat = models.CharField("numer lokalu", max_length=20, blank=True)
    postcode = models.CharField("kod pocztowy", max_length=10, blank=True)
    town = models.CharField("miejscowość", max_length=100, blank=True)
    external_issuer = models.CharField("dostawca tożsamości", max_length=200, blank=True)
    external_subject = models.CharField("identyfikator u dostawcy", max_length=255, blank=True)
    is_active = models.BooleanField("czynne", default=True)
    must_change_password = models.BooleanField("musi zmienić hasło", default=False)
    in_directory = models.BooleanField("hasło sprawdza katalog urzędu", default=False)
    expires_on = models.DateField("wygasa dnia", null=True, blank=True)
    language = models.CharField("język powiadomień", max_length=2, blank=True, default="")
    created_at = models.DateTimeField("założone", auto_now_add=True)
    folded = models.GeneratedField(
        expression=Func(
            _folded("family_name"),
            Value(" "),
            _folded("given_name"),
            template="(%(expressions)s)",
            arg_joiner=" || ",
        ),
        output_field=models.CharField(max_length=150),
        db_persist=True,
        verbose_name="nazwisko i imię bez znaków diakrytycznych",
    )

    objects = Accounts()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["kind", "given_name", "family_name"]

    class Meta:
        verbose_name = "konto"
        constraints = [
            models.CheckConstraint(name="account_login_is_lower_case", condition=Q(login=Lower(F("login")))),
            models.CheckConstraint(
                name="account_has_known_kind", condition=Q(kind__in=["STAFF", "RESIDENT"])
            ),
            models.CheckConstraint(
                name="account_has_known_language", condition=Q(language__in=["", *languages.CODES])
            ),
            models.CheckConstraint(
                name="account_pesel_has_11_digits", condition=Q(pesel=None) | Q(pesel__regex=r"^[0-9]{11}$")
            ),
            models.CheckConstraint(
                name="only_residents_come_from_outside",
                condition=Q(external_issuer="", external_subject="")
                | (Q(kind="RESIDENT") & ~Q(external_issuer="") & ~Q(external_subject="")),
            ),
            models.CheckConstraint(
                name="directory_or_own_password",
                condition=Q(in_directory=False) | Q(kind="STAFF", password__startswith="!"),  # noqa: S106
            ),
            models.UniqueConstraint(
                name="one_account_for_an_outside_identity",
                fields=["external_issuer", "external_subject"],
                condition=~Q(external_subject=""),
            ),
        ]
        indexes = [models.Index(name="office_staff_by_name", fields=["folded"], condition=Q(kind="STAFF"))]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Given and family name, as people are named on screens."""
        return f"{self.given_name} {self.family_name}"

    def get_full_name(self) -> str:
        """The name that Django's password rules compare with."""
        return self.name


class SecondFactor(models.Model):
    """Drugi składnik: the secret of a staff account's authenticator, encrypted, and its last used step."""

    account = models.OneToOneField("office.Account", on_delete=models.CASCADE, related_name="+")
    sealed_secret = models.BinaryField("zaszyfrowany klucz")
    last_step = models.BigIntegerField("ostatnio użyty krok", default=0)
    confirmed_at = models.DateTimeField("włączony")

    class Meta:
        verbose_name = "drugi składnik"

    def __str__(self) -> str:
        return str(self.account_id)


class RecoveryCode(models.Model):
    """Kod zapasowy: lets its owner in once when the authenticator is lost; only its hash is kept."""

    account = models.ForeignKey("office.Account", on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField("skrót kodu", max_length=64)
    used_at = models.DateTimeField("użyty", null=True)

    class Meta:
        verbose_name = "kod zapasowy"
        constraints = [models.UniqueConstraint(name="one_recovery_code", fields=["account", "code_hash"])]

    def __str__(self) -> str:
        return str(self.account_id)


class Passkey(models.Model):
    """Klucz dostępu (WebAuthn): the public part of a key that never leaves its device."""

    account = models.ForeignKey("office.Account", on_delete=models.CASCADE, related_name="+")
    name = models.CharField("nazwa", max_length=60)
    credential_id = models.BinaryField("identyfikator klucza", unique=True)
    credential = models.BinaryField("dane klucza publicznego")
    sign_count = models.BigIntegerField("licznik podpisów", default=0)
    added_at = models.DateTimeField("dodany")
    used_at = models.DateTimeField("ostatnio użyty", null=True)

    class Meta:
        verbose_name = "klucz dostępu"

    def __str__(self) -> str:
        return self.name


class ApiToken(models.Model):
    """Osobisty token programu: acts as its owner within its scope; shown once, kept as a hash."""

    account = models.ForeignKey("office.Account", on_delete=models.CASCADE, related_name="+")
    name = models.CharField("nazwa", max_length=80)
    token_hash = models.CharField("skrót tokenu", max_length=64, unique=True)
    scope = ArrayField(
        models.CharField(max_length=20, choices=Right.choices), verbose_name="zakres", default=list
    )
    created_at = models.DateTimeField("utworzony")
    expires_on = models.DateField("ważny do dnia (wyłącznie)")
    used_at = models.DateTimeField("ostatnio użyty", null=True)
    revoked_at = models.DateTimeField("odwołany", null=True)

    class Meta:
        verbose_name = "token programu"
        constraints = [
            models.CheckConstraint(
                name="token_has_known_scope", condition=Q(scope__contained_by=Right.values)
            )
        ]

    def __str__(self) -> str:
        return self.name

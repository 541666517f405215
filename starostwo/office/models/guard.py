"""Tries at log-in and elsewhere: who signed in, and how often something was tried in a window of time."""

from django.db import models


class SignIn(models.Model):
    """Logowanie: one try to sign in, refused or not, and the session that it opened."""

    class Outcome(models.TextChoices):
        OK = "OK", "zalogowano"
        BAD_PASSWORD = "BAD_PASSWORD", "zły login lub hasło"
        BAD_CODE = "BAD_CODE", "zły kod drugiego składnika"
        BLOCKED = "BLOCKED", "zbyt wiele prób"

    account = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="konto"
    )
    outcome = models.CharField("wynik", max_length=20, choices=Outcome.choices)
    way = models.CharField("sposób", max_length=40, blank=True)
    address = models.GenericIPAddressField("adres", null=True)
    browser = models.CharField("przeglądarka", max_length=200, blank=True)
    session_key = models.CharField("sesja", max_length=40, blank=True, db_index=True)
    at = models.DateTimeField("kiedy", db_index=True)
    ended_at = models.DateTimeField("zakończona", null=True)

    class Meta:
        verbose_name = "logowanie"
        indexes = [models.Index(name="office_signin_of_account", fields=["account", "-at"])]

    def __str__(self) -> str:
        return f"{self.account_id} {self.outcome}"


class TryWindow(models.Model):
    """How many times the thing named by the key was tried in the window that ends at a moment."""

    key = models.CharField(max_length=200, primary_key=True)
    tries = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "okno prób"

    def __str__(self) -> str:
        return self.key

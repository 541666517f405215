"""What a resident has begun and not yet sent, how drafts ended, and what residents say of the forms."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.citizen.rules.co_applicants import STATE_LABELS, State

ALL_HAVE_SIGNED = """
    IF EXISTS (SELECT 1 FROM citizen_coapplicant
               WHERE draft_id = NEW.id AND state <> 'SIGNED') THEN
        RAISE EXCEPTION 'not every co-applicant of % has signed', NEW.id;
    END IF;
    RETURN NEW;
"""
SIGNED_WHILE_CLOSED = """
    SELECT state INTO now_in FROM citizen_draft WHERE id = NEW.draft_id FOR SHARE;
    IF now_in = 'SENT' OR (now_in <> 'CLOSED' AND NEW.state <> 'NAMED') THEN
        RAISE EXCEPTION 'the application % takes no signature now', NEW.draft_id;
    END IF;
    RETURN NEW;
"""


class Draft(models.Model):
    """Wniosek w przygotowaniu: kept on the server, so that any device goes on where another stopped."""

    class State(models.TextChoices):
        FILLING = "FILLING", "w trakcie wypełniania"
        CLOSED = "CLOSED", "gotowy do podpisu"
        SENT = "SENT", "wysłany"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")
    card_code = models.CharField("karta usługi", max_length=60)
    form_code = models.CharField("formularz", max_length=40)
    form_version = models.PositiveIntegerField("wersja formularza")
    title = models.CharField("tytuł", max_length=200)
    answers = models.JSONField("odpowiedzi", default=dict)
    step = models.CharField("ostatni krok", max_length=40, blank=True)
    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.FILLING)
    started_at = models.DateTimeField("rozpoczęty")
    saved_at = models.DateTimeField("zapisany")
    filled_seconds = models.PositiveIntegerField("czas wypełniania w sekundach", default=0)
    is_rated = models.BooleanField("oceniony", default=False)
    most_others = models.PositiveSmallIntegerField("ile osób może wnioskować razem", default=0)
    document = models.ForeignKey(
        "files.Blob", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="dokument"
    )
    printout = models.ForeignKey(
        "files.Blob", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="wydruk do podpisu"
    )
    signed = models.ForeignKey(
        "files.Blob", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="podpisany dokument"
    )
    signed_name = models.CharField("nazwa podpisanego pliku", max_length=200, blank=True)
    submission = models.UUIDField("złożone jako", null=True)

    class Meta:
        verbose_name = "wniosek w przygotowaniu"
        constraints = [
            models.CheckConstraint(
                name="draft_has_a_document_once_closed",
                condition=Q(state="FILLING", document=None, printout=None, signed=None)
                | Q(state__in=["CLOSED", "SENT"], document__isnull=False, printout__isnull=False),
            ),
            models.CheckConstraint(
                name="sent_draft_names_its_submission",
                condition=Q(state="SENT", submission__isnull=False) | (~Q(state="SENT") & Q(submission=None)),
            ),
        ]
        indexes = [models.Index(name="drafts_of_a_resident", fields=["account", "-saved_at"])]
        triggers = [
            pgtrigger.Trigger(
                name="sent_when_all_have_signed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__state="SENT"),
                func=ALL_HAVE_SIGNED,
            )
        ]

    def __str__(self) -> str:
        return self.title


class DraftFile(models.Model):
    """An attachment of a draft."""

    draft = models.ForeignKey("citizen.Draft", on_delete=models.CASCADE, related_name="+")
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nazwa pliku", max_length=200)
    kind = models.CharField("którym dokumentem jest", max_length=40, blank=True)
    added_at = models.DateTimeField("dodany")

    class Meta:
        verbose_name = "załącznik"
        constraints = [models.UniqueConstraint(name="one_name_in_a_draft", fields=["draft", "name"])]

    def __str__(self) -> str:
        return self.name


class AtCounter(models.Model):
    """Wniosek spisany przy okienku: its draft belongs to the clerk who fills it in for somebody present."""

    class Identity(models.TextChoices):
        ID_CARD = "ID_CARD", "dowód osobisty"
        PASSPORT = "PASSPORT", "paszport"
        OTHER = "OTHER", "inny dokument ze zdjęciem"
        NONE = "NONE", "nie okazano dokumentu"

    draft = models.OneToOneField("citizen.Draft", on_delete=models.CASCADE, related_name="+")
    person = models.CharField("kto stoi przy okienku", max_length=210)
    identity = models.CharField("jak sprawdzono tożsamość", max_length=10, choices=Identity.choices)

    class Meta:
        verbose_name = "wniosek spisany przy okienku"

    def __str__(self) -> str:
        return str(self.draft_id)


class Power(models.Model):
    """Pełnomocnictwo (or another right to act): for whom the resident makes the application of a draft."""

    class Scope(models.TextChoices):
        CASE = "CASE", "tylko do tej sprawy"
        KIND = "KIND", "do wszystkich spraw tego rodzaju"
        ALL = "ALL", "do wszystkich spraw w urzędzie"

    draft = models.OneToOneField("citizen.Draft", on_delete=models.CASCADE, related_name="+")
    acts_for = models.CharField("w czyim imieniu", max_length=20)
    given_name = models.CharField("imię", max_length=80, blank=True)
    family_name = models.CharField("nazwisko", max_length=120, blank=True)
    organisation = models.CharField("nazwa podmiotu", max_length=250, blank=True)
    number = models.CharField("PESEL, NIP albo KRS", max_length=14, blank=True)
    street = models.CharField("ulica", max_length=100)
    postcode = models.CharField("kod pocztowy", max_length=10)
    town = models.CharField("miejscowość", max_length=100)
    basis = models.CharField("podstawa", max_length=20)
    scope = models.CharField("zakres", max_length=4, choices=Scope.choices)
    exemption = models.CharField("zwolnienie z opłaty", max_length=20, blank=True)
    taken_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField("wypowiedziane", null=True)

    class Meta:
        verbose_name = "pełnomocnictwo"
        constraints = [
            models.CheckConstraint(
                name="power_is_of_a_person_or_an_organisation",
                condition=(Q(acts_for="innej_osoby", organisation="") & ~Q(family_name=""))
                | (Q(acts_for="podmiotu", given_name="", family_name="") & ~Q(organisation="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The person or the organisation, as shown."""
        return self.organisation or f"{self.given_name} {self.family_name}".strip()


class CoApplicant(models.Model):
    """Współwnioskodawca: applies together with the resident and signs the same frozen document."""

    class Way(models.TextChoices):
        LOGIN = "LOGIN", "potwierdzenie po zalogowaniu"
        FILE = "FILE", "plik podpisany własnym podpisem"

    draft = models.ForeignKey("citizen.Draft", on_delete=models.CASCADE, related_name="+")
    given_name = models.CharField("imię", max_length=80)
    family_name = models.CharField("nazwisko", max_length=120)
    pesel = models.CharField("PESEL", max_length=11, blank=True)
    email = models.EmailField("adres e-mail")
    state = models.CharField(
        "stan",
        max_length=10,
        choices=[(each.value, STATE_LABELS[each]) for each in State],
        default=State.NAMED,
    )
    token_hash = models.CharField("skrót odnośnika", max_length=64, unique=True, null=True)
    token_expires_at = models.DateTimeField("odnośnik ważny do", null=True)
    signer = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="kto podpisał"
    )
    way = models.CharField("sposób", max_length=10, choices=Way.choices, blank=True)
    signed = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+", null=True)
    signed_name = models.CharField("nazwa pliku podpisu", max_length=200, blank=True)
    decided_at = models.DateTimeField("kiedy", null=True)
    reason = models.CharField("powód odmowy", max_length=500, blank=True)

    class Meta:
        verbose_name = "współwnioskodawca"
        constraints = [
            models.UniqueConstraint(
                name="one_signature_a_person",
                fields=["draft", "signer"],
                condition=Q(state__in=["TO_ACCEPT", "SIGNED"]),
            ),
            models.CheckConstraint(
                name="co_applicant_in_one_state",
                condition=Q(state="NAMED", token_hash=None, signer=None, signed=None)
                | Q(state="INVITED", token_hash__isnull=False, signer=None, signed=None)
                | Q(state__in=["TO_ACCEPT", "SIGNED"], signer__isnull=False, signed__isnull=False)
                | (Q(state="REFUSED", signer__isnull=False, signed=None) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="invitation_says_until_when",
                condition=Q(token_hash=None, token_expires_at=None)
                | Q(token_hash__isnull=False, token_expires_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signed_while_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("now_in", "text")],
                func=SIGNED_WHILE_CLOSED,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}"


class FormUse(models.Model):
    """Przebieg wypełniania: how one draft ended. It names nobody and does not lead back to the draft."""

    class End(models.TextChoices):
        SENT = "SENT", "wysłany"
        DISCARDED = "DISCARDED", "usunięty przez mieszkańca"
        FORGOTTEN = "FORGOTTEN", "porzucony"

    card_code = models.CharField("karta usługi", max_length=60)
    form_code = models.CharField("formularz", max_length=40)
    form_version = models.PositiveIntegerField("wersja formularza")
    end = models.CharField("zakończenie", max_length=10, choices=End.choices)
    ended_on = models.DateField("dzień zakończenia")
    last_step = models.CharField("tytuł ostatniego kroku", max_length=200, blank=True)
    filled_seconds = models.PositiveIntegerField("czas wypełniania w sekundach")

    class Meta:
        verbose_name = "przebieg wypełniania"
        indexes = [models.Index(name="uses_of_forms_by_day", fields=["ended_on"])]

    def __str__(self) -> str:
        return f"{self.form_code} {self.ended_on}"


class Opinion(models.Model):
    """Ocena wniosku: how hard it was, and what was unclear. It names nobody."""

    class Ease(models.IntegerChoices):
        VERY_EASY = 5, "bardzo łatwo"
        EASY = 4, "łatwo"
        SO_SO = 3, "ani łatwo, ani trudno"
        HARD = 2, "trudno"
        VERY_HARD = 1, "bardzo trudno"

    card_code = models.CharField("karta usługi", max_length=60)
    ease = models.PositiveSmallIntegerField("ocena", choices=Ease.choices)
    unclear = models.CharField("co było niejasne", max_length=500, blank=True)
    given_on = models.DateField("dzień")

    class Meta:
        verbose_name = "ocena wniosku"
        constraints = [
            models.CheckConstraint(name="ease_is_between_1_and_5", condition=Q(ease__gte=1, ease__lte=5))
        ]
        indexes = [models.Index(name="opinions_of_a_card", fields=["card_code", "-id"])]

    def __str__(self) -> str:
        return f"{self.card_code}: {self.ease}"

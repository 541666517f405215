"""Call records: the rows that exchanges leave, the calls of which they tell, how long numbers are kept."""

from django.db import models
from django.db.models import F, Q

SEEN = r"^(\+?[0-9*#]{1,20})?$"  # empty: hidden; stars: masked


class Call(models.Model):
    """Rozmowa: one call, whichever exchanges it went through, with its cost in 1/100 grosza.

    People and units are those of the day of the call; a phone that changes hands later changes nothing here.
    """

    class Direction(models.TextChoices):
        INSIDE = "INSIDE", "wewnętrzna"
        BETWEEN = "BETWEEN", "między budynkami"
        OUT = "OUT", "wychodząca"
        IN = "IN", "przychodząca"

    class Result(models.TextChoices):
        ANSWERED = "ANSWERED", "odebrana"
        MISSED = "MISSED", "nieodebrana"
        BUSY = "BUSY", "zajęte"
        CANCELLED = "CANCELLED", "dzwoniący zrezygnował"
        REFUSED = "REFUSED", "odmowa centrali"

    sip_id = models.CharField("Call-ID", max_length=255)
    direction = models.CharField("kierunek", max_length=7, choices=Direction.choices)
    result = models.CharField("wynik", max_length=9, choices=Result.choices)
    code = models.PositiveSmallIntegerField("kod SIP")
    caller = models.CharField("kto dzwonił", max_length=21, blank=True)
    dialled = models.CharField("wybrany numer", max_length=21, blank=True)
    answered_by = models.CharField("kto odebrał", max_length=21, blank=True)
    is_voicemail = models.BooleanField("odebrała poczta głosowa", default=False)
    caller_account = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="dzwoniący"
    )
    callee_account = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="wzywany"
    )
    caller_unit = models.CharField("komórka dzwoniącego", max_length=20, blank=True)
    callee_unit = models.CharField("komórka wzywanego", max_length=20, blank=True)
    node = models.ForeignKey(
        "telephony.Node", on_delete=models.PROTECT, related_name="+", verbose_name="węzeł"
    )
    trunk = models.ForeignKey(
        "telephony.Trunk", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="łącze"
    )
    begun_at = models.DateTimeField("początek")
    answered_at = models.DateTimeField("odebrano", null=True)
    ended_at = models.DateTimeField("koniec")
    waited_seconds = models.PositiveIntegerField("czekano, sekund")
    talked_seconds = models.PositiveIntegerField("rozmawiano, sekund", default=0)
    cost = models.BigIntegerField("koszt, setne części grosza", default=0, null=True)
    tariff = models.ForeignKey(
        "telephony.Tariff", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="stawka"
    )
    saved = models.BigIntegerField("oszczędność, setne części grosza", default=0)
    saved_tariff = models.ForeignKey(
        "telephony.Tariff", on_delete=models.PROTECT, related_name="+", null=True,
        verbose_name="stawka, której nie użyto",
    )  # fmt: skip
    masked_at = models.DateTimeField("zasłonięto numery", null=True)

    class Meta:
        verbose_name = "rozmowa"
        constraints = [
            *(
                models.CheckConstraint(
                    name=f"call_{field}_is_seen_so", condition=Q(**{f"{field}__regex": SEEN})
                )
                for field in ("caller", "dialled", "answered_by")
            ),
            models.CheckConstraint(
                name="call_has_known_direction", condition=Q(direction__in=["INSIDE", "BETWEEN", "OUT", "IN"])
            ),
            models.CheckConstraint(
                name="call_has_known_result",
                condition=Q(result__in=["ANSWERED", "MISSED", "BUSY", "CANCELLED", "REFUSED"]),
            ),
            models.CheckConstraint(
                name="answered_call_has_its_moment",
                condition=~Q(result="ANSWERED") | (Q(answered_at__isnull=False) & Q(is_voicemail=False)),
            ),
            models.CheckConstraint(
                name="call_ends_after_it_begins",
                condition=Q(ended_at__gte=F("begun_at"))
                & (Q(answered_at=None) | Q(answered_at__gte=F("begun_at"))),
            ),
            models.CheckConstraint(
                name="talk_needs_an_answer", condition=Q(talked_seconds=0) | Q(answered_at__isnull=False)
            ),
            models.CheckConstraint(
                name="call_costs_nothing_below_zero",
                condition=(Q(cost=None) | Q(cost__gte=0)) & Q(saved__gte=0),
            ),
        ]
        indexes = [
            models.Index(fields=["-begun_at", "-id"], name="calls_newest_first"),
            models.Index(fields=["caller_account", "-begun_at"], name="calls_of_a_caller"),
            models.Index(fields=["callee_account", "-begun_at"], name="calls_to_a_person"),
            models.Index(fields=["begun_at"], name="calls_to_mask", condition=Q(masked_at=None)),
        ]


class CallLeg(models.Model):
    """Odcinek rozmowy: what one exchange wrote of a call, into a file that its run takes in.

    The texts are as Kamailio writes them; moments are seconds of the epoch. A row without its call waits.
    The name is that of the file: a file that is taken twice leaves one row.
    """

    name = models.CharField("plik centrali", max_length=80, null=True, unique=True)
    start_time = models.CharField("początek u Kamailia", max_length=32, db_default="")
    end_time = models.CharField("koniec u Kamailia", max_length=32, db_default="")
    duration = models.FloatField("trwał, sekund", db_default=0.0)
    callid = models.TextField("Call-ID", db_default="")
    node = models.TextField("węzeł", db_default="")
    source = models.TextField("skąd przyszedł", db_default="")
    caller = models.TextField("kto dzwonił", db_default="")
    dialled = models.TextField("wybrany numer", db_default="")
    kind = models.TextField("czym skończyła się droga", db_default="")
    target = models.TextField("dokąd doszedł", db_default="")
    came_by = models.TextField("łącze, którym przyszedł", db_default="")
    left_by = models.TextField("łącze, którym wyszedł", db_default="")
    begun = models.TextField("początek", db_default="")
    answered = models.TextField("odebrano", db_default="")
    ended = models.TextField("koniec", db_default="")
    code = models.TextField("kod SIP", db_default="")
    call = models.ForeignKey(
        Call, on_delete=models.CASCADE, related_name="legs", null=True, verbose_name="rozmowa"
    )

    class Meta:
        verbose_name = "odcinek rozmowy"
        indexes = [
            models.Index(fields=["id"], name="legs_that_wait", condition=Q(call=None)),
            models.Index(fields=["callid"], name="legs_of_a_call"),
        ]


class CallKeeping(models.Model):
    """Przechowywanie rozmów: from a day on, after how many days numbers are masked and records go."""

    since = models.DateField("od dnia", unique=True)
    masked_after = models.PositiveSmallIntegerField("numery zasłania się po dniach")
    deleted_after = models.PositiveSmallIntegerField("rozmowy usuwa się po dniach")
    reason = models.CharField("podstawa", max_length=200)

    class Meta:
        verbose_name = "przechowywanie rozmów"
        constraints = [
            models.CheckConstraint(
                name="calls_are_masked_before_they_go",
                condition=Q(masked_after__gte=1, deleted_after__gte=F("masked_after")),
            )
        ]

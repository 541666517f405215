"""Telephony of the demonstration, built alone."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from starostwo.site.demo.people import set_up
from starostwo.site.demo.telephony import connect_phones
from starostwo.site.demo.telephony_calls import talk_for_a_month
from starostwo.site.demo.telephony_devices import set_desk_phones
from starostwo.telephony.models import (
    Call,
    CallLeg,
    DayOff,
    Device,
    EmergencyNumber,
    Extension,
    VoiceMessage,
)
from starostwo.telephony.queries.routing import TRUNK, route

SATURDAY = 5


@pytest.mark.django_db
def test_the_public_number_rings_the_information_desk() -> None:
    at = now()
    cast = set_up(now=at, today=localdate(at))
    connect_phones(cast, now=at)

    assert Extension.objects.count() > len(cast.staff)
    assert EmergencyNumber.objects.exists()
    assert DayOff.objects.exists()
    assert VoiceMessage.objects.filter(account__login="a.nowak", heard_at=None).count() == 2
    noon = at.replace(hour=11, minute=0)  # 12 or 13 in Poland
    days = [noon + timedelta(days=days) for days in range(14)]
    off = set(DayOff.objects.values_list("day", flat=True))
    open_day = next(day for day in days if day.weekday() < SATURDAY and day.date() not in off)
    sunday = next(day for day in days if day.weekday() == SATURDAY + 1)
    by_day, by_night = (
        route("+48601234567", "+48420000000", node="A", source=TRUNK, at=day)[0].kind
        for day in (open_day, sunday)
    )
    assert (by_day, by_night) == ("user", "redirect")
    assert route("101", "112", node="A", at=at)[0].kind == "trunk"

    talk_for_a_month(cast, now=at)
    assert set(Call.objects.values_list("direction", flat=True)) == {"INSIDE", "BETWEEN", "OUT", "IN"}
    assert not Call.objects.filter(cost=None).exists()
    assert Call.objects.filter(cost__gt=0).exists()
    assert Call.objects.filter(saved__gt=0).exists()
    assert not CallLeg.objects.filter(call=None).exists()


@pytest.mark.django_db
def test_most_desk_phones_have_fetched_their_settings() -> None:
    at = now()
    cast = set_up(now=at, today=localdate(at))
    connect_phones(cast, now=at)
    set_desk_phones(cast, now=at)

    in_use = Device.objects.filter(retired_at=None)
    assert in_use.count() == 19
    assert in_use.values("vendor").distinct().count() == 3
    assert in_use.exclude(fetched_at=None).count() == 15
    assert in_use.filter(open_until__gt=at).count() == 1

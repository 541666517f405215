"""Work orders of the demonstration: one done with photos and a protocol, one begun, one waiting."""

from datetime import date, datetime, timedelta

from starostwo.infrastructure.models import Device, WorkStep
from starostwo.infrastructure.services import work
from starostwo.infrastructure.services.work import NewOrder
from starostwo.office.actor import actor_for
from starostwo.office.models import Place
from starostwo.site.demo.network_pictures import photo
from starostwo.site.demo.people import Cast


def give_work(cast: Cast, made: dict[str, Device], *, today: date, now: datetime) -> None:
    """The installation of a server that is done; a move that is begun; a repair for later."""
    giver = actor_for(cast.staff["w.kabel"], today=today)
    worker = actor_for(cast.staff["t.krosny"], today=today)
    rack, room = Place.objects.get(path="SADOWA/0/003/R1").pk, Place.objects.get(path="SADOWA/1/105").pk
    person = cast.staff["t.krosny"].pk
    server = made["SRV-S-2"].pk
    done = work.give_order(
        NewOrder("INSTALL", "Montaż drugiego serwera maszyn wirtualnych", rack, server, person),
        actor=giver, today=today, now=now,
    )  # fmt: skip
    for step in WorkStep.objects.filter(order=done).order_by("position"):
        work.tick(step.pk, True, actor=worker, now=now)
    work.add_photo(done.pk, "BEFORE", photo(done=False), "wolne U 17–18", actor=worker, now=now)
    work.add_photo(done.pk, "AFTER", photo(done=True), "serwer w szafie", actor=worker, now=now)
    work.hand_over(done.pk, "Wiktor Kabel", "bez zastrzeżeń", actor=worker, now=now)
    moved = work.give_order(
        NewOrder(
            "MOVE", "Przeniesienie stanowiska do pokoju 105", room, assignee=person,
            due_on=today + timedelta(days=3), description="Komputer i telefon; gniazdo G-S105, port 2.",
        ),
        actor=giver, today=today, now=now,
    )  # fmt: skip
    first = WorkStep.objects.filter(order=moved).order_by("position")[0]
    work.tick(first.pk, True, actor=worker, now=now)
    work.give_order(
        NewOrder("REPAIR", "Wymiana wentylatora", rack, made["SW-S-2"].pk, due_on=today + timedelta(days=10)),
        actor=giver, today=today, now=now,
    )  # fmt: skip

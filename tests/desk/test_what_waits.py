"""The first page of whoever keeps money, things and the network: what waits for each, and nobody else's."""

from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from starostwo.assets import testing as assets
from starostwo.assets.models import Disposal
from starostwo.assets.services import stocktaking
from starostwo.infrastructure import testing as infrastructure
from starostwo.infrastructure.models import Alarm, Watch
from starostwo.infrastructure.services import work
from starostwo.ledger import testing as ledger
from starostwo.office import testing as office
from starostwo.office.api import Actor, Right
from starostwo.office.models import Account
from starostwo.treasury import testing as treasury

pytestmark = pytest.mark.django_db


def start_of(actor: Actor) -> str:
    client: Client = office.client_of(Account.objects.get(pk=actor.account_id))
    answer = client.get("/urzad/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_transfer_waits_for_whoever_may_approve_it_next() -> None:
    office.make_office()
    year = ledger.make_year()
    ledger.plan(year)
    order = treasury.proposed(year)
    chief, treasurer, clerk = ledger.chief(), ledger.treasurer(), ledger.accountant()
    link = f"/urzad/bank/przelewy/{order.pk}/"

    assert [link in start_of(one) for one in (chief, treasurer, clerk)] == [True, True, False]
    treasury.approved(order, chief)
    assert [link in start_of(one) for one in (chief, treasurer, clerk)] == [False, True, False]
    treasury.approved(order, treasurer)
    assert [link in start_of(one) for one in (chief, treasurer, clerk)] == [False, False, False]


def test_an_examined_application_waits_for_the_treasurer() -> None:
    office.make_office()
    manager, treasurer = assets.manager(), ledger.treasurer()
    made = {"year": 2026, "reason": "pęknięta płyta", "applied_on": assets.TODAY, "applied_by_name": "J."}
    Disposal.objects.create(number=1, **made)
    examined = {"state": "EXAMINED", "examined_on": assets.TODAY, "finding": "do kasacji", "way": "SCRAP"}
    Disposal.objects.create(number=2, **made, **examined)

    page = start_of(treasurer)

    assert "WL/2/2026" in page
    assert "WL/1/2026" not in page
    assert "WL/2/2026" not in start_of(manager)


def test_an_open_sheet_waits_for_its_team() -> None:
    office.make_office()
    manager = assets.manager()
    people = [
        office.make_staff(login, name, unit="IF", rights=[Right.COUNT_ASSETS])
        for login, name in (
            ("m.licznik", "Maria Licznik"),
            ("j.karta", "Jacek Karta"),
            ("o.inna", "Ola Inna"),
        )
    ]
    order = stocktaking.Order("FULL", "zarządzenie 12/2026", assets.TODAY, False)
    said: dict[str, Any] = {"actor": manager, "now": assets.NOW}
    take = stocktaking.prepare(order, today=assets.TODAY, **said)
    place = office.make_place("SADOWA/0/003")
    team = [people[0].pk, people[1].pk]
    stocktaking.add_field(take.pk, place.pk, team, today=assets.TODAY, **said)
    stocktaking.begin(take.pk, **said)

    pages = [office.client_of(one).get("/urzad/").content.decode() for one in people]

    assert ["AS/1/2026" in page for page in pages] == [True, True, False]


def test_a_work_order_waits_for_its_technician_and_an_alarm_for_the_keeper(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    office.make_office()
    keeper, technician = infrastructure.administrator(), infrastructure.technician()
    place = office.make_place("SADOWA/0/003")
    for subject, person in (("Wymień zasilacz", technician.account_id), ("Dołóż kabel", None)):
        new = work.NewOrder("REPAIR", subject, place.pk, assignee=person)
        work.give_order(new, actor=keeper, today=infrastructure.TODAY, now=now())
    watch = Watch.objects.create(device=infrastructure.make_device("SW-1"), address="10.0.0.7")
    for cause, told in (("DOWN", {}), ("LINK", {"taken_at": now(), "taken_by_name": "Wiktor Kabel"})):
        Alarm.objects.create(watch=watch, cause=cause, words=f"powód {cause}", began_at=now(), **told)

    of_technician, of_keeper = start_of(technician), start_of(keeper)

    assert "Wymień zasilacz" in of_technician
    assert "Dołóż kabel" not in of_technician
    assert "powód" not in of_technician
    assert "powód DOWN" in of_keeper
    assert "powód LINK" not in of_keeper
    assert "Wymień zasilacz" not in of_keeper
    client = office.client_of(Account.objects.get(pk=keeper.account_id))
    client.get("/urzad/")
    with django_assert_num_queries(9):
        client.get("/urzad/")

"""Discovery and monitoring on the screen: who may, queries of lists, what is refused and what was typed."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries, Settings

from starostwo.channels.models import Mail
from starostwo.infrastructure import testing as infrastructure
from starostwo.infrastructure.models import (
    Alarm,
    Device,
    DiscoveryRun,
    Gauge,
    Proposal,
    Reader,
    Sighting,
    SnmpAccess,
    Watch,
    Works,
)
from starostwo.infrastructure.services import history, rounds
from starostwo.infrastructure.services.discovering import discover
from starostwo.infrastructure.services.hardware import withdraw
from starostwo.infrastructure.services.rounds import Heard
from starostwo.infrastructure.services.watching import How, set_thresholds, watch_device
from starostwo.infrastructure.tasks import play_round
from starostwo.office import testing as office
from starostwo.office.models import Account

pytestmark = pytest.mark.django_db
NET = "/urzad/siec/"


@pytest.fixture(autouse=True)
def the_office() -> None:
    office.make_office()


def keeper() -> Client:
    return office.client_of(Account.objects.get(pk=infrastructure.administrator().account_id))


def technician() -> Client:
    return office.client_of(Account.objects.get(pk=infrastructure.technician().account_id))


def watched(name: str, **said: object) -> Watch:
    device = infrastructure.make_device(name)
    return Watch.objects.create(device=device, address=f"10.0.0.{device.pk % 250 + 1}", **said)


def ringing(watch: Watch, words: str = "nie odpowiada", **said: object) -> Alarm:
    told = {"cause": "DOWN", "began_at": now()} | said
    return Alarm.objects.create(watch=watch, words=f"{watch.device.name} {words}", **told)


def test_the_state_shows_places_devices_and_alarms_in_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(30):
        watched(f"SW-{number:02d}", state="UP")
    front, behind = watched("RDZEN", state="DOWN"), watched("TELEFON", state="DOWN")
    ringing(front)
    ringing(behind, hidden_by=front)
    client = technician()
    client.get(f"{NET}nadzor/")
    with django_assert_num_queries(10):
        page = client.get(f"{NET}nadzor/").content.decode()
    assert "RDZEN nie odpowiada" in page
    assert "TELEFON nie odpowiada" not in page
    assert "niedostępne za RDZEN" in page
    assert "Ukryte, bo zależą od tego, co nie odpowiada: 1" in page


@pytest.mark.parametrize(
    "path",
    [
        "nadzor/",
        "nadzor/alarmy/",
        "nadzor/prace/",
        "przeglady/",
        "przeglady/propozycje/",
        "przeglady/dostepy/",
    ],
)
def test_the_network_is_not_for_everybody(path: str) -> None:
    assert office.client_of(office.anna()).get(NET + path).status_code == 404
    expected = 200 if path.startswith("nadzor") else 404
    assert technician().get(NET + path).status_code == expected
    assert keeper().get(NET + path).status_code == 200


def test_a_device_is_watched_from_its_own_page() -> None:
    device, client = infrastructure.make_device("SW-1"), keeper()
    assert "Włącz nadzór" in client.get(f"{NET}urzadzenia/{device.pk}/").content.decode()
    address = f"{NET}nadzor/urzadzenia/{device.pk}/ustawienia/"
    refused = client.post(address, {"address": "10.0.0.7", "tcp_ports": "443, x", "is_on": "on"})
    assert refused.status_code == 422
    assert "443, x" in refused.content.decode()
    assert client.post(address, {"address": "10.0.0.7", "tcp_ports": "443", "is_on": "on"}).status_code == 302
    watch = Watch.objects.get(device=device)
    assert (watch.address, watch.tcp_ports, watch.state) == ("10.0.0.7", [443], "UNKNOWN")
    assert client.get(f"{NET}nadzor/urzadzenia/{device.pk}/").status_code == 200
    assert technician().get(address).status_code == 404


def test_a_gauge_is_drawn_beside_its_table_with_its_thresholds() -> None:
    watch = watched("UPS-1", state="UP")
    gauge = Gauge.objects.create(
        watch=watch, kind="TEMPERATURE", key="t", label="Serwerownia", high=30_000, value=21_500
    )
    begins = now() - timedelta(hours=5)
    history.keep(today=now().date())
    history.add(
        (gauge.pk, begins + timedelta(minutes=n), None if 100 < n < 140 else 21_000 + n * 40)
        for n in range(280)
    )
    page = keeper().get(f"{NET}nadzor/mierniki/{gauge.pk}/").content.decode()
    assert page.count("<polyline") == 2, "the line is broken where nothing was heard"
    assert "próg 30" in page
    assert "Liczby z wykresu" in page
    assert "21,5 °C" in page
    address = f"{NET}nadzor/mierniki/{gauge.pk}/progi/"
    assert keeper().post(address, {"low": "40", "high": "28,5"}).status_code == 422
    assert keeper().post(address, {"low": "", "high": "28,5"}).status_code == 302
    gauge.refresh_from_db()
    assert (gauge.low, gauge.high) == (None, 28_500)


def test_new_thresholds_judge_the_last_reading_at_once() -> None:
    watch = watched("UPS-1", state="UP")
    told = {"watch": watch, "kind": "TEMPERATURE", "label": "Serwerownia", "measured_at": now()}
    gauge = Gauge.objects.create(key="t", value=29_500, high=25_000, state="HIGH", **told)
    ringing(watch, "Serwerownia: za dużo", cause="VALUE", key=str(gauge.pk), told_at=now())
    Reader.objects.create(email="dyzur@powiat.example")
    address = f"{NET}nadzor/mierniki/{gauge.pk}/progi/"
    assert keeper().post(address, {"low": "", "high": "30"}).status_code == 302
    gauge.refresh_from_db()
    assert gauge.state == "OK", "the margin belongs to the old threshold"
    assert Alarm.objects.get().ended_at is not None
    assert "Koniec alarmu" in Mail.objects.get().subject
    keeper().post(address, {"low": "", "high": "28"})
    gauge.refresh_from_db()
    assert gauge.state == "HIGH"
    assert Alarm.objects.get(ended_at=None).words == "UPS-1, Serwerownia: 29,5 °C, za dużo"


def test_thresholds_of_a_gauge_that_says_nothing_or_is_not_watched_begin_no_alarm() -> None:
    silent, off = watched("UPS-1", state="DOWN"), watched("UPS-2", is_on=False)
    told = {"kind": "TEMPERATURE", "key": "t", "label": "t", "high": 25_000, "state": "HIGH"}
    mute = Gauge.objects.create(watch=silent, value=None, **told)
    idle = Gauge.objects.create(watch=off, value=40_000, **told)
    actor = infrastructure.administrator()
    for gauge, high, state in (
        (mute, 30_000, "HIGH"),
        (mute, None, "OK"),
        (idle, 30_000, "HIGH"),
        (idle, None, "OK"),
    ):
        assert set_thresholds(gauge.pk, None, high, actor=actor, now=now()).state == state
    assert not Alarm.objects.exists()


def test_a_withdrawn_device_is_watched_no_more_and_rings_no_more() -> None:
    watch, other = watched("SW-1", state="DOWN"), watched("SW-2", state="DOWN")
    ringing(watch)
    ringing(other)
    actor, heard = infrastructure.administrator(), {watch.pk: Heard(None), other.pk: Heard(None)}
    withdraw(watch.device_id, actor=actor, now=now())
    history.keep(today=now().date())
    rounds.take_in([watch, other], heard, now=now())
    assert [one.watch for one in Alarm.objects.filter(ended_at=None)] == [other]
    watch.refresh_from_db()
    assert (watch.is_on, watch.misses) == (False, 0)
    watch_device(other.device_id, How("10.0.0.9", is_on=False), actor=actor, now=now())
    assert not Alarm.objects.filter(ended_at=None).exists()


def test_a_technician_takes_an_alarm_up_once() -> None:
    alarm = ringing(watched("SW-1"))
    address = f"{NET}nadzor/alarmy/{alarm.pk}/"
    assert technician().post(address, {"note": "jadę"}).status_code == 302
    assert "Tomasz Krosny" in technician().get(address).content.decode()
    again = keeper().post(address, {"note": "ja też"})
    assert again.status_code == 422
    assert "potwierdził już Tomasz Krosny" in again.content.decode()


def test_alarms_are_listed_by_pages_in_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    watch = watched("SW-1")
    for number in range(60):
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
        ringing(watch, f"raz {number}", began_at=at, ended_at=at)
    client = technician()
    client.get(f"{NET}nadzor/alarmy/")
    with django_assert_num_queries(6):
        page = client.get(f"{NET}nadzor/alarmy/", {"stan": "wszystkie"}).content.decode()
    assert page.count("data-row-open") == 50
    assert client.get(f"{NET}nadzor/alarmy/").content.decode().count("data-row-open") == 0


def test_works_are_announced_and_ended() -> None:
    client, place = keeper(), office.make_place("SADOWA")
    told = {
        "place": place.pk,
        "begins_at": "2030-01-01T10:00",
        "ends_at": "2030-01-01T09:00",
        "reason": "wymiana",
    }
    refused = client.post(f"{NET}nadzor/prace/", told)
    assert refused.status_code == 422
    assert "po ich początku" in refused.content.decode()
    assert client.post(f"{NET}nadzor/prace/", told | {"ends_at": "2030-01-01T12:00"}).status_code == 302
    works = Works.objects.get()
    assert technician().post(f"{NET}nadzor/prace/{works.pk}/koniec/").status_code == 404
    client.post(f"{NET}nadzor/prace/{works.pk}/koniec/")
    assert not Works.objects.exists()
    assert (
        "już się skończyły"
        in client.post(f"{NET}nadzor/prace/{works.pk}/koniec/", follow=True).content.decode()
    )


def test_readers_of_alarms_come_and_go() -> None:
    client = keeper()
    assert client.post(f"{NET}nadzor/odbiorcy/", {"email": "Dyzur@powiat.example"}).status_code == 302
    reader = Reader.objects.get(email="dyzur@powiat.example")
    client.post(f"{NET}nadzor/odbiorcy/{reader.pk}/usuniecie/")
    assert not Reader.objects.exists()


def test_a_run_is_ordered_shown_while_it_goes_and_stopped() -> None:
    client = keeper()
    refused = client.post(f"{NET}przeglady/", {"network": "10.0.0.0/8", "access": ""})
    assert refused.status_code == 422
    assert "10.0.0.0/8" in refused.content.decode()
    answer = client.post(f"{NET}przeglady/", {"network": "10.9.0.0/28", "access": ""})
    page = client.get(answer["Location"])
    assert page["Refresh"] == "5"
    assert "Zapytano 0 z 14 adresów" in page.content.decode()
    run = DiscoveryRun.objects.get()
    client.post(f"{NET}przeglady/{run.pk}/zatrzymanie/")
    run.refresh_from_db()
    assert run.stop_asked_at is not None


def test_an_installation_asks_its_network_only_when_it_is_told_to(settings: Settings) -> None:
    settings.NETWORK_ASKING = False
    refused = keeper().post(f"{NET}przeglady/", {"network": "10.9.0.0/28", "access": ""})
    assert refused.status_code == 422
    assert "NETWORK_ASKING=1" in refused.content.decode()
    run = DiscoveryRun.objects.create(network=ip_network("10.9.0.0/28"), total=14, made_at=now())
    discover(run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, run.asked) == ("FAILED", 0)
    watch = watched("SW-1")
    play_round(timestamp=0)
    watch.refresh_from_db()
    assert watch.checked_at is None


def test_what_a_run_saw_is_drawn_and_listed() -> None:
    made = {
        "network": ip_network("10.9.0.0/28"),
        "total": 14,
        "made_at": now(),
        "ended_at": now(),
        "state": "DONE",
    }
    run = DiscoveryRun.objects.create(**made)
    for number, other in ((1, 2), (2, 1)):
        Sighting.objects.create(
            run=run, address=f"10.9.0.{number}", method="SNMP", microseconds=900, name=f"sw{number}",
            told={
                "chassis": "", "ports": [{"name": "e1", "mac": f"02:00:00:00:00:0{number}"}],
                "links": [{"local_port": "e1", "chassis": "", "port": "e1", "name": f"sw{other}"}],
            },
        )  # fmt: skip
    page = keeper().get(f"{NET}przeglady/{run.pk}/").content.decode()
    assert page.count("<circle") == 2
    assert page.count("<line ") == 1, "a link that both ends report is drawn once"
    assert "0,9 ms" in page


def proposal(**said: object) -> Proposal:
    run = DiscoveryRun.objects.create(
        network=ip_network("10.9.0.0/28"), total=1, made_at=now(), ended_at=now(), state="DONE"
    )
    return Proposal.objects.create(run=run, **said)


def test_a_new_device_is_accepted_with_its_type_and_place() -> None:
    told = {
        "address": "10.9.0.1",
        "name": "sw1",
        "ports": [{"name": "e1", "mac": "02:00:00:00:00:01", "megabits": 1000}],
    }
    found = proposal(kind="NEW_HOST", key="host:1", seen="sw1, 10.9.0.1", told=told)
    client, address = keeper(), f"{NET}przeglady/propozycje/{found.pk}/"
    said = {"name": "SW-NOWY", "device_type": "", "place": office.make_place().pk}
    refused = client.post(address, said)
    assert refused.status_code == 422
    assert "SW-NOWY" in refused.content.decode()
    accepted = client.post(address, said | {"device_type": infrastructure.make_type().pk}, follow=True)
    assert "Przyjęto" in accepted.content.decode()
    assert Device.objects.get(name="SW-NOWY").ports.get().mac == "02:00:00:00:00:01"
    assert client.get(address).status_code == 404


def test_a_refused_proposal_changes_nothing() -> None:
    device = infrastructure.make_device("SW-1")
    found = proposal(
        kind="RENAMED", key="name:1", device=device, known="SW-1", seen="SW-2", told={"name": "SW-2"}
    )
    client = keeper()
    client.post(f"{NET}przeglady/propozycje/{found.pk}/odrzucenie/")
    device.refresh_from_db()
    assert device.name == "SW-1"
    again = client.post(f"{NET}przeglady/propozycje/{found.pk}/odrzucenie/", follow=True)
    assert "ktoś już zdecydował" in again.content.decode()


def test_secrets_of_an_access_are_never_shown_again() -> None:
    client = keeper()
    told = {
        "name": "rdzeń", "version": "V3", "port": "161", "user": "nadzor", "auth": "SHA256",
        "priv": "AES128", "auth_secret": "tajne-haslo-1", "priv_secret": "krótkie",
    }  # fmt: skip
    refused = client.post(f"{NET}przeglady/dostepy/", told)
    assert refused.status_code == 422
    assert "tajne-haslo-1" not in refused.content.decode()
    assert client.post(f"{NET}przeglady/dostepy/", told | {"priv_secret": "tajne-haslo-2"}).status_code == 302
    page = client.get(f"{NET}przeglady/dostepy/").content.decode()
    assert "rdzeń" in page
    assert "tajne-haslo" not in page
    assert SnmpAccess.objects.get().user == "nadzor"

"""Monitoring over real hosts: cables unplugged, a host gone, what hides, works, e-mails, history."""

import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.db import connection

from starostwo.channels.models import Mail
from starostwo.infrastructure import testing as infrastructure
from starostwo.infrastructure.models import Alarm, Expiry, Gauge, Watch
from starostwo.infrastructure.services import history, rounds, terms
from starostwo.infrastructure.services.probing_snmp import Limits
from starostwo.infrastructure.services.snmp_access import NewAccess, keep_access
from starostwo.infrastructure.services.watching import (
    How,
    Span,
    add_reader,
    plan_works,
    take_alarm,
    watch_device,
)
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.testing import NOW
from starostwo.office.testing import make_office, make_place
from tests.infrastructure.network import COMMUNITY, Host, Hosts, wait_for

pytestmark = pytest.mark.django_db
LONGEST_PAUSE = 60  # seconds between two rounds of the worker
MINUTE = timedelta(minutes=1)
QUICK = Limits(answer_seconds=0.4, whole_seconds=5)


@pytest.fixture
def watched(hosts: Hosts) -> dict[str, Watch]:
    """The three hosts in the register, cabled as they are, watched from the core; one reader of alarms."""
    make_office()
    actor = infrastructure.administrator()
    access = keep_access(NewAccess("nadzór", "V2C", community=COMMUNITY), actor=actor, now=NOW)
    made = {}
    for number, host in enumerate(hosts, start=1):
        device = infrastructure.make_device(host.name)
        for name in ("e1", "e2"):
            device.ports.create(kind="INTERFACE", name=name)
        how = How(f"198.51.100.{number}", access.pk, is_root=number == 1)
        made[host.name] = watch_device(device.pk, how, actor=actor, now=NOW)
    port = {f"{one.device.name}:{one.name}": one for name in made for one in made[name].device.ports.all()}
    for one, other in (("rdzen:e1", "pietro1:e1"), ("rdzen:e2", "ups:e1"), ("pietro1:e2", "ups:e2")):
        infrastructure.join(port[one], port[other])
    add_reader("dyzur@powiat.example", actor=actor, now=NOW)
    return made


def play(hosts: Hosts, minute: int) -> datetime:
    """The round of a minute, over the real network."""
    at = NOW + minute * MINUTE
    with hosts[0].inside():
        rounds.play_round(now=at, limits=QUICK)
    return at


@contextmanager
def unplugged(host: Host, *ports: str) -> Iterator[None]:
    """Cables out of a host for a while."""
    for port in ports:
        host.link(port, "down")
    try:
        yield
    finally:
        for port in ports:
            host.link(port, "up")


def standing() -> set[tuple[str, str, str]]:
    rows = Alarm.objects.filter(ended_at=None)
    return set(rows.values_list("watch__device__name", "cause", "key"))


def mails() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("subject", flat=True))


def test_a_cable_unplugged_is_seen_within_two_minutes_and_told(
    hosts: Hosts, watched: dict[str, Watch]
) -> None:
    """Rounds follow one another at once here; in an office the next one begins up to a minute later."""
    wait_for("links", lambda: _all_up(hosts))
    assert standing() == set()
    with unplugged(hosts[1], "e2"):
        began = time.monotonic()
        wait_for("the alarm", lambda: _rings(hosts), seconds=50)
        assert time.monotonic() - began + LONGEST_PAUSE < 120
        assert standing() & {("ups", "LINK", "e2"), ("pietro1", "LINK", "e2")}
        alarm = Alarm.objects.filter(cause="LINK").first()
        assert alarm is not None
        assert "brak połączenia z" in alarm.words
        assert alarm.told_at is not None
        assert mails()[0].startswith("Alarm: ")
    wait_for("the link again", lambda: _all_up(hosts, 100))
    assert standing() == set()
    assert mails()[-1].startswith("Koniec alarmu: ")


def _rings(hosts: Hosts) -> bool:
    play(hosts, 2)
    return bool(standing())


def _all_up(hosts: Hosts, minute: int = 0) -> bool:
    play(hosts, minute)
    links = Watch.objects.values_list("links", flat=True)
    return all(link.get("e1") and link.get("e2") for link in links)


def test_a_host_that_is_cut_off_is_down_after_two_rounds_and_what_hangs_on_it_hides(
    hosts: Hosts, watched: dict[str, Watch]
) -> None:
    play(hosts, 0)
    behind = infrastructure.make_device("telefon", ports=1)
    panel = infrastructure.make_panel("panel")
    lan = watched["pietro1"].device.ports.create(kind="INTERFACE", name="e9")
    infrastructure.join(lan, infrastructure.port(panel, kind="FRONT"))
    infrastructure.join(infrastructure.port(panel, kind="REAR"), infrastructure.port(behind))
    actor = infrastructure.administrator()
    phone = watch_device(behind.pk, How("198.51.100.9"), actor=actor, now=NOW)
    Watch.objects.filter(pk=phone.pk).update(state="UP")
    with unplugged(hosts[1], "e1", "e2"):
        play(hosts, 1)
        assert {one[1] for one in standing()} <= {"LINK"}, "one missing answer is not an alarm"
        play(hosts, 2)
        assert {("pietro1", "DOWN", ""), ("telefon", "DOWN", "")} <= standing()
        hidden = Alarm.objects.get(watch=phone)
        assert hidden.hidden_by == watched["pietro1"]
        assert hidden.told_at is None
        assert Alarm.objects.get(watch=watched["pietro1"], cause="DOWN").told_at is not None
    wait_for("the host again", lambda: _answers(hosts, watched["pietro1"]))
    last = Alarm.objects.get(watch=phone)
    assert (last.hidden_by, last.ended_at) == (None, None)
    assert last.told_at is not None, "it is still down when what it hid behind is up again"


def _answers(hosts: Hosts, watch: Watch) -> bool:
    play(hosts, 200)
    watch.refresh_from_db()
    return watch.state == "UP"


def test_nobody_is_told_while_works_go_on_but_is_when_it_lasts(
    hosts: Hosts, watched: dict[str, Watch]
) -> None:
    actor = infrastructure.administrator()
    play(hosts, 0)
    span = Span(NOW, NOW + 10 * MINUTE)
    with pytest.raises(Refused, match="Koniec prac"):
        plan_works(make_place().pk, Span(NOW, NOW), "pomyłka", actor=actor, now=NOW)
    plan_works(make_place("SADOWA").pk, span, "przepinanie", actor=actor, now=NOW)
    with unplugged(hosts[1], "e1", "e2"):
        play(hosts, 1)
        play(hosts, 2)
        alarm = Alarm.objects.get(watch=watched["pietro1"], cause="DOWN")
        assert alarm.in_works
        assert mails() == []
        play(hosts, 11)
        alarm.refresh_from_db()
        assert alarm.told_at is not None
        assert len(mails()) == 1
    wait_for("the host again", lambda: _answers(hosts, watched["pietro1"]))


def test_temperature_and_ups_ring_beyond_their_thresholds(hosts: Hosts, watched: dict[str, Watch]) -> None:
    actor = infrastructure.administrator()
    play(hosts, 0)
    gauge = Gauge.objects.get(watch=watched["ups"], label="Serwerownia")
    assert (gauge.value, gauge.high, gauge.state) == (21_500, 30_000, "OK")
    assert Gauge.objects.get(watch=watched["ups"], kind="UPS_LOAD").value == 38_000
    Gauge.objects.filter(pk=gauge.pk).update(high=21_000)
    play(hosts, 1)
    alarm = Alarm.objects.get(cause="VALUE", ended_at=None)
    assert alarm.words == "ups, Serwerownia: 21,5 °C, za dużo"
    take_alarm(alarm.pk, "włączam klimatyzację", actor=infrastructure.technician(), now=NOW)
    with pytest.raises(Refused, match="Tomasz Krosny"):
        take_alarm(alarm.pk, "", actor=actor, now=NOW)
    Gauge.objects.filter(pk=gauge.pk).update(high=30_000)
    play(hosts, 2)
    alarm.refresh_from_db()
    assert alarm.ended_at == NOW + 2 * MINUTE


def test_history_is_kept_by_minute_hour_and_day_and_the_old_is_dropped() -> None:
    first = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
    history.keep(today=date(2026, 11, 21), since=date(2026, 11, 20))
    history.add((1, first + n * MINUTE, None if n % 10 == 0 else n) for n in range(120))
    history.add([(1, first, 5)])
    for _ in range(2):
        history.roll_up(first=first, now=first + timedelta(hours=3))
    hours = rows("SELECT samples, missing, low, high, total FROM infrastructure_hour ORDER BY hour")
    assert hours == [(54, 6, 1, 59, 1620), (54, 6, 61, 119, 4860)]
    assert rows("SELECT samples, missing, low, high, total FROM infrastructure_day") == [
        (108, 12, 1, 119, 6480)
    ]
    assert history.keep(today=date(2026, 12, 10)) > 0
    assert rows("SELECT count(*) FROM infrastructure_sample") == [(0,)]
    assert rows("SELECT count(*) FROM infrastructure_hour") == [(2,)]
    assert history.keep(today=date(2028, 3, 1)) > 0
    assert rows("SELECT count(*) FROM infrastructure_hour") == [(0,)]
    assert rows("SELECT samples FROM infrastructure_day") == [(108,)]


def rows(sql: str) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_a_certificate_is_read_from_its_server_and_its_end_announced_once_a_distance(tmp_path: Path) -> None:
    make_office()
    actor = infrastructure.administrator()
    add_reader("dyzur@powiat.example", actor=actor, now=NOW)
    with tls_server(tmp_path) as port:
        ends = terms.read_certificate("127.0.0.1", port)
        Expiry.objects.create(
            kind="CERTIFICATE", name="poczta", valid_until=date(2030, 1, 1), host="127.0.0.1", tcp_port=port
        )
        Expiry.objects.create(kind="DOMAIN", name="powiat.example", valid_until=ends + timedelta(days=4))
        assert terms.check_terms(today=ends - timedelta(days=40), now=NOW) == 0
        assert Expiry.objects.get(name="poczta").valid_until == ends
        assert terms.check_terms(today=ends - timedelta(days=12), now=NOW) == 2
        assert terms.check_terms(today=ends - timedelta(days=11), now=NOW) == 0
    assert terms.check_terms(today=ends - timedelta(days=7), now=NOW) == 2
    body = Mail.objects.latest("pk").body
    assert f"poczta: ważne do {ends:%d.%m.%Y}" in body
    # the server is gone by now, the day that it told stays and is announced
    with pytest.raises(terms.CannotRead):
        terms.read_certificate("127.0.0.1", port, seconds=0.5)


@contextmanager
def tls_server(folder: Path) -> Iterator[int]:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", key, "-out", certificate, "-days", "90", "-subj", "/CN=poczta"],
        check=True, capture_output=True,
    )  # fmt: skip
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    words = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    words.load_cert_chain(certificate, key)
    server.socket = words.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

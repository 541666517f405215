"""Discovery over three real hosts: what it proposes, what a decision does, what is never overwritten."""

from ipaddress import ip_network

import pytest

from starostwo.infrastructure import testing as infrastructure
from starostwo.infrastructure.models import (
    Cable,
    CableEnd,
    Device,
    DiscoveryRun,
    Port,
    Prefix,
    Proposal,
    SnmpAccess,
)
from starostwo.infrastructure.services import cabling, discovering, proposals
from starostwo.infrastructure.services.probing_snmp import Limits
from starostwo.infrastructure.services.proposals import NoSuchProposal, Said
from starostwo.infrastructure.services.snmp_access import NewAccess, keep_access, opened
from starostwo.infrastructure.services.writing import MayNotManage, Refused
from starostwo.infrastructure.testing import NOW
from starostwo.office.testing import make_office, make_place
from tests.infrastructure.network import AUTH_SECRET, COMMUNITY, PRIV_SECRET, USER, Hosts, wait_for

pytestmark = pytest.mark.django_db
NET = ip_network("198.51.100.0/28")
QUICK = Limits(answer_seconds=0.5)


@pytest.fixture(autouse=True)
def the_office() -> None:
    make_office()


def access(version: str = "V2C") -> SnmpAccess:
    new = NewAccess(
        "nadzór", version, community=COMMUNITY, user=USER, auth="SHA256", auth_secret=AUTH_SECRET,
        priv="AES128", priv_secret=PRIV_SECRET,
    )  # fmt: skip
    return keep_access(new, actor=infrastructure.administrator(), now=NOW)


def look(hosts: Hosts, *, version: str = "V2C") -> DiscoveryRun:
    """A run over the network as the worker carries it out."""
    actor = infrastructure.administrator()
    run = discovering.order_run(NET, access(version).pk, actor=actor, now=NOW)
    with hosts[0].inside():
        return discovering.carry_out(run.pk, limits=QUICK)


def opened_kinds() -> list[str]:
    return sorted(Proposal.objects.filter(state="OPEN").values_list("kind", flat=True))


def accept_all(kind: str) -> None:
    said = Said(infrastructure.make_type().pk, make_place().pk)
    for proposal in Proposal.objects.filter(state="OPEN", kind=kind).order_by("pk"):
        proposals.accept(proposal.pk, said, actor=infrastructure.administrator(), now=NOW)


@pytest.fixture
def found(hosts: Hosts) -> Hosts:
    """The three hosts are in the register, their cables are not."""
    Prefix.objects.create(network=NET, name="zarządzanie")
    wait_for("neighbours", lambda: all(host.neighbours() == 2 for host in hosts))
    look(hosts)
    accept_all("NEW_HOST")
    return hosts


@pytest.mark.parametrize("version", ["V2C", "V3"])
def test_an_empty_register_is_proposed_three_hosts_and_stays_empty(hosts: Hosts, version: str) -> None:
    run = look(hosts, version=version)
    assert (run.state, run.total, run.asked, run.found) == ("DONE", 14, 14, 3)
    assert opened_kinds() == ["NEW_HOST"] * 3
    assert not Device.objects.exists()
    look(hosts, version=version)
    assert opened_kinds() == ["NEW_HOST"] * 3, "what is open is not said twice"


def test_three_namespaces_become_three_devices_and_three_cables(found: Hosts) -> None:
    assert set(Device.objects.values_list("name", flat=True)) == {"rdzen", "pietro1", "ups"}
    core = Device.objects.get(name="rdzen")
    assert str(core.management) == "198.51.100.1"
    assert all(len(port.mac) == 17 for port in Port.objects.filter(device=core))
    look(found)
    assert opened_kinds() == ["NEW_LINK"] * 3
    accept_all("NEW_LINK")
    assert Cable.objects.filter(status="CONNECTED").count() == 3
    look(found)
    assert opened_kinds() == []


def test_a_cable_that_leads_elsewhere_is_proposed_and_replaced_by_a_person(found: Hosts) -> None:
    port = {f"{one.device.name}:{one.name}": one for one in Port.objects.select_related("device")}
    wrong = infrastructure.join(port["pietro1:e2"], port["rdzen:e1"])
    look(found)
    assert opened_kinds() == ["NEW_LINK", "OTHER_LINK", "OTHER_LINK"]
    assert CableEnd.objects.filter(cable=wrong).count() == 2, "nothing is overwritten"
    other = Proposal.objects.get(state="OPEN", seen__contains="ups, e2")
    assert other.known == "pietro1, e2 — rdzen, e1"
    proposals.accept(other.pk, Said(), actor=infrastructure.administrator(), now=NOW)
    wrong.refresh_from_db()
    assert wrong.status == "REMOVED"
    ends = CableEnd.objects.filter(port__in=[port["pietro1:e2"], port["ups:e2"]])
    assert ends.values("cable").distinct().count() == 1


def test_what_is_rejected_is_not_said_again_and_what_is_gone_is_closed(found: Hosts) -> None:
    actor = infrastructure.administrator()
    device = Device.objects.get(name="pietro1")
    Device.objects.filter(pk=device.pk).update(name="SW-PIETRO-1")
    Port.objects.filter(device=device, name="e1").update(mac="02:00:00:00:00:01")
    Port.objects.filter(device__name="ups", name="e2").update(name="uplink")
    look(found)
    assert {"RENAMED", "CHANGED_MAC", "RENAMED_PORT"} <= set(opened_kinds())
    proposals.reject(Proposal.objects.get(kind="RENAMED").pk, actor=actor, now=NOW)
    proposals.accept(Proposal.objects.get(kind="RENAMED_PORT").pk, Said(), actor=actor, now=NOW)
    mac = Proposal.objects.get(kind="CHANGED_MAC")
    Port.objects.filter(pk=mac.port_id).update(mac=mac.told["mac"])
    look(found)
    assert "RENAMED" not in opened_kinds()
    assert "RENAMED_PORT" not in opened_kinds()
    assert Proposal.objects.get(kind="CHANGED_MAC").state == "GONE"
    assert Device.objects.get(pk=device.pk).name == "SW-PIETRO-1"
    assert Port.objects.filter(device__name="ups", name="e2").exists()


def test_a_proposal_over_a_register_that_changed_since_is_refused(found: Hosts) -> None:
    actor = infrastructure.administrator()
    Device.objects.filter(name="pietro1").update(name="stara")
    look(found)
    Device.objects.filter(name="stara").update(name="inna")
    with pytest.raises(Refused, match="Powtórz przegląd"):
        proposals.accept(Proposal.objects.get(kind="RENAMED").pk, Said(), actor=actor, now=NOW)
    link = Proposal.objects.filter(kind="NEW_LINK").first()
    assert link is not None
    free = infrastructure.make_device("obce", ports=1)
    cabling.connect(link.port_id, [infrastructure.port(free).pk], cabling.NewCable(), actor=actor, now=NOW)
    with pytest.raises(Refused, match="jest już podłączony kabel"):
        proposals.accept(link.pk, Said(), actor=actor, now=NOW)
    assert Proposal.objects.get(pk=link.pk).state == "OPEN"


def test_a_decided_proposal_is_decided_once(found: Hosts) -> None:
    actor = infrastructure.administrator()
    done = Proposal.objects.filter(state="ACCEPTED").first()
    assert done is not None
    with pytest.raises(NoSuchProposal):
        proposals.reject(done.pk, actor=actor, now=NOW)
    with pytest.raises(MayNotManage):
        proposals.reject(done.pk, actor=infrastructure.technician(), now=NOW)


def test_a_run_can_be_stopped_and_is_one_at_a_time(hosts: Hosts) -> None:
    actor = infrastructure.administrator()
    run = discovering.order_run(ip_network("198.51.100.0/24"), access().pk, actor=actor, now=NOW)
    with pytest.raises(Refused, match="właśnie przeglądana"):
        discovering.order_run(ip_network("198.51.100.0/24"), None, actor=actor, now=NOW)
    discovering.stop_run(run.pk, actor=actor, now=NOW)
    with hosts[0].inside():
        run = discovering.carry_out(run.pk, limits=Limits(answer_seconds=0.1), at_once=8)
    assert run.state == "STOPPED"
    assert 0 < run.asked < run.total
    with pytest.raises(Refused, match="4096"):
        discovering.order_run(ip_network("10.0.0.0/8"), None, actor=actor, now=NOW)


def test_the_words_by_which_devices_are_asked_are_sealed() -> None:
    kept = access("V3")
    kept.refresh_from_db()
    assert AUTH_SECRET.encode() not in bytes(kept.sealed)
    assert opened(kept).priv_secret == PRIV_SECRET
    assert PRIV_SECRET not in repr(opened(kept))
    with pytest.raises(Refused, match="8 znaków"):
        keep_access(
            NewAccess("x", "V3", user="u", auth="SHA256", auth_secret="a", priv="AES128", priv_secret="b"),
            actor=infrastructure.administrator(), now=NOW,
        )  # fmt: skip

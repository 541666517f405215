"""A small network of real parts: hosts in namespaces, joined by veth pairs, each with snmpd and lldpd.

Needs root. A host is a process of `unshare` that ends, with all in it, when its standard input is closed,
thus with the test too. `inside` moves the calling thread into the network of a host; PostgreSQL is reached by
its unix socket from there as from everywhere.
"""

import ctypes
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

COMMUNITY, USER, AUTH_SECRET, PRIV_SECRET = (
    "tylko-odczyt",
    "nadzor",
    "haslo-uwierzytelnienia",
    "haslo-szyfrowania",
)
UPS = """
override .1.3.6.1.2.1.33.1.2.2.0 integer 0
override .1.3.6.1.2.1.33.1.2.3.0 integer 42
override .1.3.6.1.2.1.33.1.2.4.0 integer 97
override .1.3.6.1.2.1.33.1.2.7.0 integer 24
override .1.3.6.1.2.1.33.1.4.4.1.5.1 integer 38
override .1.3.6.1.2.1.99.1.1.1.1.7 integer 8
override .1.3.6.1.2.1.99.1.1.1.2.7 integer 8
override .1.3.6.1.2.1.99.1.1.1.3.7 integer 0
override .1.3.6.1.2.1.99.1.1.1.4.7 integer 21500
override .1.3.6.1.2.1.99.1.1.1.5.7 integer 1
override .1.3.6.1.2.1.47.1.1.1.1.7.7 octet_str "Serwerownia"
"""
CLONE_NEWNET = 0x40000000
LIBC = ctypes.CDLL(None, use_errno=True)
LATEST = 20  # seconds for a host to come up
HOST = """
set -e
hostname "$1"
mount -t tmpfs none /run
mkdir -p /run/lldpd
echo 0 65535 > /proc/sys/net/ipv4/ping_group_range
ip link set lo up
echo ready
read go
snmpd -f -Lf "$2/snmpd.log" -C -c "$2/snmpd.conf" -x /run/agentx &
while [ ! -S /run/agentx ]; do sleep 0.05; done
if [ "$go" = lldp ]; then
    lldpd -d -x -X /run/agentx -u /run/lldpd.socket -O "$2/lldpd.conf" > "$2/lldpd.log" 2>&1 &
    while [ ! -S /run/lldpd.socket ]; do sleep 0.05; done
fi
echo started
exec cat > /dev/null
"""
SNMPD = """agentAddress udp:161
rocommunity {community}
createUser {user} SHA-256 {auth} AES {priv}
rouser {user} priv
master agentx
agentXSocket /run/agentx
sysLocation {location}
[snmp] persistentDir {folder}/state
"""


@dataclass
class Host:
    """A device of the test: a process in namespaces of its own."""

    name: str
    folder: Path
    process: "subprocess.Popen[str]"
    pid: int

    def run(self, *command: str) -> str:
        """Run a program there."""
        whole = ["nsenter", "-t", str(self.pid), "-a", *command]
        return subprocess.run(whole, check=True, capture_output=True, text=True).stdout

    def neighbours(self) -> int:
        """How many neighbours lldpd hears."""
        told = self.run("lldpcli", "-u", "/run/lldpd.socket", "show", "neighbors", "summary")
        return told.count("SysName")

    def link(self, port: str, state: str) -> None:
        """Plug a cable in (`up`) or out (`down`) at this end."""
        self.run("ip", "link", "set", port, state)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """What the calling thread does meanwhile happens in this host's network."""
        home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        there = os.open(f"/proc/{self.pid}/ns/net", os.O_RDONLY)
        try:
            _enter(there)
            yield
        finally:
            _enter(home)
            os.close(there)
            os.close(home)


def _enter(namespace: int) -> None:
    if LIBC.setns(namespace, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


Hosts = tuple[Host, Host, Host]


class Network:
    """Hosts and cables; made by `network`, which ends all of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.hosts = folder, dict[str, Host]()
        self.ends: list[tuple[Host, str]] = []

    def host(self, name: str, *, location: str = "", more: str = "") -> Host:
        """A host with its own network, not yet started."""
        folder = self.folder / name
        folder.mkdir()
        words = {"community": COMMUNITY, "user": USER, "auth": AUTH_SECRET, "priv": PRIV_SECRET}
        conf = SNMPD.format(location=location or "?", folder=folder, **words) + more
        (folder / "lldpd.conf").write_text("configure lldp tx-interval 1\n", encoding="utf-8")
        (folder / "snmpd.conf").write_text(conf, encoding="utf-8")
        process = subprocess.Popen(
            ["unshare", "--net", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc",
             "sh", "-c", HOST, "sh", name, str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"SNMP_PERSISTENT_DIR": f"{folder}/state", "MIBS": "",
                              "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"},
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", "no namespaces here: `unshare` was refused"
        child = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0]
        made = self.hosts[name] = Host(name, folder, process, int(child))
        return made

    def cable(self, one: Host, port: str, other: Host, its_port: str) -> None:
        """Join two hosts by a pair of veth."""
        ends = [
            port,
            "netns",
            str(one.pid),
            "type",
            "veth",
            "peer",
            "name",
            its_port,
            "netns",
            str(other.pid),
        ]
        subprocess.run(["ip", "link", "add", *ends], check=True)
        self.ends += [(one, port), (other, its_port)]

    def start(self, *, lldp: bool = True) -> None:
        """Start the programs of all hosts, then plug the cables in, which lldpd hears best."""
        for host in self.hosts.values():
            assert host.process.stdin is not None
            host.process.stdin.write("lldp\n" if lldp else "plain\n")
            host.process.stdin.flush()
        for host in self.hosts.values():
            assert host.process.stdout is not None
            assert host.process.stdout.readline() == "started\n", _why_not(host)
        for host, port in self.ends:
            host.link(port, "up")

    def stop(self) -> None:
        """End every host and wait for its end."""
        for host in self.hosts.values():
            assert host.process.stdin is not None
            host.process.stdin.close()
        for host in self.hosts.values():
            host.process.wait(LATEST)


def _why_not(host: Host) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace") for log in host.folder.glob("*.log"))


@contextmanager
def network(folder: Path) -> Iterator[Network]:
    """A network that ends with the block; without root it fails with one line."""
    missing = [name for name in ("unshare", "snmpd", "lldpd", "ip") if not shutil.which(name, path=_places())]
    if os.geteuid() != 0 or missing:
        pytest.fail(
            f"The network of namespaces needs root and the programs snmpd, lldpd, ip; missing: {missing}"
        )
    made = Network(folder)
    try:
        yield made
    finally:
        made.stop()


def _places() -> str:
    return f"{os.environ['PATH']}:/usr/sbin:/sbin"


def three_hosts(made: Network, *, more: str = "") -> Hosts:
    """A core switch with two others on it, and a cable between those two; addresses 198.51.100.1 to .3."""
    core, floor, server = (
        made.host("rdzen", location="SADOWA/0/003"),
        made.host("pietro1"),
        made.host("ups", more=more),
    )
    made.cable(core, "e1", floor, "e1")
    made.cable(core, "e2", server, "e1")
    made.cable(floor, "e2", server, "e2")
    core.run("ip", "link", "add", "br0", "type", "bridge")
    for port in ("e1", "e2"):
        core.run("ip", "link", "set", port, "master", "br0")
    core.link("br0", "up")
    for host, port, number in ((core, "br0", 1), (floor, "e1", 2), (server, "e1", 3)):
        host.run("ip", "addr", "add", f"198.51.100.{number}/28", "dev", port)
    return core, floor, server


def wait_for(what: str, held: object, seconds: float = LATEST) -> None:
    """Wait until the callable says yes."""
    ends = time.monotonic() + seconds
    while not held():  # type: ignore[operator]
        assert time.monotonic() < ends, f"waited in vain for: {what}"
        time.sleep(0.1)

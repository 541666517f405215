"""A real directory: Debian's slapd in a folder of its own, over TLS and on the loopback, for one test run."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

PLACES = "/usr/sbin:/usr/bin:/sbin"
PEOPLE = {"a.nowak": "długie-hasło-Anny", "e.lis": "inne-hasło-Ewy"}
SETTINGS = """include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile {home}/server.pem
TLSCertificateKeyFile {home}/server.key
database mdb
suffix "dc=powiat,dc=test"
directory {home}/data
"""


@dataclass(frozen=True)
class Running:
    """Where the directory answers, and who vouches for its certificate."""

    secure: str
    plain: str
    authority: str
    names: str = "uid={login},ou=people,dc=powiat,dc=test"


@contextmanager
def running(home: Path) -> Iterator[Running]:
    """Fill a directory with two people, serve it, end it by its own process id."""
    (home / "data").mkdir()
    _make_certificate(home)
    (home / "slapd.conf").write_text(SETTINGS.format(home=home), encoding="utf-8")
    (home / "people.ldif").write_text(_people(), encoding="utf-8")
    config = ["-f", str(home / "slapd.conf")]
    subprocess.run(
        [_program("slapadd"), *config, "-l", home / "people.ldif"], check=True, capture_output=True
    )
    secure, plain = _free_port(), _free_port()
    addresses = f"ldaps://127.0.0.1:{secure}/ ldap://127.0.0.1:{plain}/"
    command = [_program("slapd"), *config, "-h", addresses, "-d", "0"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(plain, process)
        yield Running(f"ldaps://127.0.0.1:{secure}", f"ldap://127.0.0.1:{plain}", str(home / "server.pem"))
    finally:
        process.terminate()
        process.wait(20)


def _people() -> str:
    entries = [
        "dn: dc=powiat,dc=test\nobjectClass: dcObject\nobjectClass: organization\no: Powiat\ndc: powiat",
        "dn: ou=people,dc=powiat,dc=test\nobjectClass: organizationalUnit\nou: people",
    ]
    entries += [
        f"dn: uid={login},ou=people,dc=powiat,dc=test\nobjectClass: inetOrgPerson\nuid: {login}\n"
        f"cn: {login}\nsn: {login}\nuserPassword: {_hashed(password)}"
        for login, password in PEOPLE.items()
    ]
    return "\n\n".join(entries) + "\n"


def _hashed(password: str) -> str:
    command = [_program("slappasswd"), "-n", "-s", password]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _make_certificate(home: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TEST katalog")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    (home / "server.pem").write_bytes(made.public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    (home / "server.key").write_bytes(secret)


def _program(name: str) -> str:
    found = shutil.which(name, path=PLACES)
    assert found, f"{name} is missing: apt-get install slapd"
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        assert process.poll() is None, "slapd ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("slapd does not answer")

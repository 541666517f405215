"""For tests of other packages: files of every kind, hostile ones too, and a real scanner."""

import io
import os
import pwd
import shutil
import struct
import subprocess
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pikepdf
from PIL import Image

from starostwo.files import clamd
from starostwo.files.models import Blob
from starostwo.files.services import put

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + b"$H+H*"
STREAM_LIMIT = 2 << 20
A_DAY = (2026, 11, 23, 9, 30, 0)  # the same bytes at each call
START_SECONDS = 20


def stored(content: bytes = b"tekst", name: str = "pismo.txt") -> Blob:
    """A file in the store."""
    return put(content, name=name, limit=100 << 20)


def pdf(text: str = "Wniosek", **extra: pikepdf.Object) -> bytes:
    """A PDF of one page; `extra` goes into its catalogue."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = document.make_stream(
        f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1", "replace")
    )
    for name, value in extra.items():
        document.Root[f"/{name}"] = value
    return _saved(document)


def locked_pdf() -> bytes:
    """A PDF that does not open without its password."""
    document = pikepdf.open(io.BytesIO(pdf()))
    return _saved(document, pikepdf.Encryption(owner="owner", user="secret"))


def image(kind: str = "PNG", size: tuple[int, int] = (4, 4)) -> bytes:
    """An image of one colour."""
    target = io.BytesIO()
    Image.new("RGB", size, "white").save(target, kind)
    return target.getvalue()


def huge_image(width: int = 20_000, height: int = 20_000) -> bytes:
    """A PNG of a few bytes that says it has hundreds of millions of points."""
    content = image()
    header = b"IHDR" + struct.pack("!2I", width, height) + content[24:29]
    return content[:12] + header + struct.pack("!I", zlib.crc32(header)) + content[33:]


def zip_of(members: Mapping[str, bytes | str], *, stored_first: bool = False) -> bytes:
    """A ZIP archive; `stored_first` leaves the first member unpacked, as ODF and ASiC want it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(members.items()):
            method = zipfile.ZIP_STORED if stored_first and number == 0 else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, A_DAY), content, method)
    return target.getvalue()


def locked_zip() -> bytes:
    """A ZIP archive whose member is marked as encrypted."""
    content = bytearray(zip_of({"tajne.txt": "x" * 50}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def bomb(megabytes: int = 60) -> bytes:
    """A small ZIP archive that unpacks to many megabytes of zeros."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zera.txt", "w", force_zip64=True) as member,
    ):
        for _ in range(megabytes):
            member.write(bytes(1 << 20))
    return target.getvalue()


def polyglot() -> bytes:
    """One file that a PDF reader opens as a letter and an archiver as an archive."""
    return pdf() + zip_of({"inne.txt": "inna treść"})


@contextmanager
def scanner(*, signatures: Mapping[str, bytes] | None = None) -> Iterator[str]:
    """A real clamd with signatures of our own; yields its address for the setting CLAMD."""
    folder = Path(tempfile.mkdtemp(prefix="clamd-"))
    user = _unprivileged_user()
    lines = (f"{name}:0:*:{body.hex()}" for name, body in (signatures or {"Eicar-Test": EICAR}).items())
    (folder / "local.ndb").write_text("\n".join(lines) + "\n")
    (folder / "clamd.conf").write_text(_configuration(folder))
    if user:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, user)
    program = shutil.which("clamd") or "/usr/sbin/clamd"
    server = subprocess.Popen(
        [program, "--config-file", folder / "clamd.conf"],
        user=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield _address_when_ready(folder, server)
    finally:
        server.terminate()
        server.wait(timeout=10)
        shutil.rmtree(folder, ignore_errors=True)


def _address_when_ready(folder: Path, server: "subprocess.Popen[bytes]") -> str:
    address = f"unix:{folder / 'clamd.ctl'}"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            clamd.ask_version(address)
        except clamd.ScannerDown:
            time.sleep(0.05)
        else:
            return address
    raise RuntimeError("clamd nie wystartował; zainstaluj pakiet clamav-daemon")


def _configuration(folder: Path) -> str:
    return f"""
DatabaseDirectory {folder}
LocalSocket {folder / "clamd.ctl"}
LocalSocketMode 666
Foreground true
AlertEncrypted true
AlertExceedsMax true
MaxRecursion 10
MaxScanSize 200M
StreamMaxLength {STREAM_LIMIT}
"""


def _unprivileged_user() -> str | None:
    return pwd.getpwnam("nobody").pw_name if os.geteuid() == 0 else None


def _saved(document: pikepdf.Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    target = io.BytesIO()
    document.save(target, encryption=encryption or False)
    return target.getvalue()

"""The language between the web process and the verifying child: a JSON header, then raw bytes.

No pickle: what comes back from a child that read a stranger's file is data and nothing else.
"""

import base64
import json
from collections.abc import Mapping
from typing import IO, Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from starostwo.signatures.trust import Trust

MAX_HEADER = 8 * 1024 * 1024
MAX_BLOB = 512 * 1024 * 1024


class BrokenFrame(Exception):
    """The other side ended in the middle, or sent what is no frame."""


def write_frame(stream: IO[bytes], header: Mapping[str, Any], blobs: Mapping[str, bytes]) -> None:
    """Send one message."""
    sizes = [[name, len(blob)] for name, blob in blobs.items()]
    encoded = json.dumps({"header": header, "blobs": sizes}).encode()
    stream.write(len(encoded).to_bytes(8, "big") + encoded)
    for blob in blobs.values():
        stream.write(blob)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Receive one message; the end of the stream before its first byte is a broken frame too."""
    size = int.from_bytes(_exactly(stream, 8), "big")
    if size > MAX_HEADER:
        raise BrokenFrame("nagłówek jest za duży")
    try:
        message = json.loads(_exactly(stream, size))
        sizes = [(str(name), int(length)) for name, length in message["blobs"]]
        header: dict[str, Any] = dict(message["header"])
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenFrame("niepoprawny nagłówek") from error
    if sum(length for _, length in sizes) > MAX_BLOB:
        raise BrokenFrame("dane są za duże")
    return header, {name: _exactly(stream, length) for name, length in sizes}


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise BrokenFrame("połączenie urwane")
    return data


def trust_as_json(trust: Trust) -> dict[str, Any]:
    """Pack the anchors for the child."""
    anchors = {
        kind: [base64.b64encode(each.public_bytes(Encoding.DER)).decode() for each in certificates]
        for kind, certificates in trust.anchors.items()
    }
    crls = [base64.b64encode(each).decode() for each in trust.crls]
    return {"anchors": anchors, "crls": crls, "accepts_demo": trust.accepts_demo}


def trust_from_json(packed: Mapping[str, Any]) -> Trust:
    """Unpack the anchors in the child."""
    anchors = {
        kind: tuple(x509.load_der_x509_certificate(base64.b64decode(each)) for each in certificates)
        for kind, certificates in packed["anchors"].items()
    }
    return Trust(anchors, tuple(base64.b64decode(each) for each in packed["crls"]), packed["accepts_demo"])

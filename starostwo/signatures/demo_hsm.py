"""The demonstration's keys in a SoftHSM token, so that signing goes the same way as with a real HSM."""

import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pkcs11
from asn1crypto.keys import ECPrivateKey
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.x509 import decode_x509_certificate

from starostwo.signatures.keys import KeyRef, read_pkcs12, softhsm_config, writable_token

LABEL = "TEST Starostwo {}"
MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
)


def softhsm() -> str | None:
    """Return the module of SoftHSM where it is installed."""
    if shutil.which("softhsm2-util") is None:
        return None
    return next((module for module in MODULES if Path(module).exists()), None)


def keep_in_token(folder: Path, keys: Mapping[int, KeyRef]) -> dict[int, KeyRef]:
    """Bring keys from their PKCS#12 files into a token; where SoftHSM is missing they stay in the files."""
    module = softhsm()
    if module is None:
        return dict(keys)
    token_file = _token(folder, module)
    with writable_token(str(token_file)) as session:
        known = {found[pkcs11.Attribute.LABEL] for found in session.get_objects(_PRIVATE)}
        for account_id, ref in keys.items():
            if _label(account_id) not in known:
                _import(session, _label(account_id), ref)
    return {account_id: KeyRef("pkcs11", str(token_file), _label(account_id)) for account_id in keys}


_PRIVATE = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY}


def _label(account_id: int) -> str:
    return f"person-{account_id}"


def _token(folder: Path, module: str) -> Path:
    """Make the token with a PIN of its own the first time; the file beside it says how to open it."""
    path = folder / "token.json"
    if path.exists():
        return path
    tokens, pin_file = folder / "tokens", folder / "pin"
    tokens.mkdir(parents=True, mode=0o700)
    config = softhsm_config(tokens)
    pin, label = secrets.token_urlsafe(16), LABEL.format(secrets.token_hex(4))
    pin_file.touch(mode=0o600)
    pin_file.write_text(pin)
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", pin],
        env={"SOFTHSM2_CONF": str(config), "PATH": os.defpath},
        check=True,
        capture_output=True,
    )
    described = {"module": module, "token": label, "pin_file": pin_file.name, "softhsm": tokens.name}
    path.write_text(json.dumps(described))
    return path


def _import(session: Any, label: str, ref: KeyRef) -> None:
    key = read_pkcs12(ref)
    if not isinstance(key.private, ec.EllipticCurvePrivateKey):
        raise TypeError("klucze demonstracji są kluczami EC")
    der = key.private.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    attributes = decode_ec_private_key(ECPrivateKey.load(der).dump())
    own = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: label, pkcs11.Attribute.ID: label.encode()}
    secret = {pkcs11.Attribute.SENSITIVE: True, pkcs11.Attribute.EXTRACTABLE: False}
    session.create_object({**attributes, **own, **secret, pkcs11.Attribute.SIGN: True})
    session.create_object({**decode_x509_certificate(key.certificate.public_bytes(Encoding.DER)), **own})
    for number, certificate in enumerate(key.chain):
        _import_authority(session, f"ca:{number}", certificate.public_bytes(Encoding.DER))


def _import_authority(session: Any, label: str, der: bytes) -> None:
    wanted = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE, pkcs11.Attribute.LABEL: label}
    if not list(session.get_objects(wanted)):
        own = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: label}
        session.create_object({**decode_x509_certificate(der), **own})

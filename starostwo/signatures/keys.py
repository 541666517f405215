"""Keys that sign: where one lies (`KeyRef`) and how it is used, without its bytes leaving this module.

PKCS#11 is for real offices; PKCS#12 files are for the demonstration and for development.
A demonstration key works only in an installation that is a demonstration.
"""

import contextlib
import json
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from starostwo.signatures.marking import is_demonstration

PRIVATE = 0o077


@dataclass(frozen=True)
class KeyRef:
    """Where a key lies: a PKCS#12 file, or a token file that names module, token and PIN file.

    What is kept names its place below the folder of keys, so that a data folder may be moved or restored
    elsewhere; a place outside that folder is kept whole.
    """

    provider: str
    location: str
    label: str

    def as_json(self) -> str:
        """The form in which a reference is kept in a file."""
        return json.dumps({"provider": self.provider, "location": self.location, "label": self.label})

    def kept_in(self, keys: Path) -> "KeyRef":
        """The reference as it is kept: its place below the folder of keys where it lies there."""
        place = Path(self.location)
        return replace(self, location=str(place.relative_to(keys) if place.is_relative_to(keys) else place))

    def found_in(self, keys: Path) -> "KeyRef":
        """The kept reference with its whole place in the folder of keys as it lies now."""
        return replace(self, location=str(keys / self.location))


class SigningKey(Protocol):
    """A key ready to sign with SHA-256: ECDSA as DER, or RSA PKCS#1 v1.5."""

    @property
    def certificate(self) -> x509.Certificate: ...

    @property
    def chain(self) -> tuple[x509.Certificate, ...]: ...

    def sign(self, data: bytes) -> bytes: ...


class CannotSign(Exception):
    """The key cannot be used; the message says why, in Polish, and never holds a PIN."""


def open_key(ref: KeyRef, *, accepts_demo: bool) -> SigningKey:
    """Return the key behind a reference; a demonstration key only where demonstration keys are accepted."""
    if ref.provider not in PROVIDERS:
        raise CannotSign(f"Nieznany rodzaj magazynu kluczy: {ref.provider}.")
    try:
        key = PROVIDERS[ref.provider](ref)
    except (OSError, ValueError, KeyError, pkcs11.PKCS11Error) as error:
        raise CannotSign(f"Klucz „{ref.label}” jest niedostępny ({type(error).__name__}).") from None
    if is_demonstration(key.certificate) and not accepts_demo:
        raise CannotSign("To klucz instalacji demonstracyjnej; w tej instalacji nie może podpisywać.")
    return key


@dataclass(frozen=True)
class Pkcs12Key:
    """A key read from a file into memory."""

    private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    def sign(self, data: bytes) -> bytes:
        if isinstance(self.private, rsa.RSAPrivateKey):
            return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self.private.sign(data, ec.ECDSA(hashes.SHA256()))


def read_pkcs12(ref: KeyRef) -> Pkcs12Key:
    """Read a key file that nobody but its owner may read."""
    path = Path(ref.location)
    if path.stat().st_mode & PRIVATE:
        raise CannotSign(f"Plik klucza {path.name} mogą czytać inni; wymagane prawa 0600.")
    return _load_pkcs12(ref.location, path.stat().st_mtime_ns)


@lru_cache(maxsize=128)
def _load_pkcs12(location: str, _changed_at: int) -> Pkcs12Key:
    path = Path(location)
    store = load_pkcs12(path.read_bytes(), (path.parent / "passphrase").read_bytes().strip())
    private, own = store.key, store.cert
    if not isinstance(private, (ec.EllipticCurvePrivateKey, rsa.RSAPrivateKey)) or own is None:
        raise CannotSign(f"Plik {path.name} nie zawiera klucza z certyfikatem.")
    return Pkcs12Key(private, own.certificate, tuple(each.certificate for each in store.additional_certs))


class Pkcs11Key:
    """A key in a token. The session belongs to one process and is opened again after a fault."""

    def __init__(self, ref: KeyRef) -> None:
        self._token_file, self._label = ref.location, ref.label
        with _TOKEN_LOCK:
            self.certificate, self.chain = _certificates(_session(self._token_file), self._label)

    def sign(self, data: bytes) -> bytes:
        with _TOKEN_LOCK:
            try:
                return self._sign(data)
            except pkcs11.PKCS11Error:
                self.forget_session()
                return self._sign(data)

    def forget_session(self) -> None:
        """Log out of the token; the next signature logs in again."""
        _forget_session(self._token_file)

    def _sign(self, data: bytes) -> bytes:
        session = _session(self._token_file)
        private = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=self._label)
        if private.key_type == pkcs11.KeyType.RSA:
            return bytes(private.sign(data, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))
        # SoftHSM has no ECDSA_SHA256: the digest is made here, the token signs it.
        raw = bytes(private.sign(sha256(data).digest(), mechanism=pkcs11.Mechanism.ECDSA))
        half = len(raw) // 2
        return encode_dss_signature(int.from_bytes(raw[:half]), int.from_bytes(raw[half:]))


_TOKEN_LOCK = threading.RLock()
_SESSIONS: dict[tuple[int, str], Any] = {}


def _session(token_file: str) -> Any:
    """One logged-in session per process and token: a token's login belongs to the whole process."""
    kept = (os.getpid(), token_file)
    if kept not in _SESSIONS:
        _SESSIONS[kept] = _open_token(token_file)
    return _SESSIONS[kept]


def _forget_session(token_file: str) -> None:
    with _TOKEN_LOCK:
        session = _SESSIONS.pop((os.getpid(), token_file), None)
        if session is not None:
            with contextlib.suppress(pkcs11.PKCS11Error):
                session.close()


@contextlib.contextmanager
def writable_token(token_file: str) -> Iterator[Any]:
    """A session that may put keys into the token, alone with it in this process."""
    with _TOKEN_LOCK:
        _forget_session(token_file)
        with _open_token(token_file, writable=True) as session:
            yield session


def _open_token(token_file: str, *, writable: bool = False) -> Any:
    """Log in to the token that the file describes; the PIN is read from its own file and kept nowhere."""
    folder = Path(token_file).parent
    token = json.loads(Path(token_file).read_text())
    if softhsm := token.get("softhsm"):
        os.environ["SOFTHSM2_CONF"] = str(softhsm_config(folder / softhsm))
    elif config := token.get("config"):
        os.environ["SOFTHSM2_CONF"] = config
    pin = (folder / token["pin_file"]).read_text().strip()
    return _find(pkcs11.lib(token["module"]), token["token"]).open(user_pin=pin, rw=writable)


def softhsm_config(tokens: Path) -> Path:
    """SoftHSM's configuration beside its folder of tokens, written anew when that folder was moved."""
    path = tokens.parent / "softhsm2.conf"
    wanted = f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n"
    if not path.exists() or path.read_text() != wanted:
        draft = path.with_name(f"softhsm2.conf.{os.getpid()}")
        draft.write_text(wanted)
        draft.replace(path)
    return path


def _find(library: Any, label: str) -> Any:
    """Tokens that came or went after the library was loaded are known only once it is loaded anew."""
    try:
        return library.get_token(token_label=label)
    except (pkcs11.NoSuchToken, pkcs11.GeneralError):
        _SESSIONS.clear()
        library.reinitialize()
        return library.get_token(token_label=label)


def _certificates(session: Any, label: str) -> tuple[x509.Certificate, tuple[x509.Certificate, ...]]:
    wanted = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}
    own, chain = None, []
    for found in session.get_objects(wanted):
        certificate = x509.load_der_x509_certificate(found[pkcs11.Attribute.VALUE])
        if found[pkcs11.Attribute.LABEL] == label:
            own = certificate
        elif str(found[pkcs11.Attribute.LABEL]).startswith("ca:"):
            chain.append(certificate)
    if own is None:
        raise CannotSign(f"W tokenie brak certyfikatu „{label}”.")
    return own, tuple(chain)


PROVIDERS: dict[str, Callable[[KeyRef], SigningKey]] = {"pkcs12": read_pkcs12, "pkcs11": Pkcs11Key}

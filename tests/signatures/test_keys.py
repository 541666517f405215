"""Keys: PKCS#12 with private files only, PKCS#11 in SoftHSM, and no demonstration key in a real office."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from starostwo.signatures import demo_pki
from starostwo.signatures.demo_pki import DemoPki
from starostwo.signatures.keys import CannotSign, KeyRef, Pkcs11Key, SigningKey, open_key
from starostwo.signatures.marking import is_demonstration
from tests.harness import ROOT
from tests.signatures.conftest import ANNA, BUILT, PIOTR

BUILDING = """
import json, sys
from pathlib import Path
from tests.signatures.conftest import ANNA, BUILT
from starostwo.signatures import demo_pki
folder = Path(sys.argv[1])
made = demo_pki.build(folder, [ANNA], now=BUILT, in_token=True)
print(json.dumps([json.loads(ref.kept_in(folder).as_json()) for ref in (made.people[1], made.seal)]))
"""
SIGNING = """
import json, sys
from pathlib import Path
from cryptography.hazmat.primitives.serialization import Encoding
from starostwo.signatures.keys import KeyRef, open_key
key = open_key(KeyRef(**json.loads(sys.argv[2])).found_in(Path(sys.argv[1])), accepts_demo=True)
print(key.sign(b"dane").hex(), key.certificate.public_bytes(Encoding.DER).hex())
"""

WITHOUT_ANOTHER = """
import shutil
from pathlib import Path
from tests.signatures.conftest import ANNA, BUILT, PIOTR
from starostwo.signatures import demo_pki
from starostwo.signatures.keys import open_key
left = demo_pki.build(Path("{left}"), [ANNA], now=BUILT, in_token=True)
gone = demo_pki.build(Path("{gone}"), [PIOTR], now=BUILT, in_token=True)
open_key(gone.people[2], accepts_demo=True).sign(b"dane")
shutil.rmtree("{gone}")
open_key(left.people[1], accepts_demo=True).sign(b"dane")
print("signed")
"""


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> DemoPki:
    folder = tmp_path_factory.mktemp("hsm")
    return demo_pki.build(folder, [ANNA, PIOTR], now=BUILT, in_token=True)


def _holds(key: SigningKey, signature: bytes, data: bytes) -> None:
    public = key.certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    public.verify(signature, data, ec.ECDSA(hashes.SHA256()))


def test_files_of_keys_are_private(folder: Path, demo: DemoPki) -> None:
    private = [path for path in (folder / "demo").iterdir() if path.is_file()]
    assert {oct(path.stat().st_mode & 0o777) for path in private} == {"0o600"}
    assert len(private) == 7


def test_building_again_keeps_every_key(folder: Path, demo: DemoPki) -> None:
    before = {path: path.read_bytes() for path in (folder / "demo").iterdir() if path.is_file()}
    assert demo_pki.build(folder, [ANNA, PIOTR], now=BUILT) == demo
    assert {path: path.read_bytes() for path in (folder / "demo").iterdir() if path.is_file()} == before


def test_a_readable_key_file_is_refused(tmp_path: Path) -> None:
    made = demo_pki.build(tmp_path, [], now=BUILT)
    Path(made.seal.location).chmod(0o644)
    with pytest.raises(CannotSign, match="0600"):
        open_key(made.seal, accepts_demo=True)


@pytest.mark.parametrize("provider", ["pkcs12", "pkcs11"])
def test_demonstration_key_signs_only_in_a_demonstration(
    provider: str, demo: DemoPki, token: DemoPki
) -> None:
    ref = {"pkcs12": demo.people[1], "pkcs11": token.people[1]}[provider]
    assert ref.provider == provider
    key = open_key(ref, accepts_demo=True)
    _holds(key, key.sign(b"dane"), b"dane")
    with pytest.raises(CannotSign, match="demonstracyjnej"):
        open_key(ref, accepts_demo=False)


def test_every_certificate_is_marked(demo: DemoPki) -> None:
    for ref in (demo.seal, demo.tsa, demo.trusted_profile, *demo.people.values()):
        key = open_key(ref, accepts_demo=True)
        for certificate in (key.certificate, *key.chain):
            assert is_demonstration(certificate)
            assert "TEST" in certificate.subject.rfc4514_string()


def test_key_of_a_token_does_not_leave_it(token: DemoPki) -> None:
    described = json.loads(Path(token.people[1].location).read_text())
    module = ["--module", "/usr/lib/softhsm/libsofthsm2.so", "--token-label", described["token"]]
    listed = subprocess.run(
        ["pkcs11-tool", *module, "--login", "--pin", _pin(token), "--list-objects", "--type", "privkey"],
        env={"SOFTHSM2_CONF": str(Path(token.people[1].location).with_name("softhsm2.conf"))},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert listed.count("Private Key Object; EC") == 2
    assert listed.count("sensitive") == 2
    assert "extractable" not in listed.replace("never extractable", "").replace("non-extractable", "")


def test_token_signs_from_many_threads(token: DemoPki) -> None:
    key = open_key(token.people[2], accepts_demo=True)
    with ThreadPoolExecutor(8) as pool:
        signatures = list(pool.map(key.sign, [b"%d" % number for number in range(64)]))
    for number, signature in enumerate(signatures):
        _holds(key, signature, b"%d" % number)


def test_session_is_opened_again_after_a_fault(token: DemoPki) -> None:
    key = open_key(token.people[1], accepts_demo=True)
    assert isinstance(key, Pkcs11Key)
    key.forget_session()
    _holds(key, key.sign(b"dane"), b"dane")


def test_a_token_described_with_whole_paths_still_signs(tmp_path: Path) -> None:
    made = json.loads(_in_a_process(BUILDING, str(tmp_path)))[0]
    hsm = tmp_path / "demo/hsm"
    described = json.loads((hsm / "token.json").read_text())
    whole = {"pin_file": str(hsm / "pin"), "config": str(hsm / "softhsm2.conf")}
    (hsm / "token.json").write_text(
        json.dumps({name: described[name] for name in ("module", "token")} | whole)
    )
    assert _in_a_process(SIGNING, str(tmp_path), json.dumps(made))


def test_a_token_that_vanished_does_not_take_the_others_along(tmp_path: Path) -> None:
    program = WITHOUT_ANOTHER.format(gone=str(tmp_path / "gone"), left=str(tmp_path / "left"))
    assert _in_a_process(program) == "signed\n"


@pytest.mark.parametrize(
    "ref",
    [
        KeyRef("pkcs12", "/nie/ma/takiego.p12", "brak"),
        KeyRef("pkcs11", "/nie/ma/takiego.json", "brak"),
        KeyRef("chmura", "x", "brak"),
    ],
)
def test_missing_key_says_so_in_polish(ref: KeyRef) -> None:
    with pytest.raises(CannotSign, match=r"niedostępny|Nieznany"):
        open_key(ref, accepts_demo=True)


def test_a_moved_folder_of_keys_still_signs(tmp_path: Path) -> None:
    """A data folder restored elsewhere: references are kept below it, the token's configuration follows."""
    old, new = tmp_path / "old", tmp_path / "new"
    made = json.loads(_in_a_process(BUILDING, str(old)))
    assert [ref["location"] for ref in made] == ["demo/hsm/token.json", "demo/seal.p12"]
    old.rename(new)
    for ref in made:
        signature, certificate = _in_a_process(SIGNING, str(new), json.dumps(ref)).split()
        public = x509.load_der_x509_certificate(bytes.fromhex(certificate)).public_key()
        assert isinstance(public, ec.EllipticCurvePublicKey)
        public.verify(bytes.fromhex(signature), b"dane", ec.ECDSA(hashes.SHA256()))


def _in_a_process(program: str, *arguments: str) -> str:
    """SoftHSM reads its configuration once a process: each program opens the token for itself."""
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


def test_wrong_pin_never_shows(token: DemoPki, tmp_path: Path) -> None:
    described = Path(token.people[1].location).read_text()
    pin = tmp_path / "pin"
    pin.write_text("tajne-haslo")
    wrong = tmp_path / "token.json"
    tokens = Path(token.people[1].location).parent / "tokens"
    wrong.write_text(json.dumps(json.loads(described) | {"pin_file": str(pin), "softhsm": str(tokens)}))
    with pytest.raises(CannotSign) as refused:
        open_key(KeyRef("pkcs11", str(wrong), "person-1"), accepts_demo=True)
    assert "tajne" not in repr(refused.value) + repr(refused.value.__context__)


def _pin(token: DemoPki) -> str:
    return (Path(token.people[1].location).parent / "pin").read_text()

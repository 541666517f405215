"""Time stamps: our TSA against openssl and rfc3161-client, the batch, and what is never changed."""

import hashlib
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import cms, tsp
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction
from rfc3161_client import PKIStatus, decode_timestamp_response

from starostwo.signatures import demo_tsa
from starostwo.signatures.cms_signing import sign_cms
from starostwo.signatures.demo_pki import DemoPki
from starostwo.signatures.keys import SigningKey, open_key
from starostwo.signatures.models import TimeStamp
from starostwo.signatures.queries import stamps_for, stamps_waiting
from starostwo.signatures.services import queue_stamp, stamp_pending
from starostwo.signatures.testing import running_tsa
from starostwo.signatures.timestamps import TimestampUnavailable, timestamp, verify_timestamp
from starostwo.signatures.tokens import NotATimestamp, stamped_at
from starostwo.signatures.trust import Trust
from tests.signatures.authority import authority, both, key_from
from tests.signatures.conftest import NOW

DATA = b"UPO"
DIGEST = hashlib.sha256(DATA).digest()


@pytest.fixture
def stamper(demo: DemoPki) -> SigningKey:
    return open_key(demo.tsa, accepts_demo=True)


def _token(key: SigningKey, data: bytes = DATA) -> bytes:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": hashlib.sha256(data).digest()}
    request = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "cert_req": True}).dump()
    answer = tsp.TimeStampResp.load(demo_tsa.answer(request, key=key, now=NOW))
    return bytes(answer["time_stamp_token"].dump())


def test_openssl_accepts_our_stamp(installation: DemoPki, settings: LazySettings, tmp_path: Path) -> None:
    with running_tsa() as settings.TSA_URL:
        (tmp_path / "token").write_bytes(timestamp(DIGEST))
    (tmp_path / "data").write_bytes(DATA)
    anchor = settings.KEYS_DIR / "trust/tsa/test-root.pem"
    command = f"openssl ts -verify -token_in -in token -data data -CAfile {anchor}"
    done = subprocess.run(command.split(), cwd=tmp_path, check=False, capture_output=True, text=True)
    assert "Verification: OK" in done.stdout
    (tmp_path / "data").write_bytes(b"inne")
    assert subprocess.run(command.split(), cwd=tmp_path, check=False, capture_output=True).returncode != 0


def test_openssl_asks_our_authority(stamper: SigningKey, tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(DATA)
    subprocess.run(
        "openssl ts -query -data data -sha512 -cert -out query".split(),
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    answer = demo_tsa.answer((tmp_path / "query").read_bytes(), key=stamper, now=NOW)
    (tmp_path / "answer").write_bytes(answer)
    shown = subprocess.run(
        "openssl ts -reply -in answer -text".split(), cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert "Status: Granted." in shown.stdout
    assert "sha512" in shown.stdout


@pytest.mark.parametrize("request_", [b"", b"\x30\x00", b"nic"])
def test_broken_request_is_rejected(request_: bytes, stamper: SigningKey) -> None:
    answer = decode_timestamp_response(demo_tsa.answer(request_, key=stamper, now=NOW))
    assert answer.status == PKIStatus.REJECTION


def test_stamp_proves_its_moment(stamper: SigningKey, trust: Trust) -> None:
    assert stamped_at(_token(stamper), stamped=DATA, trust=trust) == NOW


def test_stamp_of_other_data_proves_nothing(stamper: SigningKey, trust: Trust) -> None:
    with pytest.raises(NotATimestamp, match="innych danych"):
        stamped_at(_token(stamper), stamped=b"inne", trust=trust)


def test_changed_stamp_proves_nothing(stamper: SigningKey, trust: Trust) -> None:
    token = _token(stamper)
    changed = token.replace(b"20261123090000Z", b"20261122090000Z")
    assert changed != token
    with pytest.raises(NotATimestamp, match="uszkodzony"):
        stamped_at(changed, stamped=DATA, trust=trust)


ISSUER = authority()


@pytest.mark.parametrize(
    ("stamps_time", "kind", "why"),
    [
        (False, "tsa", "the certificate is not for time stamps"),
        (True, "qualified", "the authority is not one for time stamps"),
    ],
)
def test_stamp_of_somebody_else_proves_nothing(stamps_time: bool, kind: str, why: str, trust: Trust) -> None:
    token = _token(key_from(ISSUER, stamps_time=stamps_time))
    with pytest.raises(NotATimestamp):
        stamped_at(token, stamped=DATA, trust=both(trust, ISSUER.trusted(kind=kind)))


def test_stamp_of_a_trusted_authority_holds() -> None:
    token = _token(key_from(ISSUER, stamps_time=True))
    assert stamped_at(token, stamped=DATA, trust=ISSUER.trusted(kind="tsa")) == NOW


def test_test_stamp_proves_nothing_in_a_real_installation(stamper: SigningKey, trust: Trust) -> None:
    real = Trust(trust.anchors, trust.crls, accepts_demo=False)
    with pytest.raises(NotATimestamp, match="testowy"):
        stamped_at(_token(stamper), stamped=DATA, trust=real)


@pytest.mark.parametrize("token", [b"", b"\x30\x00", b"nic"])
def test_what_is_no_token(token: bytes, trust: Trust) -> None:
    with pytest.raises(NotATimestamp):
        stamped_at(token, stamped=DATA, trust=trust)


def test_signature_is_no_time_stamp(stamper: SigningKey, trust: Trust) -> None:
    plain: cms.ContentInfo = sign_cms(DATA, key=stamper, detached=False)
    with pytest.raises(NotATimestamp):
        stamped_at(plain.dump(), stamped=DATA, trust=trust)


def test_nothing_is_called_unless_configured(installation: DemoPki, settings: LazySettings) -> None:
    settings.TSA_URL = ""
    with pytest.raises(TimestampUnavailable, match="Nie skonfigurowano"):
        timestamp(DIGEST)


def test_file_address_is_not_read(installation: DemoPki, settings: LazySettings) -> None:
    settings.TSA_URL = "file:///etc/passwd"
    with pytest.raises(TimestampUnavailable, match="Nie skonfigurowano"):
        timestamp(DIGEST)


@pytest.mark.django_db
def test_batch_stamps_each_queued_receipt_once(installation: DemoPki, settings: LazySettings) -> None:
    digests = [hashlib.sha256(b"%d" % number).hexdigest() for number in range(3)]
    for digest in [*digests, digests[0]]:
        queue_stamp(digest, now=NOW)
    assert stamps_waiting() == 3
    with running_tsa() as settings.TSA_URL:
        assert stamp_pending(limit=2) == 2
        assert stamp_pending() == 1
        assert stamp_pending() == 0
    made = stamps_for(digests)
    assert set(made) == set(digests)
    for digest, stamp in made.items():
        assert verify_timestamp(stamp.token, bytes.fromhex(digest)) == stamp.made_at


@pytest.mark.django_db
def test_failing_authority_leaves_the_queue_as_it_was(installation: DemoPki, settings: LazySettings) -> None:
    queue_stamp(DIGEST.hex(), now=NOW)
    settings.TSA_URL = "http://127.0.0.1:9/"
    with pytest.raises(TimestampUnavailable, match="nie odpowiada"):
        stamp_pending()
    assert stamps_waiting() == 1
    assert stamps_for([DIGEST.hex()]) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE signatures_timestamp SET made_at = made_at - interval '1 day'",
        "UPDATE signatures_timestamp SET token = '\\x00'",
        "DELETE FROM signatures_timestamp",
    ],
)
def test_made_stamp_never_changes(statement: str) -> None:
    TimeStamp.objects.create(sha256=DIGEST.hex(), queued_at=NOW, token=b"token", made_at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    row = TimeStamp.objects.get()
    assert (bytes(row.token or b""), row.made_at) == (b"token", NOW)


@pytest.mark.django_db
def test_token_and_time_come_together() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        TimeStamp.objects.create(sha256=DIGEST.hex(), queued_at=NOW, token=b"x", made_at=None)
    assert not TimeStamp.objects.filter(queued_at__lt=NOW + timedelta(days=1)).exists()

"""The door into `signatures` for other packages: verify, seal, sign, stamp, receipts."""

from starostwo.signatures import demo_pki
from starostwo.signatures.keys import CannotSign, KeyRef
from starostwo.signatures.queries import reports_for, staff_keys, stamps_for
from starostwo.signatures.receipts import Party, Upd, Upo, build_upd, build_upo
from starostwo.signatures.rules.report import SignatureReport
from starostwo.signatures.services import assign_key, queue_stamp, store_report
from starostwo.signatures.signing import seal_xml, sign_pdf, sign_xml
from starostwo.signatures.timestamps import timestamp
from starostwo.signatures.verification import verify

__all__ = [
    "CannotSign",
    "KeyRef",
    "Party",
    "SignatureReport",
    "Upd",
    "Upo",
    "assign_key",
    "build_upd",
    "build_upo",
    "demo_pki",
    "queue_stamp",
    "reports_for",
    "seal_xml",
    "sign_pdf",
    "sign_xml",
    "staff_keys",
    "stamps_for",
    "store_report",
    "timestamp",
    "verify",
]

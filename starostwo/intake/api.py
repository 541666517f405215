"""The door into `intake` for other packages. Nothing else here may be imported from outside."""

from starostwo.intake import payments
from starostwo.intake.models import Submission
from starostwo.intake.queries import all_of_resident, by_code, of_resident, sent_before
from starostwo.intake.receipt_pdf import receipt_pdf
from starostwo.intake.rules.fingerprint import BadKey
from starostwo.intake.rules.limits import STANDARD as LIMITS
from starostwo.intake.rules.sender import Person, Role, Sender
from starostwo.intake.services.submission import From, KeyUsedForOther, Receipt, submit
from starostwo.intake.services.taking import Part, Refused, Upload

__all__ = [
    "LIMITS",
    "BadKey",
    "From",
    "KeyUsedForOther",
    "Part",
    "Person",
    "Receipt",
    "Refused",
    "Role",
    "Sender",
    "Submission",
    "Upload",
    "all_of_resident",
    "by_code",
    "of_resident",
    "payments",
    "receipt_pdf",
    "sent_before",
    "submit",
]

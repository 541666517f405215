"""Tables of the submission box: what came in, and what is to be paid for it."""

from starostwo.intake.models.due_notices import DueNotice
from starostwo.intake.models.money import GivenBack, Payment
from starostwo.intake.models.payments import Attempt, BankAccount, Due, DueLine
from starostwo.intake.models.submission import SETTLED_LATER, AccessCode, Submission, SubmissionFile, Upo

__all__ = [
    "SETTLED_LATER",
    "AccessCode",
    "Attempt",
    "BankAccount",
    "Due",
    "DueLine",
    "DueNotice",
    "GivenBack",
    "Payment",
    "Submission",
    "SubmissionFile",
    "Upo",
]

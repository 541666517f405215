"""Invoices issued outside KSeF in the mode offline24: until when they have to be sent.

Law: ustawa o VAT art. 106nda ust. 1: no later than on the next working day after issue.
"""

from datetime import date, timedelta

from starostwo.platform.workdays import next_working_day


def send_by(issued_on: date) -> date:
    """The last day on which an invoice of offline24 may be sent."""
    return next_working_day(issued_on + timedelta(days=1))

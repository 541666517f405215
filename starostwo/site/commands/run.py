"""`starostwo run`: starts everything and stays until it is stopped."""

from argparse import Namespace

from starostwo.site import supervisor
from starostwo.site.commands import CannotCarryOut


def carry_out(options: Namespace) -> None:
    """Run the installation."""
    try:
        supervisor.run()
    except supervisor.CannotRun as refusal:
        raise CannotCarryOut(str(refusal)) from refusal

"""`starostwo static`: gathers the files of all packages that a browser loads."""

from argparse import Namespace

from django.core.management import call_command


def carry_out(options: Namespace) -> None:
    """Gather them; what no package has any more is taken away."""
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)

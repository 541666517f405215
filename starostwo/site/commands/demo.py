"""`starostwo demo`: builds the demonstration county into an empty data folder."""

from argparse import Namespace

from django.utils import timezone

from starostwo.site import installation
from starostwo.site.commands import CannotCarryOut
from starostwo.site.demo import build as county


def carry_out(arguments: Namespace) -> None:
    """Build the county, telling how far it is, and write down its log-ins."""
    try:
        county.build(now=timezone.localtime(), stage=arguments.stage, seed=arguments.seed, tell=_tell)
    except county.AlreadyBuilt as refusal:
        raise CannotCarryOut(str(refusal)) from refusal
    installation.WELCOME.write_text("\n".join(county.welcome()) + "\n", encoding="utf-8")


def _tell(text: str) -> None:
    print(f"  {text}", flush=True)

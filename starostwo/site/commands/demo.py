"""`starostwo demo`: builds the demonstration county into an empty data folder."""

import logging
from argparse import Namespace

from django.conf import settings
from django.utils import timezone

from starostwo.site import data_folder, installation
from starostwo.site.commands import CannotCarryOut
from starostwo.site.demo import build as county


def carry_out(arguments: Namespace) -> None:
    """Build the county, telling how far it is, and write down its log-ins.

    A first build that is killed leaves its mark, so that the next start begins anew.
    """
    logging.disable(logging.WARNING)  # four hundred times that no scanner is set would hide the progress
    own = settings.OWN_CLUSTER if settings.USES_OWN_CLUSTER else None
    with data_folder.with_database(settings.DATA_DIR, own):
        if not installation.WELCOME.exists():
            installation.UNFINISHED_DEMO.parent.mkdir(parents=True, exist_ok=True)
            installation.UNFINISHED_DEMO.touch()
        try:
            county.build(now=timezone.localtime(), stage=arguments.stage, seed=arguments.seed, tell=_tell)
        except county.AlreadyBuilt as refusal:
            installation.UNFINISHED_DEMO.unlink(missing_ok=True)
            raise CannotCarryOut(str(refusal)) from refusal
        installation.WELCOME.write_text("\n".join(county.welcome()) + "\n", encoding="utf-8")
        installation.UNFINISHED_DEMO.unlink(missing_ok=True)


def _tell(text: str) -> None:
    print(f"  {text}", flush=True)

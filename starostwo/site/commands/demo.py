"""`starostwo demo`: the demonstration county, built through the services as an office would work."""

from argparse import Namespace

from django.conf import settings
from django.utils import timezone

from starostwo.site import data_folder, installation
from starostwo.site.commands import CannotCarryOut
from starostwo.site.demo.build import AlreadyBuilt, build, welcome


def carry_out(options: Namespace) -> None:
    """Build it into an empty data folder; a killed build is noted, so that the next start begins anew."""
    if not settings.DEMO:
        raise CannotCarryOut("To nie jest instalacja demonstracyjna (DEMO=0)")
    own = settings.OWN_CLUSTER if settings.USES_OWN_CLUSTER else None
    with data_folder.with_database(settings.DATA_DIR, own):
        if not installation.WELCOME.exists():
            installation.UNFINISHED_DEMO.parent.mkdir(parents=True, exist_ok=True)
            installation.UNFINISHED_DEMO.touch()
        try:
            build(now=timezone.now(), stage=options.stage, seed=options.seed, tell=_tell)
        except AlreadyBuilt as refusal:
            raise CannotCarryOut(str(refusal)) from refusal
        installation.WELCOME.write_text("\n".join(welcome()) + "\n", encoding="utf-8")
    installation.UNFINISHED_DEMO.unlink(missing_ok=True)


def _tell(what: str) -> None:
    print(f"  {what}", flush=True)

"""`starostwo backup FOLDER`: a copy of everything, also while the office works."""

from argparse import Namespace
from pathlib import Path

from django.utils import timezone

from starostwo.site import backup, data_folder, settings
from starostwo.site.commands import CannotCarryOut


def carry_out(options: Namespace) -> None:
    """Make the copy."""
    own = settings.OWN_CLUSTER if settings.USES_OWN_CLUSTER else None
    if own is not None and not own.data.exists():
        raise CannotCarryOut(f"W folderze {settings.DATA_DIR} nie ma jeszcze czego kopiować")
    with data_folder.with_database(settings.DATA_DIR, own):
        try:
            backup.back_up(Path(options.folder).absolute(), now=timezone.now())
        except backup.CannotBackUp as refusal:
            raise CannotCarryOut(str(refusal)) from refusal
    print(f"Kopia zapasowa: {options.folder}")

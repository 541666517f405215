"""`starostwo restore FOLDER`: an installation as it was when the copy was made."""

from argparse import Namespace
from pathlib import Path

from starostwo.site import backup, data_folder, settings
from starostwo.site.commands import CannotCarryOut


def carry_out(options: Namespace) -> None:
    """Fill the empty data folder."""
    with data_folder.held(settings.DATA_DIR):
        try:
            backup.restore(Path(options.folder).absolute())
        except backup.CannotRestore as refusal:
            raise CannotCarryOut(str(refusal)) from refusal
    print(f"Odtworzono w {settings.DATA_DIR}; uruchomienie: starostwo run")

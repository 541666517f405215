"""`starostwo migrate`: brings the tables up to date, as the role that owns them."""

import os
import subprocess
import sys
from argparse import Namespace

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from starostwo.site import data_folder, installation
from starostwo.site.commands import CannotCarryOut

GRANTS = [
    ("TABLES", "SELECT, INSERT, UPDATE, DELETE"),
    ("SEQUENCES", "USAGE, SELECT"),
]


def carry_out(options: Namespace) -> None:
    """Migrate; started with the application's role it goes on as the owner's."""
    own = settings.OWN_CLUSTER if settings.USES_OWN_CLUSTER else None
    with data_folder.with_database(settings.DATA_DIR, own):
        if os.environ.get("AS_OWNER") == "1":
            _migrate()
            return
        again = [sys.executable, "-m", "starostwo.site", "migrate"]
        if subprocess.run(again, env=os.environ | {"AS_OWNER": "1"}, check=False).returncode != 0:
            raise CannotCarryOut("Migracja się nie powiodła; tabele zostały bez zmian od ostatniej udanej")


def _migrate() -> None:
    _grant_to_application()
    call_command("migrate", interactive=False, verbosity=0)
    installation.note_migrated()


def _grant_to_application() -> None:
    """On an outside server: what the owner creates from now on, the application's role may use."""
    role = settings.APP_ROLE
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)", [role])
        me, exists = cursor.fetchone()
        if settings.USES_OWN_CLUSTER or me == role or not exists:
            return
        name = connection.ops.quote_name(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        for what, rights in GRANTS:
            cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON {what} TO {name}")

"""Django's `migrate`, after which no trigger of the house can be told to look away.

django-pgtrigger begins each trigger by asking a function of its own whether the session's `pgtrigger.ignore`
names it. Whoever writes as the application could so switch off what guards documents and sheets. The question
also opens and rolls back a subtransaction for each row, and PostgreSQL then walks through all deferred checks
that wait: a large import became quadratic. A migration with a trigger makes the function anew, hence here.
"""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

NEVER_IGNORED = """
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT FALSE'
"""


class Command(migrate.Command):
    """Migrate, then make the function that answers no."""

    def handle(self, *args: Any, **options: Any) -> None:
        """All that Django does, and one statement more."""
        super().handle(*args, **options)
        if not (options["check_unapplied"] or options["plan"]):
            with connections[options["database"]].cursor() as cursor:
                cursor.execute(NEVER_IGNORED)

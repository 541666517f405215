"""`starostwo history verify` over a history that somebody has changed."""

import pytest
from psycopg import conninfo

from starostwo.audit import api as audit
from starostwo.audit.testing import tamper
from starostwo.site import cluster
from starostwo.site.cli import main


def test_one_changed_byte_of_the_history_is_named(
    committed_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    audit.record(actor="system", verb="open", thing="case:1", payload={"title": "podział działki"})
    owner = conninfo.make_conninfo(committed_database, user=cluster.OWNER_ROLE)
    tamper(owner, "UPDATE audit_entry SET payload = replace(payload, 'podział', 'podzial')")

    code = main(["history", "verify"])

    printed = capsys.readouterr()
    assert (code, printed.out) == (1, "")
    assert "case:1 1:" in printed.err
    assert "Historia nie zgadza się w miejscach: " in printed.err

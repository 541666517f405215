"""The real worker indexes what waits after commit."""

import os
import subprocess
import sys
from pathlib import Path

from starostwo.search import api as search
from starostwo.search.models import Form, Waiting
from starostwo.search.testing import put

ROOT = Path(__file__).resolve().parents[2]


def test_the_worker_learns_words_and_indexes_long_texts(committed_database: str) -> None:
    put("case:1", "Pozwolenie na budowę", text="zwykłe słowa " * 1_000 + "koparka")
    everybody = frozenset({"public"})
    assert search.find("budowe", tokens=everybody).hits[0].thing == "case:1"
    assert search.find("budowie", tokens=everybody).hits[0].thing == "case:1"
    assert search.find("koparki", tokens=everybody).hits == ()

    command = [sys.executable, "manage.py", "procrastinate", "worker", "--one-shot"]
    environment = os.environ | {"DATABASE_URL": committed_database}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=120)

    assert [hit.thing for hit in search.find("koparki", tokens=everybody).hits] == ["case:1"]
    assert (Waiting.objects.count(), Form.objects.filter(folded="budowe").count()) == (0, 1)

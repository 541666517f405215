"""Killed at any moment, the store may have a file too many, never a row without its file."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from starostwo.files import api as files
from starostwo.files.models import Blob

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import itertools, os, django
django.setup()
from starostwo.files import api as files
for number in itertools.count():
    files.put(os.urandom(20_000) + str(number).encode(), name="a.bin", limit=1 << 20)
"""


def test_no_row_is_left_without_its_file(
    committed_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = os.environ | {
        "DATABASE_URL": committed_database,
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "starostwo.site.settings",
    }
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")
    moments = random.Random(7)
    for round_number in range(1, 4):
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER], cwd=ROOT, env=environment) for _ in range(2)
        ]
        _wait_for_rows(round_number * 20)
        time.sleep(moments.random() / 5)
        for writer in writers:
            writer.kill()
            writer.wait()

        assert list(files.verify_files()) == []


def _wait_for_rows(count: int) -> None:
    deadline = time.monotonic() + 60
    while Blob.objects.count() < count:
        assert time.monotonic() < deadline, "the writers write nothing"
        time.sleep(0.02)

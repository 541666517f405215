"""Environments of their own for what is measured beside ours: made once a state of its lock, with hashes."""

import hashlib
import subprocess
import sys
from pathlib import Path

from bench.ground import KEPT, ROOT


def environment_of(name: str, *, wheels_only: bool = True) -> Path:
    """The folder of the environment of requirements/NAME.txt."""
    lock = ROOT / "requirements" / f"{name}.txt"
    folder = KEPT / f"{name}-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"
    if not (folder / "done").exists():
        uv = str(Path(sys.executable).parent / "uv")
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, folder], check=True)
        install = [uv, "pip", "install", "--quiet", "--python", folder / "bin" / "python", "--require-hashes"]
        built = ["--only-binary", ":all:"] if wheels_only else []
        subprocess.run([*install, *built, "-r", lock], check=True)
        (folder / "done").touch()
    return folder

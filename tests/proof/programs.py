"""Programs from npm that only tests ask: fetched once a state of their lock, beside this file."""

import fcntl
import os
import subprocess
from functools import cache
from pathlib import Path

from starostwo.screens.build import fetch_modules, node_programs

HERE = Path(__file__).parent


@cache
def modules() -> Path:
    """The folder of the fetched programs; several test processes may ask at once."""
    with (HERE / "package-lock.json").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        fetch_modules(HERE, node_programs())
    return HERE / "node_modules"


def run(script: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run a script with the node that builds the screens; its exit code is the caller's matter."""
    node = node_programs()["node"]
    path = f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": path, **more}
    command = [node, str(script), *arguments]
    return subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, check=False)

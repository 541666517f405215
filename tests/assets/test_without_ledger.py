"""The register starts where no ledger is installed, and then proposes nothing."""

import os
import subprocess
import sys

ALONE = """
from django.conf import settings
from starostwo.site import settings as house
until = house.MODULES.index("starostwo.ledger")
apps = [*house.MODULES[:until], "starostwo.assets", *house.INSTALLED_APPS[len(house.MODULES):]]
told = {name: getattr(house, name) for name in dir(house) if name.isupper()}
settings.configure(**{**told, "INSTALLED_APPS": apps, "ROOT_URLCONF": "starostwo.assets.web.urls"})
import django
django.setup()
from starostwo.assets import optional
from starostwo.assets.queries.catalogue import posting_rules
from starostwo.assets.services import proposals
from starostwo.assets.web import urls
has_rules = len(posting_rules()) > 20 and proposals.optional is optional
print(optional.ledger, has_rules, len(urls.urlpatterns) > 10)
"""


def test_the_register_starts_without_the_ledger() -> None:
    run = subprocess.run(
        [sys.executable, "-c", ALONE], env={**os.environ}, capture_output=True, text=True, check=False
    )
    assert run.stdout.strip() == "None True True", run.stderr[-2000:]

"""Django's own commands for developers; users have the command line `starostwo`."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "starostwo.site.settings")
execute_from_command_line(sys.argv)

"""`python -m starostwo.site` is the same as `.venv/bin/starostwo`."""

import sys

from starostwo.site.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

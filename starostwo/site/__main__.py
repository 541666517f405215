"""`python -m starostwo.site` is the same as `.venv/bin/starostwo`."""

import sys

from starostwo.site import cli


def main() -> int:
    """Carry out the command that the program was started with."""
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

"""Keeps the keys that stand in some addresses out of the log."""

import logging
import re

KEY = re.compile(r"/[A-Za-z0-9_-]{40,}")
MASK = "/..."


class MaskKeys(logging.Filter):
    """Shows dots in the place of an address's segment of 40 signs or more, which only a key has."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if KEY.search(said):
            record.msg, record.args = KEY.sub(MASK, said), ()
        return True

"""The whole history as lines of JSON, for keeping elsewhere and for checking without this software."""

import json
from typing import TextIO

from starostwo.audit.rules.chain import moment
from starostwo.audit.verification import all_lines


def export(target: TextIO) -> int:
    """Write one JSON object for each line of history and of the log of reads; return how many."""
    count = 0
    for line in all_lines():
        said = {
            "stream": line.stream,
            "seq": line.seq,
            "written_at": moment(line.written_at),
            "payload": line.payload,
            "prev": line.prev_hash.hex(),
            "hash": line.hash.hex(),
        }
        target.write(json.dumps(said, ensure_ascii=False) + "\n")
        count += 1
    return count

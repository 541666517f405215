"""The program, loaded once: the processes that run all the time are copies of this one and share its memory.

`python -m starostwo.site.preloaded MODULE...` loads the modules and waits. For each order, a line of JSON on
its standard input, it makes a copy of itself that does what `python -m MODULE ARGUMENTS` would do, and prints
the copy's number. A copy is forked twice: when the one in between is gone, the system makes it a child of the
supervisor, which watches it like any other.
"""

import ctypes
import gc
import importlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from starostwo.site import web
from starostwo.site.copies import stop_with

ARGUMENTS_BEGIN, ARGUMENTS_END = 45, 46  # fields of /proc/self/stat after the name, see proc(5)
APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT


def main(modules: list[str]) -> None:
    """Load, then make copies until nobody asks any more."""
    web.load()
    for module in modules:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()  # the collector leaves alone what all processes share
    supervisor = os.getppid()
    for line in sys.stdin.buffer:
        order = json.loads(line)
        print(_copied(order, supervisor), flush=True)


def _copied(order: dict[str, Any], supervisor: int) -> int:
    reading, writing = os.pipe()
    between = os.fork()
    if not between:
        if not os.fork():
            os.close(reading)
            _become(order, supervisor, ready=writing)
        os._exit(0)
    os.close(writing)
    os.waitpid(between, 0)
    with os.fdopen(reading) as said:
        return int(said.read() or 0)


def _become(order: dict[str, Any], supervisor: int, *, ready: int) -> None:
    """Be the ordered process; never comes back."""
    while os.getppid() not in {supervisor, 1}:
        time.sleep(0.001)
    os.setsid()
    stop_with(supervisor, order["orphan_signal"])
    files = (os.devnull, os.O_RDONLY), (order["log"], APPEND), (order["log"], APPEND)
    for number, (file, mode) in enumerate(files):
        opened = os.open(file, mode, 0o644)
        os.dup2(opened, number)
        os.close(opened)
    _be_called(order["command"])
    os.write(ready, str(os.getpid()).encode())
    os.close(ready)
    _carry_out(order["command"])


def _carry_out(command: list[str]) -> None:
    """What `python -m MODULE` does: call its main(), end with the code that it says."""
    sys.argv = command[2:]
    code: object = 1
    try:
        module = importlib.import_module(command[2])
        is_package = hasattr(module, "__path__")
        code = (importlib.import_module(f"{command[2]}.__main__") if is_package else module).main()
    except SystemExit as end:
        code = end.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        os._exit(code if isinstance(code, int) else int(code is not None))


def _be_called(command: list[str]) -> None:
    """Let lists of processes show the command, as far as the place of our own arguments reaches."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    begin, end = int(fields[ARGUMENTS_BEGIN]), int(fields[ARGUMENTS_END])
    size = end - begin
    shown = b"\0".join(word.encode() for word in command)[: max(0, size - 1)]
    ctypes.memmove(begin, shown.ljust(size, b"\0"), size)


if __name__ == "__main__":
    main(sys.argv[1:])

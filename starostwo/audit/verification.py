"""Proving that nobody rewrote the history: every line computed again, every anchor compared."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from starostwo.audit import anchors
from starostwo.audit.models import Anchor, Entry, Head, Line, Read
from starostwo.audit.rules import chain
from starostwo.audit.rules.merkle import ends_of, root_of

CheckStamp = Callable[[bytes, bytes], bool]
COLUMNS = ("at", "actor", "actor_name", "in_place_of", "verb", "thing")
BATCH = 5_000
M = TypeVar("M", bound=Line)


@dataclass(frozen=True)
class Fault:
    """A place where the history is not what was written; seq 0 where a whole stream or anchor is meant."""

    stream: str
    seq: int
    what: str


def verify(*, check_stamp: CheckStamp | None = None) -> list[Fault]:
    """Compute the whole history again and compare it with itself and with the anchors; [] when all is well.

    `check_stamp` gets a token and the root that it should bind.
    """
    hashes: dict[tuple[str, int], bytes] = {}
    wanted = _anchored_places()
    ends: dict[str, tuple[int, bytes]] = {}
    faults = []
    for line, fault in _walk():
        if fault:
            faults.append(Fault(line.stream, line.seq, fault))
        if (line.stream, line.seq) in wanted:
            hashes[line.stream, line.seq] = line.hash
        ends[line.stream] = (line.seq, line.hash)
    return [*faults, *_head_faults(ends), *_anchor_faults(hashes, check_stamp), *_file_faults(hashes)]


def all_lines() -> Iterator[chain.Line]:
    """Every line of the history and of the log of reads, stream by stream."""
    yield from _lines(Entry, "thing", "")
    yield from _lines(Read, "actor", chain.READS)


def _walk() -> Iterator[tuple[chain.Line, str | None]]:
    before: chain.Line | None = None
    for line in all_lines():
        if before is not None and before.stream != line.stream:
            before = None
        yield line, chain.fault_of(line, before)
        before = line


def _lines(model: type[M], key: str, prefix: str) -> Iterator[chain.Line]:
    for row in model._default_manager.order_by(key, "seq").iterator(chunk_size=BATCH):
        yield chain.Line(
            stream=prefix + getattr(row, key),
            seq=row.seq,
            written_at=row.written_at,
            payload=row.payload,
            prev_hash=bytes(row.prev_hash),
            hash=bytes(row.hash),
            columns={name: getattr(row, name) for name in COLUMNS},
        )


def _head_faults(ends: dict[str, tuple[int, bytes]]) -> Iterator[Fault]:
    heads = {head.stream: (head.seq, bytes(head.hash)) for head in Head.objects.iterator(chunk_size=BATCH)}
    for stream in sorted(heads.keys() | ends.keys()):
        if heads.get(stream) != ends.get(stream):
            yield Fault(stream, ends.get(stream, (0, b""))[0], "koniec łańcucha nie zgadza się z zapisanym")


def _anchored_places() -> set[tuple[str, int]]:
    """The lines whose hashes have to be remembered while walking."""
    texts = [anchors.text_of(made) for made in Anchor.objects.order_by("number")]
    texts += [path.read_text() for path in sorted(anchors.folder().glob("*.txt"))]
    return {(end.stream, end.seq) for text in texts for end in ends_of(text)}


def _anchor_faults(hashes: dict[tuple[str, int], bytes], check_stamp: CheckStamp | None) -> Iterator[Fault]:
    previous = b""
    for number, made in enumerate(Anchor.objects.order_by("number"), start=1):
        name, text = f"kotwica {made.number}", anchors.text_of(made)
        if made.number != number or bytes(made.previous_root) != previous:
            yield Fault(name, 0, "brakuje kotwicy przed tą")
        if root_of(text) != bytes(made.root):
            yield Fault(name, 0, "skrót kotwicy nie zgadza się z jej treścią")
        if check_stamp and made.token is not None and not check_stamp(bytes(made.token), bytes(made.root)):
            yield Fault(name, 0, "znacznik czasu nie dotyczy tej kotwicy")
        yield from _missing_ends(name, text, hashes)
        previous = bytes(made.root)


def _file_faults(hashes: dict[tuple[str, int], bytes]) -> Iterator[Fault]:
    roots = {f"{made.number:08}": bytes(made.root) for made in Anchor.objects.order_by("number")}
    for path in sorted(anchors.folder().glob("*.txt")):
        text = path.read_text()
        if roots.pop(path.stem, None) != root_of(text):
            yield Fault(f"plik kotwicy {path.name}", 0, "kotwica w bazie jest inna niż w pliku")
            yield from _missing_ends(f"plik kotwicy {path.name}", text, hashes)
    for name in sorted(roots):
        yield Fault(f"plik kotwicy {name}.txt", 0, "nie ma pliku tej kotwicy")


def _missing_ends(name: str, text: str, hashes: dict[tuple[str, int], bytes]) -> Iterator[Fault]:
    for end in ends_of(text):
        if hashes.get((end.stream, end.seq)) != end.hash:
            yield Fault(end.stream, end.seq, f"wpis, który wiąże {name}, zniknął albo się zmienił")

#!/usr/bin/env python3
"""Checks an exported history without Starostwo: python3 verify_history.py HISTORY.jsonl [ANCHORS_FOLDER]

Needs Python alone. HISTORY.jsonl is what starostwo.audit.api.export writes; the folder holds the files of the
daily anchors (00000001.txt and so on). Exit code 0: everything fits; 1: something was changed or removed.

What is checked. Each line names its stream, its number, when the database wrote it, its payload (a JSON text)
and the hash of the line before it in the same stream. Its own hash must be
    SHA-256(hash before | number LF moment LF payload)
and numbers must run from 1 without a gap. An anchor's file lists the ends of streams at its moment; each must
be there with that hash. The root of an anchor (printed, to be compared with its time stamp token:
    openssl ts -verify -digest ROOT -in 00000001.tsr -CAfile AUTHORITY.pem
) is the Merkle root of RFC 6962 over the lines of the file, and stands in the anchor that follows.
"""

import hashlib
import json
import sys
from pathlib import Path


def main(history, anchors=None):
    hashes, faults = {}, []
    with open(history, encoding="utf-8") as lines:
        for line in lines:
            faults += check_line(json.loads(line), hashes)
    if anchors:
        faults += check_anchors(Path(anchors), hashes)
    for fault in faults:
        print("FAULT", fault)
    print(f"{len(hashes)} lines, {len(faults)} faults")
    return 1 if faults else 0


def check_line(line, hashes):
    stream, seq, before = line["stream"], line["seq"], bytes.fromhex(line["prev"])
    text = f"{seq}\n{line['written_at']}\n{line['payload']}".encode()
    computed = hashlib.sha256(before + text).hexdigest()
    hashes[stream, seq] = computed
    place = f"{stream} line {seq}:"
    if computed != line["hash"]:
        yield f"{place} its hash is not the hash of its content"
    if seq == 1 and before:
        yield f"{place} the first line of a stream follows nothing"
    if seq > 1 and hashes.get((stream, seq - 1)) != before.hex():
        yield f"{place} it does not follow the line before it"


def check_anchors(folder, hashes):
    previous = ""
    for number, path in enumerate(sorted(folder.glob("*.txt")), start=1):
        lines = path.read_text(encoding="utf-8").splitlines()
        if lines[1] != f"number {number}" or lines[3] != f"previous {previous}":
            yield f"{path.name}: an anchor before this one is missing or was changed"
        for line in lines[4:]:
            digest, seq, stream = line.split(" ", 2)
            if hashes.get((stream, int(seq))) != digest:
                yield f"{stream} line {seq}: anchored by {path.name}, now missing or changed"
        previous = merkle_root([hashlib.sha256(b"\0" + line.encode()).digest() for line in lines]).hex()
        print(f"{path.name} root {previous}")


def merkle_root(nodes):
    if len(nodes) == 1:
        return nodes[0]
    split = 1
    while split * 2 < len(nodes):
        split *= 2
    return hashlib.sha256(b"\1" + merkle_root(nodes[:split]) + merkle_root(nodes[split:])).digest()


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))

"""Opening text and CMS signatures."""

import codecs
import re
from typing import BinaryIO

from asn1crypto import cms, pem

from starostwo.files.rules.problems import Problem

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def inspect_text(file: BinaryIO) -> set[Problem]:
    """Text has to read as text: no control signs but tabs and line ends."""
    return {Problem.KIND} if CONTROL.search(decode(file.read())) else set()


def decode(content: bytes) -> str:
    """Read text in UTF-8, UTF-16 with its mark, else in the code page of Polish Windows."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1250", "replace")


def inspect_cms(file: BinaryIO) -> set[Problem]:
    """A CMS file has to be signed data as a whole, with nothing behind it."""
    content = file.read()
    try:
        if pem.detect(content):
            _, _, content = pem.unarmor(content)
        info = cms.ContentInfo.load(content, strict=True)
        is_signed = info["content_type"].native == "signed_data" and len(info["content"]["signer_infos"]) > 0
    except (ValueError, TypeError, KeyError, RecursionError):
        return {Problem.DAMAGED}
    return set() if is_signed else {Problem.KIND}

"""The number that KSeF gives an invoice: NIP-YYYYMMDD-twelve hex digits-CRC8 (polynomial 0x07)."""

import re

NUMBER = re.compile(r"(\d{10})-(\d{8})-([0-9A-F]{12})-([0-9A-F]{2})")
POLYNOMIAL = 0x07


def crc8(text: str) -> str:
    """The check digits of the part before them."""
    value = 0
    for byte in text.encode("ascii"):
        value ^= byte
        for _ in range(8):
            value = ((value << 1) ^ POLYNOMIAL) & 0xFF if value & 0x80 else value << 1
    return f"{value:02X}"


def is_ksef_number(text: str) -> bool:
    """Whether the text is a number of KSeF and its check digits agree."""
    return NUMBER.fullmatch(text) is not None and crc8(text[:-3]) == text[-2:]

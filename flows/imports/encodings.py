"""Which encoding a file of text is in, by its mark, by what decodes, and only then by the look of its letters."""

from __future__ import annotations

import codecs

LOOK = 64 * 1024
"""Bytes that decide about encoding and separator."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NAMES = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "gb18030": "GB18030", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
"""As people know them."""


def encoding_of(content: bytes) -> str:
    """By its mark, by what decodes without a fault, and only then by the look of its letters."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    if (wide := _wide(content[:LOOK])) is not None:
        return wide
    for encoding in ("utf-8", "gb18030"):
        if _decodes(content, encoding) and (encoding == "utf-8" or _looks_chinese(content[:LOOK])):
            return encoding
    return _guessed(content[:LOOK])


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of ASCII is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > half * 0.3 and odd > even * 3:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.3 and even > odd * 3 else None


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), 1 << 20):
            decoder.decode(content[start : start + (1 << 20)])
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _looks_chinese(head: bytes) -> bool:
    """Nearly all that is not ASCII are Chinese characters and marks in daily use: their first byte says so."""
    text = head.decode("gb18030", "ignore")
    strange = [c for c in text if ord(c) > 127]
    daily = sum(1 for c in strange if _daily(c))
    return bool(strange) and daily >= len(strange) * 0.7


def _daily(character: str) -> bool:
    encoded = character.encode("gb18030", "ignore")
    return len(encoded) == 2 and (0xB0 <= encoded[0] <= 0xD7 or 0xA1 <= encoded[0] <= 0xA3) and encoded[1] >= 0xA1


def _guessed(head: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(head).best()
    western = best is not None and all(ord(c) < 0x250 for c in head.decode(best.encoding, "ignore") if c.isalpha())
    if best and western and _decodes(head, "cp1252") and _letters(head, "cp1252") >= _letters(head, best.encoding):
        return "cp1252"
    if best is None:
        return "cp1252" if _decodes(head, "cp1252") else "latin-1"
    try:
        codecs.lookup(best.encoding)
    except LookupError:
        return "latin-1"
    return best.encoding


def _letters(head: bytes, encoding: str) -> float:
    """How much of what is not ASCII would be letters."""
    strange = [character for character in head.decode(encoding, "replace") if ord(character) > 127]
    return sum(character.isalpha() for character in strange) / max(1, len(strange))

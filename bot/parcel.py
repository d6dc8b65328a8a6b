"""A parcel: one firm as a file. A zip of rows (a line each), files by content hash, and a manifest that counts them.

What is secret in the rows is sealed with a code that is not in the file, and the manifest is, so that nobody who lacks
the code can read a token or change a row unnoticed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.local import Refused
from store.carrying import Span, columns

FORMAT = 1
MANIFEST, ROWS, FILES = "manifest.json", "rows", "files"
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
DAMAGED = "The file is damaged, or the code is another one's: nothing was changed."


class Code:
    """What opens a parcel; its `repr` does not tell it."""

    def __init__(self, text: str) -> None:
        self._key = hashlib.sha256(b"rapport parcel\n" + _letters(text).encode()).digest()

    def __repr__(self) -> str:
        return "<Code>"

    @staticmethod
    def new() -> str:
        """One that nobody guesses, to be copied by hand if need be."""
        letters = "".join(secrets.choice(LETTERS) for _ in range(28))
        return "-".join(letters[start : start + 4] for start in range(0, 28, 4))

    def seal(self, secret: str, about: str) -> str:
        """Good for nothing but what it is about."""
        nonce = os.urandom(12)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, secret.encode(), about.encode())).decode()

    def open(self, sealed: str, about: str) -> str:
        """Raises Refused."""
        from cryptography.exceptions import InvalidTag

        try:
            content = base64.b64decode(sealed, validate=True)
            return bytes(self._cipher.decrypt(content[:12], content[12:], about.encode())).decode()
        except (InvalidTag, ValueError) as problem:
            raise Refused(DAMAGED) from problem

    @cached_property
    def _cipher(self) -> Any:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        return ChaCha20Poly1305(self._key)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())


@dataclass(frozen=True, slots=True)
class Part:
    """One table in it."""

    span: Span
    digest: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a parcel says of itself."""

    made: str
    version: str
    revision: str
    workspace: int
    firm: Mapping[str, Any]
    """The firm's own row."""
    parts: Mapping[str, Part]
    files: int
    bytes: int
    accounts: Sequence[tuple[str, str, str, bool]]
    """Its bots: platform, name, public name, whether a token is with it."""
    head: str
    """The last seal of its record, and what `bot audit` said of it."""
    broken: int
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(part.span.rows for part in self.parts.values())

    @property
    def spans(self) -> dict[str, Span]:
        return {name: part.span for name, part in self.parts.items()}


@dataclass
class Packing:
    """A parcel that is being written."""

    archive: zipfile.ZipFile
    parts: dict[str, Part] = field(default_factory=dict)
    files: int = 0
    bytes: int = 0

    def table(self, name: str, pages: Iterator[Sequence[Sequence[Any]]]) -> None:
        """Every row of it, a line each, as they come."""
        digest, rows, first, last = hashlib.sha256(), 0, 0, 0
        number = columns(name).index("id") if "id" in columns(name) else None
        with self.archive.open(f"{ROWS}/{name}.jsonl", "w", force_zip64=True) as file:
            for page in pages:
                rows += len(page)
                if number is not None:
                    first, last = page[-1][number], last or page[0][number]
                content = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in page)
                digest.update(content.encode())
                file.write(content.encode())
        self.parts[name] = Part(Span(rows, first, last), digest.hexdigest(), tuple(columns(name)))

    def file(self, path: Path) -> None:
        """Content that a row names by its hash; it is pressed already, if it can be."""
        self.archive.write(path, f"{FILES}/{path.name}", zipfile.ZIP_STORED)
        self.files += 1
        self.bytes += path.stat().st_size

    def manifest(self, told: Manifest, code: Code) -> None:
        """At the end, when everything is counted."""
        text = json.dumps(asdict(told), ensure_ascii=False, sort_keys=True)
        sealed = code.seal(hashlib.sha256(text.encode()).hexdigest(), MANIFEST)
        self.archive.writestr(MANIFEST, json.dumps({"manifest": text, "seal": sealed}, ensure_ascii=False))


@contextmanager
def packing(to: Path) -> Iterator[Packing]:
    """Beside its place first; only its owner may read it."""
    part = to.with_name(f".{to.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                yield Packing(archive)
            file.flush()
            os.fsync(file.fileno())
        part.rename(to)
    finally:
        part.unlink(missing_ok=True)


class Parcel:
    """One that came; `check` reads all of it before anybody believes a word."""

    def __init__(self, archive: zipfile.ZipFile, code: Code) -> None:
        self._archive = archive
        told = json.loads(archive.read(MANIFEST))
        text = str(told["manifest"])
        if code.open(told["seal"], MANIFEST) != hashlib.sha256(text.encode()).hexdigest():
            raise Refused(DAMAGED)
        self.manifest = _manifest(json.loads(text))

    def check(self) -> None:
        """Raises Refused when anything is not what was written."""
        for name, part in self.manifest.parts.items():
            digest, rows = hashlib.sha256(), 0
            with self._archive.open(f"{ROWS}/{name}.jsonl") as file:
                for line in file:
                    digest.update(line)
                    rows += 1
            if digest.hexdigest() != part.digest or rows != part.span.rows:
                raise Refused(DAMAGED)
        found = 0
        for hash in self.hashes():
            found += 1
            if hashlib.sha256(self._archive.read(f"{FILES}/{hash}")).hexdigest() != hash:
                raise Refused(DAMAGED)
        if found != self.manifest.files:
            raise Refused(DAMAGED)

    def pages(self, table: str, size: int) -> Iterator[list[dict[str, Any]]]:
        """Its rows in the order in which they were written."""
        names, page = self.manifest.parts[table].columns, []
        with self._archive.open(f"{ROWS}/{table}.jsonl") as file:
            for line in file:
                page.append(dict(zip(names, json.loads(line), strict=True)))
                if len(page) == size:
                    yield page
                    page = []
        if page:
            yield page

    def hashes(self) -> Iterator[str]:
        """Of the files in it."""
        for name in self._archive.namelist():
            folder, _slash, hash = name.partition("/")
            if folder == FILES:
                yield hash

    def file(self, hash: str) -> bytes:
        return self._archive.read(f"{FILES}/{hash}")


@contextmanager
def opened(source: Path, code: str) -> Iterator[Parcel]:
    """Raises Refused with a sentence when it is none, or only a part of one."""
    try:
        with zipfile.ZipFile(source) as archive:
            yield Parcel(archive, Code(code))
    except (OSError, zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, KeyError, TypeError, EOFError) as problem:
        raise Refused(f"{source} is no workspace of ours, or a damaged one: nothing was changed.") from problem


def _manifest(told: Mapping[str, Any]) -> Manifest:
    if told["format"] > FORMAT:
        raise Refused(f"This file was made by a newer version ({told['version']}): update first.")
    parts = {
        name: Part(Span(**part["span"]), part["digest"], tuple(part["columns"])) for name, part in told["parts"].items()
    }
    return Manifest(**{**told, "parts": parts, "accounts": [tuple(row) for row in told["accounts"]]})

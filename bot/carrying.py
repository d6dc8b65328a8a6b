"""`workspace export` and `workspace import`: a firm leaves as a parcel, and arrives elsewhere paused.

Nothing may happen twice because a firm is in two places: its bots are off, its timers and long work are held until
somebody resumes it, and what waited to be sent is shown as unknown instead of being sent.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

from bot import ledger
from bot.auditing import key_of
from bot.backup import copied
from bot.files import Shelf
from bot.local import Held, Refused, ask, held, tell
from bot.parcel import Code, Manifest, Parcel, opened, packing
from bot.settings import Settings
from flows.accounts.actions import new_name
from flows.accounts.actions import subject as of_account
from flows.privacy.actions import again, mark
from flows.setup.console import SERVICE
from flows.setup.pausing import COUNTED
from flows.status.actions import TOLD
from flows.surveys.anonymous import subject as of_ballot
from flows.webhooks.actions import subject as of_endpoint
from store import carrying, copies
from store.auditing import seal_next, verdict
from store.carried import Shift
from store.columns import REGISTRY
from store.engine import Database
from store.firms import MOVED, PAUSED, every_firm
from store.migrations import HEAD
from store.sealing import Key, Unopenable, seal
from store.tombstones import GRAVES
from store.types import micros
from store.work import Work

OF_THE_PLACE = (*SERVICE, TOLD)
SLOW = 3600.0
_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came of an import; `dry` when nothing did."""

    number: int
    rows: int
    left: int
    """Rows that are here already and can be here but once."""
    files: int
    renumbered: bool
    copied: bool
    needs: tuple[str, ...]
    """Bots that need their token here."""
    erased: int
    dry: bool


# leaving


def send_off(settings: Settings, firm: str, to: Path, *, waiting: bool = False) -> tuple[Manifest, str]:
    """Writes the parcel while the service runs, and returns what is in it with the code that opens it."""
    if to.exists():
        raise Refused(f"{to} is there already: choose another name.")
    if not to.parent.is_dir():
        raise Refused(f"There is no folder {to.parent}.")
    number = int(ask(settings, "workspace-leaves", workspace=firm)["number"])
    with _still(settings) as url, carrying.snapshot(url) as work, packing(to) as parcel:
        work.workspace, code = number, Code.new()
        leaving = Leaving(work, Code(code), Key.of(_key(settings)), waiting)
        hashes: set[bytes] = set()
        for table in carrying.TABLES:
            parcel.table(table, _noting(leaving.pages(table), hashes))
        shelf = Shelf(settings.data_dir / "files")
        for hash in sorted(one.hex() for one in hashes):
            if (path := shelf.path(hash)).exists():
                parcel.file(path)
        manifest = leaving.manifest(parcel.parts, parcel.files, parcel.bytes, key_of(settings))
        parcel.manifest(manifest, Code(code))
    return manifest, code


def _still(settings: Settings) -> AbstractContextManager[str]:
    """A database that does not change: SQLite's is copied first, by whoever writes it."""
    return copied(settings) if copies.is_file(settings.database_url) else nullcontext(settings.database_url)


def _noting(pages: Iterator[list[list[Any]]], hashes: set[bytes]) -> Iterator[list[list[Any]]]:
    """On the way, which contents the rows may name."""
    for page in pages:
        hashes.update(bytes.fromhex(hash) for hash in _HASH.findall(json.dumps(page)))
        yield page


class Leaving:
    """A firm's rows as they may travel: nothing in them can be read that is secret, and nothing begins by itself."""

    def __init__(self, work: Work, code: Code, key: Key, waiting: bool) -> None:
        self._work, self._code, self._key, self._waiting = work, code, key, waiting
        self._on: list[str] = []
        self._bots: list[tuple[str, str, str, bool]] = []

    def pages(self, table: str) -> Iterator[list[list[Any]]]:
        names = carrying.columns(table)
        for page in carrying.pages(self._work, table):
            yield [list(self._row(table, dict(zip(names, row, strict=True))).values()) for row in page]

    def manifest(self, parts: Mapping[str, Any], files: int, size: int, key: bytes) -> Manifest:
        """With the firm's own row, and how its record was."""
        work = self._work
        record = verdict(work, key)
        firm: Any = work.firm(work.workspace)
        settings = {name: value for name, value in firm.settings.items() if name not in OF_THE_PLACE}
        settings[PAUSED] = sorted({*settings.get(PAUSED, ()), *self._on})
        values = {**firm.__dict__, "settings": settings, "created": micros(firm.created)}
        values["secret"] = self._code.seal(firm.secret, "workspace")
        if GRAVES in settings:
            settings[GRAVES] = self._code.seal(settings[GRAVES], "workspace")
        return Manifest(
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            version=version_of("rapport-bot"),
            revision=HEAD,
            workspace=work.workspace,
            firm=values,
            parts=parts,
            files=files,
            bytes=size,
            accounts=self._bots,
            head=record.head,
            broken=record.broken,
        )

    def _row(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        if table == "account":
            self._bots.append((row["platform"], row["name"], row["handle"], bool(row["token"])))
            if row["token"] and row["state"] == "active":
                self._on.append(row["name"])
        for column in REGISTRY[table].sealed:
            row[column] = self._sealed(table, column, row)
        return at_rest(table, row, now=micros(self._work.now), waiting=self._waiting)

    def _sealed(self, table: str, column: str, row: Mapping[str, Any]) -> Any:
        return _each(row[column], partial(self._one, table, row), kinds=table == "account")

    def _one(self, table: str, row: Mapping[str, Any], kind: str, sealed: str) -> str:
        """What can't be opened here is worth nothing elsewhere."""
        try:
            secret = self._key.open(sealed, subject=subject(table, row, kind))
        except Unopenable:
            return ""
        return self._code.seal(secret, table)


def at_rest(table: str, row: dict[str, Any], *, now: int, waiting: bool) -> dict[str, Any]:
    """A row that does nothing before somebody says so."""
    if table == "account":
        state = "off" if row["token"] and row["state"] == "active" else row["state"]
        return row | {"offered": "", "state": "off" if state == "checking" else state}
    if table == "timer" and row["state"] == "waiting":
        return row | {"state": "held"}
    if table == "job":
        return row | {"state": "held" if row["state"] == "open" else row["state"], "owner": "", "until": None}
    if table == "audit":
        return row | {"seal": ""}
    if table == "outbox" and row["state"] in ("pending", "claimed"):
        free = row | {"lease": 0}
        if waiting and (row["again"] or row["state"] == "pending"):
            return free | {"state": "pending"}
        return free | {"state": "unknown", "error": "moved", "done": now}
    return row


def subject(table: str, row: Mapping[str, Any], kind: str) -> str:
    """What a sealed value is for."""
    if table == "account":
        return of_account(row["name"], kind)
    return of_endpoint(row["workspace"]) if table == "endpoint" else of_ballot(row["workspace"])


def _each(value: Any, act: Any, *, kinds: bool) -> Any:
    """Sealed things: alone, in a list, or by kind in JSON text."""
    if not value:
        return value
    if isinstance(value, list):
        return [act("", one) for one in value]
    if kinds:
        return json.dumps({kind: act(kind, one) for kind, one in json.loads(value).items()})
    return act("", value)


# arriving


def take_in(settings: Settings, source: Path, code: str, *, dry: bool = False) -> Arrived:
    """By the running service where one has the database; raises Refused, and then nothing has changed."""
    try:
        with held(settings):
            from bot.app import open_store

            database = open_store(settings.database_url)
            try:
                return Arrived(**arrive(settings, database, str(source), code, dry))
            finally:
                database.close()
    except Held:
        given = {"source": str(source.resolve()), "code": code, "dry": dry}
        return Arrived(**tell(settings, "workspace-import", patience=SLOW, **given))


def arrive(settings: Settings, database: Database, source: str, code: str, dry: bool = False) -> dict[str, Any]:
    """Looks through all of it, then puts it in, a page a transaction; the firm is seen when all of it is there."""
    with opened(Path(source), code) as parcel:
        _fits(parcel.manifest)
        parcel.check()
        arriving = Arriving(settings, database, parcel, Code(code))
        done = arriving.planned() if dry else arriving.run()
    told = {name: getattr(done, name) for name in Arrived.__slots__}
    return {**told, "needs": tuple(told["needs"])}


def _fits(manifest: Manifest) -> None:
    """Tables and columns are those of this version."""
    known = {name: tuple(carrying.columns(name)) for name in carrying.TABLES}
    there = {name: part.columns for name, part in manifest.parts.items()}
    if there != known:
        other = sorted(name for name in known.keys() | there.keys() if known.get(name) != there.get(name))
        raise Refused(
            f"It was made by another version ({manifest.version}), which differs in {', '.join(other[:5])}: "
            "bring both services to one version and export again. Nothing was changed."
        )


class Arriving:
    """One parcel on its way into a database."""

    def __init__(self, settings: Settings, database: Database, parcel: Parcel, code: Code) -> None:
        self._settings, self._database, self._parcel, self._code = settings, database, parcel, code
        self._key = Key.of(_key(settings))
        self._manifest = parcel.manifest
        told = parcel.manifest.firm
        self._firm = {**told, "secret": code.open(told["secret"], "workspace"), "settings": dict(told["settings"])}
        if sealed := told["settings"].get(GRAVES):
            self._firm["settings"][GRAVES] = code.open(sealed, "workspace")

    def planned(self) -> Arrived:
        """What would come of it: as many rows as are in it, less those that can't be here twice."""
        return self._database.write(self._tried).result()

    def run(self) -> Arrived:
        shift, copy = self._write(self._begin)
        shelf = Shelf(self._settings.data_dir / "files")
        try:
            for hash in self._parcel.hashes():
                shelf.keep(self._parcel.file(hash))
            came = sum(self._table(name, shift) for name in self._manifest.parts)
            while self._write(partial(self._seal, shift)):
                pass
            self._write(partial(self._settle, shift))
        except BaseException:
            self._write(partial(carrying.remove, workspace=shift.workspace))
            raise
        erased = self._write(partial(self._again, shift))
        return replace(self._arrived(shift, copy), left=self._manifest.rows - came, erased=erased)

    def _begin(self, work: Work) -> tuple[Shift, bool]:
        """The number is taken, and room for all other numbers."""
        carrying.clear(work)
        shift, copy = self._shift(work)
        firm = dict(self._firm)
        if copy:
            firm["settings"] = {GRAVES: firm["secret"], **firm["settings"]}
            firm["secret"] = secrets.token_hex(32)
        carrying.arrive(work, firm, self._manifest.spans, shift)
        return shift, copy

    def _tried(self, work: Work) -> Arrived:
        return self._arrived(*self._shift(work), dry=True)

    def _shift(self, work: Work) -> tuple[Shift, bool]:
        number, by = carrying.room_for(work, self._manifest.spans, self._manifest.workspace)
        taken = carrying.names_taken(work, [(platform, name) for platform, name, *_ in self._manifest.accounts])
        mark = f"@{number}" if by or number != self._manifest.workspace else ""
        return Shift(number, by, {name: new_name() for name in sorted(taken)}, mark), carrying.is_here(
            work, self._firm["secret"]
        )

    def _arrived(self, shift: Shift, copy: bool, *, dry: bool = False) -> Arrived:
        return Arrived(
            number=shift.workspace,
            rows=self._manifest.rows,
            left=0,
            files=self._manifest.files,
            renumbered=bool(shift.by),
            copied=copy,
            needs=tuple(
                f"{platform} @{handle}" if handle else platform
                for platform, name, handle, token in self._manifest.accounts
                if not token and (platform != "browser" and name in shift.accounts)
            ),
            erased=0,
            dry=dry,
        )

    def _table(self, table: str, shift: Shift) -> int:
        count = 0
        for page in self._parcel.pages(table, carrying.PAGE):
            rows = [self._row(table, row, shift) for row in page]
            count += self._write(partial(carrying.put, workspace=shift.workspace, table=table, rows=rows))
        return count

    def _row(self, table: str, row: dict[str, Any], shift: Shift) -> dict[str, Any]:
        there = shift.row(table, row)
        for column in REGISTRY[table].sealed:
            there[column] = _each(there[column], partial(self._sealed, table, there), kinds=table == "account")
        if table == "account" and shift.accounts.get(row["name"]):
            there["state"] = "off"
        return there

    def _sealed(self, table: str, row: Mapping[str, Any], kind: str, sealed: str) -> str:
        secret = self._code.open(sealed, table) if sealed else ""
        return seal(self._key.public, secret, subject=subject(table, row, kind)) if secret else ""

    def _seal(self, shift: Shift, work: Work) -> int:
        """With this place's key, what was sealed with the other's."""
        work.workspace = shift.workspace
        return seal_next(work, key_of(self._settings))

    def _settle(self, shift: Shift, work: Work) -> None:
        others = [firm for firm in every_firm(work) if firm.id != shift.workspace]
        told = {name: others[0].settings.get(name) for name in SERVICE} if others else {}
        before = {name: self._manifest.parts[name].span.rows for name in COUNTED}
        bots = [shift.accounts.get(name, name) for name in self._firm["settings"].get(PAUSED, ())]
        carrying.settle(
            work, shift.workspace, {**told, "seal": self._key.public, PAUSED: bots, MOVED: before}, self._record()
        )

    def _record(self) -> str:
        """Of the record as it came: its last seal there, and the first row that did not fit."""
        broken = self._manifest.broken
        return f"{self._manifest.head}{f' broken:{broken}' if broken else ''}"

    def _again(self, shift: Shift, work: Work) -> int:
        """Who was erased here after the parcel was made."""
        firm = work.firm(shift.workspace)
        known = ledger.read(self._settings.data_dir)
        theirs = [replace(one, customer=one.customer + shift.by) for one in known if firm and one.firm == mark(firm)]
        return again(work, theirs)

    def _write(self, act: Any) -> Any:
        return self._database.write(act, lane="arriving").result()


def _key(settings: Settings) -> str:
    """From the settings where several machines share it; else from its file."""
    given = settings.seal_key.get_secret_value()
    if given:
        return given
    Key.kept(settings.data_dir / "seal.key")
    return (settings.data_dir / "seal.key").read_text().strip()

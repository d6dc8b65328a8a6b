"""A request as a turn: the key opens, the act runs in one transaction, and a repeated request gets the first answer."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from fastapi import Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from fastapi.security.utils import get_authorization_scheme_param
from pydantic import BaseModel

from bot.core.errors import BadInput, Busy, NotAllowed, NotFound, Problem, TooLate
from bot.core.text import plain
from flows.customers.sight import sight_of
from flows.handle import finish
from flows.keys.actions import Caller, caller, noticed
from flows.turn import Turn
from flows.words import Words
from store import api
from store.engine import Database
from store.models import Request as Kept
from store.work import Work

Out = TypeVar("Out", bound=BaseModel)
Act = Callable[[Turn], BaseModel]
DAY = timedelta(hours=24)
STATUS: dict[type[Problem], tuple[int, str]] = {
    BadInput: (422, "bad_input"),
    NotAllowed: (403, "not_allowed"),
    NotFound: (404, "not_found"),
    TooLate: (409, "too_late"),
}


class Refusal(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message

    def body(self) -> dict[str, Any]:
        return {"error": {"code": self.code, "message": self.message}}


NO_KEY = Refusal(
    401, "no_key", "No such key. Make one in the chat: /apikey NAME. Send it as: Authorization: Bearer rk_…"
)
NO_WRITE = Refusal(403, "read_only", "This key may only read: its role is viewer. Make one with the role rep.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What identifies a request: who sent it, its name, and what it says."""

    token: str
    action: str
    named: str
    digest: str


async def asked(request: Request) -> Asked:
    """Read from the headers and the body."""
    scheme, token = get_authorization_scheme_param(request.headers.get("authorization"))
    named = request.headers.get("idempotency-key", "")
    action = f"api:{request.method} {request.url.path}"
    digest = hashlib.sha256(f"{action}\n".encode() + await request.body()).hexdigest()
    return Asked(token if scheme.lower() == "bearer" else "", action, named, digest)


async def write(request: Request, act: Act, status: int = 200) -> JSONResponse:
    """Runs the act as a turn of the key's maker; raises Refusal."""
    who, database = await asked(request), _database(request)
    try:
        found, body, replayed = await _run(database, lambda work: _turn(work, who, act, status))
    except Problem as problem:
        refusal = _refusal(problem)
        if who.named:
            await _run(database, lambda work: _keep(work, who, refusal.status, refusal.body()))
        raise refusal from problem
    return JSONResponse(body, found, {"Idempotent-Replayed": "true"} if replayed else None)


async def read(request: Request, ask: Callable[[Turn], Out]) -> Out:
    """Asks beside the writer; raises Refusal."""
    who, database = await asked(request), _database(request)

    def inside() -> Out:
        with database.read() as work:
            return ask(_opened(work, who, writes=False))

    try:
        return await asyncio.to_thread(inside)
    except Problem as problem:
        raise _refusal(problem) from problem


def _turn(work: Work, who: Asked, act: Act, status: int) -> tuple[int, Any, bool]:
    turn = _opened(work, who, writes=True)
    if (before := _before(work, who)) is not None:
        return before.status, json.loads(before.body), True
    body = jsonable_encoder(act(turn))
    finish(turn)
    _keep(work, who, status, body)
    return status, body, False


def _opened(work: Work, who: Asked, *, writes: bool) -> Turn:
    found = caller(work, who.token)
    if found is None:
        raise NO_KEY
    if writes and not found.writes:
        raise NO_WRITE
    if writes:
        noticed(work, found.key)
    turn = Turn(work=work, workspace=found.firm, key=f"api:{found.key.id}:{secrets.token_hex(8)}")
    turn.member, turn.action = found.member, who.action[:80]
    work.sight = sight_of(turn, found.key.role)
    return turn


def _before(work: Work, who: Asked) -> Kept | None:
    """The first answer; raises Refusal when the name was used for something else."""
    found = caller(work, who.token) if who.named else None
    row = api.answered(work, found.key.id, who.named) if found else None
    if row is None or work.now - row.at > DAY:
        return None
    if row.digest != who.digest:
        raise Refusal(409, "key_reused", "This Idempotency-Key was used for another request: take a new one.")
    return row


def _keep(work: Work, who: Asked, status: int, body: Any) -> None:
    found: Caller | None = caller(work, who.token) if who.named else None
    if found is not None:
        text = json.dumps(body, ensure_ascii=False)
        api.keep_answer(
            work,
            Kept(
                workspace=work.workspace,
                api_key=found.key.id,
                key=who.named,
                digest=who.digest,
                status=status,
                body=text,
                at=work.now,
            ),
        )


async def _run(database: Database, act: Callable[[Work], Any]) -> Any:
    try:
        return await database.written(act, lane="api")
    except Busy as busy:
        raise Refusal(503, "busy", "Too much is waiting just now: come again in a moment.") from busy


def _refusal(problem: Problem) -> Refusal:
    status, code = next(found for kind, found in STATUS.items() if isinstance(problem, kind))
    return Refusal(status, code, plain(problem.text.resolve(Words("en", "UTC", datetime.now(UTC)))))


def _database(request: Request) -> Database:
    found: Database = request.app.state.database
    return found

"""The answers of a survey with whose they are and how they came, for counting; and what those customers bought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from store.clauses import visible
from store.models import Conversation, Customer, Given, Invitation, Purchase, Referral, Referred, Survey
from store.statements import Statement
from store.types import among_these
from store.work import Work

_I, _S, _C, _G, _V = (row.table() for row in (Invitation, Survey, Customer, Given, Conversation))
_P, _R, _B = Purchase.table(), Referral.table(), Referred.table()
ASKED = ("sending", "sent", "started", "finished", "skipped", "stopped", "unknown", "expired")
MOST = 50_000
"""Invitations that one look counts."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One invitation that went out."""

    id: int
    survey: int
    kind: str
    customer: int
    name: str
    owner: int | None
    tier: str
    channel: str
    state: str
    step: str
    score: int | None
    sent: datetime
    finished: datetime | None


def asked(work: Work, *, name: str = "", kind: str = "", since: datetime | None = None) -> list[Asked]:
    """Who was asked, the latest first, of those whom the reader may see; anonymous surveys are in no such list."""
    seen, named = visible(work.sight), [_S.c.name == name] if name else []
    of_kind = [_S.c.kind == kind] if kind else []
    late = [or_(_I.c.finished >= since, _I.c.sent >= since)] if since else []
    found = work.rows(
        Statement(
            lambda: (
                select(
                    *(_I.c.id, _I.c.survey, _S.c.kind, _I.c.customer, _C.c.name, _C.c.owner, _C.c.tier),
                    *(_I.c.channel, _V.c.platform, _I.c.state, _I.c.step, _I.c.score, _I.c.sent, _I.c.finished),
                )
                .select_from(
                    _I.join(_S, _S.c.id == _I.c.survey)
                    .join(_C, _C.c.id == _I.c.customer)
                    .outerjoin(_V, and_(_V.c.id == _I.c.conversation, _V.c.workspace == _I.c.workspace))
                )
                .where(
                    _I.c.workspace == bindparam("workspace"),
                    _I.c.sent.is_not(None),
                    among_these(_I.c.state, ASKED),
                    _S.c.anonymous.is_(False),
                    *(*named, *of_kind, *late, seen),
                )
                .order_by(_I.c.sent.desc(), _I.c.id.desc())
                .limit(MOST)
            )
        )
    )
    return [_asked(row) for row in found]


def _asked(row: Sequence[Any]) -> Asked:
    head, (way, platform), rest = row[:7], row[7:9], row[9:]
    channel = str(platform or way) if way == "chat" else str(way)
    return Asked(*head, channel, *rest)  # type: ignore[call-arg]


def given(work: Work, name: str) -> dict[int, dict[str, Any]]:
    """Every answer of a survey: invitation → question → value."""
    rows = work.rows(
        Statement(
            lambda: (
                select(_G.c.invitation, _G.c.question, _G.c.value)
                .select_from(_G.join(_I, _I.c.id == _G.c.invitation).join(_S, _S.c.id == _I.c.survey))
                .where(_G.c.workspace == bindparam("workspace"), _S.c.name == name)
                .order_by(_G.c.id)
                .limit(MOST * 4)
            )
        )
    )
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for invitation, question, value in rows:
        found[invitation][question] = value
    return dict(found)


@dataclass(frozen=True, slots=True)
class Comment:
    """Words of a customer, with the score that goes with them."""

    answer: int
    customer: int
    name: str
    kind: str
    score: int | None
    text: str
    at: datetime


def comments(work: Work, *, name: str = "", since: datetime | None = None, limit: int = 2000) -> list[Comment]:
    """The latest words of those whom the reader may see, the newest first."""
    seen, named = visible(work.sight), [_S.c.name == name] if name else []
    late = [_G.c.at >= since] if since else []
    rows = work.rows(
        Statement(
            lambda: (
                select(
                    _G.c.id,
                    _I.c.customer,
                    _C.c.name,
                    _S.c.kind,
                    _I.c.score,
                    _G.c.value,
                    _G.c.at,
                    _G.c.question,
                    _S.c.steps,
                )
                .select_from(
                    _G.join(_I, _I.c.id == _G.c.invitation)
                    .join(_S, _S.c.id == _I.c.survey)
                    .join(_C, _C.c.id == _I.c.customer)
                )
                .where(_G.c.workspace == bindparam("workspace"), _S.c.anonymous.is_(False), *(*named, *late, seen))
                .order_by(_G.c.at.desc(), _G.c.id.desc())
                .limit(limit * 3)
            )
        )
    )
    found = [
        Comment(*head, str(value), at)  # type: ignore[call-arg]
        for *head, value, at, question, steps in rows
        if isinstance(value, str) and any(s["name"] == question and s["kind"] == "words" for s in steps)
    ]
    return found[:limit]


def orders_of(
    work: Work, customers: Sequence[int] | None = None, since: datetime | None = None
) -> dict[int, list[tuple[datetime, int]]]:
    """When the customers ordered, and for how much in the firm's own currency; the earliest first."""
    seen = visible(work.sight)
    late = [_P.c.at >= since] if since else []
    theirs = [among_these(_P.c.customer, sorted(customers))] if customers is not None else []
    rows = work.rows(
        Statement(
            lambda: (
                select(_P.c.customer, _P.c.at, _P.c.amount)
                .select_from(_P.join(_C, _C.c.id == _P.c.customer))
                .where(
                    _P.c.workspace == bindparam("workspace"),
                    _P.c.kind == "order",
                    _P.c.state == "open",
                    *(*late, *theirs, seen),
                )
                .order_by(_P.c.at, _P.c.id)
                .limit(MOST * 2)
            )
        )
    )
    found: defaultdict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for customer, at, amount in rows:
        found[customer].append((at, int(amount)))
    return dict(found)


def what_was_bought(work: Work, since: datetime, limit: int = 3) -> list[tuple[str, int]]:
    """The products that were ordered most often."""
    seen = visible(work.sight)
    rows = work.rows(
        Statement(
            lambda: (
                select(_P.c.what, func.count())
                .select_from(_P.join(_C, _C.c.id == _P.c.customer))
                .where(
                    _P.c.workspace == bindparam("workspace"),
                    _P.c.kind == "order",
                    _P.c.state == "open",
                    _P.c.what != "",
                    _P.c.at >= since,
                    seen,
                )
                .group_by(_P.c.what)
                .order_by(func.count().desc(), _P.c.what)
                .limit(limit)
            )
        )
    )
    return [(str(what), int(count)) for what, count in rows]


def in_touch(work: Work, within: timedelta) -> tuple[int, int]:
    """How many customers there are, and with how many there was contact lately."""
    seen, late = visible(work.sight), work.now - within
    rows = work.rows(
        Statement(lambda: select(func.count(), func.count(_C.c.id).filter(_C.c.last_touch >= late)).where(seen))
    )
    return int(rows[0][0]), int(rows[0][1])


def referrers(work: Work) -> dict[int, int]:
    """Who has brought how many."""
    rows = work.rows(
        Statement(
            lambda: (
                select(_R.c.customer, func.count())
                .select_from(_R.join(_B, _B.c.referral == _R.c.id))
                .where(_R.c.workspace == bindparam("workspace"))
                .group_by(_R.c.customer)
            )
        )
    )
    return {customer: int(count) for customer, count in rows}

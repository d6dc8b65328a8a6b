"""A list of codes as a job: read beside the writer, kept some at a time, said what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from bot.core.messages import Reply
from bot.core.ports import Files
from flows.jobs import Act, Reader, job
from flows.rewards import actions
from flows.rewards.rules import listed
from flows.turn import Turn
from store.models import Job, Survey

PART = 300


@job("codes")
def steps(found: Job, files: Files, ask: Reader) -> Iterator[Act]:
    codes = listed(files.read(found.arguments["hash"]))
    for at in range(found.cursor.get("at", 0), len(codes), PART):
        yield partial(_keep, codes[at : at + PART], at + PART)
    yield partial(_say, len(codes))


def _keep(codes: Sequence[str], at: int, turn: Turn, found: Job) -> None:
    survey = turn.work.get(Survey, found.arguments["survey"])
    new = actions.add(turn, survey, codes)[0] if survey else 0
    turn.work.change(found, cursor={"at": at, "new": found.cursor.get("new", 0) + new})


def _say(total: int, turn: Turn, found: Job) -> None:
    survey = turn.work.get(Survey, found.arguments["survey"])
    new = found.cursor.get("new", 0)
    turn.work.change(found, state="done")
    if survey is not None and turn.member is not None:
        reply = actions.told(turn, survey, new, total - new) if total else Reply(actions.nothing_read())
        turn.message_member(turn.member, reply, kind="")

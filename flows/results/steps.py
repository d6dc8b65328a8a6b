"""The answers as a CSV file: a row for whoever was asked, a column for each question."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from bot.core.messages import File, Reply
from bot.core.ports import Files
from bot.core.text import gettext as _
from flows.dialog import in_language
from flows.exports.writing import csv_bytes
from flows.jobs import Act, Reader, job
from flows.steps import said_again
from flows.surveys.asked import dialog_of
from flows.turn import Turn
from flows.words import zone_of
from store.models import Job, Member, Survey
from store.results import asked, given
from store.work import Work

HEAD = {
    "en": ("customer", "owner", "tier", "channel", "state", "score", "sent", "finished"),
    "zh": ("客户", "负责人", "等级", "渠道", "状态", "分数", "发送时间", "完成时间"),
}


@job("results")
def steps(found: Job, files: Files, ask: Reader) -> Iterator[Act]:
    """Read in one view, so that the file is of one moment."""
    name, language = found.arguments["survey"], found.arguments["language"]
    content = csv_bytes(ask(partial(rows, name, language)))
    hash = files.keep(content)
    yield partial(_hand_over, File(f"{name}.csv", "text/csv", hash=hash, size=len(content)))


def rows(name: str, language: str, work: Work) -> list[list[str]]:
    """Heading and rows; an anonymous survey has none."""
    surveys = sorted(work.find(Survey, name=name, draft=False), key=lambda row: row.edition)
    if not surveys or surveys[-1].anonymous:
        return []
    firm, dialog = work.firm(work.workspace), dialog_of(surveys[-1])
    zone = zone_of(firm.zone if firm else "")
    owners = {member.id: member.name for member in work.find(Member)}
    answers = given(work, name)

    def cell(step: Any, values: dict[str, Any]) -> str:
        return said_again(step, values[step.name], language) if step.name in values else ""

    table = [[*HEAD["zh" if language == "zh" else "en"], *(in_language(step.ask, language) for step in dialog.steps)]]
    for row in asked(work, name=name):
        days = [at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else "" for at in (row.sent, row.finished)]
        score = "" if row.score is None else str(row.score)
        whose = owners.get(row.owner, "") if row.owner else ""
        facts = [row.name, whose, row.tier, row.channel, row.state, score, *days]
        table.append([*facts, *(cell(step, answers.get(row.id, {})) for step in dialog.steps)])
    return table


def _hand_over(file: File, turn: Turn, found: Job) -> None:
    turn.work.change(found, state="done")
    turn.work.audit(f"member:{found.by}", "results", f"job:{found.id}")
    if turn.member is not None:
        turn.message_member(
            turn.member, Reply(_("The answers, a row for everybody who was asked."), file=file), kind=""
        )

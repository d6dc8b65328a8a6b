"""The themes as a CSV file for those who make the product: a row for each comment and theme."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bot.core.messages import File, Reply
from bot.core.ports import Files
from bot.core.text import gettext as _
from bot.core.text import plain
from flows.exports.writing import csv_bytes
from flows.jobs import Act, Reader, job
from flows.themes.actions import heard, sorted_out
from flows.themes.cards import STATES, named
from flows.turn import Turn
from flows.words import Words, language_of
from store.models import Job, Member
from store.work import Work

HEAD = {
    "en": ("theme", "status", "owner", "customer", "score", "comment", "date"),
    "zh": ("主题", "状态", "负责人", "客户", "分数", "内容", "日期"),
}


@job("themes")
def steps(found: Job, files: Files, ask: Reader) -> Iterator[Act]:
    content = csv_bytes(ask(partial(rows, found.arguments["language"])))
    hash = files.keep(content)
    yield partial(_hand_over, File("themes.csv", "text/csv", hash=hash, size=len(content)))


def rows(language: str, work: Work) -> list[list[str]]:
    """Each comment under each of its themes; those without one at the end."""
    firm = work.firm(work.workspace)
    assert firm is not None  # noqa: S101 - a job's workspace is there
    turn = Turn(work=work, workspace=firm, key="")
    words = Words(language_of(language), firm.zone, turn.now)
    groups, rest = sorted_out(turn, heard(turn))
    owners = {member.id: member.name for member in work.find(Member)}
    table = [list(HEAD["zh" if language == "zh" else "en"])]
    for group in groups:
        theme = group.theme
        head = [plain(named(theme).resolve(words)), plain(STATES[theme.state].resolve(words))]
        head.append(owners.get(theme.owner, "") if theme.owner else "")
        table += [[*head, *_cells(turn, one)] for one in group.comments]
    return [*table, *(["", "", "", *_cells(turn, one)] for one in rest)]


def _cells(turn: Turn, one: object) -> list[str]:
    name, score, said, at = (getattr(one, field) for field in ("name", "score", "text", "at"))
    return [name, "" if score is None else str(score), said, at.astimezone(turn.zone).strftime("%Y-%m-%d")]


def _hand_over(file: File, turn: Turn, found: Job) -> None:
    turn.work.change(found, state="done")
    turn.work.audit(f"member:{found.by}", "themes", f"job:{found.id}")
    if turn.member is not None:
        said = _("What customers speak of, a row for each comment.")
        turn.message_member(turn.member, Reply(said, file=file), kind="")

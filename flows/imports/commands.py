# ruff: noqa: E501 -- a rule is one line
"""Sheets dropped into the chat: looked at, mapped with buttons, tried, imported, stopped, taken back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.core.messages import File, Reply, Said
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.files.actions import keep
from flows.imports import cards
from flows.imports.beginning import look_at, look_at_words
from flows.imports.fields import own_headings
from flows.imports.headings import CAREFUL
from flows.imports.sheets import pasted
from flows.jobs import open_again
from flows.replies import below, settled
from flows.router import EDITORS, NOT_MINE, NotMine, command, dialog, heard, press
from flows.turn import Turn
from flows.undo.actions import BATCHES
from store.models import Change, Job

ENDINGS = (".csv", ".tsv", ".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".vcf", ".vcard")
_MIMES = ("text/csv", "spreadsheet", "ms-excel", "tab-separated", "vcard")


def is_sheet(file: File) -> bool:
    """Whether a file can be a table: by what it is called and what the platform says it is."""
    name = file.name.lower()
    return name.endswith(ENDINGS) or any(mime in file.mime for mime in _MIMES)


@heard("files", for_=EDITORS)
def dropped(turn: Turn, said: Said) -> list[Reply] | NotMine:
    """A sheet, without a word about a customer: it is looked at."""
    sheets = [file for file in said.files if is_sheet(file)]
    if len(sheets) != len(said.files) or not sheets or not turn.private:
        return NOT_MINE
    return [look_at(turn, row) for row in keep(turn, said)]


@heard("said", for_=EDITORS)
def pasted_here(turn: Turn, said: Said) -> Reply | NotMine:
    """A table in the message itself, under headings that we know, is no line to log."""
    table = pasted(said.text) if turn.private and "\n" in said.text and not said.forwarded_from else ""
    return look_at_words(turn, table) if table else NOT_MINE


@command("import", help=_("Customers from a sheet"), words=("import", "导入", "导入客户"), rooms=False)
def how(turn: Turn) -> Text:
    return _(
        "Send me the file here: CSV, XLSX or contact cards (.vcf), also straight from HubSpot, Salesforce, Twenty, "
        "EspoCRM or 纷享销客. "
        "I show you what I understood before anything changes, and you can take it all back."
    )


_YES = re.compile(
    r"(?:(?:yes|yep|yeah|y|ok(?:ay)?|sure|please|fine|good|right|correct|do it|go|go ahead|go on|start|import|import (?:it|them|all)|all of them|now)[,.! ]*){1,4}"
    r"|(?:(?:好的?|可以|行|是的?|对|没问题|嗯+|确认|确定|开始|就这样|导入|导吧?|全部|吧|了)[，,。！! ]*){1,4}",
    re.IGNORECASE,
)
_NO = re.compile(
    r"(?:(?:no|nope|n|cancel|stop|don['’]?t|do not|leave|forget|thanks|import|it|them|that)[,.! ]*){1,4}"
    r"|(?:先?不(?:用|要|导入?|了)?|别导?入?|取消|算了|停|导入|了|吧|[，,。！! ])+",
    re.IGNORECASE,
)


@dialog("import", for_=EDITORS, wants="text")
def answered_in_words(turn: Turn, state: Mapping[str, Any], said: Said) -> Reply | NotMine | None:
    """Yes or no under the preview; whatever else is said is about something else, and no later yes is an answer."""
    turn.remember(None)
    found = _job(turn, state["job"], "waiting", "open", "fetching")
    words = said.text.strip()
    if found is None or said.files:
        return NOT_MINE
    if _YES.fullmatch(words) and found.state == "waiting":
        found = open_again(turn, found, cursor={"phase": "take", "step": found.cursor.get("step", 0)})
        return below(turn, cards.progress(found))
    return stop(turn, found.id) if _NO.fullmatch(words) else NOT_MINE


def _job(turn: Turn, id: int, *states: str) -> Job | None:
    """The job, if it is this person's and stands so."""
    found = turn.work.get(Job, id)
    mine = found is not None and found.kind == "import" and turn.member is not None and found.by == turn.member.id
    return found if found is not None and mine and found.state in states else None


@press("import-go")
def go(turn: Turn, job: int) -> Reply | None:
    found = _job(turn, job, "waiting")
    if found is None:
        return settled()
    return _go(turn, found, "take")


@press("import-try")
def try_first(turn: Turn, job: int) -> Reply | None:
    found = _job(turn, job, "waiting")
    return _go(turn, found, "try") if found else settled()


def _go(turn: Turn, found: Job, phase: str) -> Reply | None:
    found = open_again(turn, found, cursor={"phase": phase, "step": found.cursor.get("step", 0)})
    turn.rewrite(cards.card_of(found), cards.progress(found))
    return None


@press("import-also")
def also(turn: Turn, job: int, field: str) -> Reply | None:
    """A column that an import never takes by itself was confirmed by name."""
    found = _job(turn, job, "waiting")
    if found is None or field not in CAREFUL:
        return settled()
    careful = sorted({*found.arguments["careful"], field})
    return _shown(turn, turn.work.change(found, arguments={**found.arguments, "careful": careful}))


def _shown(turn: Turn, found: Job) -> Reply | None:
    turn.rewrite(cards.card_of(found), cards.preview(found))
    return None


@press("import-back")
def back(turn: Turn, job: int) -> Reply | None:
    found = _job(turn, job, "waiting")
    return _shown(turn, found) if found else settled()


@press("import-columns")
def columns(turn: Turn, job: int, page: int = 0) -> Reply | None:
    found = _job(turn, job, "waiting")
    if found is None:
        return settled()
    turn.rewrite(cards.card_of(found), cards.columns(found, page))
    return None


@press("import-column")
def column(turn: Turn, job: int, at: int) -> Reply | None:
    found = _job(turn, job, "waiting")
    if found is None or not any(c.at == at for c in cards.head_of(found).columns):
        return settled()
    own = sorted(set(own_headings(turn.work).values()))
    turn.rewrite(cards.card_of(found), cards.fields(found, at, own))
    return None


@press("import-is")
def column_is(turn: Turn, job: int, at: int, field: str, more: str = "") -> Reply | None:
    """The person says what a column is; naming a careful one is its confirmation."""
    found = _job(turn, job, "waiting")
    if found is None:
        return settled()
    field = f"{field}:{more}" if more else field.strip("-")
    head = cards.head_of(found).with_field(at, field)
    careful = sorted({*found.arguments["careful"], field} & set(CAREFUL))
    arguments = {**found.arguments, "head": cards.kept_head(head), "careful": careful, "samples": []}
    return _shown(turn, turn.work.change(found, arguments=arguments))


@press("import-stop")
def stop(turn: Turn, job: int) -> Reply | None:
    """Before it began nothing has happened; afterwards what is in stays, and can be taken back."""
    found = _job(turn, job, "waiting", "open", "fetching")
    if found is None:
        return settled()
    card = cards.card_of(found)
    begun = found.state == "open" and found.cursor.get("phase") == "take"
    found = turn.work.change(found, state="stopped")
    if not begun:
        turn.rewrite(card, Reply(_("Cancelled. Nothing was changed."), card=card))
        return None
    label = _("{name} imported", name=found.arguments["name"])
    turn.did(label, card)
    turn.work.add(Change(at=turn.now, member=turn.me().id, label=found.arguments["name"][:200], rows=[], card=card))
    turn.rewrite(card, cards.done(found, stopped=True))
    return None


def take_back(turn: Turn, change: Change) -> Reply | None:
    """Undo of the whole batch, as a job of its own."""
    id = change.card.partition(":")[2]
    found = turn.work.get(Job, int(id)) if id.isdigit() else None
    if found is None or found.state not in ("done", "stopped"):
        return settled()
    turn.work.change(change, state="undone")
    done = found.cursor.get("done", 0)
    found = open_again(turn, found, cursor={"phase": "undo", "step": found.cursor.get("step", 0), "done": done})
    reply = Reply(_("Taking back {name} …", name=found.arguments["name"]), card=cards.card_of(found))
    turn.rewrite(cards.card_of(found), reply)
    return None if turn.work.cards.places(cards.card_of(found)) else reply


BATCHES["import"] = take_back

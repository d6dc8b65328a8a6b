"""`/export`: the customer file and what belongs to it as a sheet, for those who answer for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, join, lines
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.exports.tables import TABLES
from flows.jobs import begin
from flows.router import MANAGERS, command, press
from flows.turn import Turn

KINDS = ("xlsx", "csv")
_MEANT: Mapping[str, str] = {
    **{word: kind for kind in KINDS for word in (kind, f".{kind}")},
    **dict.fromkeys(("excel", "表格"), "xlsx"),
    **{word: what for what in TABLES for word in (what, what.removesuffix("s"), what.replace("ies", "y"))},
    **{
        word: what
        for what, table in TABLES.items()
        for word in (table.file["zh"], f"所有{table.file['zh']}", f"全部{table.file['zh']}")
    },
    **dict.fromkeys(("log", "calls", "记录", "跟进"), "activities"),
    **dict.fromkeys(("people", "通讯录"), "contacts"),
    **dict.fromkeys(("invoices", "payments", "开票", "回款"), "orders"),
    **dict.fromkeys(("pipeline", "销售机会"), "deals"),
}

_WORD = re.compile(r"[\u3400-\u9fff]+|[^\s\u3400-\u9fff]+")
_FILLERS = frozenset(
    {
        "all",
        "the",
        "as",
        "to",
        "into",
        "in",
        "please",
        "全部",
        "所有",
        "成",
        "为",
        "到",
        "个",
        "一个",
        "份",
        "一份",
        "出来",
        "给我",
        "表",
    }
)


@command(
    "export",
    help=_("Customers, contacts, activities, deals or orders as a sheet"),
    example=_("/export orders xlsx"),
    for_=MANAGERS,
    words=("export", "导出", *(f"导出{table.file['zh']}" for table in TABLES.values())),
    rooms=False,
)
def export(turn: Turn, words: Rest | None = None) -> Reply:
    said = _WORD.findall(_typed(turn, words or "").casefold())
    meant = [_MEANT.get(word, "") for word in said if word not in _FILLERS]
    what = next((word for word in meant if word in TABLES), "customers")
    kind = next((word for word in meant if word in KINDS), "")
    return (
        _begin(turn, what, kind)
        if kind and "" not in meant
        else _asked(what, unknown="" in meant, language=turn.language)
    )


def _typed(turn: Turn, rest: str) -> str:
    """All that was said after "export": in Chinese the sheet's name is a part of the command's own words."""
    body = turn.event.body if turn.event else None
    said = body.text.strip() if isinstance(body, Said) else ""
    return said.removeprefix("导出") if said.startswith("导出") else rest


@press("export", for_=MANAGERS)
def export_as(turn: Turn, kind: str, what: str = "customers") -> Reply:
    return _begin(turn, what, kind) if kind in KINDS and what in TABLES else _asked("customers")


@press("export-what", for_=MANAGERS)
def export_what(turn: Turn, what: str) -> Reply:
    return _asked(what if what in TABLES else "customers")


def _asked(what: str, *, unknown: bool = False, language: str = "en") -> Reply:
    kinds = tuple(Option(Text((kind.upper(),)), f"export:{kind}:{what}", style="primary") for kind in KINDS)
    others = tuple(Option(table.label, f"export-what:{name}") for name, table in TABLES.items() if name != what)
    question = _("{what}: as which kind of file?", what=TABLES[what].label)
    again = _("Customers and contacts can be imported again.") if what in ("customers", "contacts") else None
    names = [table.file["zh"] for table in TABLES.values()] if language == "zh" else list(TABLES)
    hint = _("I can write these: {names}.", names=join(", ", names)) if unknown else None
    return Reply(lines(hint, question, again), (*kinds, *others), card="export")


def _begin(turn: Turn, what: str, kind: str) -> Reply:
    job = begin(turn, "export", what=what, ending=kind, language=turn.language)
    return Reply(_("I am writing the sheet …"), card=f"export:{job.id}")

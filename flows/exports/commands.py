"""`/export`: the customer file as a sheet, for those who answer for it."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.arguments import Word
from flows.jobs import begin
from flows.router import MANAGERS, command, press
from flows.turn import Turn

KINDS = ("xlsx", "csv")


@command(
    "export",
    help=_("All customers as a sheet"),
    example=_("/export xlsx"),
    for_=MANAGERS,
    words=("export customers", "export", "导出客户", "导出"),
    rooms=False,
)
def export(turn: Turn, kind: Word | None = None) -> Reply | Text:
    wanted = (kind or "").lower().lstrip(".").replace("excel", "xlsx")
    return _begin(turn, wanted) if wanted in KINDS else _asked()


@press("export", for_=MANAGERS)
def export_as(turn: Turn, kind: str) -> Reply | Text:
    return _begin(turn, kind) if kind in KINDS else _asked()


def _asked() -> Reply:
    options = tuple(Option(Text((kind.upper(),)), f"export:{kind}") for kind in KINDS)
    return Reply(_("As which kind of file? It can be imported again."), options)


def _begin(turn: Turn, kind: str) -> Reply:
    job = begin(turn, "export", ending=kind, language=turn.language)
    return Reply(_("I am writing the sheet …"), card=f"export:{job.id}")

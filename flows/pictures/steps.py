"""A chart as a job: drawn beside the writer, kept, and shown where it was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bot.core.messages import Address, File, Reply
from bot.core.ports import Files
from bot.core.text import Text, lines
from bot.core.text import gettext as _
from flows.jobs import Act, Reader, begin, job
from flows.pictures.charts import Chart, png
from flows.pictures.fonts import NoFont
from flows.turn import Turn
from store.models import Job


def show(turn: Turn, chart: Chart) -> None:
    """The picture comes into this conversation as soon as it is drawn."""
    begin(turn, "chart", chart=chart.as_json(), to=turn.where.key if turn.where else "")


@job("chart")
def steps(found: Job, files: Files, ask: Reader) -> Iterator[Act]:
    """The figures stand in the text that came before: where nothing can be drawn, that is said."""
    chart = Chart.from_json(found.arguments["chart"])
    try:
        content = png(chart)
    except NoFont:
        yield partial(_cannot, chart.title, found.arguments["to"])
        return
    file = File(f"{chart.kind}.png", "image/png", hash=files.keep(content), size=len(content), kind="picture")
    yield partial(_hand_over, chart.title, file, found.arguments["to"])


def _hand_over(title: str, file: File, to: str, turn: Turn, found: Job) -> None:
    turn.work.change(found, state="done")
    turn.say(Reply(Text((title,)), file=file, to=Address.of(to)))


def _cannot(title: str, to: str, turn: Turn, found: Job) -> None:
    turn.work.change(found, state="done")
    why = _("I can't draw that here: this machine has no font with these characters.")
    turn.say(Reply(lines(title, why), to=Address.of(to)))

"""Charts for a phone: a funnel, bars, a trend and a radar; large letters, one idea each, both languages."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from flows.pictures.fitting import columns, fitted
from flows.pictures.fonts import font_for

Kind = Literal["funnel", "bars", "trend", "radar"]
INK, MUTED, LINE = "#1f2a37", "#6b7280", "#e5e7eb"
TITLE, LABEL, VALUE = 46, 15, 15
"""Columns of a title, of a label beside its bar, of the number at its end; a Chinese character takes two."""
COLOURS = ("#2563eb", "#f59e0b", "#10b981", "#8b5cf6", "#ef4444")


@dataclass(frozen=True, slots=True)
class Series:
    """Values under the chart's labels; `shown` is what stands beside each in place of the bare number."""

    name: str
    values: Sequence[float]
    shown: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything in the reader's words already."""

    kind: Kind
    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Chart:
        """The chart whose `as_json` this is."""
        return cls(**{**kept, "series": tuple(Series(**one) for one in kept["series"])})

    def texts(self) -> list[str]:
        """Every word that must be drawn."""
        beside = [words for series in self.series for words in (series.name, *series.shown)]
        return [fitted(words, 999, 1) for words in (self.title, self.note, *self.labels, *beside)]


def png(chart: Chart) -> bytes:
    """The picture, 1080 points wide; raises NoFont where this machine can't show its words."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    font = FontProperties(fname=str(font_for(chart.texts())))
    tall = 3.2 + 0.62 * len(chart.labels) if chart.kind in ("funnel", "bars") else 6.4
    figure = Figure(figsize=(7.2, min(tall, 12)), dpi=150, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.04, 0.04, 0.92, 0.92), polar=False) if chart.kind != "radar" else None
    if axes is not None:
        axes.set_axis_off()
    _DRAW[chart.kind](figure, chart, font)
    title = fitted(chart.title, TITLE, 1)
    figure.text(0.04, 0.965, title, fontproperties=font, fontsize=19, color=INK, va="top")
    if chart.note:
        figure.text(0.04, 0.02, chart.note, fontproperties=font, fontsize=12, color=MUTED, va="bottom")
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _beside(axes: Any, height: float, label: str, words: str, font: Any) -> None:
    """The label before a bar; its number behind it, as small as the room wants it."""
    look = {"va": "center", "fontproperties": font, "color": INK, "linespacing": 1.25}
    axes.text(-0.02, height, fitted(label, LABEL), ha="right", fontsize=14, **look)
    axes.text(1.02, height, words, ha="left", fontsize=14 * min(1.0, VALUE / max(columns(words), 1)), **look)


def _funnel(figure: Any, chart: Chart, font: Any) -> None:
    """Centred bars, the widest on top, with what share came on to each."""
    axes = _plot(figure, chart)
    values, shown = chart.series[0].values, chart.series[0].shown
    widest = max([*values, 1])
    for at, (label, value) in enumerate(zip(chart.labels, values, strict=True)):
        width = max(value / widest, 0.012)
        axes.barh(-at, width, left=(1 - width) / 2, height=0.62, color=COLOURS[0], alpha=1 - 0.11 * min(at, 6))
        _beside(axes, -at, label, shown[at] if at < len(shown) else f"{value:g}", font)
    axes.set_xlim(-0.42, 1.36)
    axes.set_ylim(-len(values) + 0.4, 0.6)


def _bars(figure: Any, chart: Chart, font: Any) -> None:
    """Horizontal bars, the first on top; the number stands at the end of each."""
    axes = _plot(figure, chart)
    values, shown = chart.series[0].values, chart.series[0].shown
    widest = max([*values, 1e-9])
    for at, (label, value) in enumerate(zip(chart.labels, values, strict=True)):
        axes.barh(-at, 1, height=0.56, color=LINE)
        axes.barh(-at, max(value, 0) / widest, height=0.56, color=COLOURS[0])
        _beside(axes, -at, label, shown[at] if at < len(shown) else f"{value:g}", font)
    axes.set_xlim(-0.42, 1.36)
    axes.set_ylim(-len(values) + 0.4, 0.6)


def _plot(figure: Any, chart: Chart) -> Any:
    low = 0.1 if chart.note else 0.04
    axes = figure.add_axes((0.02, low, 0.96, 0.84 - low + 0.04))
    axes.set_axis_off()
    return axes


def _trend(figure: Any, chart: Chart, font: Any) -> None:
    """Lines over time; the last value of each is written at its end."""
    axes = figure.add_axes((0.1, 0.2, 0.76, 0.62))
    places = range(len(chart.labels))
    for number, series in enumerate(chart.series):
        colour = COLOURS[number % len(COLOURS)]
        axes.plot(places, series.values, color=colour, linewidth=3, marker="o", markersize=6)
        last = series.shown[-1] if series.shown else f"{series.values[-1]:g}"
        axes.annotate(
            f" {last}", (places[-1], series.values[-1]), fontproperties=font, fontsize=14, color=colour, va="center"
        )
    every = max(1, len(chart.labels) // 6)
    axes.set_xticks([at for at in places if at % every == 0])
    axes.set_xticklabels(
        [label for at, label in enumerate(chart.labels) if at % every == 0], fontproperties=font, fontsize=12
    )
    axes.set_ylim(bottom=min(0, *(value for series in chart.series for value in series.values)))
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.tick_params(colors=MUTED, labelsize=11, length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(LINE)
    axes.grid(axis="y", color=LINE)
    if len(chart.series) > 1:
        names = [series.name for series in chart.series]
        axes.legend(
            axes.get_lines(), names, prop=font, loc="upper left", bbox_to_anchor=(0, 1.14), ncol=3, frameon=False
        )


def _radar(figure: Any, chart: Chart, font: Any) -> None:
    """Values from 0 to 100 around a centre."""
    from math import pi

    axes = figure.add_axes((0.18, 0.1, 0.64, 0.7), polar=True)
    count = len(chart.labels)
    angles = [2 * pi * at / count for at in range(count)]
    for number, series in enumerate(chart.series):
        closed, around = [*series.values, series.values[0]], [*angles, angles[0]]
        axes.plot(around, closed, color=COLOURS[number], linewidth=3)
        axes.fill(around, closed, color=COLOURS[number], alpha=0.18)
    axes.set_theta_offset(pi / 2)
    axes.set_theta_direction(-1)
    axes.set_ylim(0, 100)
    axes.set_yticks([25, 50, 75, 100])
    axes.set_yticklabels([])
    axes.set_xticks(angles)
    shown = chart.series[0].shown
    names = [fitted(label, LABEL, 1) for label in chart.labels]
    labels = [f"{name}\n{shown[at]}" if at < len(shown) else name for at, name in enumerate(names)]
    axes.set_xticklabels(labels, fontproperties=font, fontsize=14, color=INK)
    axes.tick_params(pad=14)
    axes.spines["polar"].set_color(LINE)
    axes.grid(color=LINE)


_DRAW: Mapping[Kind, Callable[[Any, Chart, Any], None]] = {
    "funnel": _funnel,
    "bars": _bars,
    "trend": _trend,
    "radar": _radar,
}

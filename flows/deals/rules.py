"""The pipeline's figures, and which stage a word means: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

REASONS = ("price", "rival", "budget", "timing", "need", "silence")


@dataclass(frozen=True, slots=True)
class Step:
    """A stage as far as the rules need it."""

    id: int
    name: str
    kind: str
    chance: int


@dataclass(frozen=True, slots=True)
class Sale:
    """A deal as far as the rules need it."""

    stage: int
    state: str
    amount: int
    opened: datetime
    closed: datetime | None = None


ALSO: Mapping[str, str] = {
    "lead": "线索 初步 潜在 new",
    "contact": "接触 联系 沟通 意向 talk qualified",
    "quote": "报价 方案 offer proposal quotation",
    "negotiation": "谈判 议价 商务 negotiate",
    "won": "赢单 成交 签约 签单 成功 signed win closed",
    "delivery": "交付 发货 实施 deliver delivered",
    "service": "售后 服务 aftersales after-sales",
    "lost": "丢单 输单 流失 失败 lose",
}
"""Other words for the stages that a firm begins with."""


def stage_named(word: str, steps: Sequence[Step], keys: Mapping[int, str]) -> Step | None:
    """The stage that a word means: its name, or another word for it; `keys` has the ready ones' words."""
    wanted = word.casefold().removeprefix("stage=").strip(" ,，。")
    if not wanted:
        return None
    for step in steps:
        if wanted == step.name.casefold() or wanted in ALSO.get(keys.get(step.id, ""), "").split():
            return step
        if wanted == keys.get(step.id):
            return step
    from rapidfuzz import fuzz

    near = [step for step in steps if len(wanted) >= 3 and fuzz.ratio(wanted, step.name.casefold()) >= 80]
    return near[0] if len(near) == 1 else None


@dataclass(frozen=True, slots=True)
class Row:
    """One stage of the pipeline: how many deals stand there, what they are worth, and what may come of them."""

    stage: int
    name: str
    count: int
    amount: int
    likely: int


def pipeline(steps: Sequence[Step], sales: Sequence[Sale]) -> list[Row]:
    """The open stages in their order."""
    rows = []
    for step in steps:
        here = [sale for sale in sales if sale.stage == step.id and sale.state == "open"]
        amount = sum(sale.amount for sale in here)
        if step.kind == "open":
            rows.append(Row(step.id, step.name, len(here), amount, round(amount * step.chance / 100)))
    return rows


@dataclass(frozen=True, slots=True)
class Passed:
    """How many deals came as far as a stage, and what share of those in the stage before."""

    name: str
    count: int
    share: int | None


def funnel(steps: Sequence[Step], reached: Mapping[int, set[int]]) -> list[Passed]:
    """Stage by stage: a deal that came further counts as having passed what it skipped.

    `reached` is deal → the stages it has been in. The first won stage ends the funnel.
    """
    order = [step for step in steps if step.kind == "open"] + [step for step in steps if step.kind == "won"][:1]
    place = {step.id: at for at, step in enumerate(order)}
    won = {step.id for step in steps if step.kind == "won"}
    last = len(order) - 1
    furthest = [
        max((last if stage in won else place.get(stage, -1) for stage in stages), default=-1)
        for stages in reached.values()
    ]
    counts = [sum(far >= at for far in furthest) for at in range(len(order))]
    found = []
    for at, step in enumerate(order):
        before = counts[at - 1] if at else 0
        found.append(Passed(step.name, counts[at], round(100 * counts[at] / before) if before else None))
    return found


def bottleneck(passed: Sequence[Passed]) -> Passed | None:
    """The step at which the largest share stays behind."""
    steps = [one for one in passed if one.share is not None]
    return min(steps, key=lambda one: one.share or 0) if steps else None


def cycle(sales: Sequence[Sale]) -> int | None:
    """Days from the beginning to the yes, the middle one of those won."""
    days = [(sale.closed - sale.opened).days for sale in sales if sale.state == "won" and sale.closed]
    return round(median(days)) if days else None


def is_stale(moved: datetime, touched: datetime | None, days: int, now: datetime) -> bool:
    """Neither moved nor spoken of for too long."""
    return now - max(moved, touched or moved) >= timedelta(days=days)


_PERCENT = re.compile(r"(\d{1,3})\s*[%％]")


def percent_in(words: str) -> tuple[int | None, str]:
    """A chance, and the words without it."""
    match = _PERCENT.search(words)
    if match is None or int(match[1]) > 100:
        return None, words
    return int(match[1]), " ".join((words[: match.start()] + " " + words[match.end() :]).split())

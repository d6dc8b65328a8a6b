# ruff: noqa: E501 -- an example is one line
"""P7: a message understood whole, against a million known names, beside dateparser finding only its dates.

Both sides read the same English texts on one thread and are measured in its CPU time, the best of a few rounds, since the
machine may be busy. The peer does less: `dateparser.search.search_dates` gives dates alone, no people, money or promises.
It is measured twice: knowing no more than we do (any language), and told that the text is English, where we still read both.
"""

from __future__ import annotations

import gc
import random
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from benchmarks import Target
from flows.understanding import Context, Known, MemoryNames, read

_NOW = Context(datetime(2026, 11, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai")), "US")
_SYLLABLES = ["ka", "lo", "mi", "ren", "tor", "vex", "dan", "sil", "qua", "bor", "nex", "pol", "tra", "zin", "gal"]
_SURNAMES, _GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"
_OPENINGS = (
    "Called {name} about the renewal",
    "Met {name} at their office yesterday",
    "{name} wants a quote for 80 seats",
    "Sent {name} the contract",
)
_ENDINGS = (
    "follow up next Thursday at 2pm", "they decide by the end of the month", "demo moved from Monday to Wednesday 4pm", "budget is around $45k",
    "remind me in three weeks", "they will sign by Dec 15 #hot", "no answer since Friday, try again tomorrow morning", "quarterly review on the first Monday of March",
)  # fmt: skip
_CHINESE = (
    "上午给{name}打了电话，对价格有顾虑，下周二下午三点再回访", "{name}要一份200套的报价，预算八十到一百万，周五前给到 #重点",
    "跟{name}的会从周三改到周四上午十点，记得提前一天准备资料", "拜访了{name}，满意，预计12月中旬签合同，首付30万",
)  # fmt: skip


def known(count: int) -> Iterator[Known]:
    """Firms and people in both scripts, as many as asked."""
    chance = random.Random(1)
    for number in range(count):
        if number % 2:
            name = chance.choice(_SURNAMES) + chance.choice(_GIVEN) + (chance.choice(_GIVEN) if number % 3 else "")
            yield Known("contact", number, name, number - 1, number % 1000 == 1)
        else:
            name = "".join(chance.choices(_SYLLABLES, k=3)).title() + f" {chance.choice(_SYLLABLES).title()} Ltd"
            yield Known("customer", number, name, None, number % 1000 == 0)


def texts(names: Sequence[str], chinese: Sequence[str], count: int, length: int) -> tuple[list[str], list[str]]:
    """English and Chinese messages of a usual length, and of 300 characters when asked."""
    chance = random.Random(2)
    english, other = [], []
    for _ in range(count):
        parts = [f"{chance.choice(_OPENINGS).format(name=chance.choice(names))}, {chance.choice(_ENDINGS)}"]
        while sum(map(len, parts)) < length:
            parts.append(f"{chance.choice(_ENDINGS)}, nothing else to say about how they work there")
        english.append(". ".join(parts)[: max(length, 100)])
        lines = [chance.choice(_CHINESE).format(name=chance.choice(chinese))]
        while sum(map(len, lines)) < length:
            lines.append(
                "其他情况和之前说的一样，没有什么新的变化，对接的同事也都认识了，"
                + chance.choice(_CHINESE).format(name=chance.choice(chinese))
            )
        other.append("。".join(lines)[: max(length, 100)])
    return english, other


def spent(reader: Callable[[str], object], lines: Sequence[str], times: int) -> list[float]:
    """CPU seconds of each line, the best of some rounds."""
    best = [1e9] * len(lines)
    for _ in range(times):
        for place, line in enumerate(lines):
            before = time.thread_time()
            reader(line)
            best[place] = min(best[place], time.thread_time() - before)
    return best


def at(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000


def _peer(lines: Sequence[str], times: int, languages: list[str] | None) -> list[float]:
    """dateparser's own search, told the moment, or nothing when it is not installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from dateparser.search import search_dates
    except ImportError:
        sys.stderr.write("P7: dateparser is not installed; its time is left out\n")
        return []
    settings = {"RELATIVE_BASE": _NOW.now.replace(tzinfo=None), "PREFER_DATES_FROM": "future"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return spent(lambda line: search_dates(line, languages=languages, settings=settings), lines, times)


def _target(what: str, ours: float, peer: float, target: float, times: int, peers: str) -> Target:
    return Target("P7", what, ours, peer, ours / peer, target, "ms", "less", times, peers)


def measure(quick: bool) -> Iterator[Target]:
    count, lines, times = (100_000, 60, 3) if quick else (1_000_000, 200, 5)
    before = time.perf_counter()
    everyone = list(known(count))
    names = MemoryNames(everyone)
    sys.stderr.write(f"P7: {count:,} names in {time.perf_counter() - before:.1f} s\n")
    own = [one.name for one in everyone if one.own]
    latin, chinese = [name for name in own if name.isascii()], [name for name in own if not name.isascii()]
    short, short_zh = texts(latin, chinese, lines, 0)
    long, long_zh = texts(latin, chinese, lines, 300)

    def ours(line: str) -> object:
        return read(line, _NOW, names)

    for line in (*short, *short_zh, *long, *long_zh):
        ours(line)
    gc.collect()
    gc.freeze()
    english = spent(ours, short, times)
    for label, took in (
        ("en", english),
        ("zh", spent(ours, short_zh, times)),
        ("300 en", spent(ours, long, times)),
        ("300 zh", spent(ours, long_zh, times)),
    ):
        sys.stderr.write(f"P7: {label:>6}  p50 {at(took, 0.5):.2f} ms  p99 {at(took, 0.99):.2f} ms\n")
        yield _target(
            f"understand, {label}: p99 of a message, {count:,} names", at(took, 0.99), 5.0, 1.0, times, "the limit"
        )
    mean = sum(english) / len(english) * 1000
    for languages, label in (
        (None, "dateparser, not told the language either"),
        (["en"], "dateparser, told it is English"),
    ):
        peer = _peer(short[:40], 1 if quick else 2, languages)
        if peer:
            yield _target("understand an English message: mean", mean, sum(peer) / len(peer) * 1000, 0.1, times, label)


if __name__ == "__main__":
    for target in measure("--quick" in sys.argv):
        print(target)

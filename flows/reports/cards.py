"""The reports of stages and tiers: few numbers, each with what it is counted from."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, text
from bot.core.text import gettext as _
from flows.tiers.rules import STAGES, STEPS
from flows.tiers.words import named
from flows.turn import Turn
from store.growth import in_stages, in_tiers, stage_numbers, without_order
from store.models import Standing

SPAN = timedelta(days=90)
NAMED = 4


def stages_card(turn: Turn) -> Reply:
    """For each stage how many there are, and the number by which it is judged."""
    work = turn.work
    since = turn.now - SPAN
    there, numbers = in_stages(work), stage_numbers(work, since)
    forward = {m.customer for m in work.standing.moves("step", since) if _further(m)}
    talked = there.get("potential", 0)
    bought = there.get("new", 0) + there.get("growth", 0) + there.get("warning", 0)
    said: dict[str, Text] = {
        "lead": _("{bought} of {leads} leads became buyers ({part})", **_part("bought", numbers.bought, numbers.leads)),
        "potential": _("{n} came a step further", n=str(len(forward))) if talked or forward else _("nobody"),
        "new": _("{n} days from first contact to first order", n=str(numbers.cycle))
        if numbers.cycle is not None
        else _("no first order yet"),
        "growth": _satisfaction(numbers.satisfaction, numbers.nps),
        "warning": _(
            "{again} of {buyers} buy again ({part}), {lost} at risk",
            lost=_percent(there.get("warning", 0), bought),
            **_part("again", numbers.again, numbers.buyers),
        ),
    }
    rows = [text("• ", named("stage", stage), f" {there.get(stage, 0)}: ", said[stage]) for stage in STAGES]
    head = _("Stages, the last 90 days")
    return Reply(lines(bold(head), *rows), (Option(_("Tiers"), "report:tiers"),), card=turn.card() or "report")


def tiers_card(turn: Turn) -> Reply:
    """What each tier is for, and how far it came in this quarter: A stays, B grows, C wakes up or goes."""
    there = in_tiers(turn.work)
    since = quarter_of(turn)
    moves = [m for m in turn.work.standing.moves("tier", since) if m.was]
    up = {move: _who(turn, moves, *move) for move in (("B", "A"), ("C", "B"), ("C", "A"))}
    lost = [name for m in ("B", "C", "") for name in _who(turn, moves, "A", m)]
    asleep = without_order(turn.work, "C", turn.now - timedelta(days=365))
    woken = [*up["C", "B"], *up["C", "A"]]
    rows = [
        _goal(_("A: keep them"), there.get("A", 0), _("{n} lost", n=str(len(lost))), lost),
        _goal(_("B: grow into A"), there.get("B", 0), _("B→A {n}", n=str(len(up["B", "A"]))), up["B", "A"]),
        _goal(_("C: wake up, or let go"), there.get("C", 0), _("{n} moved up", n=str(len(woken))), woken),
    ]
    hint = _(
        "{n} of C without an order for a year: {example}", n=str(asleep), example=code("/find tier:C silent:>365d")
    )
    body = lines(bold(_("Tiers, this quarter")), *rows, hint if asleep else None)
    return Reply(body, (Option(_("Stages"), "report:stages"),), card=turn.card() or "report")


def quarter_of(turn: Turn) -> datetime:
    """The first moment of this quarter on the firm's clock."""
    local = turn.now.astimezone(turn.zone)
    first = local.replace(month=(local.month - 1) // 3 * 3 + 1, day=1)
    return first.replace(hour=0, minute=0, second=0, microsecond=0)


def _goal(name: Text, count: int, done: Text, who: list[str]) -> Text:
    more = f" ({', '.join(who[:NAMED])}{' …' if len(who) > NAMED else ''})" if who else ""
    return text("• ", name, f" · {count} · ", done, more)


def _who(turn: Turn, moves: list[Standing], was: str, now: str) -> list[str]:
    """Those who moved so and are there still."""
    found = {m.customer for m in moves if (m.was, m.now) == (was, now)}
    rows = turn.work.segments.customers(sorted(found))
    sight = turn.work.sight
    return [row.name for row in rows if row.tier == now and (sight is None or row.owner in sight)]


def _further(move: Standing) -> bool:
    order = {"": -1} | {step: number for number, step in enumerate(STEPS)}
    return order.get(move.now, -1) > order.get(move.was, -1)


def _satisfaction(mean: float | None, nps: int | None) -> Text:
    if mean is None and nps is None:
        return _("nobody has answered a survey yet")
    parts = [_("satisfaction {n} of 5", n=f"{mean:.1f}")] if mean is not None else []
    parts += [_("NPS {n}", n=str(nps))] if nps is not None else []
    return parts[0] if len(parts) == 1 else text(parts[0], " · ", parts[1])


def _part(name: str, some: int, whole: int) -> dict[str, str]:
    other = {"bought": "leads", "again": "buyers"}[name]
    return {name: str(some), other: str(whole), "part": _percent(some, whole)}


def _percent(some: int, whole: int) -> str:
    return f"{round(100 * some / whole)} %" if whole else "–"

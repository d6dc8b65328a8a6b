"""What people say about tiers, stages, limits and care plans."""

from __future__ import annotations

import re

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, plain
from bot.core.text import gettext as _
from flows.arguments import READERS, Found, Rest
from flows.day.plans import plan_for
from flows.replies import settled
from flows.router import EDITORS, MANAGERS, MEMBERS, command, press
from flows.segments.short import STAGES as STAGE_WORDS
from flows.segments.short import STEPS as STEP_WORDS
from flows.tiers import cards
from flows.tiers.actions import KINDS, Kind, hand_on, let_go, place, standard_tasks
from flows.tiers.rules import STAGES, STEPS, TIERS, WEIGHTS
from flows.tiers.settings import keep, limits_of, rhythm_of, set_limits
from flows.tiers.words import PARTS, kind_named, money, named
from flows.turn import Turn
from store.models import Customer, Standing

Outcome = Reply | Text


@command(
    "tier", help=_("A customer's tier, and why"), example=_("/tier Acme why"), for_=MEMBERS, words=("等级", "分级")
)
def tier(turn: Turn, customer: Customer, words: Rest | None = None) -> Outcome:
    wanted = (words or "").strip().upper().removesuffix("级")
    if wanted in TIERS and turn.me().role in EDITORS:
        return _set(turn, customer, "tier", wanted)
    return cards.why_card(turn, customer)


@press("tier-set")
def tier_set(turn: Turn, customer: int, tier: str) -> Outcome:
    found = turn.work.customers.get(customer)
    return _set(turn, found, "tier", tier) if found and tier in TIERS else _gone()


@command(
    "stage", help=_("A customer's stage, since when and why"), example=_("/stage Acme"), for_=MEMBERS, words=("阶段",)
)
def stage(turn: Turn, customer: Customer, words: Rest | None = None) -> Outcome:
    said = (words or "").strip().casefold().replace(" ", "-")
    if said and turn.me().role in EDITORS:
        if found := STAGE_WORDS.get(said):
            return _set(turn, customer, "stage", found)
        if found := STEP_WORDS.get(said):
            return _set(turn, customer, "step", found)
        return lines(
            _("“{word}” is no stage. There are:", word=said[:40]),
            *(named("stage", s) for s in STAGES),
            *(named("step", s) for s in STEPS),
        )
    return cards.stage_card(turn, customer)


@press("step-set")
def step_set(turn: Turn, customer: int, step: str) -> Outcome:
    found = turn.work.customers.get(customer)
    return _set(turn, found, "step", step) if found and step in STEPS else _gone()


def _set(turn: Turn, customer: Customer, kind: Kind, to: str) -> Outcome:
    if getattr(customer, kind) == to:
        return _("{name} is there already: {what}.", name=customer.name, what=named(kind, to))
    customer, move = place(turn, customer, kind, to, ["hand"], member=turn.me().id)
    if kind == "stage":
        standard_tasks(turn, customer)
    cards.announce(turn, customer, [move])
    customer = hand_on(turn, customer, move)
    card = f"{kind}:{customer.id}"
    turn.did(_("{kind} of {name} set to {what}", kind=kind_named(kind), name=customer.name, what=named(kind, to)), card)
    stays = _("It stays so until you let the rules decide again.") if kind != "step" else None
    auto = [Option(_("Let the rules decide"), f"standing-auto:{customer.id}:{kind}")] if kind != "step" else []
    said = lines(bold(customer.name), cards.change_line(turn, move), stays)
    return Reply(said, (Option(_("Undo"), f"undo:{card}"), *auto), card=card)


@press("standing-auto")
def standing_auto(turn: Turn, customer: int, kind: str) -> Outcome:
    found = turn.work.customers.get(customer)
    if found is None or kind not in ("tier", "stage"):
        return _gone()
    found = let_go(turn, found, KINDS[kind])
    turn.did(_("{kind} of {name} left to the rules", kind=kind_named(kind), name=found.name), f"{kind}:{found.id}")
    undo = Option(_("Undo"), f"undo:{kind}:{found.id}")
    return Reply(lines(bold(found.name), *cards.standing_lines(turn, found)), (undo,), card=f"{kind}:{found.id}")


@press("standing-back")
def standing_back(turn: Turn, move: int) -> Outcome:
    row = turn.work.get(Standing, move)
    found = turn.work.customers.get(row.customer) if row else None
    if row is None or found is None:
        return _gone()
    if getattr(found, row.kind) != row.now:
        return settled()
    return _set(turn, found, KINDS[row.kind], row.was)


def _gone() -> Reply:
    return Reply(_("This customer is no longer there."), toast=True)


# what the firm sets


@command(
    "tiers",
    help=_("Limits of the tiers, and how they are worked out"),
    example=_("/tiers 300k 1m"),
    for_=MANAGERS,
    words=("分级标准",),
)
def tiers(turn: Turn, words: Rest | None = None) -> Outcome:
    said = (words or "").strip()
    if said.casefold() in ("by score", "按评分", "score", "by value", "按金额", "value"):
        set_limits(turn, by="score" if said.casefold() in ("by score", "按评分", "score") else "value")
    elif said:
        sums = sorted(found for word in said.replace(",", "").split() if (found := _sum(word)) is not None)
        if len(sums) != 2 or sums[0] == sums[1]:
            return lines(
                _("Give the two limits: from where on B, and above what A."),
                _("Example: {example}", example=code(_("/tiers 300k 1m"))),
            )
        set_limits(turn, b=sums[0], a=sums[1], by="value")
    return _limits(turn, changed=bool(said))


def _limits(turn: Turn, *, changed: bool) -> Reply:
    limits, firm = limits_of(turn.workspace), turn.workspace
    by_value = _(
        "By the orders of a year: A above {a}, B from {b}, C below.",
        a=money(limits.a * 100, firm.currency),
        b=money(limits.b * 100, firm.currency),
    )
    by_score = _("By the score: A from {a}, B from {b}, C below.", a=str(limits.score_a), b=str(limits.score_b))
    rhythm = [f"{tier} {rhythm_of(firm, tier) or '–'}" for tier in TIERS]
    said = lines(
        bold(_("Tiers")),
        by_score if limits.by == "score" else by_value,
        _("Days between contacts: {rhythm}", rhythm=", ".join(rhythm)),
        _("Every customer is looked at again tomorrow morning, and at each order.") if changed else None,
        _("Change them: {example}", example=code(_("/tiers 300k 1m"))),
    )
    other = Option(_("By value"), "tiers-by:value") if limits.by == "score" else Option(_("By score"), "tiers-by:score")
    return Reply(said, (other,), card="tiers")


@press("tiers-by", for_=MANAGERS)
def tiers_by(turn: Turn, by: str) -> Outcome:
    set_limits(turn, by="score" if by == "score" else "value")
    return _limits(turn, changed=True)


@press("tiers-show", for_=MANAGERS)
def tiers_show(turn: Turn) -> Outcome:
    return _limits(turn, changed=False)


@press("review-ok", for_=MANAGERS)
def review_ok(turn: Turn) -> Outcome:
    card = turn.card()
    turn.work.audit(f"member:{turn.me().id}", "tiers_accepted", card)
    said = _("Accepted by {name}: the tiers stand as they are.", name=turn.me().name)
    if card:
        turn.rewrite(card, Reply(said))
    return Reply(said, toast=True)


@press("review-edit", for_=MANAGERS)
def review_edit(turn: Turn) -> Outcome:
    return cards.moved(turn)


@command(
    "weights",
    help=_("What a score is made of"),
    example=_("/weights amount 40 growth 0"),
    for_=MANAGERS,
    words=("权重",),
)
def weights(turn: Turn, words: Rest | None = None) -> Outcome:
    found = re.findall(r"(\S+)\s+(\d{1,3})", words or "")
    names = {name: name for name in WEIGHTS} | {plain(PARTS[n].resolve(turn.words)): n for n in WEIGHTS}
    if (words or "").strip() and (not found or any(name not in names for name, _n in found)):
        return lines(
            _("The parts are {names}.", names=", ".join(WEIGHTS)),
            _("Example: {example}", example=code(_("/weights amount 40 growth 0"))),
        )
    if found:
        set_limits(turn, weights={**limits_of(turn.workspace).weights, **{names[n]: int(v) for n, v in found}})
    weights = limits_of(turn.workspace).weights
    rows = (_("{part}: {weight}", part=PARTS[name], weight=str(weights[name])) for name in WEIGHTS)
    return lines(bold(_("A score is made of")), *rows)


@command(
    "plan",
    help=_("What we do for a tier, or next for a customer"),
    example=_("/plan A"),
    for_=MEMBERS,
    words=("维护方案",),
)
def plan(turn: Turn, words: Rest) -> Outcome:
    head, _space, rest = words.strip().partition(" ")
    tier = head.upper().removesuffix("级")
    if tier not in TIERS:
        if isinstance(customer := READERS[Customer](turn, words), Found):
            return plan_for(turn, customer.value)
        return lines(_("There are the tiers A, B and C."), _("Example: {example}", example=code(_("/plan A"))))
    if rest and turn.me().role in MANAGERS:
        if rest.removesuffix("天").removesuffix("d").strip().isdigit():
            days = int(rest.removesuffix("天").removesuffix("d"))
            keep(turn, "rhythm", {**turn.workspace.settings.get("rhythm", {}), tier: min(days, 365)})
        else:
            keep(turn, "plans", {**turn.workspace.settings.get("plans", {}), tier: rest[:300]})
    return cards.plan_card(turn, tier)


def _sum(word: str) -> int | None:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(k|K|千|w|W|万|m|M|百万)?", word)
    if match is None:
        return None
    times = {"": 1, "k": 1000, "千": 1000, "w": 10_000, "万": 10_000, "m": 1_000_000, "百万": 1_000_000}
    return round(float(match[1]) * times[(match[2] or "").lower()])

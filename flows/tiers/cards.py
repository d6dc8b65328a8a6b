"""How tiers, stages and scores look: the change that is announced, the reasons, the monthly review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, lines, moment, text
from bot.core.text import gettext as _
from flows.tiers.actions import Worth, worth
from flows.tiers.rules import STEPS, parts_of
from flows.tiers.settings import plan_of, rhythm_of
from flows.tiers.words import PARTS, kind_named, money, named, reason
from flows.turn import Turn
from store.models import Customer, Member, Standing


def change_line(turn: Turn, move: Standing) -> Text:
    """ "Tier C → B: orders of the last 12 months ¥300,000"."""
    by = turn.work.get(Member, move.member) if move.member else None
    return _(
        "{kind} {was} → {now}: {why}",
        kind=kind_named(move.kind),
        was=named(move.kind, move.was),
        now=named(move.kind, move.now),
        why=reason(move.why, turn.workspace.currency, by.name if by else ""),
    )


def announce(turn: Turn, customer: Customer, moves: Sequence[Standing]) -> None:
    """The owner hears what changed and why, with a way back; who caused it in chat reads it in the answer."""
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    in_the_answer = turn.event is not None and turn.member is not None and owner is not None
    if owner is None or (in_the_answer and turn.me().id == owner.id):
        return
    back = [Option(_("Back to {what}", what=named(m.kind, m.was)), f"standing-back:{m.id}") for m in moves if m.was]
    card = Option(_("Show card"), f"who:{customer.id}")
    body = lines(bold(customer.name), *(change_line(turn, move) for move in moves))
    turn.message_member(owner, Reply(body, (*back, card)), "standing")


def standing_lines(turn: Turn, customer: Customer) -> list[Text]:
    """Tier and stage with reason and since when, and the score."""
    out = []
    for kind in ("tier", "stage", "step"):
        value = getattr(customer, kind)
        if not value:
            continue
        last = turn.work.standing.last(customer.id, kind)
        if last is None:
            out.append(_("{kind}: {what}", kind=kind_named(kind), what=named(kind, value)))
            continue
        by = turn.work.get(Member, last.member) if last.member else None
        why = reason(last.why, turn.workspace.currency, by.name if by else "")
        since = moment(last.at.astimezone(turn.zone).date(), "day")
        out.append(
            _("{kind}: {what} since {day} ({why})", kind=kind_named(kind), what=named(kind, value), day=since, why=why)
        )
    return out


def why_card(turn: Turn, customer: Customer) -> Reply:
    """The tier with everything it is made of."""
    found = worth(turn, customer)
    last = turn.work.standing.last(customer.id, "tier")
    hand = last is not None and last.member is not None
    currency = turn.workspace.currency
    body = lines(
        text(bold(customer.name), " · ", kind_named("tier"), " ", named("tier", customer.tier)),
        *(line for line in standing_lines(turn, customer)[:1] if customer.tier),
        _limits_line(found, currency),
        _("Score {n} of 100:", n=str(found.score)),
        *_parts(found),
        _("The rules alone say {tier}.", tier=named("tier", found.tier))
        if hand and found.tier != customer.tier
        else None,
        _("What we do: {plan}", plan=plan_of(turn.workspace, customer.tier)) if customer.tier else None,
    )
    choices = [Option(named("tier", tier), f"tier-set:{customer.id}:{tier}") for tier in "ABC" if tier != customer.tier]
    if hand:
        choices.append(Option(_("Let the rules decide"), f"standing-auto:{customer.id}:tier"))
    return Reply(body, tuple(choices))


def _limits_line(found: Worth, currency: str) -> Text:
    limits = found.limits
    if limits.by == "score":
        return _("A from a score of {a}, B from {b}.", a=str(limits.score_a), b=str(limits.score_b))
    return _(
        "A above {a} a year, B from {b}, C below; theirs: {sum}",
        a=money(limits.a * 100, currency),
        b=money(limits.b * 100, currency),
        sum=money(found.numbers.value, currency),
    )


def _parts(found: Worth) -> list[Text]:
    parts = parts_of(found.numbers, found.stage, found.limits)
    return [
        text("• ", PARTS[name], f": {value} × {found.limits.weights.get(name, 0)}%") for name, value in parts.items()
    ]


def stage_card(turn: Turn, customer: Customer) -> Reply:
    """Stage and step with their reasons, and buttons for the next step."""
    last = turn.work.standing.last(customer.id, "stage")
    history = [move for move in turn.work.standing.history(customer.id) if move.kind in ("stage", "step")][-5:]
    body = lines(
        text(bold(customer.name), " · ", named("stage", customer.stage)),
        *(line for line in standing_lines(turn, customer)[bool(customer.tier) :]),
        *(text(moment(m.at, "short"), " · ", change_line(turn, m)) for m in history[:-1]),
    )
    choices = [Option(named("step", s), f"step-set:{customer.id}:{s}") for s in STEPS if s != customer.step]
    if last is not None and last.member is not None:
        choices.append(Option(_("Let the rules decide"), f"standing-auto:{customer.id}:stage"))
    return Reply(body, tuple(choices))


def plan_card(turn: Turn, tier: str) -> Text:
    """A tier's care plan and rhythm."""
    days = rhythm_of(turn.workspace, tier)
    return lines(
        bold(_("Tier {tier}", tier=tier)),
        plan_of(turn.workspace, tier),
        _("A contact at least every {n} days.", n=str(days))
        if days
        else _("No rhythm: messages go out by themselves."),
    )


def monthly(turn: Turn) -> Reply | None:
    """What moved in a month, which tags nobody wears or everybody; None when there is nothing to look at."""
    since = turn.now - timedelta(days=31)
    moves = turn.work.standing.moves("tier", since)
    up = [m for m in moves if m.was and m.now < m.was and m.now]
    down = [m for m in moves if m.was and (m.now > m.was or not m.now)]
    warned = [m for m in turn.work.standing.moves("stage", since) if m.now == "warning"]
    unused, overfull = turn.work.standing.odd_tags()
    if not (up or down or warned or unused or overfull):
        return None
    return Reply(
        lines(
            bold(_("The tiers of the last month")),
            _(
                "{up} moved up, {down} down, {warned} in churn warning.",
                up=str(len(up)),
                down=str(len(down)),
                warned=str(len(warned)),
            ),
            _("Tags on only one customer: {tags}", tags=" ".join(f"#{t}" for t in unused[:8])) if unused else None,
            _("Tags on nearly everybody: {tags}", tags=" ".join(f"#{t}" for t in overfull[:8])) if overfull else None,
            _("Do the limits still fit?"),
        ),
        (Option(_("Accept"), "review-ok", style="primary"), Option(_("Look and edit"), "review-edit")),
        card=f"review:{turn.now.astimezone(turn.zone):%Y-%m}",
    )


def moved(turn: Turn) -> Reply:
    """Each change of the last month, with a way back."""
    since = turn.now - timedelta(days=35)
    rows = [m for m in turn.work.standing.moves("tier", since) if m.was][-8:]
    named_ = [(m, turn.work.customers.get(m.customer)) for m in rows]
    shown = [text("• ", bold(c.name), ": ", change_line(turn, m)) for m, c in named_ if c]
    back = [
        Option(_("{name} back to {what}", name=c.name[:20], what=named("tier", m.was)), f"standing-back:{m.id}")
        for m, c in named_
        if c and c.tier == m.now
    ]
    limits = Option(_("The limits"), "tiers-show")
    return Reply(lines(_("Moved in the last month:"), *(shown or [_("nobody")])), (*back, limits))

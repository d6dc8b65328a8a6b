"""Opening, moving, ending and renewing deals; the pipeline's stages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.core.errors import BadInput, NotFound
from bot.core.text import gettext as _
from bot.core.text import plain
from flows.deals.facts import DealMoved
from flows.deals.rules import Sale, Step
from flows.reminders.anchors import CONTRACT, recount, set_counted
from flows.turn import Turn
from store.models import Customer, Deal, Member, Move, Stage

YEAR = timedelta(days=365)
"""So far back the pipeline is looked at."""

READY = (
    ("lead", _("Lead"), "open", 10, 14),
    ("contact", _("Contact"), "open", 25, 14),
    ("quote", _("Quote"), "open", 50, 10),
    ("negotiation", _("Negotiation"), "open", 75, 7),
    ("won", _("Won"), "won", 100, 14),
    ("delivery", _("In delivery"), "won", 100, 30),
    ("service", _("In service"), "won", 100, 365),
    ("lost", _("Lost"), "lost", 0, 0),
)
RENEW_BEFORE = 30
"""Days before the end of a contract on which its owner is reminded; a setting of the firm."""


def stages(turn: Turn) -> list[Stage]:
    """The pipeline in its order; a firm begins with a ready one, in its own language."""
    found = turn.work.deals.stages()
    if not found:
        words = turn.words_for(None)
        changes = list(turn.work.changes)
        for position, (_key, name, kind, chance, stale) in enumerate(READY):
            row = Stage(name=plain(name.resolve(words)), kind=kind, chance=chance, stale=stale, position=position * 10)
            found.append(turn.work.add(row))
        turn.work.changes = changes
    return [stage for stage in found if not stage.removed]


def steps(turn: Turn) -> list[Step]:
    """The stages as the rules know them."""
    return [Step(stage.id, stage.name, stage.kind, stage.chance) for stage in stages(turn)]


def keys(turn: Turn) -> Mapping[int, str]:
    """Which stages are ready ones, by their place; renamed ones too."""
    ready = {position * 10: key for position, (key, *_rest) in enumerate(READY)}
    return {stage.id: ready[stage.position] for stage in stages(turn) if stage.position in ready}


def stage_of(turn: Turn, deal: Deal) -> Stage:
    """Where the deal stands, be the stage removed or not."""
    found = turn.work.get(Stage, deal.stage)
    if found is None:
        raise NotFound(_("That stage is no longer there."))
    return found


def open_deal(
    turn: Turn,
    customer: Customer,
    what: str,
    amount: int | None,
    currency: str,
    stage: Stage,
    *,
    expected: datetime | None = None,
    renews: int | None = None,
) -> Deal:
    """A new deal in a stage."""
    deal = turn.work.add(
        Deal(
            customer=customer.id,
            member=turn.me().id,
            what=what[:200],
            amount=amount,
            currency=currency or turn.workspace.currency,
            stage=stage.id,
            state=stage.kind,
            opened=turn.now,
            moved=turn.now,
            closed=None if stage.kind == "open" else turn.now,
            expected=expected,
            renews=renews,
        )
    )
    _moved(turn, deal, stage)
    return deal


def move_deal(turn: Turn, deal: Deal, stage: Stage, *, reason: str = "") -> Deal:
    """Into a stage; a lost one has a reason."""
    if stage.kind == "lost" and not reason:
        raise BadInput(_("Why was it lost? A reason is needed."))
    if stage.id == deal.stage and not reason:
        return deal
    closed = None if stage.kind == "open" else deal.closed if deal.state == stage.kind else turn.now
    deal = turn.work.change(
        deal, stage=stage.id, state=stage.kind, moved=turn.now, closed=closed, reason=reason[:200], step=""
    )
    _moved(turn, deal, stage)
    return deal


def _moved(turn: Turn, deal: Deal, stage: Stage) -> None:
    changes = list(turn.work.changes)
    by = turn.member.id if turn.member else None
    turn.work.add(Move(deal=deal.id, stage=stage.id, kind=stage.kind, at=turn.now, by=by, amount=deal.amount))
    turn.work.changes = changes
    turn.tell(DealMoved(deal.id, deal.customer, stage.kind))


def sale(deal: Deal) -> Sale:
    """The deal as the rules know it."""
    return Sale(deal.stage, deal.state, deal.amount or 0, deal.opened, deal.closed)


# contracts


def end_contract_on(turn: Turn, customer: Customer, until: datetime) -> Deal:
    """When the customer's contract ends: kept on the deal it came of, and its owner is reminded in time."""
    won = [deal for deal in turn.work.deals.of_customer(customer.id) if deal.state == "won"]
    if won:
        deal = turn.work.change(won[0], until=until)
    else:
        stage = next(stage for stage in stages(turn) if stage.kind == "won")
        deal = turn.work.change(open_deal(turn, customer, "", None, "", stage), until=until)
    recount(turn, customer.id, CONTRACT)
    if not turn.work.reminders.anchored(customer.id, CONTRACT):
        _remind_of_renewal(turn, customer, until)
    return deal


def _remind_of_renewal(turn: Turn, customer: Customer, until: datetime) -> None:
    owner = (turn.work.get(Member, customer.owner) if customer.owner else None) or turn.me()
    text = plain(_("renew the contract").resolve(turn.words_for(None, owner)))
    days = int(turn.workspace.settings.get("renew_before", RENEW_BEFORE))
    at = until.astimezone(turn.zone).replace(hour=9, minute=0)
    made = set_counted(turn, owner, customer.id, at, text, anchor=CONTRACT, away=-days)
    if made is not None and made.asked:
        turn.work.change(made, asked="")


def renew(turn: Turn, customer: Customer) -> Deal:
    """A new deal that would follow the contract; one that is open already is taken up again."""
    deals = turn.work.deals.of_customer(customer.id)
    old = next((deal for deal in deals if deal.state == "won" and deal.until), None)
    running = next((deal for deal in deals if deal.state == "open" and deal.renews), None)
    if running is not None:
        return running
    opening = [stage for stage in stages(turn) if stage.kind == "open"]
    stage = opening[min(2, len(opening) - 1)]
    what = plain(_("renewal").resolve(turn.words))
    amount, currency = (old.amount, old.currency) if old else (None, "")
    until = old.until if old else None
    return open_deal(turn, customer, what, amount, currency, stage, renews=old.id if old else None, expected=until)


def reached(turn: Turn) -> dict[int, set[int]]:
    """Deal → the stages it has been in, in the last year; moves that were taken back do not count."""
    found: dict[int, set[int]] = {}
    for move in turn.work.deals.moves(turn.now - YEAR):
        found.setdefault(move.deal, set()).add(move.stage)
    return {id: stages for id, stages in found.items() if turn.work.deals.get(id) is not None}

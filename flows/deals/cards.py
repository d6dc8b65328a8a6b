"""How deals look: one with its buttons, the pipeline, what has stood still."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.core.messages import Option, Reply
from bot.core.text import Amount, Part, Text, bold, code, join, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.deals import actions
from flows.deals.rules import pipeline
from flows.turn import Turn
from store.models import Deal, Member, Stage

SHOWN = 8
REASONS: Mapping[str, Text] = {
    "price": _("price"),
    "rival": _("a rival"),
    "budget": _("no budget"),
    "timing": _("bad time"),
    "need": _("no need"),
    "silence": _("no answer"),
}


def card_of(deal: Deal) -> str:
    """The card of a deal."""
    return f"deal:{deal.id}"


def whole_sum(amount: int | None, currency: str) -> Text:
    """A sum the reader's way; nothing where there is none."""
    return Text((Amount(Decimal(amount), currency),)) if amount is not None else text()


def title(turn: Turn, deal: Deal) -> Text:
    """Customer, what, how much."""
    customer = turn.work.customers.get(deal.customer)
    parts: list[Part] = [customer.name if customer else "?"]
    if deal.what:
        parts.append(deal.what)
    if deal.amount is not None:
        parts.append(whole_sum(deal.amount, deal.currency))
    return text(*(item for at, part in enumerate(parts) for item in ((" · ", part) if at else (part,))))


def reason_name(reason: str) -> Part:
    """A ready reason in the reader's language, else the words that were said."""
    return REASONS.get(reason, reason)


def deal_card(turn: Turn, deal: Deal, *, note: Text | None = None) -> Reply:
    """Where it stands, what comes next, and the stages to move it to."""
    stage = actions.stage_of(turn, deal)
    owner = turn.work.get(Member, deal.member) if deal.member else None
    likely = f" · {stage.chance}%" if stage.kind == "open" else ""
    body = lines(
        bold(title(turn, deal)),
        text(stage.name, likely, " · ", _("since {when}", when=moment(deal.moved, "day"))),
        _("Owner: {name}", name=owner.name) if owner else None,
        _("Lost because of: {reason}", reason=reason_name(deal.reason)) if deal.reason else None,
        _("Next step: {step}", step=deal.step) if deal.step else None,
        _("Expected by {when}", when=moment(deal.expected, "day")) if deal.expected else None,
        _("Contract until {when}", when=moment(deal.until, "day")) if deal.until else None,
        note,
    )
    return Reply(body, _options(turn, deal, stage), card=card_of(deal))


def _options(turn: Turn, deal: Deal, here: Stage) -> tuple[Option, ...]:
    every = actions.stages(turn)
    if here.kind == "won":
        near = [stage for stage in every if stage.kind == "won"]
    else:
        first = next((stage for stage in every if stage.kind == "won"), None)
        near = [stage for stage in every if stage.kind != "won" or stage is first]
    moves = [
        Option(text(stage.name), f"deal-stage:{deal.id}:{stage.id}", style="primary" if stage.kind == "won" else "")
        for stage in near
        if stage.id != here.id
    ]
    more = [Option(_("Undo"), f"undo:{card_of(deal)}")]
    if here.kind == "open":
        more = [Option(_("Next step"), f"deal-step:{deal.id}"), *more]
    elif here.kind == "won" and deal.until is None:
        more = [Option(_("Contract end"), f"deal-until:{deal.id}"), *more]
    return (*moves[:SHOWN], *more)


def reasons(deal: Deal, stage: Stage) -> Reply:
    """A lost deal is lost with a reason."""
    options = tuple(Option(label, f"deal-lost:{deal.id}:{stage.id}:{key}") for key, label in REASONS.items())
    return Reply(
        _("Why was it lost? Tap, or say it in a few words."),
        (*options, Option(_("Cancel"), "cancel")),
    )


def pipeline_card(turn: Turn, deals: Sequence[Deal], whose: Text) -> Reply:
    """Stage by stage: how many, how much, what may come of it."""
    if not deals:
        return Reply(
            lines(_("The pipeline is empty."), _("Example: {example}", example=code(_("/deal Acme 200k quote"))))
        )
    currency = turn.workspace.currency
    rows = pipeline(actions.steps(turn), [actions.sale(deal) for deal in deals if deal.currency == currency])
    others = sorted({deal.currency for deal in deals} - {currency})
    body = lines(
        bold(whose),
        *(
            text(
                "• ",
                join(" · ", [row.name, ngettext("{n} deal", "{n} deals", row.count), whole_sum(row.amount, currency)]),
            )
            for row in rows
            if row.count
        ),
        _(
            "In all {sum}, likely {likely}",
            sum=whole_sum(sum(row.amount for row in rows), currency),
            likely=whole_sum(sum(row.likely for row in rows), currency),
        ),
        _("Deals in {currencies} are not in these sums.", currencies=join(", ", others)) if others else None,
    )
    newest = sorted(deals, key=lambda deal: -(deal.amount or 0))[:SHOWN]
    options = [Option(title(turn, deal), f"deal:{deal.id}", wide=True) for deal in newest]
    return Reply(body, (*options, Option(_("Funnel"), "funnel"), Option(_("Chart"), "chart:pipeline")))


def stale_card(turn: Turn, deals: Sequence[Deal]) -> Reply:
    """What has stood still for too long, with what can be done about it."""
    body = lines(
        bold(ngettext("{n} deal has stood still", "{n} deals have stood still", len(deals))),
        *(
            text("• ", title(turn, deal), " · ", actions.stage_of(turn, deal).name, " · ", moment(deal.moved, "day"))
            for deal in deals[:SHOWN]
        ),
    )
    return Reply(body, tuple(Option(title(turn, deal), f"deal:{deal.id}", wide=True) for deal in deals[:SHOWN]))

"""What members say about campaigns, and what customers answer to events."""

from __future__ import annotations

import re
from typing import Any

from bot.core.errors import BadInput
from bot.core.messages import Answered, Option, Reply
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.campaigns import actions, asking, cards, sending
from flows.router import MEMBERS, answered, command
from flows.turn import Turn
from flows.understanding import Context, read_money
from store.models import Campaign

Outcome = Reply | Text | None
_COST = re.compile(r"(?P<name>.+?)\s+(?:cost|costs|成本|费用|花费)\s*[:：]?\s*(?P<sum>.+)", re.I)


@command(
    "push",
    help=_("An offer to a group of customers"),
    example=_("/push vip: Our new pumps are here, {name}.", name="{name}"),
    words=("push to", "群发", "推送给"),
    rooms=False,
)
def push(turn: Turn, words: Rest) -> Outcome:
    return begin(turn, "offer", words)


@command(
    "article",
    help=_("An article or a case to a group of customers"),
    example=_("/article tag:auto: How a plant saved 12% energy"),
    words=("send article", "群发文章", "推送文章"),
    rooms=False,
)
def article(turn: Turn, words: Rest) -> Outcome:
    return begin(turn, "article", words)


@command(
    "event",
    help=_("An invitation with Yes and No"),
    example=_("/event tier:A name=Tasting: Join us on 20 May, {name}?", name="{name}"),
    words=("invite to event", "活动邀请", "邀请参加"),
    rooms=False,
)
def event(turn: Turn, words: Rest) -> Outcome:
    return begin(turn, "event", words)


def begin(turn: Turn, kind: str, said: str) -> Outcome:
    """A draft to look at; without words they are asked for."""
    asked = asking.read(turn, said)
    if not asked.words:
        turn.remember({"kind": "push", "what": kind, "said": said})
        return Reply(
            _("What shall it say? {places} are filled in.", places="{name}, {firm}, {owner}"),
            (Option(_("Cancel"), "cancel"),),
        )
    made = actions.make(turn, kind, asked.segment, asked.words, name=asked.name, offer=asked.offer, spread=asked.spread)
    return cards.campaign_card(turn, made)


@command(
    "campaign",
    help=_("Campaigns, how far they are, what they cost"),
    example=_("/campaign expo cost 20000"),
    for_=MEMBERS,
    words=("campaigns", "营销活动", "群发记录"),
)
def campaign(turn: Turn, words: Rest | None = None) -> Outcome:
    said = (words or "").strip()
    if not said:
        return cards.list_card(turn, turn.work.find(Campaign))
    if (match := _COST.fullmatch(said)) and turn.me().role != "viewer":
        return _cost(turn, match["name"], match["sum"])
    found = actions.find(turn, said)
    if found is None:
        return lines(
            _("There is no campaign “{name}”.", name=said[:40]),
            _("Example: {example}", example=code(_("/campaign expo cost 20000"))),
        )
    return cards.campaign_card(turn, found)


def _cost(turn: Turn, name: str, sum_: str) -> Reply:
    """Of a campaign of ours, or of something outside that customers came from."""
    context = Context(now=turn.local, country=turn.workspace.country, language=turn.language)
    money = read_money(sum_, context)
    plain = re.fullmatch(r"\s*([\d,]+(?:\.\d+)?)\s*", sum_)
    amount = float(plain[1].replace(",", "")) if plain else float(money.amount) if money else -1.0
    if not 0 <= amount < 1e12:
        raise BadInput(
            lines(_("I see no sum there."), _("Example: {example}", example=code(_("/campaign expo cost 20000"))))
        )
    found = actions.find(turn, name) or actions.outside(turn, name.strip())
    found = actions.cost(turn, found, round(amount * 100))
    shown = cards.report(turn, found)
    return Reply(
        shown.text, (Option(_("Undo"), f"undo:{cards.card_of(found)}"), *shown.options), card=cards.card_of(found)
    )


@answered(actions.TIMER)
def delivered(turn: Turn, what: Answered) -> Any:
    sending.came_back(turn, what)

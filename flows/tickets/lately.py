# ruff: noqa: E501 -- a rule is one line
""" "Done", "close it", 修好了, 我来处理: said of what a customer wrote a little while ago, without its number."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Text, text
from bot.core.text import gettext as _
from flows.router import NOT_MINE, NotMine
from flows.tickets.actions import number_of
from flows.tickets.rules import DONE
from flows.tickets.wishes import read_wish
from flows.turn import Turn
from flows.understanding.lazily import lazy
from store.models import Ticket

FRESH = timedelta(hours=12)
"""So long after a customer wrote, words that name nobody may be about them."""
_ACTS = {"take": "ticket-take", "solve": "ticket-solve", "close": "ticket-close", "quietly": "ticket-quiet"}
"""What is done to it without its number, and the button that does the same."""
_AROUND = lazy(
    r"^\s*(?:(?:ok(?:ay)?|right|good|thanks)[,.! ]+)?(?:(?:it|that|this|all)(?:['’]s| is| has been)? |we |i(?:['’]ve| have)? )?(?:just |now )?(?P<said>[^\u3400-\u9fff]+?)(?: (?:it|that|this)(?= now|[.! ]*$))?[.! ]*$"
    r"|^\s*(?:那|好的?|嗯)?[，, ]*(?:[这那][个件]?|他的|她的|客户的)?(?:问题|事情?|请求|工单|单子)?(?:已经?|都)?(?P<zh>.+?)[。！! ]*$",
    re.IGNORECASE,
)


def wrote_lately(turn: Turn, ticket: Ticket) -> bool:
    """Whether its customer's last words are fresh."""
    wrote = [line.at for line in turn.work.desk.lines(ticket.id) if line.kind == "in" and line.state != "deleted"]
    return bool(wrote) and turn.now - max(wrote) <= FRESH


def act_in(words: str) -> str:
    """Which of these acts the words are, and nothing else; empty for none."""
    if len(words) > 40 or "\n" in words:
        return ""
    match = _AROUND.match(words)
    tried = (words, (match["said"] or match["zh"]) if match else "")
    return next((act for one in tried if one and (act := read_wish(one).act) in _ACTS), "")


def meant(turn: Turn, act: str) -> list[Ticket]:
    """Mine (to be taken: nobody's, too) that are open, and whose customers wrote lately."""
    mine = (turn.me().id, None) if act == "take" else (turn.me().id,)
    found = [one for one in turn.work.desk.open() if one.owner in mine and one.state not in DONE]
    return [one for one in found if wrote_lately(turn, one)]


def settled_before(turn: Turn) -> Text | NotMine:
    """The same said twice: the last one that was settled is named."""
    me = turn.me().id
    done = [one for one in turn.work.desk.since(turn.now - FRESH) if one.owner == me and one.state in DONE]
    if not done or not wrote_lately(turn, done[-1]):
        return NOT_MINE
    return _("{number} is settled already.", number=number_of(done[-1]))


def which(turn: Turn, act: str, tickets: list[Ticket]) -> Reply:
    """Of several it is never guessed."""
    picks = [
        Option(text(number_of(one), f" · {one.title[:40]}"), f"{_ACTS[act]}:{one.id}", wide=True) for one in tickets[:8]
    ]
    return Reply(_("Which one?"), tuple(picks))

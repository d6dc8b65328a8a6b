# ruff: noqa: E501 -- a rule is one line
""" "Make it 10% off", 改成9折, "send it to Dan": what is said next of the quote that was written last."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from bot.core.messages import Said
from bot.core.text import gettext as _
from flows.activities.lines import meant, understood
from flows.quotes import actions, cards
from flows.quotes.presses import look_first
from flows.quotes.rules import lines_of, read_lines
from flows.replies import below
from flows.router import EDITORS, NOT_MINE, heard
from flows.turn import Turn
from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE
from flows.undo.actions import last
from store.models import Quote

FRESH = timedelta(minutes=30)
"""So long a few words may still be about the quote."""
_OFF = tuple(
    lazy(PLEASE + words + r"[.!。！吧 ]*$", re.IGNORECASE)
    for words in (
        r"(?:(?:no|ok(?:ay)?|then|actually|sorry)[, ]+)*(?:(?:change|make|set|put|drop|lower|raise|reduce)\s(?:it|that|this|the (?:discount|quote))\s(?:down |up )?(?:to |at )?|(?:give|offer)\s(?:him|her|them)\s(?:an? )?|(?:the )?same (?:quote|one|again)?,? ?(?:but )?(?:with|at|minus) |(?:only|just|with|minus)?\s?)(?P<off>\d{1,2}(?:\.\d{1,2})?) ?(?:%|percent)(?: off| discount| less)?(?: instead| then)?",
        r"(?:(?:不|不对|算了)[，, ]*)?(?:那|就|还是|再)*(?:改成|改为|改|打|按|给[他她](?:们)?(?:打)?|折扣(?:改成|改为)?)*(?P<zhe>[1-9](?:\.\d|\d)?|[一二三四五六七八九]{1,2})折(?:的)?(?:价)?",
        r"(?:那|就|还是)*(?:改成|改为|给[他她](?:们)?)?(?:优惠|折扣|便宜|让利|减)(?:改成|改为)?(?P<off>\d{1,2}(?:\.\d{1,2})?)(?:[%％]|个点)",
    )
)
_SENT = lazy(
    PLEASE
    + r"(?:(?:ok(?:ay)?|good|great|then)[, ]+)?(?:send|mail|e-?mail|forward)\s(?:it|that|this|the quote)(?: out| off| over)?(?: to (?P<whom>[\w .'-]{1,40}?))?(?: now)?[.! ]*$"
    + r"|(?:那|就|好)*(?:[，, ]*)(?:把(?:它|报价单?)|报价单?)?发(?:给(?P<whom_zh>[^，,。了]{1,10}?)|出去|过去)(?:吧)?[。！ ]*$",
    re.IGNORECASE,
)
_THEM = frozenset(("him", "her", "them", "the customer", "客户", "他", "她", "他们", "对方"))


@heard("said", for_=EDITORS)
def of_the_last_one(turn: Turn, said: Said) -> Any:
    """Another discount, or the way to the customer; of a quote that is not the member's last act nothing is heard."""
    if not turn.private or said.forwarded_from or said.answers or "\n" in said.text or len(said.text) > 80:
        return NOT_MINE
    off = next((match for pattern in _OFF if (match := pattern.match(said.text))), None)
    sent = None if off else _SENT.match(said.text)
    quote = _last(turn) if off or sent else None
    if quote is None:
        return NOT_MINE
    if off is not None:
        return _discounted(turn, quote, off)
    whom = (sent["whom"] or sent["whom_zh"] or "") if sent else ""
    return look_first(turn, quote.id) if _is_theirs(turn, quote, whom) else NOT_MINE


def _last(turn: Turn) -> Quote | None:
    """The quote that this member wrote or changed last, with nothing done since."""
    change = last(turn)
    topic, _colon, id = (change.card if change else "").partition(":")
    if change is None or topic != "offer" or not id.isdigit() or turn.now - change.at > FRESH:
        return None
    return turn.work.get(Quote, int(id))


def _discounted(turn: Turn, quote: Quote, match: re.Match[str]) -> Any:
    words = match.groupdict()
    discount = read_lines(f"{words['off']}% off" if words.get("off") else f"{words['zhe'].translate(_DIGITS)}折")[1]
    after = actions.change_quote(turn, quote, lines_of(quote.lines), discount)
    turn.did(_("quote changed"), cards.card_of(after))
    return below(turn, cards.quote_card(turn, after))


_DIGITS = str.maketrans("一二三四五六七八九", "123456789")


def _is_theirs(turn: Turn, quote: Quote, whom: str) -> bool:
    """Nobody is named, or somebody of that customer."""
    if not whom or whom.strip().casefold() in _THEM:
        return True
    return [one.id for one in meant(turn, understood(turn, whom, turn.at))] == [quote.customer]

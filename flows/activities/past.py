# ruff: noqa: E501 -- a rule is one line
"""Questions about a stretch of time: whom we met, what was sold, what customers promised us."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, join, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.activities.words import kind_name
from flows.customers.sight import seen
from flows.day import figures
from flows.deals.cards import title, whole_sum
from flows.turn import Turn
from flows.understanding.facts import Time
from store.figures import done_between
from store.models import Activity, Customer, Promise

SHOWN = 8
"""Lines of an answer."""
USUAL = 30
"""Days that are looked back on when none are named."""
_MET = re.compile(
    r"^(?:so |and |please )?(?:which|what|who|whom|whose)\b[^?]{0,40}?\b(?:did|have|has) (?P<who>we|i|you|our \w+) (?:all )?(?P<kind>meet|met|visit(?:ed)?|see|seen|call(?:ed)?|contact(?:ed)?|talk(?:ed)?|sp(?:eak|oken)|e-?mail(?:ed)?|demo(?:ed)?)\b"
    r"|(?P<kind_zh>拜访|走访|见|打(?:过|了)?电话给?|联系|会见|演示|沟通)(?:了|过)+(?:哪(?:些|几[个家]|[个家])|谁|什么)(?:客户|公司|人)?|(?:和|跟|与|给|去|向)(?:哪(?:些|几[个家]|[个家])|谁)(?:客户|公司|人)?(?P<later_zh>见(?:了|过)面|开(?:了|过)会|打(?:了|过)电话|联系(?:了|过)|演示(?:了|过)|聊(?:了|过)|拜访(?:了|过))",
    re.IGNORECASE,
)
_KINDS = (
    (re.compile(r"visit|拜访|走访", re.IGNORECASE), ("visit", "meeting")),
    (re.compile(r"meet|met\b|see|见|开", re.IGNORECASE), ("meeting", "visit", "demo")),
    (re.compile(r"call|打", re.IGNORECASE), ("call",)),
    (re.compile(r"mail", re.IGNORECASE), ("email",)),
    (re.compile(r"demo|演示", re.IGNORECASE), ("demo",)),
)
_SOLD = re.compile(
    r"\bhow (?:much|many)\b[^?]{0,30}\b(?:did|have|has) (?:we|i|\w+) (?:\w+ )?(?:sell|sold|close[d]?|win|won|land(?:ed)?|sign(?:ed)?)\b|\b(?:what|which)\b[^?]{0,30}\b(?:did|have) (?:we|i) (?:sell|sold|win|won|close[d]?|sign(?:ed)?)\b|\bhow (?:much|many)\b[^?]{0,20}\b(?:was|were|is) (?:sold|won|signed)\b"
    r"|(?:卖|签|赢|成交|拿下|中)(?:了|下|到|出)?(?:去)?(?:多少|几|哪些|什么)(?:钱|[个笔张]?(?:单子?|合同|客户|订单|项目))?|(?:销售额|成交额|业绩)(?:是|有|多少|怎么样|如何)",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:i|my|me)\b|我(?!们)", re.IGNORECASE)


def whom(turn: Turn, words: str, when: Time | None) -> Reply | None:
    """Whom we met, visited, called; None where that is not asked."""
    asked = _MET.search(words)
    if asked is None:
        return None
    verb = asked["kind"] or asked["kind_zh"] or asked["later_zh"]
    kinds = next((kinds for pattern, kinds in _KINDS if pattern.search(verb)), ())
    first, last = stretch(turn, when)
    span = figures.span(turn, first, last + timedelta(days=1))
    mine = turn.me().id if _MINE.search(words) else None
    done = [
        one
        for one in seen(turn, done_between(turn.work, span.start, min(span.end, turn.now + timedelta(seconds=1))))
        if one.direction == "out"
        and (one.kind in kinds if kinds else one.kind not in ("note", "request"))
        and (mine is None or one.member == mine)
    ]
    head = _named(first, last)
    if not done:
        return Reply(_("Nobody, as far as the file says: {when}.", when=head))
    by_customer: dict[int, list[Activity]] = {}
    for one in reversed(done):
        by_customer.setdefault(one.customer, []).append(one)
    rows, options = [], []
    for id, theirs in list(by_customer.items())[:SHOWN]:
        customer = turn.work.get(Customer, id)
        if customer is None:
            continue
        days = join(", ", [text(kind_name(one.kind), " ", moment(one.at, "day")) for one in theirs[:3]])
        rows.append(text("• ", bold(customer.name), " · ", days))
        options.append(Option(text(customer.name), f"who:{id}"))
    more = len(by_customer) - SHOWN
    rest = ngettext("and {n} more", "and {n} more", more) if more > 0 else None
    return Reply(lines(bold(head), *rows, rest), tuple(options[:4]))


def sold(turn: Turn, words: str, when: Time | None) -> Reply | None:
    """The deals that were won, with their sum; None where that is not asked."""
    if not _SOLD.search(words):
        return None
    first, last = stretch(turn, when)
    span = figures.span(turn, first, last + timedelta(days=1))
    mine = turn.me().id if _MINE.search(words) else None
    won = [
        deal
        for deal in seen(turn, turn.work.deals.closed(span.start, span.end))
        if deal.state == "won" and (mine is None or deal.member == mine)
    ]
    head = _named(first, last)
    if not won:
        return Reply(_("No deal was won: {when}.", when=head))
    currencies = sorted({deal.currency for deal in won if deal.amount is not None})
    sums = [whole_sum(sum(deal.amount or 0 for deal in won if deal.currency == one), one) for one in currencies]
    count = ngettext("{n} deal won", "{n} deals won", len(won))
    more = len(won) - SHOWN
    rest = ngettext("and {n} more", "and {n} more", more) if more > 0 else None
    body = lines(
        bold(head),
        join(" · ", [count, *([join(", ", sums)] if sums else [])]),
        *(text("• ", title(turn, deal)) for deal in won[:SHOWN]),
        rest,
    )
    return Reply(body)


def owed_to_us(turn: Turn) -> Reply:
    """What customers promised and have not done yet, the nearest first."""
    open_ones = seen(turn, turn.work.find(Promise, by="them", state="open"))
    open_ones.sort(key=lambda one: (one.due is None, one.due or turn.now))
    if not open_ones:
        return Reply(_("No customer owes us anything that I know of."))
    rows = []
    for one in open_ones[:SHOWN]:
        customer = turn.work.get(Customer, one.customer)
        due = moment(one.due, "day") if one.due else _("no date")
        rows.append(text("• ", bold(customer.name if customer else "?"), ": ", one.what, " · ", due))
    more = len(open_ones) - SHOWN
    rest = ngettext("and {n} more", "and {n} more", more) if more > 0 else None
    return Reply(lines(bold(_("What customers promised us")), *rows, rest))


def stretch(turn: Turn, when: Time | None) -> tuple[date, date]:
    """First and last day that are asked about, none of them ahead; "since" runs until today."""
    today = turn.local.date()
    if when is None:
        return today - timedelta(days=USUAL), today
    first = when.start.date() if isinstance(when.start, datetime) else when.start
    if when.bound in ("since", "after", "within"):
        return min(first, today), today
    if when.end is None or isinstance(when.start, datetime):
        last = first
    else:
        last = (when.end.date() if isinstance(when.end, datetime) else when.end) - timedelta(days=1)
    return first, max(first, min(last, today))


def _named(first: date, last: date) -> Text:
    return moment(first, "day") if first == last else join(" – ", [moment(first, "day"), moment(last, "day")])

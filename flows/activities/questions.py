# ruff: noqa: E501 -- a rule is one line
"""Questions about a customer, answered in a sentence or two: what is asked is found in words of both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from datetime import time as clock
from functools import partial
from typing import Literal

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, join, lines, moment, ngettext, quote, text
from bot.core.text import gettext as _
from flows.activities.lines import understood
from flows.activities.words import DELETED, kind_name
from flows.asking import run
from flows.customers.cards import customer_card
from flows.router import COMMANDS
from flows.tiers.words import money
from flows.turn import Turn
from flows.understanding.characters import is_chinese
from flows.understanding.facts import Time
from store.models import Activity, Customer, Member, Purchase

SHOWN = 3
"""Orders that are named."""
Asked = Literal["money", "last", "owed", "next", "owner", "phone", "bought", "paid", "contract", "card"]

_MONEY = re.compile(
    r"\bhow much(?: money)?\b(?:(?!\bpromis).){0,40}\bow(?:es?|ing)\b|\bow(?:es?|ing) (?:us |me )?(?:any |some |still )?(?:money|cash)\b|\b(?:outstanding|unpaid|overdue) (?:balance|amount|invoices?|payments?|money|sum)s?\b"
    r"|(?:欠|差)(?:着|了)?(?:我们|咱们?)?(?:的)?(?:多少(?:钱|款|货款)?(?=[?？。呢啊 ]*$)|货款|尾款|账款|钱|款)|多少(?:欠款|应收|账款|尾款|钱没付|钱没给)|(?:欠款|应收款?|应收账款)(?:是|有|还有|还剩)?(?:多少|几)",
    re.IGNORECASE,
)
_PATTERNS: tuple[tuple[Asked, re.Pattern[str]], ...] = (
    ("money", _MONEY),
    ("owed", re.compile(r"\b(owe|owed|promis(?!ing)\w*|commit\w*)\b|欠|承诺|答应", re.IGNORECASE)),
    (
        "owner",
        re.compile(
            r"\b(who (looks after|owns|handles|is responsible)|whose)\b|谁(?:在|来)?(?:负责|跟(?:进|单)?|管)|负责人",
            re.IGNORECASE,
        ),
    ),
    (
        "bought",
        re.compile(
            r"\b(?:how (?:much|many)|what|which)\b"
            r"(?:(?!\b(?:phone|number(?! of)|e-?mail|address|next|upcoming|will)\b).)*"
            r"\b(?:orders?|ordered|buy|bought|spen[dt]|purchase[ds]?|turnover)\b"
            r"|\bwhen\b.{0,40}\b(?:order(?:ed)?|bought|buy|purchased?)\b"
            r"|\b(?:last|latest|recent) (?:orders?|purchases?)\b"
            r"|(?:什么时候|何时|上次|最近|最后)[^，。]{0,6}?(?:下单|下的?[订]?单|订货|采购|买)"
            r"|(?:下单|下的?订单|订货|采购|买)的?(?:是)?(?:什么时候|何时)"
            r"|(?:买|订|订购|下单?|采购|消费)(?:了|过)*(?:多少(?!号)|什么(?!时|日|人|电话|样)|几(?![时号点月])|哪些)|(?:多少|几|哪些)[个笔张]?(?:订单|单)"
            r"|(?:订单|销售|采购|成交|消费)总?额",
            re.IGNORECASE,
        ),
    ),
    (
        "paid",
        re.compile(
            r"\b(?:has|have|did|do|does|when|when['’]?s)\b.{2,60}\b(?:paid|pay)\b|(?:付款|付钱|打款|回款|付)了?(?:没有?|吗)",
            re.IGNORECASE,
        ),
    ),
    (
        "contract",
        re.compile(
            r"\b(?:contract|agreement)\b.{0,30}\b(?:ends?|expires?|run(?:s|ning)? out|up|until|over|renew\w*)\b|合同.{0,6}(?:到期|什么时候)",
            re.IGNORECASE,
        ),
    ),
    ("phone", re.compile(r"\b(phone|number|e-?mail|reach)\b|电话|号码|手机|邮箱|怎么联系", re.IGNORECASE)),
    ("next", re.compile(r"\b(next|upcoming|due|scheduled|planned)\b|下一步|下次|接下来|安排|计划", re.IGNORECASE)),
    ("last", re.compile(r"\b(last|latest|when did|recent\w*)\b|上次|最近|最后|什么时候", re.IGNORECASE)),
)


def asked(words: str) -> Asked:
    """What a question wants to know; the whole card when it is none of the usual things."""
    return next((kind for kind, pattern in _PATTERNS if pattern.search(words)), "card")


def answer(turn: Turn, customer: Customer, words: str) -> Reply:
    """The answer, and a button to the card."""
    if asked(words) == "paid":
        return _paid(turn, customer)
    found = _ANSWERS.get(asked(words))
    if found is None:
        return customer_card(turn, customer)
    if found is _owed and (by := _side(words)):
        found = partial(_owed, by=by)
    if found is _bought:
        found = partial(_bought, words=words)
    card = Option(_("Show card"), f"who:{customer.id}")
    return Reply(lines(bold(customer.name), found(turn, customer)), (card,))


def _last(turn: Turn, customer: Customer) -> Text:
    activities = turn.work.activities.last(customer.id, limit=3)
    if not activities:
        return _("Nothing has been logged yet.")
    return lines(*(_told(turn, activity) for activity in activities))


def _told(turn: Turn, activity: Activity) -> Text:
    who = turn.work.get(Member, activity.member) if activity.member else None
    deleted = text(" · ", _("deleted by them")) if activity.result == DELETED else ""
    head = text(moment(activity.at, "short"), " · ", kind_name(activity.kind), f" · {who.name}" if who else "", deleted)
    return lines(head, quote(activity.text[:200])) if activity.text else head


_THEY_OWE = re.compile(
    r"\b(?:owes?|promised?s?) us\b|\b(?:they|customers?|clients?) (?:still )?(?:owe|promised?)"
    r"|\bdid (?:they|he|she|customers?) promise"
    r"|(?:对方|客户|他们?|她们?)(?:还|都|又)*(?:欠|答应|承诺)|欠(?:着)?(?:我们|咱们?)|(?:答应|承诺)(?:了)?(?:我们|咱们?)",
    re.IGNORECASE,
)
_WE_OWE = re.compile(
    r"\b(?:we|i) (?:still )?(?:owe|promised?)|(?:我们|我|咱们?)(?:还|都|又)*(?:欠|答应|承诺)", re.IGNORECASE
)


def they_owe(words: str) -> bool:
    """Whether what the other side owes is asked for."""
    return _THEY_OWE.search(words) is not None


def _side(words: str) -> str:
    """Whose promises are asked for; empty: both sides'."""
    return "them" if they_owe(words) else "us" if _WE_OWE.search(words) else ""


def _owed(turn: Turn, customer: Customer, by: str = "") -> Text:
    """Those of the side that was asked for; where it has none open, what the other side owes is still worth saying."""
    promises = turn.work.activities.promised(customer.id)
    if not promises:
        return _("No promise is open, on either side.")
    asked_for = [promise for promise in promises if promise.by == by]
    none = {"us": _("We owe them nothing. But:"), "them": _("They owe us nothing. But:")}.get(by)
    return lines(
        None if asked_for else none,
        *(_promise(promise.by, promise.what, promise.due) for promise in asked_for or promises),
    )


def _promise(by: str, what: str, due: datetime | None) -> Text:
    when = moment(due, "day") if due else _("no date")
    if by == "us":
        return _("We promised: {what} ({due})", what=what, due=when)
    return _("They promised: {what} ({due})", what=what, due=when)


def _next(turn: Turn, customer: Customer) -> Text:
    reminders = turn.work.reminders.of_customer(customer.id)
    if not reminders:
        return _("Nothing is planned.")
    return lines(*(_("To do {when}: {what}", when=moment(r.due, "short"), what=r.text or "…") for r in reminders[:5]))


def _owner(turn: Turn, customer: Customer) -> Text:
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    return _("Owner: {name}", name=owner.name) if owner else _("Nobody looks after this customer yet.")


def _phone(turn: Turn, customer: Customer) -> Text:
    people = turn.work.customers.contacts(customer.id)
    ways = [" · ".join(part for part in (p.name, p.phone, p.email) if part) for p in people if p.phone or p.email]
    own = " · ".join(part for part in (customer.phone, customer.email) if part)
    known = [way for way in (own, *ways) if way]
    return lines(*known) if known else _("No phone or e-mail is known.")


def _bought(turn: Turn, customer: Customer, words: str = "") -> Text:
    """What it came to in the time that was asked for, and the latest of it."""
    time = next(iter(understood(turn, words, turn.at).times), None)
    since, until = _stretch(turn, time) if time is not None else (None, None)
    orders = [
        row
        for row in turn.work.find(Purchase, customer=customer.id, kind="order", state="open")
        if (since is None or row.at >= since) and (until is None or row.at < until)
    ]
    if not orders:
        return _("{when}: no order.", when=_named(turn, time)) if time else _("No order is known.")
    orders.sort(key=lambda row: row.at, reverse=True)
    sums = [
        money(sum(row.amount for row in orders if _currency(turn, row) == currency), currency)
        for currency in sorted({_currency(turn, row) for row in orders})
    ]
    count = ngettext("{n} order", "{n} orders", len(orders))
    total = _("{orders}, together {sum}", orders=count, sum=join(", ", sums))
    head = _("{when}: {what}", when=_named(turn, time), what=total) if time else total
    more = len(orders) - SHOWN
    rest = ngettext("and {n} more", "and {n} more", more) if more > 0 else None
    return lines(head, *(_order(turn, row) for row in orders[:SHOWN]), rest)


def _currency(turn: Turn, row: Purchase) -> str:
    """What other systems sent without one is in the firm's own."""
    return row.currency or turn.workspace.currency


def _named(turn: Turn, time: Time) -> Text:
    """In the words of the question, or by its days for whoever reads another language than they ask in."""
    since, until = _stretch(turn, time)
    if is_chinese(time.text[:1]) == (turn.language == "zh") or since is None or until is None:
        return text(time.text[:1].upper() + time.text[1:])
    first, last = (at.astimezone(turn.zone).date() for at in (since, until - timedelta(seconds=1)))
    return moment(first, "day") if first == last else join(" – ", [moment(first, "day"), moment(last, "day")])


def _order(turn: Turn, row: Purchase) -> Text:
    named = [part for part in (row.what, row.number) if part]
    return text("• ", join(" · ", [moment(row.at, "day"), *named, money(row.amount, _currency(turn, row))]))


def _stretch(turn: Turn, time: Time) -> tuple[datetime | None, datetime | None]:
    """From when until when orders are counted; "since March" has no end, "before March" no beginning."""
    start, end = _instant(turn, time.start), _instant(turn, time.end) if time.end else None
    if time.bound in ("since", "after"):
        return start, None
    if time.bound == "before":
        return None, end or start
    return start, end or start + timedelta(days=1)


def _instant(turn: Turn, at: date) -> datetime:
    return at if isinstance(at, datetime) else datetime.combine(at, clock.min, turn.zone)


def about_money(words: str) -> bool:
    """Whether a debt in money is asked for."""
    return _MONEY.search(words) is not None


def no_books() -> Text:
    """Who owes how much stands in the books, and we do not guess it from orders."""
    return _("I don't keep the books: what is owed in money I can't say.")


def _money_owed(turn: Turn, customer: Customer) -> Text:
    """What was ordered is known, where anything was."""
    bought = turn.work.first(Purchase, customer=customer.id, kind="order", state="open")
    return lines(no_books(), _bought(turn, customer) if bought else None)


def _paid(turn: Turn, customer: Customer) -> Reply:
    """What they ordered, were sent invoices for, and paid."""
    shown: Reply = run(turn, COMMANDS["orders"], f'"{customer.name}"')
    return shown


def _contract(turn: Turn, customer: Customer) -> Text:
    ends = [deal.until for deal in turn.work.deals.of_customer(customer.id) if deal.until]
    if not ends:
        return _("No day is known on which a contract ends.")
    return _("Contract until {when}", when=moment(max(ends), "day"))


_ANSWERS: Mapping[Asked, Callable[[Turn, Customer], Text]] = {
    "money": _money_owed,
    "last": _last,
    "owed": _owed,
    "next": _next,
    "owner": _owner,
    "phone": _phone,
    "bought": _bought,
    "contract": _contract,
}

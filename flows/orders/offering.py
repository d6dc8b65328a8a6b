# ruff: noqa: E501 -- a rule is one line
"""A tap under a logged line that tells of an order or a payment: it goes into the customer's figures."""

from __future__ import annotations

import re

from bot.core.messages import Option
from bot.core.text import gettext as _
from bot.core.text import text
from flows.deals.cards import whole_sum
from flows.turn import Turn
from store.models import Activity, Purchase

_PAID = re.compile(
    r"\b(?:has |have |just |already )?paid\b(?! attention| a visit|\s+for (?:by|the))|\b(?:received|got|booked)\b.{0,20}\b(?:payment|deposit|transfer|money)\b|\b(?:received|got)\s\S{0,4}\d\S*\s(?:\w+\s)?from\b|\bpayment (?:of .{1,20} )?(?:came in|arrived|received)\b"
    r"|付了|付清|付款了|已付|回款|打款了|打了款|汇款了|到账|收到.{0,12}(?:货款|款|定金|订金|尾款|预付)",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"\b(?:re-?)?ordered\b|\b(?:placed|place|got|received|gave us|sent(?: us)?|new|another|repeat|first)\b(?: \w+){0,2} (?:order|po|purchase order)\b|\bpo\b.{0,20}\b(?:received|came in|arrived)\b|\border (?:came in|received|confirmed|from)\b"
    r"|下了?(?:[一二两三几]?[个张笔])?新?(?:订?单)(?!价)|下了.{0,3}[单订]|追加了?(?:订单)?|订购了?|订了|采购了|返单|加单",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:not|never|n['’]t|hasn|haven|if|when|once|will|would|wants? to|going to|plans? to|may|might|should|could|until|before|unless|asked|promised|ready to|from (?:a|their|another|the) (?:competitor|rival))\b|没有?|还未|未|不会|如果|要是|等|准备|打算|计划|可能|想|希望|考虑|答应|承诺|催|取消|别家|友商|对手|竞品|[?？吗]",
    re.IGNORECASE,
)


def told(line: str) -> str:
    """ "order" or "payment" where the line says that there was one; empty where it may come, or came to a rival."""
    if _NOT_YET.search(line):
        return ""
    return "payment" if _PAID.search(line) else "order" if _ORDERED.search(line) else ""


def offer(turn: Turn, activity: Activity) -> list[Option]:
    """One tap that writes the sum down; none once it is."""
    kind = told(activity.text) if activity.amount and activity.status == "done" else ""
    if not kind or booked(turn, activity) is not None:
        return []
    amount = whole_sum(activity.amount, activity.currency)
    label = _("Add the payment: {sum}", sum=amount) if kind == "payment" else _("Add the order: {sum}", sum=amount)
    return [Option(text(label), f"purchase-told:{activity.id}", wide=True)]


def booked(turn: Turn, activity: Activity) -> Purchase | None:
    """What was written down of this line, by a tap or otherwise."""
    rows = turn.work.find(Purchase, customer=activity.customer, kind=told(activity.text), state="open")
    return next((row for row in rows if row.at == activity.at and row.amount == (activity.amount or 0) * 100), None)

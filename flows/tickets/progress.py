# ruff: noqa: E501 -- a class of words is one line
"""Progress that customers hear unasked: in the firm's own sentence at once, in a member's words after a look."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, lines, plain, quote
from bot.core.text import gettext as _
from flows.customers.actions import touched
from flows.rhythm.writing import preview
from flows.turn import Turn
from flows.understanding.lazily import lazy
from store.models import Activity, Customer

_ORDER = r"(?:(?:the|your|their|my)? ?(?:order|goods|parcel|shipment|machine|parts?)(?: (?:has|have) been| was| were| is| are)? ?)?"
_ZH = r"(?:您的|他们的|你的)?(?:订单|货物?|机器|设备|配件)?(?:已经?|正?在)?"
APPROVED: Sequence[tuple[str, Text]] = (
    (
        rf"{_ORDER}(?:received|confirmed|accepted)|{_ZH}(?:收到|确认|接单)(?:订单)?了?",
        _("We have your order and are working on it."),
    ),
    (rf"{_ORDER}in production|{_ZH}(?:生产|排产)(?:中|了)?", _("Your order is being made.")),
    (
        rf"{_ORDER}(?:shipped|sent|dispatched|on (?:its|the) way)|{_ZH}(?:发货|发出|寄出)了?",
        _("Your order is on its way."),
    ),
    (rf"{_ORDER}delivered|{_ZH}(?:送达|到货|送到)了?", _("Your order has been delivered. Is everything all right?")),
    (
        rf"{_ORDER}ready(?: for (?:pick-?up|collection))?|{_ZH}(?:可以?自?提(?:货)?|备好)了?",
        _("Your order is ready to be picked up."),
    ),
    (
        r"(?:the )?(?:spare )?parts? (?:has been |have been |is |are )?ordered|配件(?:已经?)?(?:订|下单|订购)(?:好)?了?|已?订(?:了)?配件",
        _("We have ordered the part that you need."),
    ),
    (
        r"(?:the )?repair (?:has )?(?:started|begun|in work)|(?:已经?)?开始维修了?|维修中",
        _("We have begun with your repair."),
    ),
    (
        rf"(?:the )?repair (?:is )?(?:done|finished|complete)|{_ORDER}repaired|{_ZH}(?:修好|维修完成|修复)了?",
        _("Your repair is done."),
    ),
    (
        r"(?:the |our )?technician (?:is )?on (?:the|his|her|their) way|(?:师傅|工程师)(?:已经?)?(?:出发|上路|在路上)了?",
        _("Our technician is on the way to you."),
    ),
)
"""What members say in short, and the sentence that the firm has for it."""
_SENTENCES = tuple((lazy(rf"\s*(?:{words})[\s.!。！]*", re.IGNORECASE), said) for words, said in APPROVED)


def approved(words: str) -> Text | None:
    """The firm's own sentence for this; None where the words say anything more."""
    return next((said for pattern, said in _SENTENCES if pattern.fullmatch(words)), None)


def tell(turn: Turn, customer: Customer, words: str) -> Reply | Text:
    """The firm's sentence goes out at once; other words are shown first as their reader will see them."""
    said = approved(words)
    chats = turn.work.people.chats_of(customer.id)
    if said is None or not chats or "all" in customer.stopped.split():
        text = plain(said.resolve(turn.words_for(chats[0] if chats else None))) if said else words
        return preview(turn, customer, text)
    written = plain(said.resolve(turn.words_for(chats[0])))
    turn.say_to(chats[0], Reply(said, tell=f"written:{customer.id}", if_unsure="leave"))
    turn.work.add(
        Activity(
            customer=customer.id,
            member=turn.me().id,
            kind="message",
            channel=chats[0].platform,
            at=turn.now,
            text=written,
            logged=turn.now,
        )
    )
    touched(turn, customer)
    turn.work.for_good()
    show = Option(_("Show card"), f"who:{customer.id}")
    return Reply(lines(bold(_("Sent to {name}.", name=customer.name)), quote(written)), (show,))

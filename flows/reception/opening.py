# ruff: noqa: E501 -- a rule is one line
"""A customer who asks when we are there: told at once, once the firm has said its hours; else a person answers."""

from __future__ import annotations

import re
import unicodedata

from bot.core.messages import Option, Reply
from bot.core.text import gettext as _
from flows.clocks.hours import hours_public
from flows.customers.facts import CustomerWrote
from flows.reception.standing import talking
from flows.tickets.intake import of_chat
from flows.tickets.reading import read_words
from flows.turn import Turn
from flows.understanding.lazily import lazy
from store.models import Activity, Conversation

_HELLO = r"(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|excuse me|sorry|please|and|so|ok|can you tell me|could you tell me|do you know|i(?:'d| would) like to know|may i ask)[ ,.!:-]*)*"
_YOU = r"(?:you(?: guys)?|your (?:shop|store|office|company|team|service(?: desk)?|support)|the (?:shop|store|office))"
_TIME = r"(?: (?:(?:today|tomorrow|tonight|now|still|again|open|close[ds]?|for business|work|until|till|from|to|and|on|in|at|this|next|the|during|over|all day|mornings?|afternoons?|evenings?|nights?|weeks?|weekends?|weekdays?|(?:public |bank )?holidays?|christmas|easter|new year|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|please|usually|normally|there|available|reachable|\d{1,2}(?::\d\d)?(?: ?[ap]m)?)[ ,]?)+)?"
_ASKS = tuple(
    lazy(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_HELLO}(?:when|(?:at )?what time|what days|which days|until when|till when|how late|how long|from when) (?:do|are|is|does|will) {_YOU}(?: be)?(?: usually| normally)? (?:open(?:ed)?|close[sd]?|closing|opening|start(?: work)?|work(?:ing)?|there|available|reachable){_TIME}[ ?.!]*",
        rf"{_HELLO}(?:what(?:'s| are| is|re)? |tell me )?(?:your |the )?(?:opening|office|business|working|store|shop|service) (?:hours|times?){_TIME}[ ?.!]*",
        rf"{_HELLO}(?:are|is) {_YOU} (?:still |also )?(?:open|closed|working){_TIME}[ ?.!]*",
        rf"{_HELLO}(?:do|does) {_YOU} (?:work|open|close){_TIME}[ ?.!]*",
        r"(?:请问|你好|您好|[,，\s])*(?:你们|您们|贵公司|公司|店里|门店|客服|办公室)?(?:是|都|一般|平时)?(?=.*(?:几点|什么时候|什么时间|吗|么|时间|多久))(?:今天|明天|后天|周末|周[一二三四五六日天]|星期[一二三四五六日天]|节假日|中午|晚上|国庆|春节|五一|元旦)*(?:都|也|还)?(?:是)?(?:几点|什么时候|什么时间)?(?:到几点|开始)?(?:上班|下班|开门|关门|营业|工作|休息|放假|有人)(?:时间)?(?:是|到)?(?:几点|什么时候|多久|怎样|什么)?(?:到几点|开始|结束)?(?:的|吗|么|呢|啊)?[?？。!！\s]*",
    )
)
_LONGEST = 100


def asks_when_open(words: str) -> bool:
    """Whether it is asked when we are there, and nothing else."""
    said = " ".join(unicodedata.normalize("NFKC", words).replace("’", "'").split())
    return 0 < len(said) <= _LONGEST and any(pattern.fullmatch(said) for pattern in _ASKS)


def answered(turn: Turn, fact: CustomerWrote) -> bool:
    """True when nobody of ours need be called for it; words in a request that is open are its owner's to read, too."""
    activity, chat = turn.work.get(Activity, fact.activity), turn.work.get(Conversation, fact.conversation)
    if activity is None or chat is None or chat.kind == "room" or not asks_when_open(activity.text):
        return False
    if read_words(activity.text).angry or talking(turn, chat) or (told := hours_public(turn)) is None:
        return False
    turn.say(Reply(told, (Option(_("A person, please"), f"standing-person:{activity.id}"),)))
    ticket = of_chat(turn, chat.id)
    return ticket is None or ticket.state == "solved"

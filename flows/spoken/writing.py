# ruff: noqa: E501 -- a rule is one line
"""What a customer is to read, or is asked into the chat by, said in a sentence: "tell Acme the parts are here"."""

from __future__ import annotations

import re
from typing import Any

from flows.arguments import READERS, Found
from flows.asking import run
from flows.customers.names import named_places
from flows.relay.outward import draft
from flows.relay.places import reader_of
from flows.router import COMMANDS, NOT_MINE
from flows.spoken.giving import the_one
from flows.tickets.lately import wrote_lately
from flows.tickets.rules import DONE
from flows.turn import Turn
from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE
from store.models import Customer

_WRITE = tuple(
    lazy(PLEASE + words, re.IGNORECASE)
    for words in (
        r"(?:回复|答复|回一?下|告诉|告知|通知)(?P<who>[^:：，,]{1,20}?)(?:说)?(?:一[下声])?\s?[:：]\s*(?P<text>.+)$",
        r"(?:告诉|告知|通知)(?P<who>[^:：，,]{1,20}?)(?:说)?(?:一[下声])?[，, ]+(?P<text>(?!.*[他她](?:们)?(?:说|同意|表示|答应|觉得|没)).{3,})$",
        r"(?:给|跟|向)(?P<who>.{1,40}?)(?:发(?:一?[个条])?(?:消息|微信|信息|短信)|说一?[下声]|留言)[:：，, ]+(?P<text>.+)$",
        r"(?:message|text|tell|answer|reply to|write(?: to)?|msg)\s(?!from\b|back\b)(?P<who>[^:]{1,60}?)\s?[:：]\s*(?P<text>.+)$",
        r"send\s(?P<who>[^:]{1,60}?)\s(?:an? )?(?:quick |short )?(?:message|text|msg|whatsapp|dm)(?: saying| that| to say)?\s?[:：,]?\s+(?P<text>.+)$",
        r"send\s(?:an? )?(?:quick |short )?(?:message|text|msg|whatsapp|dm) to\s(?P<who>[^:]{1,60}?)(?:\s?[:：,]|\ssaying|\sthat|\sto say)\s+(?P<text>.+)$",
        r"(?:message|text|whatsapp|msg|tell)\s(?P<who>[^:]{1,60}?)\s(?:that|saying|to say)\s(?P<text>.+)$",
        r"(?:tell|inform|notify)\s(?P<who>[^:]{1,60}?)\s(?P<text>(?:i|i['’](?:m|ve|ll|d)|they|their|her|his|our|we|we['’](?:re|ve|ll)|it|it['’]?s|your|the order|the delivery|the parts?)\b.{4,})$",
        r"let\s(?P<who>[^:]{1,60}?)\sknow\s(?:that )?(?P<text>(?!if |when|about ).+)$",
    )
)
_INVITE = tuple(
    lazy(PLEASE + words + r"[.! ]*$", re.IGNORECASE)
    for words in (
        r"invite\s(?P<who>.{1,60}?)\s(?:to (?:our |the |this |a )?(?:chat|talk|connect|join|bot|message|write)\b.*|in|over|here)",
        r"(?:send|give)\s(?P<who>.{1,60}?)\s(?:the |an? |our |their |his |her )?(?:chat |bot |invite |invitation )?(?:link|invite|invitation)",
    )
)
"""A customer is asked into the chat."""


def written(turn: Turn, words: str) -> Any:
    """What a customer is to read, or is asked into the chat by."""
    for pattern in _WRITE:
        if (match := pattern.match(words)) and (customer := the_one(turn, match["who"])):
            return _to_read(turn, customer, match["text"])
    if (told := _told_to(turn, words)) is not None:
        return _to_read(turn, *told)
    for pattern in _INVITE:
        if (match := pattern.match(words)) and (customer := the_one(turn, match["who"])):
            return run(turn, COMMANDS["invite"], customer.name)
    return NOT_MINE


def _to_read(turn: Turn, customer: Customer, words: str) -> Any:
    """The answer to what they wrote lately, where they wait for one of mine; else a message of its own."""
    waiting = [
        ticket
        for ticket in turn.work.desk.of_customer(customer.id)
        if ticket.owner == turn.me().id and ticket.state not in DONE and wrote_lately(turn, ticket)
    ]
    if len(waiting) != 1 or reader_of(turn, waiting[0]) is None:
        return run(turn, COMMANDS["write"], f"{customer.name} {words}")
    draft(turn, waiting[0], words)
    return []


_TELL_ZH = lazy(
    r"(?:请|帮我|麻烦)?(?:(?:告诉|告知|通知)(?P<rest>[^:：，,\n]{4,80})|(?:跟|向|和)(?P<to>[^:：，,\n]{2,20}?说[^:：，,\n]{4,60}))$"
)
_TELL = lazy(
    PLEASE
    + r"(?:tell|text|message|msg|inform|notify)\s(?P<rest>(?=.*\b(?:is|are|was|will|works?|can|can['’]?t|won['’]?t|has|have|fine|ok(?:ay)?|ready|sorry|yes|no|thanks|suits|arrives?|comes?|costs?)\b|.*['’](?:s|ll|re|ve)\b)(?!.{2,40}? (?:to|about|if|whether|when|what|how|why|where|who)\b).{6,160}?)[.! ]*$",
    re.IGNORECASE,
)
_TOLD_THEM = lazy(
    r"[他她](?:们)?(?:说|同意|表示|答应|觉得|没)|^(?:了|过|的|我(?!们)|[他她]|和|跟|、)|[了过]$(?<!已经.了)(?<!已经..了)(?<!已经...了)|吗|什么|怎么|多少"
)
"""What tells of it afterwards, or asks."""


def _told_to(turn: Turn, words: str) -> tuple[Customer, str] | None:
    """告诉陈总今天发货: nothing stands between whom it is for and what they will read, so the name ends it."""
    if told := _TELL.match(words):
        return _told_in_english(turn, told["rest"])
    match = _TELL_ZH.match(words.strip(" 。！"))
    if match is None:
        return None
    rest = match["rest"] or match["to"]
    end = next((end for start, end in named_places(turn, rest) if start == 0), 0)
    if match["to"] and not re.match(r"[^说]{0,3}说(?![了过的好清明定通起到])", rest[end:]):
        return None
    text = re.sub(r"^(?:[^说]{0,2}说|一[下声])+" if match["to"] else r"^(?:说|一[下声])+", "", rest[end:])
    customer = the_one(turn, rest[:end]) if end and len(text) > 2 and not _TOLD_THEM.search(text) else None
    return (customer, text) if customer else None


def _told_in_english(turn: Turn, words: str) -> tuple[Customer, str] | None:
    """ "Maria friday at four works": the longest name that the words begin with, and the text."""
    parts = words.split()
    for end in (3, 2, 1):
        name, text = " ".join(parts[:end]), " ".join(parts[end:])
        outcome = READERS[Customer](turn, name) if len(parts) > end + 1 and text.isascii() else None
        if isinstance(outcome, Found) and not outcome.rest.strip():
            return outcome.value, text
    return None

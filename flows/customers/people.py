# ruff: noqa: E501 -- a rule is one line
""" "Add Sara Kim to Acme", 给鼎盛加个联系人 小吴 137…: somebody new at a customer, as the words say it; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is new, with a number or an address perhaps, and where; `plainly`: the word for a contact was said."""

    who: str
    firm: str
    plainly: bool = True


_CONTACT = r"(?:contact(?: person)?|联系人)"
_AFTER_ADD = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        rf"(?:(?:a |the )?(?:new )?)?(?P<said>{_CONTACT})[:： ]+(?:to|at|for|of)\s(?P<firm>.{{2,80}}?)\s?[:：,，-]\s*(?P<who>.+)",
        rf"(?:(?:a |the )?(?:new )?(?P<said>{_CONTACT})[:： ]+)?(?P<who>.{{2,100}}?)[, ]+(?:as (?:a )?contact )?(?:to|at|@|for)\s(?P<firm>.{{2,80}}?)(?:['’]s)?(?P<also> contacts?)?[.!]?",
    )
)
"""What may follow the word "add"."""
_WHOLE = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        rf"(?:new )?{_CONTACT}\s(?:at|for|of)\s(?P<firm>.{{2,80}}?)\s?[:：,，-]\s*(?P<who>.+)",
        rf"(?:请|帮我)?(?:给|为|在)?(?P<firm>.{{2,40}}?)(?:里|这边|那边)?(?:再|又|新)?(?:加|添加|新增|增加|添|多)了?(?:一?[个位名])?(?:新的?)?{_CONTACT}[:：，, ]*(?P<who>.+)",
        rf"(?:请|帮我)?(?:添加|新增|加)(?:一?[个位名])?{_CONTACT}[:：，, ]*(?P<who>.+?)[ ，,]*(?:到|给)(?P<firm>.{{2,40}})",
    )
)


def newcomer(facts: str) -> Newcomer | None:
    """Somebody and their firm, in what follows the word "add"."""
    found = next((match for pattern in _AFTER_ADD if (match := pattern.fullmatch(facts.strip()))), None)
    if found is None:
        return None
    plainly = bool(found["said"] or found.groupdict().get("also"))
    return Newcomer(found["who"].strip(" ,，"), found["firm"].strip(), plainly)


def told(line: str) -> Newcomer | None:
    """The same in a sentence of its own."""
    found = next((match for pattern in _WHOLE if (match := pattern.fullmatch(line.strip(" 。.!！")))), None)
    return Newcomer(found["who"].strip(" ,，"), found["firm"].strip()) if found else None


_NUMBER_BEHIND = re.compile(r"^(?P<name>.*?[^\s\d(+:：-])[\s:：]*(?P<number>\+?\(?\d[\d ()-]{6,}\d)$")
_LABELLED = re.compile(
    rf"^(?P<name>.+?)\s+(?P<rest>(?:{_CONTACT}|(?:phone|tel|mobile|电话|手机|e-?mail|邮箱)[:： ]).+)$", re.IGNORECASE
)
_LABEL_BEHIND = re.compile(r"\s*(?:phone|tel|mobile|电话|手机号?)[:： ]*$", re.IGNORECASE)
_REST_OF_NAME = re.compile(r".* & .+|(?:inc|ltd|llc|co|corp|plc|gmbh|limited)\.?(?: ltd\.?)?", re.IGNORECASE)
"""What goes on with the firm's own name behind a comma: Acme, Inc."""
_MAIL_BEHIND = re.compile(r"^(?P<name>.+?)\s+(?P<mail>[^\s@]+@[^\s@]+\.\w{2,})$")
_NEW_CUSTOMER = re.compile(
    r"^(?:(?:a |the )?new (?:customer|client|account)|新(?:增|建|加|来)?(?:一?个)?客户)[:：, ]*(?=\S)(?P<facts>(?=.*(?:联系人|contact|phone|电话|手机|\d{7}|@)).+)$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?:(?:a |the )?(?:new )?(?:customer|client|account|company)|新?客户)(?:\s+(?:called|named|by the name of))?(?:[:：]\s*|\s+)(?=\S)"
)
"""Only in small letters: a firm may be called Customer First."""


def new_customer(line: str) -> str:
    """What "new customer Acme, contact Li Wei, 138…" says of one."""
    found = _NEW_CUSTOMER.match(line.strip())
    return found["facts"] if found else ""


def parts(facts: str) -> list[str]:
    """What stands between commas, and numbers, addresses and labelled facts that stand behind a name without one."""
    found: list[str] = []
    waiting = [part.strip() for part in re.split(r"[,，、|\t;；]", _HEAD.sub("", facts.strip()))]
    while waiting:
        part = waiting.pop(0)
        if match := _LABELLED.match(part):
            waiting[:0] = [match["name"], match["rest"].strip()]
        elif (match := _MAIL_BEHIND.match(part)) or (match := _NUMBER_BEHIND.match(part)):
            waiting.insert(0, _LABEL_BEHIND.sub("", match["name"]).strip())
            found.append(match[match.lastgroup or 0].strip())
        elif len(found) == 1 and _REST_OF_NAME.fullmatch(part):
            found = [f"{found[0]}, {part}"]
        elif part:
            found.append(part)
    return found

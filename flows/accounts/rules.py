"""What can be connected, in which words, and what has to be known of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core import tokens

PLATFORMS: Mapping[str, str] = {"telegram": "Telegram", "slack": "Slack"}
_SIDES: Mapping[str, str] = {
    **dict.fromkeys(("staff", "team", "members", "people", "员工", "同事", "内部", "团队"), "member"),
    **dict.fromkeys(("customers", "customer", "clients", "客户", "顾客"), "customer"),
}
SLACK_SIDE = "both"
"""One Slack app serves colleagues, and guests from outside as customers."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for, as far as it was said; a side that was said but is unknown is `odd`."""

    platform: str = ""
    side: str = ""
    odd: str = ""


def wanted(words: str) -> Wanted:
    """Platform and side in the words behind /connect, in any order and both languages."""
    platform = side = odd = ""
    for word in re.sub("(客户|顾客|员工|同事|内部|团队)", r" \1 ", words).casefold().split():
        if word in PLATFORMS:
            platform = word
        elif word in _SIDES:
            side = _SIDES[word]
        else:
            odd = odd or word
    return Wanted(platform, SLACK_SIDE if platform == "slack" else side, odd)


def secrets_in(platform: str, text: str) -> Mapping[str, str]:
    """The secrets of this platform in a message, whatever stands around them."""
    found = tokens.found(text)
    if platform == "telegram":
        return {"bot": found["telegram"]} if "telegram" in found else {}
    signing = tokens.SLACK_SIGNING.search(text)
    more = {"signing": signing[0]} if signing else {}
    return {kind: found[kind] for kind in ("bot", "app") if kind in found} | more


def missing(platform: str, have: Sequence[str]) -> str:
    """The secret to ask for next: "bot", "door" (a signing secret or an app token), or nothing."""
    if "bot" not in have:
        return "bot"
    return "door" if platform == "slack" and not {"signing", "app"} & set(have) else ""


def platform_of(text: str) -> str:
    """Whose bot token stands in a message, or nothing."""
    found = tokens.found(text)
    return "telegram" if "telegram" in found else "slack" if "bot" in found else ""

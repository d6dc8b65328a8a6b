# ruff: noqa: E501 -- a rule is one line
""" "Tag Acme as vip", "take hot off Globex", 鼎盛有哪些标签: tags in words, without the command."""

from __future__ import annotations

import re
from typing import Any

from bot.core.messages import Reply
from bot.core.text import bold, code, lines, text
from bot.core.text import gettext as _
from flows.arguments import READERS, Found
from flows.asking import run
from flows.customers.tagging import Wanted, in_phrase, in_words, retag, shown, worn
from flows.deals.actions import stages
from flows.deals.rules import ALSO
from flows.replies import below
from flows.router import COMMANDS, NOT_MINE
from flows.turn import Turn
from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE
from store.models import Customer

_END = r"[.!?。！？吧 ]*$"


def _rules(*words: str) -> tuple[re.Pattern[str], ...]:
    return tuple(lazy(PLEASE + one + _END, re.IGNORECASE) for one in words)


_ON = _rules(
    r"(?:tag|label)\s(?P<who>.{1,60}?)\s(?:as|with)\s(?P<tags>.{1,80}?)",
    r"(?:mark|flag)\s(?P<who>.{1,60}?)\sas\s(?P<tags>(?!(?:done|finished|complete|lost|won|closed|solved|read|unread|spam|a? ?(?:lead|new|potential|growth|duplicate)|[abc](?: tier)?$|tier)\b).{1,40}?)",
    r"(?:add|put|set)\s(?:the |an? )?(?:tags?|labels?)[: ]\s?(?P<tags>.{1,60}?)\s(?:to|on|onto|for)\s(?P<who>.{1,60}?)",
    r"(?:add|put|set)\s(?:the |an? )?(?P<tags>.{1,60}?)\s(?:tags?|labels?)\s(?:to|on|onto|for)\s(?P<who>.{1,60}?)",
    r"(?:给|为|把|将)?(?P<who>.{1,40}?)(?:打上?|加上?|贴上?|添加|新增|增加)(?:一?个|上)?(?:新的?)?标签(?:[为是]|叫)?[：:，, ]*(?P<tags>.{1,40}?)",
    r"(?:给|为|把|将)(?P<who>.{1,40}?)(?:打上?|加上?|贴上?|添加|新增|增加)了?(?:一?个)?[“「\"]?(?P<tags>.{1,20}?)[”」\"]?的?标签",
    r"(?:把|将)?(?P<who>.{1,40}?)(?:标记|标注|标)(?:为|成|上|一?个)[：: ]*(?P<tags>(?!完成|已|流失|丢失|[ABC][级类]?$).{1,30}?)",
)
_OFF = _rules(
    r"untag\s(?P<tags>.{1,60}?)\s(?:from|off)\s(?P<who>.{1,60}?)",
    r"(?:remove|delete|drop|take|clear|strip)\s(?:off\s)?(?:the |an? )?(?P<tags>.{1,60}?)\s(?:tags?|labels?)\s(?:off|from|of|on)\s(?P<who>.{1,60}?)",
    r"(?:remove|delete|drop|take|clear|strip)\s(?:the |an? )?(?:tags?|labels?)\s(?P<tags>.{1,60}?)\s(?:off|from|of|on)\s(?P<who>.{1,60}?)",
    r"(?:把|将)?(?P<who>.{1,40}?)的?[“「\"]?(?P<tags>[^的]{1,20}?)[”」\"]?的?这?个?标签(?:给)?(?:去掉|去了|删掉|删除|删了|取消|拿掉|撤掉|移除|摘掉)了?",
    r"(?:去掉|去除|取消|删掉|删除|移除|拿掉|撤掉|摘掉)(?:了)?(?P<who>.{1,40}?)的?[“「\"]?(?P<tags>[^的]{1,20}?)[”」\"]?的?标签",
)
_OFF_IF_WORN = _rules(
    r"(?:remove|take|drop|strip)\s(?:the )?(?P<tags>.{1,40}?)\s(?:off|from)\s(?P<who>.{1,60}?)",
    r"(?P<who>.{1,60}?) (?:is|are) (?:not|no longer|no more) (?:an? |the )?(?P<tags>.{1,40}?)(?: any ?more)?",
    r"(?P<who>.{1,40}?)(?:已经?)?不(?:再)?是(?P<tags>.{1,20}?)了?",
)
"""About a tag only where the customer has one of that name."""
_UNTAG = lazy(PLEASE + r"un-?tag\s(?P<rest>.+)$", re.IGNORECASE)
_TAG = lazy(PLEASE + r"tag\s(?P<rest>.+)$", re.IGNORECASE)
_SHOW = _rules(
    r"(?:(?:show|list|see)(?: me)? |what (?:are|is) )?(?:the )?(?:all )?tags (?:of|on|for|does )?\s?(?P<who>.{1,60}?)(?: have)?",
    r"(?:what|which) tags (?:does|do|has|have|are on|is on) (?P<who>.{1,60}?)(?: have| got)?",
    r"(?P<who>.{1,60}?)(?:['’]s?)? tags",
    r"(?:查一?下|看一?下|看看)?(?P<who>.{1,40}?)(?:的|都?有(?:哪些|什么)|身上(?:的|有什么))标签(?:有哪些|是什么|呢)?",
)
_WEARERS = _rules(
    r"(?:(?:show|list|find|give)(?: me)? )?(?:who(?: all)?(?:['’]s| is| are)?|(?:all |the |which |my )*(?:customers?|clients?|accounts?|companies|everyone|everybody)(?: that are| who are| are)?) (?:with (?:the )?(?:tag|label)|tagged(?: as| with)?|labell?ed(?: as| with)?|wearing) (?P<tags>.{1,40}?)",
    r"(?=.*(?:客户|标签|谁|哪些|所有))(?:查一?下|看一?下|列出|找出?)?(?:哪些客户|所有|哪些)?(?:带有?|打了|贴了|贴有|标签(?:是|为))[“「\"]?(?P<tags>.{1,20}?)[”」\"]?(?:这个)?(?:标签)?的?(?:客户)?(?:有哪些|都有谁)?",
    r"(?:有)?哪些(?:的)?客户(?:身上)?(?:带有?|有|打了|打上了|贴了|贴着?|是)[“「\"]?(?P<tags>[^的]{1,20}?)[”」\"]?(?:这个)?标签(?:的)?",
    r"(?:查一?下|看一?下|列出|找出?)?(?:所有|全部)?[“「\"]?(?P<tags>[^的]{1,20}?)[”」\"]?标签的?(?:所有)?客户(?:有哪些|都有谁|是哪些)?",
)


def labelled(turn: Turn, words: str) -> Any:
    """What is done or shown stands below the words."""
    outcome = _labelled(turn, words)
    return below(turn, outcome) if isinstance(outcome, Reply) else outcome


def added(turn: Turn, words: str) -> Any:
    """The same for what begins as the command for a new customer does."""
    return labelled(turn, words) if _ADD.match(words) else NOT_MINE


_ADD = lazy(PLEASE + r"add\s.*\b(?:tags?|labels?)\b", re.IGNORECASE)


def _labelled(turn: Turn, words: str) -> Any:
    """The tags put on, taken off, shown or looked for; NOT_MINE when the words are about none, or about nobody known."""
    for pattern in _WEARERS:
        if match := pattern.match(words):
            return run(turn, COMMANDS["find"], " ".join(f"#{tag}" for tag in in_phrase(match["tags"])))
    if match := _UNTAG.match(words):
        if (named := _matched(turn, _OFF[:1], words)) is not None:
            return retag(turn, named[0], Wanted(off=named[1]))
        return _untag(turn, match["rest"])
    if (named := _matched(turn, _OFF, words)) is not None:
        return retag(turn, named[0], Wanted(off=named[1]))
    named = _matched(turn, _OFF_IF_WORN, words)
    if named is not None and any(worn(turn, named[0], tag) for tag in named[1]):
        return retag(turn, named[0], Wanted(off=named[1]))
    for rules, on in ((_ON, True), (_OFF, False)):
        if several := _several(turn, rules, words):
            return [retag(turn, one, Wanted(on=tags) if on else Wanted(off=tags)) for one, tags in several]
    named = _matched(turn, _ON, words)
    if named is not None and not _is_stage(turn, *named):
        return retag(turn, named[0], Wanted(on=named[1]))
    for pattern in _SHOW:
        if (match := pattern.match(words)) and (customer := _named(turn, match["who"])) is not None:
            return shown(turn, customer)
    return run(turn, COMMANDS["tag"], match["rest"]) if (match := _TAG.match(words)) else NOT_MINE


def _is_stage(turn: Turn, customer: Customer, names: tuple[str, ...]) -> bool:
    """ "Mark Acme as won" moves the deal that is open with them."""
    known = {stage.name.casefold() for stage in stages(turn)} | {
        word for words in ALSO.values() for word in words.split()
    }
    running = any(deal.state == "open" for deal in turn.work.deals.of_customer(customer.id))
    return running and any(name.casefold() in known for name in names)


def _untag(turn: Turn, rest: str) -> Any:
    """The customer stands first, then the tags."""
    found = READERS[Customer](turn, rest)
    if not isinstance(found, Found):
        return NOT_MINE
    if found.rest and all(worn(turn, found.value, word) for word in found.rest.split()):
        return retag(turn, found.value, Wanted(off=tuple(found.rest.split())))
    tags = tuple(turn.work.customers.tags(found.value.id))
    if not found.rest and len(tags) == 1:
        return retag(turn, found.value, Wanted(off=tags))
    return (
        retag(turn, found.value, Wanted(off=in_words(found.rest).on))
        if found.rest
        else which_off(found.value, tags)
        if tags
        else shown(turn, found.value)
    )


def which_off(customer: Customer, tags: tuple[str, ...]) -> Any:
    """Of several it is not guessed which one goes."""
    worn_ = " ".join(f"#{tag}" for tag in tags)
    example = code(_("untag {tag} from {name}", tag=tags[0], name=customer.name))
    return Reply(lines(text(bold(customer.name), " ", worn_), _("Which one goes? {example}", example=example)))


def _matched(turn: Turn, patterns: tuple[re.Pattern[str], ...], words: str) -> tuple[Customer, tuple[str, ...]] | None:
    """The customer and the tags of the first rule whose customer is one by name."""
    for pattern in patterns:
        if (match := pattern.match(words)) and (customer := _named(turn, match["who"])) is not None:
            return customer, in_phrase(match["tags"])
    return None


_BETWEEN = lazy(r"\s*(?:,\s*and\s|,|\band\b|&|、|和|跟|与)\s*", re.IGNORECASE)


def _several(turn: Turn, patterns: tuple[re.Pattern[str], ...], words: str) -> list[tuple[Customer, tuple[str, ...]]]:
    """Each customer of "tag Smith and Blue Ocean with retail"; none where one of the names is nobody's."""
    for pattern in patterns:
        if (match := pattern.match(words)) and len(names := _BETWEEN.split(match["who"].strip())) > 1:
            found = [_named(turn, name) for name in names]
            if all(found) and _named(turn, match["who"]) is None:
                return [(one, in_phrase(match["tags"])) for one in found if one]
    return []


def _named(turn: Turn, words: str) -> Customer | None:
    found = READERS[Customer](turn, words)
    return found.value if isinstance(found, Found) and not found.rest.strip() else None

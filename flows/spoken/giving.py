# ruff: noqa: E501 -- a rule is one line
"""What goes to somebody, in a sentence: a survey to a customer or to many, a customer or all of them to a colleague."""

from __future__ import annotations

import re
from typing import Any

from bot.core.messages import Option, Reply
from bot.core.text import bold, lines, moment, text
from bot.core.text import gettext as _
from flows.activities.lines import meant, understood
from flows.arguments import READERS, Found, When, colleague
from flows.arrival import refusal
from flows.asking import run
from flows.router import COMMANDS, NOT_MINE
from flows.surveys.actions import offer
from flows.surveys.asked import active, published
from flows.surveys.asked import meant as survey_meant
from flows.turn import Turn
from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE
from store.models import Customer, Member

_SURVEY = tuple(
    lazy(PLEASE + words, re.IGNORECASE)
    for words in (
        r"(?:send|give)\s.{2,80}?\s(?:a |an |the |our )?(?:\w+ )?(?:survey|questionnaire|csat|nps)[.! ]*$",
        r"(?:send|do)\s(?:a |an |the |our )?(?:\w+ )?(?:survey|questionnaire|csat|nps)\s(?:to|with|for)\s.{2,80}$",
        r"ask\s.{2,80}?\show (?:it (?:was|went)|we did|happy .*|satisfied .*|(?:the|their|his|her|our) .{2,40}? (?:was|went|is going|has been)|they (?:liked|found|are finding) .{2,40})[.! ]*$",
        r"(?:问问|问一?下|请问一?下)(?P<who_>.{1,20}?)(?:这次|上次|对我们|对这次|对服务|觉得|服务|维修)+(?:.{0,6})(?:怎么样|满不满意|满意吗|满意不满意|如何)[。？?！! ]*$",
        r"(?:给|向|对|请).{1,40}?(?:给我们|帮我们|发(?:一?[个份]|一下)?|做(?:一?[个份]|一下)?|填(?:一?[个份]|一下)?)?.{0,4}(?:问卷|满意度调查|满意度|评价(?:一下)?|打(?:一?个|一?下)?分|评(?:一?个|一?下)?分)[。！! ]*$",
    )
)
_TO_MANY = lazy(
    PLEASE
    + r"(?:send|give)\s(?:out )?(?:the |our |my )?(?P<survey>.{2,60}?)\sto\s(?:all|everybody|everyone|(?:all |all of |every )?(?:of )?(?:our |the |my )?(?:customers?|clients?))[.! ]*$"
    + r"|(?:把|将)(?P<survey_zh>.{2,30}?)(?:问卷|调查)?(?:发|推送|群发)给(?:所有|全部|全体|每个)(?:的)?(?:客户|人)?[。！ ]*$"
    + r"|(?:给|向)(?:所有|全部|全体|每个)(?:的)?(?:客户|人)(?:都)?(?:发|推送|群发)(?:一?[个份])?(?P<survey_zh2>.{2,30}?)(?:问卷|调查)?[。！ ]*$",
    re.IGNORECASE,
)
_NAMED_SURVEY = lazy(r"(?:the|our|my|an?) (\S+(?: \S+)?) (?:survey|questionnaire)|(?:发|做|填)(?:一?[个份]|一下)?(\S{2,12}?)(?:问卷|调查)", re.I)  # fmt: skip
_WHOM = r"@?(?P<whom>[\w\u3400-\u9fff -]{1,40}?)"
_ASSIGN = tuple(
    lazy(PLEASE + words + r"[.!。！ ]*$", re.IGNORECASE)
    for words in (
        rf"(?:(?:re)?assign|give|hand|transfer|pass)\s(?P<what>.{{1,80}}?)\s(?:over )?to\s{_WHOM}\??",
        rf"(?:re)?assign\s(?P<what>.{{1,80}}?)\s{_WHOM}",
        r"(?:can|could|may) i (?:please )?(?:have|take(?: over)?|get)\s(?P<what>.{1,60}?)(?: please)?[?]?(?: \w+ (?:has )?(?:agreed|agrees|said (?:yes|ok|it'?s ok|so)|is (?:fine|ok|okay) with (?:it|that)))?",
        rf"(?:can|could|would|will) you (?:please )?(?:give|hand|pass|assign|transfer)\s(?P<what>.{{1,60}}?)\s(?:over )?to {_WHOM}[?]?(?: please)?(?:[,.]? \w+ (?:has )?(?:agreed|agrees|said (?:yes|ok|it'?s ok|so)|is (?:fine|ok|okay) with (?:it|that)))?",
        rf"(?:(?:let|yes|ok|fine|sure)[, ]+)*{_WHOM}\s(?:can|may|should|shall|is to) (?:have|take(?: over)?|get)\s(?P<what>.{{1,80}}?)(?: from (?:me|now on))?",
        rf"let\s{_WHOM}\s(?:have|take(?: over)?|get)\s(?P<what>.{{1,80}}?)",
        rf"(?:请|麻烦)?(?:能不能|可不可以|能否)?(?:把|将)?(?P<what>.{{1,40}}?)(?:能不能|可不可以|能否|能|可以)?(?:转给|分给|交给|给|让给){_WHOM}(?:吗|么|吧|好吗|行吗|可以吗|好了|来跟|跟)+[？?]?(?:[，, ]+.{{1,10}}(?:同意|答应|说(?:可以|行|好)|没意见)了?)?",
        rf"(?P<what>.{{1,80}}?)\s(?:(?:now )?belongs to|(?:goes|should go|is going) to|is (?:now )?(?:looked after|handled|owned) by)\s{_WHOM}(?: now| from now on)?",
        rf"{_WHOM}\s(?:takes|took|will take|is taking)\sover\s(?P<what>.{{1,80}}?)(?: from now on)?",
        rf"(?:把|将)(?P<what>.{{1,40}}?)(?:分配|分|转|移交|交)给{_WHOM}",
        rf"(?:把|将)?(?P<what>.{{1,40}}?)(?:这个客户|客户)?(?:以后|今后|现在|从今天起)?(?:都)?(?:归|由|让|交给|转给|给){_WHOM}(?:来)?(?:跟进?|负责|管|接手|维护|对接)?了?",
    )
)
_HANDOVER = lazy(
    PLEASE
    + r"(?:(?:give|hand|assign|transfer|pass|move)\s(?:over )?(?:all (?:of )?)?(?P<whose>[\w -]{1,40}?)['’]s?\s(?:customers|clients|accounts|work|stuff|everything)\s(?:over )?to\s@?(?P<whom>[\w -]{1,40}?)"
    + r"|(?:把|将)?(?P<whose_zh>[\w\u3400-\u9fff]{1,12}?)(?:手上|手里|名下)?的?(?:所有|全部)?(?:客户|工作|事情?)(?:全部|全|都)?(?:转|移交|交接|交|分配|分)?给(?P<whom_zh>[\w\u3400-\u9fff]{1,12}?))[.!。！ ]*$",
    re.IGNORECASE,
)


_FROM_DAY = lazy(
    r"(?P<what_>.+?),? (?:as of|as from|from|starting(?: from| on)?|effective) (?P<when>[^,]{3,30}?)[.! ]*$"
    r"|(?:从)?(?P<when_zh>.{1,12}?)(?:起|开始)[，, ]*(?P<what_zh>.+)$",
    re.IGNORECASE,
)
"""From which day on somebody has a customer."""


def sent(turn: Turn, words: str) -> Any:
    """A survey goes to one customer, the one that is named among several; or to many, whom a card asks for."""
    if match := _TO_MANY.match(words):
        named = match["survey"] or match["survey_zh"] or match["survey_zh2"] or ""
        found = survey_meant(published(turn), named)
        return (
            refusal(turn, COMMANDS["survey"]) or run(turn, COMMANDS["survey"], f"send {found.name}")
            if found
            else refusal(turn, COMMANDS["survey"]) or run(turn, COMMANDS["survey"], "")
        )
    if any(pattern.match(words) for pattern in _SURVEY) and (customer := the_one(turn, words)):
        named = _NAMED_SURVEY.search(words)
        return offer(turn, customer, None, survey_meant(active(turn), named[1] or named[2]) if named else None)
    return NOT_MINE


def handed(turn: Turn, words: str) -> Any:
    """A customer, or all that somebody looks after, goes to a colleague."""
    if (match := _HANDOVER.match(words)) and (taker := colleague(turn, match["whom"] or match["whom_zh"])):
        giver = colleague(turn, re.sub(r"['’]s?$", "", match["whose"] or match["whose_zh"]))
        if giver is not None:
            return run(turn, COMMANDS["handover"], f"{giver.name} → {taker.name}")
    if (later := _later(turn, words)) is not None:
        return later
    for pattern in _ASSIGN:
        if (match := pattern.match(words)) and (owner := _taker(turn, match)):
            customer = the_one(turn, match["what"])
            if owner.id == turn.me().id and not isinstance(_plainly(turn, match["what"]), Customer):
                continue  # 宝钢介绍了一个客户给我
            if customer is not None and customer.owner == owner.id:
                return _("{customer} is with {name} already.", customer=customer.name, name=owner.name)
            return run(turn, COMMANDS["set"], f"{customer.name} owner={owner.name}") if customer else NOT_MINE
    return NOT_MINE


def _plainly(turn: Turn, words: str) -> Customer | None:
    """The customer of whom the words are the name, and nothing else."""
    found = READERS[Customer](turn, words)
    return found.value if isinstance(found, Found) and not found.rest.strip(" ,，.") else None


def _taker(turn: Turn, match: re.Match[str]) -> Member | None:
    """Whoever is to have it, oneself among them."""
    whom = match.groupdict().get("whom")
    return turn.me() if whom is None or whom.strip().casefold() in _ME else colleague(turn, whom)


_ME = frozenset({"me", "myself", "我", "我自己"})


def _later(turn: Turn, words: str) -> Reply | None:
    """A customer who is to change hands on a day to come: it can be done at once, or one is reminded."""
    split = _FROM_DAY.match(words)
    when = READERS[When](turn, split["when"] or split["when_zh"]) if split else None
    if split is None or not isinstance(when, Found) or when.rest.strip() or when.value.due.date() <= turn.local.date():
        return None
    for pattern in _ASSIGN:
        match = pattern.match(split["what_"] or split["what_zh"])
        owner = colleague(turn, match["whom"]) if match else None
        customer = the_one(turn, match["what"]) if match and owner else None
        if customer is not None and owner is not None:
            named = f"{customer.id}:{owner.id}"
            then = text(_("Remind me"), " · ", moment(when.value.due, "day"))
            return Reply(
                lines(
                    bold(_("{customer} to {name}", customer=customer.name, name=owner.name)),
                    _("I hand over at once, not on a day to come."),
                ),
                (
                    Option(_("Hand over now"), f"give-now:{named}"),
                    Option(then, f"give-then:{named}:{int(when.value.due.timestamp())}"),
                ),
            )
    return None


def the_one(turn: Turn, words: str) -> Customer | None:
    """The one customer whom the words name; who is called by exactly these words is meant though they are a word too."""
    found = meant(turn, understood(turn, words, turn.at))
    if not found:
        exact = turn.work.search.customers(turn.work.search.recognised([words], turn.me().id).get(words, []))
        found = [one for one in exact if one.state == "active"]
    return found[0] if len(found) == 1 else None

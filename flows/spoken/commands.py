# ruff: noqa: E501 -- a rule is one line
""" "Move the Acme reminder to Friday", "send Li Wei a survey", "delete Acme": done, or said how, and never logged."""

from __future__ import annotations

import re
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, code, lines, text
from bot.core.text import gettext as _
from flows.activities.lines import meant, understood
from flows.arguments import READERS, Found, When, colleague
from flows.asking import run
from flows.reminders.actions import ring_at
from flows.reminders.cards import card_of, said
from flows.reminders.presses import moved
from flows.router import COMMANDS, EDITORS, NOT_MINE, heard
from flows.spoken.again import again
from flows.surveys.commands import ask_customer
from flows.turn import Turn
from store.models import Customer, Reminder

_PLEASE = r"^\s*(?:please |pls |can you |could you |请|帮我|麻烦|能不能)*"
_MOVE = tuple(
    re.compile(_PLEASE + words, re.IGNORECASE | re.DOTALL)
    for words in (
        r"(?:move|push|postpone|delay|reschedule|shift|snooze|put off)\s(?P<what>.{2,120}?)\s(?:back |out )?(?:to|till|until|by|for)\s(?P<when>.{2,60})$",
        r"(?:把|将)?(?P<what>.{1,60}?)的?(?:提醒|待办|任务|回访|跟进)(?:给我)?(?:推迟|延后|延期|延|改期|改|挪|调整?|推|提前)(?:一下)?(?:到|至|成)?(?P<when>.{1,40})$",
        r"(?:推迟|延后|改期|挪)(?P<what>.{1,60}?)的?(?:提醒|待办|任务|回访|跟进)(?:到|至)(?P<when>.{1,40})$",
    )
)
_SURVEY = tuple(
    re.compile(_PLEASE + words, re.IGNORECASE)
    for words in (
        r"(?:send|give)\s.{2,80}?\s(?:a |an |the |our )?(?:\w+ )?(?:survey|questionnaire|csat|nps)[.! ]*$",
        r"(?:send|do)\s(?:a |an |the |our )?(?:\w+ )?(?:survey|questionnaire|csat|nps)\s(?:to|with|for)\s.{2,80}$",
        r"ask\s.{2,80}?\show (?:it (?:was|went)|we did|happy .*|satisfied .*)[.! ]*$",
        r"(?:给|向|对|请).{1,40}?(?:发(?:一?[个份]|一下)?|做(?:一?[个份]|一下)?|填(?:一?[个份]|一下)?)?.{0,4}(?:问卷|满意度调查|满意度|评价(?:一下)?|打分)[。！! ]*$",
    )
)
_DELETE = re.compile(
    _PLEASE
    + r"(?:delete|erase|get rid of|删除|删掉|删了|移除)\s*(?:the |our )?(?:customer |client |account |客户)?(?P<what>.{1,80}?)(?:这个客户|客户)?[.!。！ ]*$",
    re.IGNORECASE,
)


_ASSIGN = re.compile(
    _PLEASE
    + r"(?:(?:assign|give|hand|transfer|pass)\s(?P<what>.{1,80}?)\s(?:over )?to|(?:把|将)(?P<what_zh>.{1,40}?)(?:分配|分|转|移交|交)给)\s*@?(?P<whom>[\w\u3400-\u9fff -]{1,40})[.!。！ ]*$",
    re.IGNORECASE,
)
_WRITE = tuple(
    re.compile(_PLEASE + words, re.IGNORECASE)
    for words in (
        r"(?:给|跟|向)(?P<who>.{1,40}?)(?:发(?:一?[个条])?(?:消息|微信|信息|短信)|说一?[下声]|留言)[:：，, ]+(?P<text>.+)$",
        r"(?:message|text|tell|write(?: to)?|msg)\s(?P<who>[^:]{1,60}?)\s?[:：]\s*(?P<text>.+)$",
    )
)
_COMMANDS = tuple(
    (re.compile(_PLEASE + words, re.IGNORECASE), name)
    for name, words in (
        (
            "remind",
            r"(?:create|add|make|set|new|新建|创建|添加|加)(?: up)?\s*(?:an? |一?[个条])?(?:task|reminder|to-?do|提醒|任务|待办)[:： ]*(?:for |to |给)?(?P<rest>.+)",
        ),
        ("zone", r"(?:set|change|switch)\s(?:my |the )?time ?zone\s(?:to|:)?\s*(?P<rest>.+?)[.! ]*$"),
        ("zone", r"(?:我的)?时区(?:改成|改为|设为|设置为|换成|是|:|：)\s*(?P<rest>.+?)[。！ ]*$"),
        (
            "language",
            r"(?:speak|talk|answer|reply|write|switch|change)?\s*(?:to me )?(?:in|to|into)?\s*(?P<rest>english|chinese|mandarin)(?: please| from now on)?[.! ]*$",
        ),
        ("language", r"(?:说|用|讲|切换(?:成|到|为)?|改成)(?P<rest>中文|英文|汉语|英语)(?:吧|回复|回答)?[。！ ]*$"),
        ("tag", r"tag\s(?P<rest>.+)"),
    )
)
"""Sentences that are a command in other words; what the command needs is in `rest`."""


@heard("said", for_=EDITORS)
def asked_for(turn: Turn, said: Said) -> Any:
    if said.forwarded_from or not turn.private or "\n" in said.text or len(said.text) > 200:
        return NOT_MINE
    for pattern in _MOVE:
        if match := pattern.match(said.text.strip()):
            return _move(turn, match["what"], match["when"])
    if any(pattern.match(said.text) for pattern in _SURVEY) and (found := _one(turn, said.text)):
        return ask_customer(turn, found.id)
    for pattern, name in _COMMANDS:
        if match := pattern.match(said.text):
            return run(turn, COMMANDS[name], match["rest"])
    for pattern in _WRITE:
        if (match := pattern.match(said.text)) and (customer := _one(turn, match["who"])):
            return run(turn, COMMANDS["write"], f"{customer.name} {match['text']}")
    if (match := _ASSIGN.match(said.text)) and (owner := colleague(turn, match["whom"])):
        customer = _one(turn, match["what"] or match["what_zh"])
        return run(turn, COMMANDS["set"], f"{customer.name} owner={owner.name}") if customer else NOT_MINE
    if (match := _DELETE.match(said.text)) and _is_name(turn, match["what"]):
        return _not_deleted(match["what"])
    return again(turn, said.text)


def _one(turn: Turn, words: str) -> Customer | None:
    found = meant(turn, understood(turn, words, turn.at))
    return found[0] if len(found) == 1 else None


def _is_name(turn: Turn, words: str) -> bool:
    return bool(turn.work.search.named([words.strip()]))


def _move(turn: Turn, what: str, when: str) -> Any:
    """One reminder of mine for that customer moves; of several, the one that is picked."""
    outcome = READERS[When](turn, when)
    customer = _one(turn, what)
    if not isinstance(outcome, Found) or customer is None:
        return NOT_MINE
    mine = [one for one in turn.work.reminders.of_customer(customer.id) if one.member == turn.me().id]
    if not mine:
        return NOT_MINE
    if len(mine) > 1:
        picks = tuple(Option(text(said(turn, one)), f"move:{one.id}", wide=True) for one in mine[:5])
        return Reply(_("Which one shall I move?"), picks)
    return _moved(turn, mine[0], outcome.value)


def _moved(turn: Turn, found: Reminder, when: When) -> Reply:
    after = ring_at(turn, found, when.due)
    turn.did(_("moved: {text}", text=said(turn, found)), card_of(found))
    return moved(turn, after, card_of(found))


def _not_deleted(name: str) -> Text:
    undo, merge = code(_("undo")), code("/merge")
    return lines(
        _("I don't delete “{name}”: its history belongs to the firm.", name=name.strip()[:60]),
        _(
            "A wrong log is taken back by {undo}; two customers that are one become one by {merge}.",
            undo=undo,
            merge=merge,
        ),
    )

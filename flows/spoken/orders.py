# ruff: noqa: E501 -- a rule is one line
"""Orders in a sentence, asked in turn: done, or said how, and never logged."""

from __future__ import annotations

import re
from typing import Any

from bot.core.text import code, lines
from bot.core.text import gettext as _
from flows.asking import run
from flows.router import COMMANDS, NOT_MINE
from flows.segments.actions import is_filter
from flows.spoken.again import again
from flows.spoken.dropping import drop
from flows.spoken.finishing import finish
from flows.spoken.giving import handed, sent, the_one
from flows.spoken.labels import labelled
from flows.spoken.meetings import call_off_named, move_meeting
from flows.spoken.moving import drop_last, move_last, move_named
from flows.spoken.phrased import done, is_name
from flows.spoken.phrases import RULES
from flows.spoken.writing import written
from flows.turn import Turn
from flows.understanding.colloquial import plain
from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE
from flows.undo.actions import BATCHES, last
from store.models import Change

LONGEST = 200
_TAKE_BACK = lazy(
    PLEASE
    + r"(?:(?:delete|remove|scrap|erase|undo|cancel)\s(?:that|this|it|(?:the |my )?last (?:one|log|entry|note|line)|that (?:one|log|entry|note))"
    + r"|(?:(?:oops|sorry|no|wait|wrong (?:file|list|sheet|one|customer|name))[,.! ]+)+(?:please )?(?:take (?:it|that|this|them)(?: all)? (?:back|out)|undo(?: (?:it|that|this|them))?|remove (?:it|them)(?: all)?|get rid of (?:it|them))"
    + r"|(?:(?:记|写|发|弄|搞|传|导|做)错(?:文件|表|人|客户)?了?|文件错了)[，,。 ]*(?:帮我|请)?(?:全部?|都)?(?:撤回?|撤销|撤掉|收回|删掉|删了|取消)(?:掉|吧|了)?"
    + r"|(?:把)?(?:刚才|刚刚|上一?)的?[那这]?一?[条个笔句]?(?:记录|日志)?(?:删掉|删了|删除|撤掉|撤了|撤销|去掉)了?"
    + r"|(?:删掉|删除|删了|撤掉|撤销|去掉)(?:刚才|刚刚|上一?)?的?[那这]?一?[条个笔句](?:记录|日志)?)[.!。！吧 ]*$",
    re.IGNORECASE,
)
"""What was done last is meant."""
_IMPORT_BACK = lazy(
    PLEASE
    + r"(?:(?:oops|sorry|no|wait|wrong (?:file|list|sheet))[,.! ]+)*(?:undo|take back|revert|cancel|remove|delete|reverse) (?:the |that |my |this )?(?:last |whole |wrong )?(?:import(?:ed (?:customers|list|sheet|file|ones))?|upload|sheet|spreadsheet|file)(?: again)?[.! ]*$"
    + r"|(?:(?:传|导|弄|搞)错(?:文件|表)?了?|文件错了)?[，,。 ]*(?:把)?(?:刚才|刚刚|上次)?的?(?:导入|导进来|上传)的?(?:那?些|那批|客户|名单|表格?|文件)*(?:都|全部?)?(?:撤销|撤回|撤掉|删掉|删了|去掉|取消)(?:吧|掉|了)?[。！ ]*$"
    + r"|(?:撤销|撤回|取消|收回)(?:刚才|刚刚|上次)?的?(?:导入|上传)(?:的(?:客户|名单|表格?|文件))?[。！吧 ]*$",
    re.IGNORECASE,
)
"""A sheet that was read is given back, whatever was done since."""
_NEW_ONES = lazy(
    PLEASE
    + r"(?:how many|which|what) new (?:customers|clients|students|patients|guests|members|accounts) (?:(?:did|have|do) we (?:get|got|have|win|won|gain|gained)|are there|came|joined)? ?(?:so far )?(?P<en>this month|this week|today)[?. ]*$"
    + r"|(?P<zh>这个?月|本月|这周|本周|这个?星期|今天)(?:我们)?(?:一共|总共|有)*(?:(?:新增|新来|新进|新)(?:了|的)?(?:客户|学员|学生|病人|患者|会员)(?:一共|总共)?(?:有|来了)?(?:几个|多少|哪些)(?:个|人)?|(?:几个|多少|哪些)(?:个)?新(?:客户|学员|学生|病人|患者|会员))[。？? ]*$",
    re.IGNORECASE,
)
_ALL_ONES = lazy(
    r"how many (?:students|pupils|patients|guests|families|members|people) (?:do we have|have we(?: got)?|are there)(?: now| in total| by now| so far)?[?. ]*|(?:我们)?(?:现在|一共|总共)*有(?:多少|几个)(?:学员|学生|病人|患者|会员|家长|客人)[。？?]*",
    re.IGNORECASE,
)
"""Whatever a firm calls its customers."""
_SHOWN = lazy(r"^(?:找|看|查|列|筛)(?:一?下|看|出来?|选)*")
_CUSTOMERS = lazy(r"\b(?:customers?|clients?)\b|客户", re.IGNORECASE)
_DELETE = lazy(
    PLEASE
    + r"(?:delete|erase|get rid of|删除|删掉|删了|移除)\s*(?:the |our )?(?:customer |client |account |客户)?(?P<what>.{1,80}?)(?:这个客户|客户)?[.!。！ ]*$",
    re.IGNORECASE,
)


def asked_for(turn: Turn, words: str) -> Any:
    """What the first does that knows the words; NOT_MINE when nobody does."""
    if "\n" in words or len(words) > LONGEST:
        return NOT_MINE
    return next((outcome for hear in _IN_TURN if (outcome := hear(turn, words)) is not NOT_MINE), NOT_MINE)


def _taken_back(turn: Turn, words: str) -> Any:
    return run(turn, COMMANDS["undo"], "") if _TAKE_BACK.match(words) and last(turn) is not None else NOT_MINE


def _import_back(turn: Turn, words: str) -> Any:
    """The last sheet that was read, whatever was done since."""
    if not _IMPORT_BACK.match(words):
        return NOT_MINE
    done = turn.work.find(Change, member=turn.me().id, state="done")
    sheets = [change for change in done if change.card.startswith("import:")]
    if not sheets:
        return _("There is no import of yours to take back.")
    sheet = max(sheets, key=lambda change: change.id)
    return BATCHES["import"](turn, sheet) or _("Taking back: {what} …", what=sheet.label)


def _new_ones(turn: Turn, words: str) -> Any:
    """Who came to us in the week, the month or the day that is named."""
    if _ALL_ONES.fullmatch(words.strip()):
        return run(turn, COMMANDS["find"], "customers")
    if not (match := _NEW_ONES.match(words)):
        return NOT_MINE
    said = (match["en"] or match["zh"]).casefold()
    days = (
        turn.local.day
        if "month" in said or "月" in said
        else 1
        if said in ("today", "今天")
        else turn.local.isoweekday()
    )
    return run(turn, COMMANDS["find"], f"added:<{days}d")


def _which_ones(turn: Turn, words: str) -> Any:
    """ "VIP customers", 看下成长期客户: what names customers and says nothing but which."""
    named = _SHOWN.sub("", plain(words.strip(" ?？.。!！")))
    return run(turn, COMMANDS["find"], named) if _CUSTOMERS.search(named) and is_filter(turn, named) else NOT_MINE


def _in_other_words(turn: Turn, words: str) -> Any:
    return done(turn, RULES, words.strip())


_PRICED = r"(?P<rest>\d+ ?(?:x |× ?|pcs?\.? |pieces? (?:of )?|units? (?:of )?)?.{1,60}? (?:at|@|for) ?[£$€¥]?\d[\d.,]*k?(?: ?(?:each|apiece|a piece))?)[.! ]*$"
_QUOTE = tuple(
    lazy(PLEASE + words + _PRICED, re.IGNORECASE)
    for words in (
        r"(?:quote|offer)\s(?P<who>.{2,40}?)[:,]?\s(?:for )?",
        r"(?:make|write|draw up|prepare|do|create)\s(?:for )?(?P<who>.{2,40}?)\s(?:an? )?(?:new )?(?:quote|offer)(?: for| of| on|:)\s?",
        r"(?:make|write|draw up|prepare|do|create)\s(?:an? )?(?:new )?(?:quote|offer) (?:for|to) (?P<who>.{2,40}?)[:,]?\s(?:for |of |on )?",
    )
)
""" "Quote Hill Farm 2 ploughs at 1200": whom, and the priced things; what is to be sent by a day is promised instead."""


def _quoted(turn: Turn, words: str) -> Any:
    for pattern in _QUOTE:
        if (match := pattern.match(words)) and (customer := the_one(turn, match["who"])):
            priced = re.sub(
                r"^(\d+) (?=[^\W\d_])(?!(?:x|pcs?|pieces?|units?)\b)", r"\1 x ", match["rest"], flags=re.IGNORECASE
            )
            return run(turn, COMMANDS["quote"], f"{customer.name} {priced}")
    return NOT_MINE


def _not_deleted(turn: Turn, words: str) -> Any:
    if not (match := _DELETE.match(words)) or not is_name(turn, match["what"]):
        return NOT_MINE
    undo, merge = code(_("undo")), code("/merge")
    return lines(
        _("I don't delete “{name}”: its history belongs to the firm.", name=match["what"].strip()[:60]),
        _(
            "A wrong log is taken back by {undo}; two customers that are one become one by {merge}.",
            undo=undo,
            merge=merge,
        ),
    )


_IN_TURN = (
    move_last,
    move_meeting,
    move_named,
    drop_last,
    _import_back,
    _taken_back,
    _new_ones,
    _which_ones,
    call_off_named,
    drop,
    finish,
    sent,
    labelled,
    _in_other_words,
    _quoted,
    written,
    handed,
    _not_deleted,
    again,
)

# ruff: noqa: E501 -- a rule is one line
""" "Move the Acme reminder to Friday", "send Li Wei a survey", "delete Acme": done, or said how, and never logged."""

from __future__ import annotations

import re
from typing import Any

from bot.core.messages import Said
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.arguments import READERS, Colleague, Found, Missing, Several, When, colleague
from flows.arrival import refusal
from flows.asking import may_order, run
from flows.customers.names import named_places
from flows.relay.outward import draft
from flows.relay.places import reader_of
from flows.reminders import rung
from flows.router import COMMANDS, EDITORS, NOT_MINE, heard
from flows.segments.actions import is_filter
from flows.spoken.again import again
from flows.spoken.chinese import ordered
from flows.spoken.dropping import drop
from flows.spoken.finishing import finish
from flows.spoken.giving import handed, sent, the_one
from flows.spoken.labels import added, labelled
from flows.spoken.meetings import call_off_named, move_meeting
from flows.spoken.moving import drop_last, move_last, move_named
from flows.spoken.phrases import IN_OTHER_WORDS, LOOK_UP, OF_CUSTOMER, PLAIN
from flows.spoken.settling import settled_in_words
from flows.tickets.lately import wrote_lately
from flows.tickets.rules import DONE
from flows.turn import Turn
from flows.understanding.colloquial import plain
from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE
from flows.undo.actions import BATCHES, last
from store.models import Change, Customer

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
_STOP = lazy(r"\s*(?:please )?(?:stop(?: it| that| this)?|unsubscribe|停|停下|停止|退订)[.!。！ ]*", re.IGNORECASE)
_DELETE = lazy(
    PLEASE
    + r"(?:delete|erase|get rid of|删除|删掉|删了|移除)\s*(?:the |our )?(?:customer |client |account |客户)?(?P<what>.{1,80}?)(?:这个客户|客户)?[.!。！ ]*$",
    re.IGNORECASE,
)


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
        r"(?:tell|inform|notify)\s(?P<who>[^:]{1,60}?)\s(?P<text>(?:they|their|her|his|our|we|we['’](?:re|ve|ll)|it|it['’]?s|your|the order|the delivery|the parts?)\b.{4,})$",
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
_COVERED = lazy(
    PLEASE
    + r"@?(?P<whom>\S+) (?:is |will be |will )?(?:cover(?:s|ing)?|stand(?:s|ing)? in|fill(?:s|ing)? in|deputi[sz](?:es|ing)) for me\b(?: (?:when|while) .{3,30}| from now on)?[.! ]*$",
    re.IGNORECASE,
)
_FOR_COLLEAGUE = lazy(
    r"\s*(?:(?:leave )?(?:an? )?(?:notes?|memo|message|msg) (?:for|to)|tell|message|msg|dm)\s@?(?P<en>[^:：\n]{1,30}?)\s?[:：]\s*(?P<words>\S.*)|\s*(?:给|告诉|转告|通知|留言给)@?(?P<zh>[^:：\n]{1,12}?)(?:留言|留个?言|带个?话|记一?[下笔])?[:：]\s*(?P<words_zh>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
"""What is said to somebody among us is asked of them."""
_TO_SELF = lazy(
    r"\s*(?:notes?|memo|reminder) to (?:my)?self\s*[:,.–-]?\s*(?P<en>\S.*)|\s*(?:给自己(?:记一?[下笔]|留个?言|备忘一?下?|提个?醒)|(?:给)?自己(?:的)?备忘)[:：，, ]*(?P<zh>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
"""What nobody else need see is a reminder of one's own, tomorrow where no day is named."""


@heard("first", for_=EDITORS)
def looked_up(turn: Turn, said: Said) -> Any:
    if _nothing_is_asked(turn, said) and (outcome := rung.answered(turn, said.text)) is not NOT_MINE:
        return outcome
    if may_order(turn, said) and (outcome := settled_in_words(turn, said.text)) is not NOT_MINE:
        return outcome
    if _STOP.fullmatch(said.text) and _nothing_is_asked(turn, said):
        return _nothing_to_stop()
    if (outcome := ordered(turn, said)) is not NOT_MINE:
        return outcome
    if turn.private and not said.forwarded_from and (outcome := added(turn, said.text)) is not NOT_MINE:
        return outcome
    if turn.private and (own := _TO_SELF.match(said.text)) and may_order(turn, said):
        return _by_tomorrow(turn, "remind", own["en"] or own["zh"])
    if turn.private and (given := _FOR_COLLEAGUE.match(said.text)) and may_order(turn, said):
        whom = colleague(turn, given["en"] or given["zh"])
        if whom is not None and whom.id != turn.me().id:
            return _by_tomorrow(turn, "task", given["words"] or given["words_zh"], f"@{whom.name} ")
    match = LOOK_UP.match(said.text) if turn.private and not said.forwarded_from else None
    return run(turn, COMMANDS["history"], match["who"]) if match and _is_name(turn, match["who"]) else NOT_MINE


def _by_tomorrow(turn: Turn, name: str, words: str, whom: str = "") -> Any:
    """A reminder, of somebody, tomorrow where no time is named."""
    timed = not isinstance(READERS[When](turn, words), Missing)
    return run(turn, COMMANDS[name], f"{whom}{words}" if timed else f"{whom}tomorrow 9:00 {words}")


def _nothing_is_asked(turn: Turn, said: Said) -> bool:
    """Neither a question of ours waits for words, nor do they answer some other message."""
    state = turn.conversation.dialog if turn.conversation else None
    return may_order(turn, said) and (state is None or state["kind"] in ("", "log", "listed"))


@heard("said", for_=EDITORS)
def asked_for(turn: Turn, said: Said) -> Any:
    if said.forwarded_from or not turn.private or "\n" in said.text or len(said.text) > 200:
        return NOT_MINE
    for hear in _IN_TURN:
        if (outcome := hear(turn, said.text)) is not NOT_MINE:
            return outcome
    return NOT_MINE


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


def _of_customer(turn: Turn, words: str) -> Any:
    for pattern, name in OF_CUSTOMER:
        if (match := pattern.match(words)) and _is_name(turn, match["who"]):
            return run(turn, COMMANDS[name], match["who"])
    return NOT_MINE


def _in_other_words(turn: Turn, words: str) -> Any:
    """A command by itself, then who covers for me, then a command with what it needs."""
    for pattern, name in PLAIN:
        if pattern.fullmatch(words.strip()):
            return refusal(turn, COMMANDS[name]) or run(turn, COMMANDS[name], "")
    if (match := _COVERED.match(words)) and isinstance(READERS[Colleague](turn, match["whom"]), Found):
        return run(turn, COMMANDS["deputy"], match["whom"])
    for pattern, name in IN_OTHER_WORDS:
        if match := pattern.match(words):
            return run(turn, COMMANDS[name], match["rest"])
    return NOT_MINE


def _written(turn: Turn, words: str) -> Any:
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


def _nothing_to_stop() -> Text:
    return lines(
        _("What shall stop? Nothing runs here that waits for you."),
        _(
            "What you did last is taken back by {undo}; {mute} makes me quieter.",
            undo=code(_("undo")),
            mute=code("/mute"),
        ),
    )


def _is_name(turn: Turn, words: str) -> bool:
    return isinstance(outcome := READERS[Customer](turn, words), Several) or (
        isinstance(outcome, Found) and not outcome.rest.strip()
    )


def _not_deleted(turn: Turn, words: str) -> Any:
    if not (match := _DELETE.match(words)) or not _is_name(turn, match["what"]):
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
    _of_customer,
    sent,
    labelled,
    _in_other_words,
    _quoted,
    _written,
    handed,
    _not_deleted,
    again,
)
"""The first that knows the words does what they say."""

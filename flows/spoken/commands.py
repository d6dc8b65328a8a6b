# ruff: noqa: E501 -- a rule is one line
""" "Move the Acme reminder to Friday", "send Li Wei a survey", "delete Acme": done, or said how, and never logged."""

from __future__ import annotations

import re
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, code, lines, quote, text
from bot.core.text import gettext as _
from flows.activities.lines import meant, understood
from flows.arguments import READERS, Colleague, Found, Missing, Several, When
from flows.arrival import refusal
from flows.asking import may_order, run
from flows.customers.names import named_places
from flows.promises.presses import move as promise_moved
from flows.reminders import rung
from flows.reminders.actions import ring_at
from flows.reminders.cards import card_of, said
from flows.reminders.moving import new_time
from flows.reminders.presses import dropped, moved
from flows.router import COMMANDS, EDITORS, NOT_MINE, heard
from flows.spoken.again import again, put_off
from flows.spoken.chinese import ordered
from flows.spoken.dropping import about, drop, finish, none_open
from flows.spoken.giving import handed, sent, the_one
from flows.spoken.labels import added, labelled
from flows.spoken.settling import settled_in_words
from flows.turn import Turn
from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE
from flows.undo.actions import last
from store.models import Customer, Promise, Reminder

_MOVE = tuple(
    lazy(PLEASE + words, re.IGNORECASE | re.DOTALL)
    for words in (
        r"(?:move|push|postpone|delay|reschedule|shift|snooze|put off)\s(?P<what>.{2,120}?)\s(?:back |out )?(?:to|till|until|by|for)\s(?P<when>.{2,60})$",
        r"(?:把|将)?(?P<what>.{1,60}?)的?(?:提醒|待办|任务|回访|跟进)(?:给我)?(?:推迟|延后|延期|延|改期|改|挪|调整?|推|提前)(?:一下)?(?:到|至|成)?(?P<when>.{1,40})$",
        r"(?:推迟|延后|改期|挪)(?P<what>.{1,60}?)的?(?:提醒|待办|任务|回访|跟进)(?:到|至)(?P<when>.{1,40})$",
        r"(?:把|将)?(?:(?:今天|明天|后天|下?周[一二三四五六日天]|早上|上午|中午|下午|晚上)+的?)?(?:那|这)[个场次](?P<what>.{1,20}?)(?:的?时间)?(?:改|推迟|提前|挪|推)(?:到|成|至)(?P<when>.{1,40})$",
        r"(?:把|将)(?P<what>.{1,60}?)(?:给我)?(?:推迟|延后|延期|改期|挪|推)(?:一下)?(?:到|至|成)(?P<when>.{1,40})$",
    )
)
_OF_REMINDER = lazy(r"(?:['’]s)?\s(?:reminder|alarm|to-?do)(?![a-z])|提醒|闹钟|待办", re.IGNORECASE)
_MOVE_LATEST = tuple(
    lazy(PLEASE + words, re.IGNORECASE)
    for words in (
        r"(?:move|push|postpone|delay|reschedule|shift|snooze|put off|change|set)\s(?:it|that|this|(?:the|that|this|my)(?: last| new)? (?:reminder|one))\s(?:back |out |over )?(?:to|till|until|by|for|at)\s(?P<when>.{2,60})$",
        r"(?:not (?:at )?\S{1,8}[,;]? (?:but|make (?:it|that))|make (?:it|that)|remind me)\s(?:at\s)?(?P<when>(?:\d|noon|midnight).{0,30}?)(?: instead)?[.! ]*$",
        r"(?:(?:no|nope|sorry|oops|wait|actually)[,.! ]+)*(?:(?:i mean(?:t)?|make (?:it|that)|change (?:it|that) to)\s(?:on |at )?(?P<when>.{2,40}?)|(?<=[,.! ])(?:on )?(?P<day>(?:(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day.{0,20}?|(?:tomorrow|tmrw|tmr|tonight|this (?:afternoon|evening)|next week|noon)(?: (?:at )?.{1,12}?)?|(?:at )?\d{1,2}(?:[:.]\d\d)? ?(?:[ap]m)?)))(?: instead)?[.! ]*$",
        r"(?:(?:no|nope|sorry|oops|wait|actually|wrong|that['’]?s (?:wrong|not right))[,.! ]+)+(?:it['’]?s|it is|it should be|should be)\s(?:on |at |for )?(?P<when>.{2,40}?)[.! ]*$",
        r"(?:(?:that|it|this) (?:should|must) (?:be|have been)|(?:that|it|this) (?:was|is) (?:meant|supposed) to be)\s(?:on |at |for )?(?P<when>.{2,40}?)(?: instead)?[.! ]*$",
        r"(?:不对|不是|错了|抱歉)?[，, ]*(?:把|将)?(?:它|这个|那个)?(?:提醒|闹钟)?(?:给我)?(?:推迟|延后|延期|改期|改|挪|推|提前)(?:一下)?(?:到|至|成|为)(?P<when>.{1,40})$",
        r"(?:那个|这个|提醒)?(?:应该|应当)(?:是|在)(?P<when>.{1,20}?)[。！!吧啊 ]*$",
        r"(?:不对|错了|说错了|哦?不)[，,。 ]*(?:应该)?是(?P<when>.{1,20}?)[。！!吧啊 ]*$",
        r"(?:把|将)?(?:刚才的?|刚刚的?|这个|那个|这条|那条|上一?[个条])?(?:提醒|闹钟)(?:时间)?(?:给我)?(?:推迟|延后|延期|延|改期|改|挪|调整?|推|提前)(?:一下)?(?:到|至|成|为)(?P<when>.{1,40})$",
    )
)
"""The reminder meant is the one that was set just now."""
_MOVES_IT = lazy(PLEASE + r"(?:move|push|postpone|delay|reschedule|shift|put off|no|nope|oops|wrong|that['’]?s wrong)\b|(?:不对|不是|错了|抱歉)?[，, ]*(?:把|将)?(?:它|这个|那个)?(?:推迟|延后|延期|改期|改|挪|推|提前)", re.IGNORECASE)  # fmt: skip
"""The meeting that was planned just now moves as a reminder does."""
_DROP_LATEST = lazy(
    PLEASE
    + r"(?:(?:cancel|delete|drop|remove|forget)\s(?:the|that|this|my)(?: last| new)? (?:reminder|alarm)"
    + r"|(?:(?:never ?mind|actually|no)[,.! ]+)?(?:no need to remind me|(?:don['’]?t|do not) remind me)(?: of (?:it|that)| about (?:it|that))?(?: any ?more| then| after all)?"
    + r"|(?:算了|哦|好吧|那)?[，,！! ]*(?:取消|删掉|删除|去掉|撤掉|不用|不需要|不必|不要|别)(?:再)?(?:刚才的?|刚刚的?|这个|那个|这条|那条|上一?[个条])?(?:提醒|闹钟)我?了?)[.!。！吧啊 ]*$",
    re.IGNORECASE,
)
_TAKE_BACK = lazy(
    PLEASE
    + r"(?:(?:delete|remove|scrap|erase|undo|cancel)\s(?:that|this|it|(?:the |my )?last (?:one|log|entry|note|line)|that (?:one|log|entry|note))"
    + r"|(?:把)?(?:刚才|刚刚|上一?)的?[那这]?一?[条个笔句]?(?:记录|日志)?(?:删掉|删了|删除|撤掉|撤了|撤销|去掉)了?"
    + r"|(?:删掉|删除|删了|撤掉|撤销|去掉)(?:刚才|刚刚|上一?)?的?[那这]?一?[条个笔句](?:记录|日志)?)[.!。！吧 ]*$",
    re.IGNORECASE,
)
"""What was done last is meant."""
_DELETE = lazy(
    PLEASE
    + r"(?:delete|erase|get rid of|删除|删掉|删了|移除)\s*(?:the |our )?(?:customer |client |account |客户)?(?P<what>.{1,80}?)(?:这个客户|客户)?[.!。！ ]*$",
    re.IGNORECASE,
)


_ASKED = tuple(
    (lazy(words, re.IGNORECASE), name)
    for words, name in (
        (r"who(?:['’]s| is| has)(?: got)? (?:the )?(?:busiest|most (?:busy|work|tickets|on|to do))(?: (?:now|today|right now|this week))?[?. ]*|(?:现在|目前|今天)?(?:谁|哪个(?:同事|人))(?:手上)?(?:的活|工单|请求)?最(?:忙|多)[。？?]*", "load"),
        (r"(?:(?:the |our |my )?team(?:['’]s)?(?: weekly)? report|how (?:did|do|are) (?:we|the team|everybody|everyone)(?: all)? (?:do|did|doing) this week|how was (?:our|the|this) week|how is the team doing(?: this week)?)[?. ]*", "week"),
        (r"(?:团队|部门|大家)(?:的)?(?:本周|这周)?(?:周报|报告|情况)[。？?]*|(?:这周|本周|这个?星期)(?:大家|团队|我们)(?:干|做)?得?(?:怎么样|如何)[。？?]*|(?:大家|团队)(?:这周|本周)(?:干得|做得)?(?:怎么样|如何)[。？?]*", "week"),
        (r"(?:is there |do i have )?anything (?:for me )?(?:to|i (?:have|need) to) approve[?. ]*|what (?:do i (?:have|need) to|should i) approve[?. ]*|what (?:needs|waits for|is waiting for) my (?:approval|ok|decision)[?. ]*|(?:pending|open) approvals[?. ]*", "approvals"),
        (r"(?:还?有)?(?:什么|哪些|没有|东西)?(?:要|需要|等)(?:我)?(?:来)?(?:批|审批|审核|同意)的?(?:吗|么|东西|事情?|单子?)?[。？?]*", "approvals"),
        (r"(?:(?:what is |what['’]s |show me )?(?:our |the )?(?:csat|nps|customer satisfaction)(?: score)?(?: now)?|how (?:satisfied|happy|unhappy) are (?:our|the|my) (?:customers|clients)|what do (?:our |the )?(?:customers|clients) think of us)[?. ]*", "results"),
        (r"(?:我们的?)?(?:客户)?满意度(?:怎么样|如何|多少|是多少)?[。？?]*|客户(?:们)?(?:对我们)?(?:满意吗|满不满意|怎么看我们)[。？?]*", "results"),
    )
)  # fmt: skip
"""Questions that a command without words answers."""
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
_LOOK = r"(?:查(?:一?下|看)?|看(?:一?下|看)?|给我看)"
_RECORDS = r"(?:的|之间的?)?(?:最近的?|近期的?|全部|所有)*(?:往来记录|历史记录|跟进记录|沟通记录|联系记录|往来历史|往来|历史)[。？?！! ]*"
_HISTORY = tuple(
    lazy(PLEASE + words, re.IGNORECASE)
    for words in (
        r"(?:(?:show|open|see)(?: me)? (?:the )?)?(?P<who>.{1,60}?)(?:['’]s?)? (?:full |whole )?(?:history|timeline)[?.! ]*$",
        r"(?:what(?: has|'s)? happened|what(?:'s| is| has been| have we been)? (?:going on|doing)|everything(?: that happened)?) (?:so far )?with (?P<who>.{1,60}?)(?: so far| lately| recently| while i was \w+(?: \w+)?| since \w+(?: \w+)?| this (?:week|month)| last (?:week|month)| today| yesterday)?[?.! ]*$",
        rf"{_LOOK}?[跟和与]?(?P<who>.{{1,40}}?){_RECORDS}$",
    )
)
"""A customer's history; nothing but their name may stand beside it."""
_ORDERS = tuple(
    lazy(PLEASE + words, re.IGNORECASE)
    for words in (
        r"(?:(?:show|list|open|see|check|get|give|look up)(?: me| us)? )?(?:all )?(?:the )?(?:(?:orders?|purchases?|payments?|invoices?)(?: history| list)?) (?:of|from|by|for)\s(?P<who>.{1,60}?)[?.! ]*$",
        r"(?:(?:show|list|open|see|check|get|give|look up)(?: me| us)? )?(?:all )?(?:the )?(?P<who>.{1,60}?)(?:['’]s?|s)? (?:last |latest |recent |past |open |all )?(?:orders?|purchases|payments|invoices)(?: history| list)?(?: so far| please| pls)?[?.! ]*$",
        rf"{_LOOK}?(?P<who>.{{1,40}}?)(?:的|有哪些|有什么)(?:全部|所有|历史|最近的?|最新的?)*(?:订单|回款|开票|采购|下单)(?:记录|情况|历史|列表)?(?:有哪些|呢)?[。？?！! ]*$",
    )
)
"""A customer's orders and payments, likewise."""
_LOOK_UP = lazy(rf"{PLEASE}{_LOOK}[跟和与]?(?P<who>.{{1,40}}?){_RECORDS}$")
"""The same where it begins as the command for a customer's card does."""
_COMMANDS = tuple(
    (lazy(PLEASE + words, re.IGNORECASE), name)
    for name, words in (
        (
            "push",
            r"(?:message|tell|text|e-?mail|mail|write(?: to)?|send(?: a message)? to|inform|notify|announce to) (?P<rest>(?:all(?: customers)?|everybody|everyone)\s?[:：]\s*.{4,300})",
        ),
        (
            "deal",
            r"(?:(?:create|add|open|start|register|log) (?:an? |the )?)?new (?:deal|opportunity)(?: for| with| at)?\s?[:,-]?\s+(?P<rest>(?=.*\d).{4,120})",
        ),
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
    )
)
"""Sentences that are a command in other words; what the command needs is in `rest`."""


_COVERED = lazy(
    PLEASE
    + r"@?(?P<whom>\S+) (?:is |will be |will )?(?:cover(?:s|ing)?|stand(?:s|ing)? in|fill(?:s|ing)? in|deputi[sz](?:es|ing)) for me\b(?: (?:when|while) .{3,30}| from now on)?[.! ]*$",
    re.IGNORECASE,
)
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
    if (outcome := ordered(turn, said)) is not NOT_MINE:
        return outcome
    if turn.private and not said.forwarded_from and (outcome := added(turn, said.text)) is not NOT_MINE:
        return outcome
    if turn.private and (own := _TO_SELF.match(said.text)) and may_order(turn, said):
        words = own["en"] or own["zh"]
        timed = not isinstance(READERS[When](turn, words), Missing)
        return run(turn, COMMANDS["remind"], words if timed else f"tomorrow 9:00 {words}")
    match = _LOOK_UP.match(said.text) if turn.private and not said.forwarded_from else None
    return run(turn, COMMANDS["history"], match["who"]) if match and _is_name(turn, match["who"]) else NOT_MINE


def _nothing_is_asked(turn: Turn, said: Said) -> bool:
    """Neither a question of ours waits for words, nor do they answer some other message."""
    state = turn.conversation.dialog if turn.conversation else None
    return may_order(turn, said) and (state is None or state["kind"] in ("", "log", "listed"))


@heard("said", for_=EDITORS)
def asked_for(turn: Turn, said: Said) -> Any:
    if said.forwarded_from or not turn.private or "\n" in said.text or len(said.text) > 200:
        return NOT_MINE
    for pattern in _MOVE_LATEST:
        if match := pattern.match(said.text.strip()):
            when, latest = match["when"] or match.groupdict().get("day") or "", _latest(turn)
            if latest is None and (outcome := _promise_moved(turn, when)) is not NOT_MINE:
                return outcome
            if latest is not None and (outcome := _move_one(turn, latest, when)) is not NOT_MINE:
                return outcome
            if latest is None and _MOVES_IT.match(said.text) and (outcome := put_off(turn, when)) is not NOT_MINE:
                return outcome
    for pattern in _MOVE:
        if match := pattern.match(said.text.strip()):
            outcome = _move(turn, match["what"], match["when"], plainly=bool(_OF_REMINDER.search(match[0])))
            if outcome is not NOT_MINE:
                return outcome
    if _DROP_LATEST.match(said.text) and (latest := _latest(turn)) is not None:
        return run(turn, COMMANDS["undo"], "") if _was_set(turn) else dropped(turn, latest)
    if _TAKE_BACK.match(said.text) and last(turn) is not None:
        return run(turn, COMMANDS["undo"], "")
    if (outcome := drop(turn, said.text)) is not NOT_MINE or (outcome := finish(turn, said.text)) is not NOT_MINE:
        return outcome
    for pattern in _HISTORY:
        if (match := pattern.match(said.text)) and _is_name(turn, match["who"]):
            return run(turn, COMMANDS["history"], match["who"])
    for pattern in _ORDERS:
        if (match := pattern.match(said.text)) and _is_name(turn, match["who"]):
            return run(turn, COMMANDS["orders"], match["who"])
    if (asked := sent(turn, said.text)) is not NOT_MINE:
        return asked
    if (outcome := labelled(turn, said.text)) is not NOT_MINE:
        return outcome
    for pattern, name in _ASKED:
        if pattern.fullmatch(said.text.strip()):
            return refusal(turn, COMMANDS[name]) or run(turn, COMMANDS[name], "")
    if (match := _COVERED.match(said.text)) and isinstance(READERS[Colleague](turn, match["whom"]), Found):
        return run(turn, COMMANDS["deputy"], match["whom"])
    for pattern, name in _COMMANDS:
        if match := pattern.match(said.text):
            return run(turn, COMMANDS[name], match["rest"])
    for pattern in _WRITE:
        if (match := pattern.match(said.text)) and (customer := the_one(turn, match["who"])):
            return run(turn, COMMANDS["write"], f"{customer.name} {match['text']}")
    if (told := _told_to(turn, said.text)) is not None:
        return run(turn, COMMANDS["write"], told)
    for pattern in _INVITE:
        if (match := pattern.match(said.text)) and (customer := the_one(turn, match["who"])):
            return run(turn, COMMANDS["invite"], customer.name)
    if (given := handed(turn, said.text)) is not NOT_MINE:
        return given
    if (match := _DELETE.match(said.text)) and _is_name(turn, match["what"]):
        return _not_deleted(match["what"])
    return again(turn, said.text)


_TELL_ZH = lazy(r"(?:请|帮我|麻烦)?(?:告诉|告知|通知)(?P<rest>[^:：，,\n]{4,80})$")
_TOLD_THEM = lazy(
    r"[他她](?:们)?(?:说|同意|表示|答应|觉得|没)|^(?:了|过|的|我(?!们)|[他她]|和|跟|、)|[了过]$(?<!已经.了)(?<!已经..了)(?<!已经...了)|吗|什么|怎么|多少"
)
"""What tells of it afterwards, or asks."""


def _told_to(turn: Turn, words: str) -> str | None:
    """告诉陈总今天发货: nothing stands between whom it is for and what they will read, so the name ends it."""
    match = _TELL_ZH.match(words.strip(" 。！"))
    if match is None:
        return None
    end = next((end for start, end in named_places(turn, match["rest"]) if start == 0), 0)
    text = re.sub(r"^(?:说|一[下声])+", "", match["rest"][end:])
    customer = the_one(turn, match["rest"][:end]) if end and len(text) > 2 and not _TOLD_THEM.search(text) else None
    return f"{customer.name} {text}" if customer else None


def _is_name(turn: Turn, words: str) -> bool:
    return isinstance(outcome := READERS[Customer](turn, words), Several) or (
        isinstance(outcome, Found) and not outcome.rest.strip()
    )


def _move(turn: Turn, what: str, when: str, *, plainly: bool) -> Any:
    """My reminder about that moves; of several, the one that is picked; `plainly`: a reminder is what was said."""
    if not isinstance(READERS[When](turn, when), Found):
        return NOT_MINE
    ours = plainly or the_one(turn, what) or not meant(turn, understood(turn, what, turn.at))
    found = about(turn, _OF_REMINDER.sub(" ", what)) if ours else []
    if not found:
        return none_open(_OF_REMINDER.sub(" ", what)) if plainly else NOT_MINE
    if len(found) > 1:
        picks = tuple(Option(text(said(turn, one)), f"move:{one.id}", wide=True) for one in found[:5])
        return Reply(_("Which one shall I move?"), picks)
    return _move_one(turn, found[0], when)


def _latest(turn: Turn) -> Reminder | None:
    """The reminder that this member's last act was about."""
    change = last(turn)
    topic, _colon, id = (change.card if change else "").partition(":")
    if topic not in ("set", "reminder"):
        return None
    found = turn.work.reminders.get(int(id.partition(":")[0]))
    return found if found is not None and found.state == "open" and found.member == turn.me().id else None


def _promise_moved(turn: Turn, when: str) -> Any:
    """The promise that was made just now, on the other day."""
    change = last(turn)
    topic, _colon, id = (change.card if change else "").partition(":")
    found = turn.work.get(Promise, int(id)) if topic in ("promise", "promised") and id.isdigit() else None
    day = READERS[When](turn, when)
    if found is None or found.state != "open" or not isinstance(day, Found) or day.rest:
        return NOT_MINE
    due = day.value.due.astimezone(turn.zone)
    if found.due is not None and not re.search(r"\d ?(?:[ap]m|:)", when):
        hour = found.due.astimezone(turn.zone)
        due = due.replace(hour=hour.hour, minute=hour.minute)
    return promise_moved(turn, found, due)


def _was_set(turn: Turn) -> bool:
    """Whether the last act added something, rather than moved what was there."""
    change = last(turn)
    return change is not None and any(before is None for _table, _id, before, _after in change.rows)


def _move_one(turn: Turn, found: Reminder, when: str) -> Any:
    outcome = new_time(turn, found, when)
    if not isinstance(outcome, Found):
        outcome = new_time(turn, found, f"in {when}")  # "make it an hour"
    if not isinstance(outcome, Found):
        return NOT_MINE
    after = ring_at(turn, found, outcome.value.due)
    turn.did(_("moved: {text}", text=said(turn, found)), card_of(found))
    shown = moved(turn, after, card_of(found))
    if not (left := outcome.rest.strip(" ,.;!，。；！")):
        return shown
    told = _("Only the reminder was moved. This is not written down, please send it by itself:")
    return [shown, lines(told, quote(left[:120]))]


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

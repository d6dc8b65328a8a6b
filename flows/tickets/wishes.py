# ruff: noqa: E501 -- a class of words is one line
"""What somebody wants with a ticket, as they say it: "T-102 solved", "102 note part ordered", "解决T-102". Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.tickets.rules import HIGH, LOW, NORMAL, URGENT
from flows.understanding.lazily import lazy


@dataclass(frozen=True, slots=True)
class Wish:
    """What to do, and with what."""

    act: str
    rest: str = ""


_END = r"[\s.!。！]*$"
_WHOLE: Mapping[str, str] = {
    "quietly": r"(?:solved?|done|close[d]?)[,，]?\s*(?:without (?:a )?survey|no survey|quietly)|(?:已)?(?:解决|完成|关闭)了?[,，]?\s*(?:不用?|别|免|无需)(?:发)?(?:问卷|调查|回访|评价)",
    "take": r"take(?: it| this)?|i(?:'ll| will)? take (?:it|this)|mine|claim(?: it)?|我来(?:处理|跟)?|我接(?:了|单)?|接单|认领|给我|我处理|我负责",
    "work": r"(?:is )?(?:in (?:work|progress)|working(?: on it)?|start(?:ed)?|go on|continue|resume)|(?:正?在)?处理(?:中|了)?|开始处理|继续(?:处理)?|在跟进?",
    "wait": r"(?:is )?(?:wait(?:ing)?|on hold|hold|pending)(?: for (?:the |them|him|her)?\s?(?:customer|client|reply|answer)?)?|等(?:待)?(?:客户|对方)?(?:回复|答复|确认)?(?:中)?|挂起|待客户(?:回复|确认)?|暂停",
    "solve": r"(?:is |has been |now )?(?:solved?|done|fixed|resolved?|finished|completed?|sorted)(?: now)?|(?:已经?|都)?(?:解决|搞定|修好|处理完|处理好|办好|完成|弄好)(?:了|啦)?|好了",
    "close": r"(?:is |can be )?closed?(?: it| for good)?|(?:已|可以)?(?:关闭|关单|结单|关了|结案|归档)(?:了)?",
    "reopen": r"re-?open(?:ed)?|open (?:it )?again|(?:is )?not (?:solved|fixed|done)|重(?:新)?(?:打)?开(?:启)?|没(?:有)?解决|未解决|没修好|又坏了",
    "way": r"time ?line|history|steps|how long|时间线|时间轴|历史|经过|用时|耗时|进度|过程",
    "split": r"split|拆分|拆开|分开",
    "show": r"show|card|status|state|\?|？|怎么样了?|什么情况|详情|状态|查看",
    "drop": r"give (?:it )?back|back to (?:the )?queue|release|退回|放回(?:队列)?|不归我|还回去",
}
_WHOLES = tuple((act, lazy(f"(?:{words}){_END}", re.IGNORECASE)) for act, words in _WHOLE.items())
_LED: Mapping[str, str] = {
    "note": r"(?:note|memo|comment|备注|记录|记一下|笔记|备忘)(?:\s*[:：]\s*|\s+|(?<=[\u4e00-\u9fff]))(?P<rest>.+)",
    "merge": r"(?:merge[d]?|same as|duplicate of|合并|并入|重复)\s*(?:it )?(?:with|into|to|到|进|和|与|于)?\s*(?:T-?|#)?(?P<rest>\d{1,9})",
    "assign": r"(?:(?:assign(?:ed)?|give|gives?|pass|hand|over|transfer)\s*(?:it |this )?(?:over )?(?:to)?\s+|to\s+|→\s*|@|(?:转(?:给|交)?|交给|派给|指派(?:给)?|分配给|给)\s*)(?P<rest>@?[^\s,，。].{0,60})",
    "priority": r"(?:(?:set )?(?:priority|prio)\s*(?:is|to|:|：|=)?\s*|优先级\s*(?:为|是|到|改为|改成|[:：])?\s*)(?P<rest>\S+)",
    "kind": r"(?:(?:is|it's) an? |(?:kind|type)\s*(?:is|:)?\s*|(?:类型|类别|分类)\s*(?:为|是|改为|改成|[:：])?\s*|(?:这)?是)(?P<rest>\S+)",
    "step": r"(?:(?:move(?:d)?|goes?)?\s*(?:to )?step\s*(?:to|:)?\s*|move(?:d)? to\s+|(?:步骤|进入|转到|移到|到)\s*[:：]?\s*)(?P<rest>.+)",
    "cause": r"(?:(?:root )?cause(?: was| is)?\s*[:：]?\s*|原因(?:是|为)?\s*[:：]?\s*)(?P<rest>.+)",
}
_LEDS = tuple((act, lazy(words + r"\s*$", re.IGNORECASE | re.DOTALL)) for act, words in _LED.items())
PRIORITY_WORDS: Mapping[str, int] = {
    **dict.fromkeys(("urgent", "asap", "emergency", "1", "紧急", "加急", "特急", "最高"), URGENT),
    **dict.fromkeys(("high", "important", "2", "高", "重要", "优先"), HIGH),
    **dict.fromkeys(("normal", "medium", "3", "普通", "正常", "中", "一般"), NORMAL),
    **dict.fromkeys(("low", "minor", "4", "低", "不急"), LOW),
}
KIND_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("question", "咨询", "问题", "提问"), "question"),
    **dict.fromkeys(("fault", "bug", "defect", "故障", "报修", "维修"), "fault"),
    **dict.fromkeys(("complaint", "投诉", "抱怨"), "complaint"),
    **dict.fromkeys(("request", "需求", "请求", "申请"), "request"),
}
_NUMBERED = lazy(
    r"^\s*(?:#?T\s?-\s?|#?T(?=\d{3})|ticket\s*(?:no\.?\s*)?#?|工单(?:号)?\s*#?(?:T-?)?)(?P<number>\d{1,9})(?!\d)\s*[:：,，]?\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_AFTER = lazy(
    r"^\s*(?P<rest>\S.{0,60}?)\s*(?:#?T\s?-\s?|ticket\s*#?|工单\s*#?(?:T-?)?)(?P<number>\d{1,9})\s*(?P<tail>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ANYWHERE = lazy(r"(?<![A-Za-z0-9])T\s?-\s?(\d{1,9})(?!\d)|工单\s*#?(\d{1,9})", re.IGNORECASE)


def read_wish(words: str) -> Wish:
    """What is wanted; words that ask for nothing are a note, because that can do no harm."""
    said = words.strip()
    if not said:
        return Wish("show")
    for act, pattern in _WHOLES:
        if pattern.match(said):
            return Wish(act)
    bare = said.casefold().strip(" .!。！")
    if bare in PRIORITY_WORDS and not bare.isdigit():
        return Wish("priority", bare)
    if bare in KIND_WORDS:
        return Wish("kind", bare)
    for act, pattern in _LEDS:
        if (match := pattern.match(said)) and _fits(act, match["rest"].strip()):
            return Wish(act, match["rest"].strip())
    return Wish("note", said)


def _fits(act: str, rest: str) -> bool:
    """A priority or kind that is none makes the words a note."""
    if act == "priority":
        return rest.casefold() in PRIORITY_WORDS
    return act != "kind" or rest.casefold() in KIND_WORDS


def numbered(words: str) -> tuple[int, str] | None:
    """The ticket's number and what is said of it, where a line begins with it: "T-102 solved", "工单102 已解决"."""
    found = _NUMBERED.match(words)
    return (int(found["number"]), found["rest"].strip()) if found else None


def led(words: str) -> tuple[int, str] | None:
    """The same where the act comes first ("solve T-102", "转T-102给李伟"); None where it is no act that we know."""
    found = _AFTER.match(words)
    if found is None:
        return None
    rest = re.sub(r"\s+(?:on|for|to|of|with)$", "", found["rest"], flags=re.IGNORECASE)
    tail = found["tail"].strip(" :：,，.。!！")
    wish = read_wish(f"{rest.strip(' :：,，把将')} {tail}".strip())
    return (
        (int(found["number"]), f"{rest.strip(' :：,，把将')} {tail}".strip())
        if wish.act != "note" or rest.casefold() in _NOTES
        else None
    )


_TICKET = r"(?:support |service )?(?:ticket|case|issue)"
_OF = tuple(
    lazy(rf"^\s*(?:(?:please|pls|can you|could you) )?(?:{words})[\s.!。！]*$", re.IGNORECASE)
    for words in (
        rf"(?P<act>close|solve|resolve|re-?open|take|assign|give|pass|show(?: me)?) (?:the |that )?(?P<who>\S.{{0,60}}?)(?:['’]s?|s)? {_TICKET}(?P<tail> (?:over )?to \S.{{0,40}}| (?:for good|quietly))?",
        rf"(?:mark |set )?(?:the |that )?(?P<who>\S.{{0,60}}?)(?:['’]s?|s)? {_TICKET}(?: is| as| to)?(?: now| been)? (?P<act>solved|resolved|done|fixed|sorted|closed|urgent|waiting|on hold)",
        r"(?:把|将)?(?P<who>\S.{1,30}?)的?(?:工单|报修单)(?:给)?(?P<act>(?:转|交|派|分配?|指派)给?.{1,12}|(?:已经?|都)?(?:解决|搞定|修好|处理完|处理好|办好|完成|关闭|关掉|关了|关单|结案|结单|重开|加急|紧急|挂起)(?:了|啦|掉)?)",
        r"(?P<act>关闭|关掉|解决|重开|接手|看看?|查看)(?:一下)?(?P<who>\S.{1,30}?)的(?:工单|报修单)",
    )
)


def of_somebody(words: str) -> tuple[str, str] | None:
    """Whose ticket is meant, and what is said of it: "close Acme's ticket", 把华为的工单关了; None where it is no act."""
    match = next((match for pattern in _OF if (match := pattern.match(words))), None)
    if match is None:
        return None
    act = f"{match['act'].removesuffix(' me')}{match.groupdict().get('tail') or ''}"
    act = _SAID_OF.get(act, act)
    return (match["who"].strip(), act) if read_wish(act).act != "note" else None


_ALL = tuple(
    lazy(words + r"[\s.!。！]*$", re.IGNORECASE)
    for words in (
        r"^\s*(?:please )?(?:set|mark|make|change|put|close|solve|resolve|assign|give|re-?open|take)\s(?:down )?(?:all|every|each)(?: of)? (?:the |our |my |these |those )*(?:open |waiting |new )?(?:tickets?|requests|cases|issues)(?: .{0,40})?",
        r"^\s*(?:请)?(?:把|将)(?:所有|全部|我的|这些)的?(?:未结|待处理|没处理|打开|开着)?的?(?:工单|请求|单子)(?:都|全|全部)?.{2,12}",
    )
)


def of_all(words: str) -> bool:
    """Whether something is to be done with every ticket at once."""
    return any(pattern.match(words) for pattern in _ALL)


_SAID_OF = {
    "接手": "我来处理",
    "看": "查看",
    "看看": "查看",
    "关掉": "关闭",
    "关闭掉": "关闭",
    "关掉了": "关了",
    "重开": "重新打开",
} | {word: f"priority {word}" for word in ("urgent", "紧急", "加急")}
_NOTES = frozenset({"note", "备注", "记录", "memo"})


def mentioned(words: str) -> list[int]:
    """Numbers of tickets that a line names."""
    return [int(one or other) for one, other in _ANYWHERE.findall(words)]


SOURCES: Sequence[tuple[str, str]] = (
    ("phone", r"\b(?:phon(?:e|ed)|called|calls|rang|by tel)\b|电话|来电"),
    ("wechat", r"\b(?:wechat|official account|public account)\b|微信|公众号"),
    ("website", r"\b(?:website|web ?site|web form|online form)\b|网站|官网|网页"),
    ("email", r"\be-?mail(?:ed)?\b|邮件|邮箱"),
    ("visit", r"\b(?:visit|on site|at the fair|in person)\b|拜访|现场|上门|展会"),
)


def source_in(words: str) -> str:
    """By which way a request came, where the member who writes it down says so."""
    return next((name for name, pattern in SOURCES if re.search(pattern, words, re.IGNORECASE)), "")

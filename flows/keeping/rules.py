# ruff: noqa: E501 -- a pattern is one line
"""How people say how long something is kept: pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from flows.understanding.lazily import lazy
from flows.understanding.numerals import NUMERAL, WORDS, chinese

FOREVER = 0
LONGEST = 3650
CHOICES = (30, 90, 365, 1095, FOREVER)
"""Days that are offered as buttons."""

KINDS = ("messages", "notes", "voice", "files", "answers", "sheets", "undo")

_NAMES: Mapping[str, str] = {
    "voice": r"voice(?:[ -]?(?:files?|notes?|messages?|recordings?|memos?))?|recordings?|audio(?: files?)?"
    r"|语音(?:消息|留言|文件|记录)?|录音(?:文件)?",
    "answers": r"(?:survey |free[- ]text )?(?:answers|comments)(?: (?:of|to|in) surveys)?|(?:the )?free text(?: of (?:survey )?answers)?"
    r"|问卷(?:回答|答案|留言|评论|文字)?|调查(?:回答|答案|留言|评论|文字)?|评价(?:文字|留言)|文字回答",
    "sheets": r"(?:imported |uploaded )?(?:sheets|spreadsheets|tables|csv files?)|imports|(?:导入的?)?表格(?:文件)?|导入(?:文件|记录)",
    "notes": r"(?:call|visit|meeting|contact)? ?notes?(?: of (?:calls|visits))?|call (?:logs|records)|logged (?:calls|contacts|visits)"
    r"|(?:通话|拜访|跟进|联系|沟通)(?:记录|笔记|纪要)|笔记",
    "undo": r"undo(?: history)?|what can be undone|撤销(?:历史|记录)?|可撤销(?:的)?(?:内容|记录|操作)",
    "files": r"files?(?: and pictures)?|attachments?|documents?|pictures?|photos?|images?|(?:附件|文件|图片|照片)(?:和(?:图片|文件))?",
    "messages": r"(?:chat |customer )?messages|chats|conversations|chat history|(?:聊天|对话|会话|客户)(?:记录|消息|内容)|聊天|消息",
}
_NUMBER = rf"(?:\d{{1,4}}|an?|half an?|半|[{''.join(sorted(NUMERAL))}]{{1,5}}|(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})(?:[ -](?:{'|'.join(sorted(WORDS))}))?)"
_UNITS: Mapping[str, int] = {
    "d": 1,
    "w": 7,
    "m": 30,
    "y": 365,
    "天": 1,
    "日": 1,
    "周": 7,
    "星": 7,
    "礼": 7,
    "月": 30,
    "年": 365,
}
_SPAN = rf"(?P<n>{_NUMBER})\s*个?\s*(?P<unit>days?|d|weeks?|w|months?|m|years?|y|天|日|周|星期|礼拜|月|年)(?P<half>半)?(?![a-z])"
_ALWAYS = r"for ?ever|always|indefinitely|without (?:a )?limit|永久|永远|一直|长期|不限(?:期|时间)?|不删除?"
_KEPT = lazy(rf"(?:{_SPAN})|(?P<always>{_ALWAYS})", re.I)
_VERB = r"(?:please |we |let us |let's |you may )*(?:keep|store|retain|hold|delete|remove|erase|purge|drop)|请?(?:把|将)?(?:所有)?(?:删除|清除|清理|保留|保存|留存)?"
_SENTENCE = lazy(
    rf"^(?P<verb>{_VERB})\s*(?:all |our |the |only |old )*(?:of )?(?:所有的?|全部|旧的?)?(?P<kind>{'|'.join(f'(?P<{kind}>{words})' for kind, words in _NAMES.items())})"
    rf"\s*[,，:：]?\s*(?P<rest>(?:only |just |are |is |kept |to be |older than |after |for |at most |up to |更|只|就|仅|最多|统一|都|要|需要?|超过|保留|保存|留存?|存|放|满|过|了)*\s*)"
    rf"(?P<long>{_SPAN}|{_ALWAYS})\s*(?P<tail>(?:以前|之前|以上|以后|之后|后|就|的|都|要|自动|即|可以?|old|and then delete them|删除?|清除|清理|清空|删掉|保留|保存|留存?)*)\s*[.。!！]*$",
    re.I,
)
_TURNED = lazy(
    rf"^请?(?:把|将)?(?:自动)?(?:删除|清除|清理|删掉)\s*(?P<long>{_SPAN})\s*(?:以前|之前|前|以上)的?(?:所有)?的?(?P<kind>{'|'.join(f'(?P<{kind}>{words})' for kind, words in _NAMES.items())})[。!！]*$"
)
_TOLD = lazy(r"^(?:[\w']+ ){0,4}?(?:keep|store|retain|hold|delete|remove|erase|purge|drop)\b|删|清|留|存|永", re.I)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind, and for how many days: 0 for ever, None for a time that can't be kept to."""

    kind: str
    days: int | None


def wanted(words: str) -> Wanted | None:
    """What a whole sentence asks for; None when it says something else."""
    said = " ".join(unicodedata.normalize("NFKC", words).split())
    match = _SENTENCE.match(said) or _TURNED.match(said)
    if match is None or not _TOLD.search(said):
        return None
    kind = next(kind for kind in _NAMES if match[kind])
    return Wanted(kind, days_in(match["long"]))


def kind_in(words: str) -> str | None:
    """The kind that the words begin with."""
    said = " ".join(unicodedata.normalize("NFKC", words).split())
    return next((kind for kind, names in _NAMES.items() if re.match(rf"(?:{names})(?![a-z])", said, re.I)), None)


def days_in(words: str) -> int | None:
    """How many days the words say; 0 for ever, None when they say no time or none that can be kept to."""
    match = _KEPT.search(unicodedata.normalize("NFKC", words))
    if match is None or re.search(r"(?<!\w)-\d", words):
        return None
    if match["always"]:
        return FOREVER
    unit = _UNITS[match["unit"][0].lower()]
    number = _number(match["n"].lower())
    days = round((number + (0.5 if match["half"] else 0)) * unit) if number is not None else 0
    return days if 1 <= days <= LONGEST else None


def is_bare(words: str) -> bool:
    """Whether the words are a number, with a unit or without: no time that can be kept to, but meant as one."""
    return re.fullmatch(rf"\s*-?(?:\d+|{_NUMBER})\s*个?\s*[\w ]{{0,6}}[.。 ]*", words, re.I) is not None


def _number(words: str) -> float | None:
    if words.isdigit():
        return int(words)
    if words in ("half a", "half an", "半"):
        return 0.5
    if words in ("a", "an"):
        return 1
    if words[0] in NUMERAL:
        return chinese(words)
    return sum(WORDS.get(part, 0) for part in re.split(r"[ -]", words))

"""What customers say about surveys themselves: stop, start again, and scores in words. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from flows.dialog import normal, number_of

Wish = Literal["", "surveys", "all"]

_SURVEYS = re.compile(
    r"^(please )?(stop|unsubscribe|退订|停止|不想回答)$"
    r"|\b(stop|no more|end|cancel|quit|don'?t send|unsubscribe)\b.{0,24}\b(survey|questionnaire)s?\b"
    r"|(别|不要|不用|停止|退订|取消|拒绝|不想).{0,8}(问卷|调查|评分|打分|满意度)"
    r"|(问卷|调查).{0,6}(别|不要|停).{0,4}(发|了)"
)
_ALL = re.compile(
    r"^(please )?leave (me|us) alone$"
    r"|^(please )?(stop|don'?t|do not|never) (contact|messag|writ|text|bother)(e|ing)?( to)?( me| us)?"
    r"( again| any ?more)?$"
    r"|^(please )?stop all( messages)?$"
    r"|(别|不要|勿|停止)(再|给|来|老)?(联系|打扰|骚扰|烦)(我|我们)?了?$"
    r"|(别|不要)再(给我)?发(消息|信息|短信)"
)
_AGAIN = re.compile(
    r"^(start|resume|restart) (the )?surveys?( again)?$"
    r"|^恢复(发送|接收)?(问卷|调查|订阅)?$|^重新(订阅|接收)(问卷|调查)?$"
)
_WORDS: Mapping[int, str] = {
    1: "very bad/terrible/awful/很不满意/非常差/很差/极差/太差/糟透/特别不满意",
    2: "bad/poor/not satisfied/unsatisfied/不太满意/不是很满意/差/不好/不太好",
    3: "ok/okay/so so/neutral/average/还行/一般般/还可以/凑合/马马虎虎",
    4: "good/fine/比较满意/挺好/不错/挺满意/好",
    5: "very good/great/excellent/perfect/很满意/特别满意/十分满意/太好/很好/非常好/太满意",
}
_MEANT: Mapping[str, int] = {word: score for score, words in _WORDS.items() for word in words.split("/")}
_NUMBERISH = re.compile(r"\d|^[零〇一二两三四五六七八九十百]+[分星]?$")


def wish_to_stop(said: str) -> Wish:
    """What the customer does not want any more; empty when it is no such wish."""
    word = normal(said)
    if len(word) > 80:
        return ""
    return "all" if _ALL.search(word) else "surveys" if _SURVEYS.search(word) else ""


def wish_to_start(said: str) -> bool:
    """True when surveys are wanted again."""
    return bool(_AGAIN.search(normal(said)))


def score_in_words(said: str) -> str:
    """The score as a number where the words are one ("很满意", "great"), else the words themselves."""
    meant = _MEANT.get(normal(said).removesuffix("了"))
    return str(meant) if meant else said


def meant_as_number(said: str) -> bool:
    """True for what was surely meant as a score, though none of ours: "11", "3.5", "十分"."""
    word = normal(said)
    return len(word) <= 6 and (number_of(word) is not None or bool(_NUMBERISH.search(word)))

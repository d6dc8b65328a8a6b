# ruff: noqa: E501 -- a rule is one line
""" "Make a survey about the website: how easy was it? would you recommend us?": a whole draft in one line. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.builder.rules import both, choices_in
from flows.steps import Kind, Step

_ABOUT = re.compile(
    r"^(?:about|on|for|called|named|asking)\s+(?:(?:our|the|a)\s+)?|^(?:关于|针对|叫)|的?(?:问卷|调查)$|的$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^(?:\d{1,2}[.)、]|[-*•])\s*|^(?:and|then|also)\s+|^[,，、.。\s]+", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:how|would|what|did|was|were|is|are|do|does|which|why|where|who|any|anything|could|can|should|will|rate)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[吗呢么？]|怎么样|如何|多少|哪|几|是否|会不会|满意|推荐|什么|还有|方便|建议|意见")
_CHOICES = re.compile(r"\s*[(（](?P<choices>[^()（）]+)[)）]\s*(?=[?？]?$)")
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("date", re.compile(r"^(?:when (?:do|does|did|shall|should|would|will|can|could|is|are|was|were|may)|what day|which day|what date)\b|哪一?天|什么时候|何时", re.IGNORECASE)),
    ("words", re.compile(r"^(?:what|why|where|which|who|any|anything)\b|什么|哪|为何|还有|建议|意见", re.IGNORECASE)),
    ("nps", re.compile(r"\brecommend|推荐|介绍给", re.IGNORECASE)),
    ("ces", re.compile(r"\b(?:eas(?:y|ily|ier)|effort|difficult|hard)\b|方便|容易|省力|省事|麻烦", re.IGNORECASE)),
    ("number", re.compile(r"\bhow (?:many|much|often|long)\b|多少|几", re.IGNORECASE)),
    ("csat", re.compile(r"satisf|\bhappy\b|\bhow (?:did|was|were|is|are|good|well)\b|\brate\b|满意|怎么样|如何|评价", re.IGNORECASE)),
)  # fmt: skip
"""What kind of answer a question wants; the first that fits, else words."""


_WHOLE = re.compile(
    r"(?:please |can you |could you )?(?:make|create|build|set up|draft|write|new)(?: me| us)?(?: an?| a new| the)? ?(?:short |quick |little )?(?:survey|questionnaire|poll)\b[ :：,，\n]*(?P<en>\S.*)"
    r"|(?:请|帮我|麻烦)*(?:新建|新增|做|建|出|设计|写|搞|弄|来)(?:一)?[份个张]?新?(?P<about>(?:关于|针对)[^:：\n]{1,20}?的?|[^:：\n，,]{0,12}?)(?:调查问卷|满意度调查|问卷|调查)[:：\n](?P<zh>.+)",
    re.IGNORECASE | re.DOTALL,
)


def survey_told(said: str) -> str:
    """The title and the questions, where a line tells a survey with its questions; empty where it does not."""
    match = _WHOLE.fullmatch(said.strip())
    told = (match["en"] or f"{match['about']}：{match['zh'].strip()}") if match else ""
    return told if told and questions_in(told)[1] else ""


def questions_in(said: str) -> tuple[str, tuple[Step, ...]]:
    """The title and the questions that a line tells, in its order; no question where it is a title alone."""
    head, _mark, rest = said.strip().partition("\n") if "\n" in said else _headed(said)
    parts = [part for part in _parts(rest) if part]
    asked = parts if any(map(_asks, parts)) else []
    title = _ABOUT.sub("", head.strip(" :：,，")).strip() or (asked[0].rstrip(" ?？") if asked else "")
    return title[:1].upper() + title[1:], tuple(_step(part) for part in asked)


def _headed(said: str) -> tuple[str, str, str]:
    found = re.search(r"：|:(?!\d|//)", said)
    if found:
        return said[: found.start()], ":", said[found.end() :]
    return ("", "", said) if len(re.findall(r"[?？]", said)) > 1 else (said, "", "")


def _parts(rest: str) -> Sequence[str]:
    parts = [_ITEM.sub("", part.strip()) for part in re.split(r"\n|(?<=[?？])|[;；]", rest) if part.strip(" .。!！")]
    return parts if len(parts) != 1 else _by_comma(parts[0])


def _by_comma(asked: str) -> list[str]:
    """One sentence that holds several questions: each of its parts asks."""
    parts = [_ITEM.sub("", part.strip()) for part in re.split(r"[,，、](?![^(（]*[)）])", asked)]
    return parts if all(map(_asks, parts)) else [asked]


def _asks(part: str) -> bool:
    return bool(_OPENS.match(part) or _ASKS.search(part) or part.rstrip().endswith("?"))


def _step(said: str) -> Step:
    choices = _CHOICES.search(said)
    words = _CHOICES.sub("", said) if choices else said
    picked = choices_in(choices["choices"]) if choices else ()
    kind: Kind = next((kind for kind, pattern in _KINDS if pattern.search(words)), "words")
    ask = {language: _as_question(one, language) for language, one in both(words).items()}
    return Step("new", "choice", ask, choices=picked) if len(picked) > 1 else Step("new", kind, ask)


def _as_question(words: str, language: str) -> str:
    ended = words.rstrip(" .。,，")
    ended = ended if ended.endswith(("?", "？", "!", "！")) else f"{ended}{'？' if language == 'zh' else '?'}"
    return ended[:1].upper() + ended[1:]

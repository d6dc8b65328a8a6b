# ruff: noqa: E501 -- a rule is one line
"""Whether a line asks or tells."""

import re
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.text import Text

_ASKS: Final = lazy(
    r"^[ \"'>@\w]{0,12}?(?:when|what|what's|whats|where|who|whom|whose|which|why|how|did|do|does|is|are|was|were|has|have|had|can|could|should|would|any(?:one|thing)?|"
    r"show(?: me| us)?|list|tell me|find(?: me)?|give me|look up|search)(?![a-z'])"
)
_STARTS: Final = lazy(
    r"^[\s\"']{0,3}(?:(?:hey|hi|so|ok|and|but|please|pls|btw),? )?(?:when|what|what's|whats|where|who|who's|whom|whose|which|why|how|how's|did|do|does|is|are|was|were|has|have|had|can|could|should|would|will|any)(?![a-z'])"
)
_COMMANDS: Final = lazy(
    r"^[\s\"']{0,3}(?:please |pls |can you |could you )?(?:show|list|tell me|find|give me|look up|search|pull up|summari[sz]e)(?: me| us)?(?: all| the| my| our)?(?![a-z'])"
)
_WH: Final = lazy(
    r"^[\s\"']{0,3}(?:when|what|what's|whats|where|who|who's|which|why|how)(?: (?:is|are|was|were|did|do|does|has|have|many|much|long|often|about|will|should|can|'s)|'s)(?![a-z])"
)
_TAIL: Final = lazy(r"[?？]\s*(?:[#@]\S+\s*){0,4}$")
_ZH_ASKS: Final = lazy(
    r"什么时候|啥时候|何时|几时|几点(?!前|开|到|见|左右)|多久|多少(?!钱都)|什么|啥|哪(?:些|个|家|里|天|位|一)|谁(?!都)|怎么(?:样|了|办|说|回事)?|如何|为什么|为何|几(?:个|家|次|天|位|单|笔)(?=.*(?:[?？]|$))|有没有|是不是|是否|能不能|可不可以|要不要|会不会|行不行|对不对|没有[?？]?$|[吗么呢][?？。!！]*$|还(?:剩|欠|差)(?:我们)?(?:多少|什么|几)|欠我们"
)
_ZH_LIST: Final = lazy(
    r"^(?:请|帮我|麻烦)?(?:查(?:一?下|询|看)?|看(?:一?下|看)|列出?|显示|搜(?:一?下|索)?|找(?:一?下|出)|给我看|统计|汇总)"
)
_REPORTED: Final = lazy(
    r"(?:问(?:了|我|我们|过|到|一?下)?|想知道|想了解|咨询|打听|关心|不清楚|不知道|没说|还没定|讨论|确认|商量)[^，。,?？]{0,20}$"
)
_LOGS: Final = lazy(
    r"(?<![a-z])(?:called|met|emailed|visited|spoke|talked|texted|asked|asks|asking|wants to know|wondering|sent|had a|demoed|follow up|remind me|i'll|i will|we'll)(?![a-z])"
)
_ZH_LOGS: Final = lazy(r"(?:打了|开了|见了|拜访了|聊了|发了|去了|回了|提醒我|记得|刚)")


def is_question(text: Text) -> bool:
    """A line that only asks; a log that reports somebody's question is none."""
    low = text.low.strip()
    if not low:
        return False
    ends = bool(_TAIL.search(low))
    return _english(low, ends) or (text.has_chinese and _chinese(low, ends))


def _english(low: str, ends: bool) -> bool:
    if _STARTS.match(low) and (ends or _WH.match(low)) and not low.startswith(("will ", "may ")):
        return True
    if _STARTS.match(low) and ends:
        return not re.match(r"(?:will|may) (?:at|from|says|said)", low)
    if _COMMANDS.match(low) and not re.match(r"(?:show|find) (?:them|him|her)", low):
        return not re.search(r"(?<![a-z])(?:by|tomorrow|next)(?![a-z])", low) or ends
    is_one = not re.search(r"[.!;\n]\s+\S", low)
    return ends and is_one and not _LOGS.search(low) and max(low) < "\u3400"


def _chinese(low: str, ends: bool) -> bool:
    if _ZH_LIST.match(low) and not re.search(r"方案|报价|资料|后天|明天|下周", low[:14]):
        return True
    asks = list(_ZH_ASKS.finditer(low))
    if not asks:
        return ends and not _ZH_LOGS.search(low)
    if ends and not _ZH_LOGS.search(low):
        return not _REPORTED.search(low[: asks[0].start()]) or (
            low[: asks[0].start()].count("，") == 0 and len(low) < 24 and "问" not in low
        )
    if _REPORTED.search(low[: asks[0].start()]) or _ZH_LOGS.search(low):
        return False
    clauses = re.split(r"[，。；,;]", low)
    return len(clauses) == 1 and len(low) < 40


__all__ = ["is_question"]

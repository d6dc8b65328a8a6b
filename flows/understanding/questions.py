# ruff: noqa: E501 -- a rule is one line
"""Whether a line asks or tells."""

import re
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.text import Text
from flows.understanding.wordlists import COMMON

_POLITE: Final = r"^[\s\"']{0,3}(?:(?:hey|hi|hello|hiya|so|ok|and|but|please|pls|btw|(?:good )?(?:morning|afternoon|evening))(?: (?:all|team|guys|there))?[,!.]? ){0,2}"
_ORDERS: Final = r"(?!(?:can|could|would|will|may|might|mind)(?:n't)? (?:you|u|i|we|someone|somebody)(?! (?:see|know|check|find))(?: [a-z]+){0,3}? (?:remind(?:ing|ed|er)?|nudged?|ping(?:ed)?|poked?|chased?|alert(?:ed)?|alarm|move|push|shift|postpone|reschedule|cancel|change|bring|set|add|log|note|put|book|schedule|create|make|save|record|tag)(?![a-z]))"
"""Could I get a nudge, would you mind reminding me: an order, however politely put."""
_STARTS: Final = lazy(
    _POLITE
    + _ORDERS
    + r"(?:when|what|where|who|whom|whose|which|why|how|did|do|does|is|are|was|were|has|have|had|can|could|should|would|any)(?:'?s|'re)?(?![a-z'])"
)
_WH: Final = lazy(
    _POLITE
    + r"(?:(?:when|what|whats|where|who|which|why|how)(?: (?:is|are|was|were|did|do|does|has|have|had|many|much|long|often|about|will|should|can|would)(?:n'?t)?|'s|'re)(?![a-z])|"
    r"(?:what|where|when|who|how)s (?:the|our|my|his|her|their|up|next|open|left|new|happening|going)(?![a-z])|(?:the )?last (?:time|call|meeting|visit|contact)[^.,;?]{0,60}\?|who (?:at|in|from|on|for|else) |(?:which|who|what|how many) of (?:my|our|the|these|those|them|us)(?![a-z])|who (?:[a-z]+(?:s|ed)|spoke|met|sent|saw|took|went|wrote|made|gave|rang|left|won|lost|knows)(?![a-z])|(?:which|what|whose) [a-z]+ (?:(?:is|are|was|were|has|have|do|does|did|will|should|can)(?:n'?t)?|never|still|[a-z]+ed)(?![a-z])|any (?:news|updates?|word|progress|luck|open|upcoming|meetings|deals)(?![a-z])|any (?:new |bad |low |late |more |other |due |unread |pending )?(?:promises|messages|leads|tickets|complaints|orders|birthdays|scores|reminders|tasks|replies|feedback|payments|invoices|quotes|duplicates|approvals)(?! (?:were|was|from)(?![a-z]))(?![a-z])(?![^?]*[.,;] )|any (?:[a-z]+ )?(?:messages|replies|reply|response|word|answers?|complaints|orders?|tickets|calls|news|e?mails?) (?:back )?from [\w'&-]{1,40}(?: [\w'&-]{1,40})?(?: (?:since|yet|today|this|lately|so far|overnight)(?![a-z])[^,.;]*)?[?! ]*$)"
)
_INVERTED: Final = lazy(
    _POLITE
    + r"(?:"
    + _ORDERS
    + r"(?:did|does|has|have|had|is|are|was|were|do|should|could|can|would) (?:we|they|i|you|he|she|it|anyone|anybody|someone|somebody|there|our|their)|(?:did|does|has|is|was) (?:the|my|his|her|any))(?![a-z])"
)
_OF_NAME: Final = re.compile(
    r"^\s{0,3}(?:did|does|has|is|was|have|are) [A-Z][\w'-]{1,40}(?: [A-Z][\w'-]{1,40})? [a-z]", re.IGNORECASE | re.ASCII
)
_OF_PLAIN_NAME: Final = lazy(
    r"^\s{0,3}(?:(?:did|does) (?P<name>[a-z][a-z&'-]{2,}) [a-z]+|(?:is|has|was) (?P<other>[a-z][a-z&'-]{2,})(?: [a-z&'-]{2,})? (?:still|already|yet|ready|going to|signed|paid|closed|live|done)(?![a-z]))"
)
_YET: Final = lazy(
    r"^\s{0,3}(?:has|have|did|is|are|was|were) [^,.;:!\n]{3,60} yet[?.! ]*$|^\s{0,3}(?:is|are) [^,.;:!\n]{2,40} an? [a-z]+ or (?:an? )?[a-z]+[?.! ]*$"
)
"""Has blue ocean paid yet."""
_NAMED: Final = re.compile(r"^\s{0,3}\w+ [A-Z]")
_DID: Final = lazy(
    r"^\s{0,3}(?:did|had) (?:the|a|an|my|our|his|her|another|some|their|two|three|\d+) (?:[\w'&-]{1,40} ){0,4}?(?:demos?|service|servicing|maintenance|repairs?|calibration|checks?|swap|fitting|delivery|set-?up|installs?|inventory|stock(?:take|count| take| count)?|measur\w+|clean|audit|walk-?through|presentation|pitch|training|tour|workshop|install\w*|survey|visit|review|call|meeting|session|inspection|audit|handover)(?![a-z])(?! (?:go|happen|take|finish|start|end|help|work)(?![a-z]))(?!.*\?)"
)
"""Did the walkthrough: a log that leaves out who."""
_COMMANDS: Final = lazy(
    r"^[\s\"']{0,3}(?:please |pls |can you |could you )?(?:(?:show|give|tell)(?: me| us)(?! (?:the new|a new))|(?:show|list|search|look up|pull up|summari[sz]e)(?: me| us)?(?: all| the| my| our| every| open)?(?: [a-z]+){0,2}? ?[a-z]+s|find (?:me |us |all |my |our )?(?:the )?(?:customers|contacts|deals|leads|people|firms|companies|accounts|notes|meetings|calls|emails|tickets|reminders|promises))(?![a-z'])"
)
_TASK: Final = lazy(
    r"^[\s\"']{0,3}(?:(?:list|get|find) (?:of|out|them|him|her|it)|(?:show|find|get) (?:them|him|her|it))(?![a-z])"
)
_SHOWS: Final = lazy(r"^[\s\"']{0,3}show (?!me|us|all|my|our|the|every|open|[a-z]+s(?![a-z]))")
_TAIL: Final = lazy(r"[?？]\s*(?:[#@]\S+\s*){0,4}$")
_LOGS: Final = lazy(
    r"(?<![a-z])(?:called|met|emailed|visited|spoke|talked|texted|asked|asks|asking|wants to know|wondering|sent|had a|demoed|follow up|remind me|i'll|i will|we'll)(?![a-z])"
)
_TOLD: Final = lazy(r"^[^?]{0,60}(?::\s|, (?:met|they|we|it|so|sending|good|follow))")

_ZH_GREETS: Final = lazy(
    r"^(?:[早上中下晚]+[上午]?好|早安?|你好|您好|大家好|在吗|嗨|哈[喽啰]|hi|hello|hey)[呀啊]?[,，!！。.~～ ]+"
)
"""早上好，今天有什么安排: what follows it is what is asked."""
_ZH_WHO: Final = lazy(
    r"谁(?!都)|哪(?:些|个|家|里|天|位|一)|什么时候|啥时候|何时|几时|多少(?!钱都)|为什么|为何|几(?:个|家|次|单|笔)"
)
_ZH_ASKS: Final = lazy(
    r"什么时候|啥时候|何时|几时|几点(?!前|开|到|见|左右)|多久|多少(?!钱都)|什么|啥|哪(?:些|个|家|里|天|位|一)|谁(?!都)|怎么(?:样|了|办|说|回事)?|如何|为什么|为何|几(?:个|家|次|天|位|单|笔|年|套|台)(?=.*(?:[?？]|$))|有没有|是不是|是否|咋样|咋回事|啥情况|几号(?!线|楼|店|前|左右)|能不能|可不可以|要不要|会不会|行不行|对不对|没有[?？]?$|[吗么呢][?？。!！]*$|(?:到|在)哪(?:儿|里|一步)?了?(?=[?？。!！]*$)|到哪(?:儿|里|一步)?了|来着[?？。!！]*$|几月[?？]*$|了没(?:有)?[?？。!！]*$|还(?:剩|欠|差)(?:我们)?(?:多少|什么|几)|欠我们"
)
_ZH_LIST: Final = lazy(
    r"^[^，。,；;]{1,12}(?:电话|手机号?|邮箱|微信号?|地址|联系方式|号码|税号|开票信息)(?:发|给|推)(?:给)?我(?:一?下|看看)[。!！]?$|^(?:请|帮我|麻烦)?(?:查(?:一?下|询|看)?|看(?:一?下|看)|列出?|显示|搜(?:一?下|索)?|找(?:一?下|出)|给我看|统计|汇总)"
)
_ZH_DO: Final = lazy(
    r"发给|发过去|给(?:客户|他|她|对方|结果)|[，,].*(?:给|发|前)|再决定|回访|(?:方案|报价|资料)后|后天|明天|下周"
)
_REPORTED: Final = lazy(
    r"(?:问(?:了|我|我们|过|到|一?下)?|想知道|想了解|咨询|打听|讲(?:了|解了|清)|介绍了|解释了|演示了|汇报了|关心|不清楚|不知道|没说|还没定|讨论|确认|商量|看看|回访|问问|问下|了解(?:一)?下|打听|催|盯|[给向跟][^，。,?？]{1,8}(?:回复|答复|说明))[^，。,?？]{0,20}$"
)
_ZH_LOGS: Final = lazy(r"打了|开了|见了|拜访了|聊了|发了|去了|回了|提醒我|记得|刚")
_ZH_SURELY: Final = lazy(r"提醒我|记得|刚|问")


_WHO_OF_US: Final = lazy(r"^(?:问一?下)?(?:各位|大家|同事们?)[，, ]?谁(?:有|知道|认识|能|负责|在)")
_FOR_US: Final = lazy(r"回访|跟进|看看|问问|问下|了解一?下|打听")
_ZH_ENDS: Final = lazy(
    r"^(?!.*[没不][^，]{0,3}(?:什么|啥)).*(?:什么|啥|谁|多少|怎么样|咋样|哪(?:些|个|家|里|天|位)|几(?:个|家|次|点|号|年|天|套|台))[?？]*$"
)


_ZH_SILENT: Final = lazy(
    r"^[^，。,;；]{0,14}(?:没有?|未)(?:怎么)?(?:再)?(?:联系|跟进|拜访|沟通|往来|见|回访)(?:过|上)?的(?:老|新|大)?客户[?？。]*$"
)
"""这个月还没联系的客户: a list that is asked for by what it holds."""


_SAID_BY: Final = re.compile(
    r"^\s{0,3}(?!(?:Quick |My |One |A |Another )?(?:Questions?|Q|Hi|Hello|Hey|Note|PS|Re|FYI|Update|Rapport|Bot)\b)[A-Z][\w'.&-]{0,30}(?: (?:[A-Z][\w'.&-]{0,30}|from|at|of|and|&)){0,4} ?: ?"
    r"(?:(?:so|and|but|hi|hey|hello|ok|guys)[,!]? )?(?:(?:can|could|may|might|would|will|shall) (?:we|you|i|u|it|your|someone)|(?:do|are|did|have) (?:you|u)|(?:when|how|what|why|where|is there any (?:chance|way)) [^:?]{0,30}?(?:(?:can|could|will|would|do|are) (?:you|u)|your?\b|(?:can|could|may) (?:we|i)))(?![a-z])",
    re.IGNORECASE,
)
_ZH_SAID_BY: Final = lazy(
    r"^(?!问题|请问|你好|您好|提问|咨询|疑问|求助|大家|各位)[\u3400-\u9fffa-z·]{2,12} ?[：:] ?(?!.*上次)[^：:]*(?:能不能|可不可以|可以.{0,12}[吗么]|能.{0,12}[吗么]|行不行|[好行]吗|你们|贵司|您|(?:能|可以)(?:便宜|优惠|少))"
)
"""Tom: can we have 5% off? is what Tom has said: somebody among us asks about a customer, and does not ask us."""
_RHETORICAL: Final = lazy(
    r"^[\s\"']{0,3}(?:(?:so|and|but|well|ok|hey|oh|haha),? )?(?:who (?:does ?n['’]?t|would ?n['’]?t|cares|knew)(?![a-z])|(?:is ?n['’]?t|was ?n['’]?t|wo ?n['’]?t) (?:that|it|this|life|he|she)(?![a-z])(?! (?:due|open|paid|late|signed|planned))|what could (?:possibly )?go wrong|why (?:do|does|is|are|must) (?:they|he|she|it|this|that|people|customers) always(?![a-z])|how (?:could|dare|can) (?:they|he|she)(?![a-z])|what (?:were|was) (?:they|he|she) thinking|are (?:you|they) (?:kidding|serious|joking)|how hard can it be)"
    r"|难道|^谁不(?:想|愿意|喜欢|爱|知道|希望)|^谁(?:知道|晓得)呢|怎么可能|^何必|^凭什么|^有什么办法|^这(?:叫|算)什么(?:事|话)"
)
"""What is asked in this way wants no answer."""


def is_question(text: Text) -> bool:
    """A line that only asks; a log that reports somebody's question is none."""
    low = text.low.strip()
    if not low or _RHETORICAL.search(low) or _SAID_BY.match(text.folded.strip()) or _ZH_SAID_BY.match(low):
        return False
    ends = bool(_TAIL.search(low))
    return _english(text.folded.strip(), low, ends) or (text.has_chinese and _chinese(low, ends))


def _english(written: str, low: str, ends: bool) -> bool:
    if _DID.match(low):
        return False
    if _STARTS.match(low) and ends:
        return True
    if (_WH.match(low) or _INVERTED.match(low)) and not _TOLD.match(low):
        return True
    if _NAMED.match(written) and _OF_NAME.match(written) and not _TOLD.match(low):
        return True
    if _YET.match(low):
        return True
    plain = _OF_PLAIN_NAME.match(low)
    if plain and (plain["name"] or plain["other"]) not in COMMON and not _TOLD.match(low):
        return True
    if _COMMANDS.match(low) and not _TASK.match(low) and not _SHOWS.match(low):
        return True
    is_one = not re.search(r"[.!;\n]\s+\S", low)
    return ends and is_one and not _LOGS.search(low) and max(low) < "\u3400"


def _chinese(low: str, ends: bool) -> bool:
    low = _ZH_GREETS.sub("", low)
    if _ZH_LIST.match(low):
        return not _ZH_DO.search(low)
    if _ZH_SILENT.match(low):
        return True
    if (
        _ZH_ENDS.search(low)
        and not _ZH_SURELY.search(low)
        and not _FOR_US.search(low)
        and not re.search("[，,；;。]", low)
    ):
        return True
    if _WHO_OF_US.search(low) and not _ZH_LOGS.search(low):
        return True
    first = _ZH_ASKS.search(low)
    if first is None:
        return ends and not _ZH_LOGS.search(low)
    before = low[: first.start()]
    if ends and not _ZH_LOGS.search(low):
        return not _REPORTED.search(before) or ("，" not in before and len(low) < 24 and "问" not in low)
    clauses = len([part for part in re.split(r"[，。；,;:]", low) if part.strip(" ?？")])
    if clauses > 1 or len(low) > 40 or _REPORTED.search(before):
        return False
    return not _ZH_LOGS.search(low) or bool(_ZH_WHO.search(low) and not _ZH_SURELY.search(low))


__all__ = ["is_question"]

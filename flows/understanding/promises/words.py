# ruff: noqa: E501 -- a rule is one line
"""The words of what is promised, without its time, its addressee and the words that only lead to it."""

import re
from collections.abc import Sequence
from typing import Final

from flows.understanding.facts import Mention
from flows.understanding.lazily import lazy
from flows.understanding.promises.chinese import GIVING, ONLY_GIVING, is_talk
from flows.understanding.promises.clauses import Clause
from flows.understanding.promises.words_en import THINGS, WISHES
from flows.understanding.text import Text
from flows.understanding.times.reading import Seen

_TAIL: Final = lazy(
    r"(?:(?<![a-z])[ ,]{0,2}(?:by|before|after|on|at|in|within|until|no later than|since|the|then|and|around|about|for|to|due|this|is|are|(?<=before )that|(?<=by )that|"
    r"next|sometime|end of|please|pls|thanks|thx|-)){0,3}[ ,.!]{0,3}$"
)
_TO_NAME: Final = lazy(r"(?:^| )(?:over )?(?:to|for|with|at) (?:the )?$")
_ZH_TRIM: Final = lazy(
    r"(?:还?(?:正在|在)(?:打样|做|生产|排产|改|路上|审|走)[^，。；,;]{0,4}|(?:还|一直|到现在|都)*(?:没|未)有?(?:给|发|写|寄|做|弄|交|出|动|送|报|开|准备|整理)[^，。；,;]{0,4}|(?<=[过回]来)再[^，。；,;]*|(?<=给我们)再[^，。；,;]*|(?:[我咱]们?(?:这边)?)?(?:说好|讲好|约好|答应|承诺)了?|(?:到|至)(?:[他她]们?的?)?(?:邮箱|微信)[^，。]*|(?<=[\u4e00-\u9fff]{2})(?:[我咱]们?|吗)|要等到|得等到|等到|要在|都在|都要|都|要|在|于|之前|前|，|的时候)$"
)
_ZH_HEAD: Final = lazy(
    r"[ ，,]*(?:(?:研发|仓库|工厂|车间|生产|售后|物流|财务|会计|商务|技术部?)(?:那边|这边|部)?[说讲]|[看见拿收]到|(?:没[^，。,；;]{0,3}(?:意见|异议|问题)|顺利|可以|没问题|行|快|正常|没意外)的话[，, ]?|能不能|能否|可否|可不可以|(?:让|请|要)?我们?(?:这边)?|咱们?|会|要|得|在|于|再|就|麻烦|记得|务必|尽快|必须|需要?|来|负责|争取|今天|"
    r"一定|保证(?![金书])|可以|能|前|之前|以前|内|别忘了?|不要忘了?|问|肯定|答应了?|承诺了?|的|先|对方|客户|他们?|她们?|法务|财务|预计|大概|大约|估计|应该|可能|差不多|最晚|最快|[说讲约定]好了?|说)*"
)
_TALK: Final = lazy(
    r"(?<![a-z])(?:call ?back|give (?:[a-z]+ ){1,2}a (?:shout|call|ring|buzz|bell|nudge)|follow(?:ing)?[- ]?up|check (?:back|in)|"
    r"circle back|drop (?:[a-z]+ ){1,2}a (?:line|note|text)|ask (?:him |her |them )?again|(?:ask|e-?mail|text|message|write(?: to)?) "
    rf"(?!(?:[a-z]+ )?(?:{THINGS}|{WISHES})$)"
    r"[a-z]+(?: [a-z]+(?<!s))?$|ask about|call|ring|ping|remind|touch base|try again|meet|visit|demo)(?![a-z])"
    r"(?![ ]?(?:视频|账号|环境|文档|机))(?! (?:dates?|slots?|units?|kits?|servers?|systems?|environments?|videos?|accounts?|licen[cs]es?|links?|scripts?|notes?|reports?|summary|recordings?|agenda|minutes)(?![a-z]))"
)
_TO_CALL_US: Final = lazy(r" to (?:call|ring|phone|contact) (?:me|us)(?![a-z])")
_ONLY_GIVES: Final = lazy(
    r"[ ，,]*(?:再|就|先|要|会|必须|务必|尽快|一定)*(?:(?:发|寄|送|交|回复|回|拿|传|带|提供|给到)?(?:过去|出去|给)?(?:[他她]们?|对方|客户)?(?:看|审|过目|确认)?)[ 。!！了]*"
)
"""给他: who gets it, and not what."""
_FEW: Final = 3
_OF_WHAT: Final = lazy(r"^.{0,24}? (?P<what>(?:whether|if|what|when|how|why|which|about|re)(?![a-z]).*)$")
"""Tell Priya by Friday whether we can: what it is about stands behind the day."""
_ARTICLE: Final = lazy(r"^(?:an? |the |some |our )", re.IGNORECASE)


def what(
    text: Text,
    clause: Clause,
    start: int,
    inside: Sequence[Seen],
    names: Sequence[Mention],
    who: Sequence[Mention] = (),
) -> tuple[str, int, int] | None:
    """What is promised and its place; nothing when it is only to talk."""
    end = clause.end
    if any("\u3400" <= mark <= "\u9fff" for mark in text.low[start:end]):
        start, end = _chinese_stretch(text, start, end, inside, _places(text, who))
    else:
        end = min(
            [
                end,
                *(
                    one.start
                    for one in inside
                    if one.start > start and (one.bound == "before" or not text.low.startswith("'s ", one.end))
                ),
            ]
        )
        end = _until_before(text, start, end, inside)
    while start < end and any(one.start <= start < one.end for one in inside):
        start += 1
    said = _ARTICLE.sub("", _trimmed(text, start, end, names).strip())
    if len(said) < _VERB_ALONE and (thing := _thing_before(text, clause, start, inside, said)):
        said = thing + said
    said = _ARTICLE.sub("", _FIRST_TALK.sub("", said))
    said = _TO_COME.sub("", said)
    if said.lower() in _THEM and (counted := _COUNTED.search(text.low, 0, start)):
        said, start, end = text.said(*counted.span("what")).strip(), *counted.span("what")
    if end < clause.end and len(said.split()) < _FEW and (more := _OF_WHAT.search(text.low, end, clause.end)):
        said, end = f"{said} {text.said(*more.span('what')).rstrip(' .')}", clause.end
    return (
        None
        if said.lower().startswith(("or ", "but ", "if ", "unless "))
        or _TALK.match(said.lower())
        or _TO_CALL_US.search(said.lower())
        or is_talk(said)
        else (said, start, end)
    )


_VERB_ALONE: Final = 4
_THING_BEFORE: Final = lazy(
    r"(?:.*(?:[要催给让叫派]|安排|说|的|确认|核实|那边|这边)(?!货))?(?P<what>[^，。,；;:： ]{0,6}(?:货|机|仪|器|[配样备部零]件|设备|系统|样品|材料|资料|样[机稿板]|图纸?|报告|方案|合同|标书|接口|环境|账号|模块|屏|柜|软件|发票|报价|协议|文案|技术|售后|工程师|师傅|研发))(?:都|先|就|要|得|必须|务必|在|能|可以|会)*[ ]*$"
)
"""What a bare verb behind its time is about: 监护仪15号前装好."""


def _thing_before(text: Text, clause: Clause, start: int, inside: Sequence[Seen], said: str) -> str | None:
    """The thing that stands before the time, where only its verb stands behind it."""
    times = [one for one in inside if clause.start < one.start and one.end <= start]
    if not times or not text.has_chinese or _IS_THING.search(said):
        return None
    found = _THING_BEFORE.match(text.low, clause.start, times[-1].start)
    return text.said(*found.span("what")) if found else None


_IS_THING: Final = lazy(r"[票货款]|回复|答复|反馈|方案|合同|报价|资料|样|图|结果|意见|[a-z\d]")


def _places(text: Text, who: Sequence[Mention]) -> list[tuple[int, int]]:
    return [(text.low_at(one.place.start), text.low_at(one.place.end)) for one in who]


_FIRST_TALK: Final = lazy(
    r"^(?:(?:an? |another )?(?:[a-z]+ )?(?:calls?|demo|visit|meeting|chat|lunch|tour|zoom|session|walk-?through)(?:, | and ))+",
    re.IGNORECASE,
)
"""A call, a demo and a quote: what is met for first, and then what is owed."""
_TO_COME: Final = lazy(
    r"(?<=[a-z]) (?:(?:that )?(?:he|she|they) (?:promised|owes?|agreed)(?![a-z])|(?:to follow|will follow|to come)(?![a-z])(?! from)|since (?:last|the|mon|tue|wed|thu|fri|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|yesterday)|due (?:to (?:him|her|them)|there|then)).*$",
    re.IGNORECASE,
)
_THEM: Final = ("them", "those", "these", "all of them", "both", "em", "'em")
_COUNTED: Final = lazy(
    r"(?<![\d.,$£€¥a-z/:#-])(?P<what>\d[\d,]* (?:more |new )?(?:[a-z-]+ )?[a-z]{2,}[^\W\dsu]s)(?![a-z'])(?: (?:@|at|for) [^,;]{1,16})?(?:, | - |; |\. | and | but )[^;!?\n]{0,40}$"
)
"""250 chairs, needs them by then: what them is."""


_BEFORE_WHAT: Final = lazy(r"(?<![a-z])(?:before|ahead of|in time for) [^.,;]{1,40}$")


def _until_before(text: Text, start: int, end: int, inside: Sequence[Seen]) -> int:
    """Where the thing ends that is wanted before an event: prep the deck | before Monday's call."""
    ahead = any(one.bound == "before" and one.start >= end for one in inside)
    found = _BEFORE_WHAT.search(text.low, start + 1, end) if ahead else None
    return found.start() if found else end


def is_of_a_thing(low: str, start: int, end: int) -> bool:
    """The December invoice, our Q1 order: a month or a quarter that only tells which."""
    if _THING_ZH.match(low, end) and _MONTH_ZH.search(low, start, end):
        return True
    return bool(_WHOSE.search(low, max(0, start - 16), start) and _THING.match(low, end))


_MONTH_ZH: Final = lazy(r"(?:月|月份|季度?|年度?|周)$")
_THING_ZH: Final = lazy(
    r"(?:的)?(?:回款|销售(?!额)|报表|业绩|计划|预算|目标|指标|任务|对账单|账单|订单|货款|用量|产能|数据|总结|返利|返点|佣金|奖励|发票|考勤|工资|报销|周报|月报|排产|账期|提成|奖金)"
)
"""本月回款表, 三季度对账单: what tells which, and not when."""
_WHOSE: Final = lazy(r"(?<![a-z])(?:the|our|my|their|his|her|its|an?|[a-z]+'s)[ ]$")
_THING: Final = lazy(
    r" (?:invoices?|orders?|forecasts?|budgets?|figures|numbers|reports?|prices?|pricing|price list|statements?|shipments?|deliver(?:y|ies)|batch|"
    r"payments?|rebates?|results|targets?|volumes?|plans?|shutdown|payroll|sales|stock|audit|tender|intake|release|campaign|newsletter|renewals?|lot|run)(?![a-z])"
)


def _chinese_stretch(
    text: Text, start: int, end: int, inside: Sequence[Seen], who: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """The longer stretch of the promise on one side of its time, without the words that only lead to it."""
    for left, right in who:
        if left == start and text.low.startswith("的", right) and right + 2 < end:
            start = right + 1
    stretches = []
    last = start
    for one in inside:
        if start <= one.start < end:
            stretches.append((last, one.start))
            last = one.end
    stretches.append((max(last, start), end))
    trimmed = []
    for left, right in stretches:
        head = _ZH_HEAD.match(text.low, left, right)
        trimmed.append((head.end() if head else left, right))
    delivering = [pair for pair in trimmed if GIVING.search(text.low, *pair)]
    if (
        delivering
        and (_ONLY_GIVES.fullmatch(text.low, *delivering[-1]) or ONLY_GIVING.fullmatch(text.low, *delivering[-1]))
        and (things := [pair for pair in trimmed if pair[1] <= delivering[-1][0] and _is_thing(text.low, *pair)])
    ):
        return things[-1]
    if delivering and delivering[-1][1] - delivering[-1][0] < 2 and len(trimmed) > 1:
        things = [pair for pair in trimmed if pair not in who and not _OUR_PEOPLE.fullmatch(text.low, *pair)]
        return max(things or trimmed, key=lambda pair: pair[1] - pair[0])
    if delivering:
        return delivering[-1]
    things = [pair for pair in trimmed if not _OUR_PEOPLE.fullmatch(text.low, *pair)]
    return max(things or trimmed, key=lambda pair: pair[1] - pair[0])


_OUR_PEOPLE: Final = lazy(r"[ ]*(?:我[们方]?的?)?(?:技术|售后|工程师|师傅|研发|律师|法务|财务|会计|老板|领导|经理)[ ]*")
_ASKS_US: Final = lazy(
    r"(?:[让要叫催请]我们?|说|问)[ ]*$|请示|商量|汇报|讨论|沟通|问[一过]?下|[看谈聊开忙审改]完[^，。,；;]{0,4}$"
)


_LIST: Final = lazy(r"(?<=[\u4e00-\u9fff]{2})[ ]{1,2}(?=[\u4e00-\u9fff])")


def _first_of_list(said: str) -> str:
    """12月招标 竞争对手2家: blanks part what was typed without commas."""
    return _LIST.split(said, maxsplit=1)[0]


def _is_thing(low: str, left: int, right: int) -> bool:
    """陈静要我 is nothing to be given."""
    return right - left > 1 and not _ASKS_US.search(low, left, right)


def _trimmed(text: Text, start: int, end: int, names: Sequence[Mention]) -> str:
    """What is promised, without the preposition before its time and without "to <firm>" at its end."""
    while True:
        words = text.low[start:end]
        cut = _TAIL.search(words)
        shorter = start + cut.start() if cut else end
        for one in names:
            if one.place.end == text.at(shorter) and (
                before := _TO_NAME.search(text.low[start : text.low_at(one.place.start)])
            ):
                shorter = start + before.start()
        if shorter == end:
            return _ZH_TRIM.sub("", _first_of_list(text.said(start, end).strip(" ,，。.:：")))
        end = shorter

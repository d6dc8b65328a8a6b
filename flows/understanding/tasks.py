# ruff: noqa: E501 -- a rule is one line
"""What is only to be done: a task is no contact with anybody yet."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from flows.understanding.cues import Cue
from flows.understanding.facts import Time
from flows.understanding.lazily import lazy
from flows.understanding.text import Text

ONLY_TO_DO: Final = lazy(
    r"(?<![a-z])(?:remind(?:er)?(?: me)?(?: \w+){0,6}? to|(?:asked|told|wants?|wanted) (?:me|us) to|follow[- ]?up|call (?:back|him|her|them|again)|check (?:back|in)|circle back|don'?t forget to|remember to|try (?:again|calling)|ring back|need to|have to|must|to-?do:?|after (?:the|our|my)|before (?:the|our|my)|(?:on|at|in|during|until|till) (?:my|our|the|his|her|their) (?:next|last)|prefers?|asked for (?:a|another)|about (?:the|our)|(?:opened|answer(?:ed|ing|s)?|return(?:ed|ing|s)?|ignor\w+|read|respond\w* to|reply(?:ing)? to|replied to) (?:any of |all )?(?:my|our|any|his|her)|since (?:the|our)|(?:give|giving) (?:[a-z]+ ){1,2}an?|(?:if|unless) (?:[^.;]{0,40}n't|no|not|nothing|there'?s no|(?:he|she|they|i) (?:dont|doesnt|havent|hasnt))(?![a-z])[^.;]{0,30}|prep(?:are)? for (?:the|our)|notes? from|dodging|avoiding|screening|ignoring|ahead of|by (?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|by (?:tomorrow|tmrw|today)) ?(?:the |a |an |our |[a-z\d']+ ){0,4}$|(?<![a-z])no (?:more |further |new |other )?$"
    r"|提醒我?[^。；]{0,24}$|(?:记得|别忘了?|回访|再|才有空|没空|下次|稍后|待|需(?!求)要?|准备|关于|等|(?:如果|要是|若是?)(?:还?没|不)|安排人|[让叫派请安排]\d?(?:[两二三几]?[个位名])?(?:qc|同事|师傅|工程师|技术|售后|厂家|工厂|仓库|财务|法务|助理|采购)|务必)[^，。,；]{0,10}$|(?<![a-z])(?:don't|do not|dont|never|no need to|needn't|stop|without|instead of|didn't|did not|haven't|hasn't|not)(?: (?:get|got|to|been|even|yet|ever|able|manage|round|a|the|any|have|had|him|her|them)){0,4} $"
    r"|(?:如果|要是|若|万一|假如)[^。；;]{0,20}[没不未][^。；;]{0,20}$|(?:不用|不必|不需要|别|无需|甭|不要|暂不|先不|没(?:来得及|顾上|时间|空|给))(?!人)[^，。,；;]{0,10}$"
)
"""Before a kind: what follows is only to be done."""
_IMPERATIVE: Final = lazy(
    r"^[ \-*•]{0,3}(?:please |pls )?(?:send|resend|follow[- ]?up|email(?! from)|remind|check|prepare|prep|draft|share|ping|text|chase|submit|update|order(?! (?:of|size|value|book|for \d+|confirmed|placed|received|cancelled|delayed|shipped|landed|came|is|was|went|arrived|doubled|in)(?![a-z]))|ask|tell|write|forward|deliver|get|review|finish|give|invoice(?! ?#?\d)|renew|confirm|ship(?! (?:date|to date))|return|upload|drop(?: off)?|pick up|collect|print|answer|reply(?! from| came)|respond|pay(?! (?:rise|day|slip|terms|run))|replace|refund|fix(?! (?:a |the )?(?:meeting|call|date|time|visit|slot)))(?![a-z])(?! (?:no\.? ?)?#?\d{3,} (?:arrives?|is|was|has|ships?|lands?|comes?|got|still|due|needs?|came|shipped|received|went|confirmed)(?![a-z]))(?! (?:with|call|meeting|session)(?![a-z]))"
)
_TASK_START: Final = lazy(
    r"^[ \-*•]{0,3}(?:(?:hey|hi|pls|please|ok|so),? )?(?:(?:daily|weekly|fortnightly|biweekly|monthly|quarterly|regular|quick) (?=check|follow|ping|touch|nudge))?(?:(?:can|could|would|will|may)(?:n't)? (?:you|i|we|someone|somebody) (?:[a-z]+ ){0,3}?(?:remind(?:er|ed|ing)?|nudge|ping|poke|chase|alert)|remind|reminder|to-?do|don'?t forget|remember|note to self|i? ?(?:need|have(?! (?:an? )?(?:[a-z]+ )?(?:meeting|call|visit|demo|lunch|dinner|appointment|review|workshop|training)(?![a-z]))(?! an? )|got(?= to)|gotta|must|should)(?: to)?(?![a-z])|make sure|set (?:a )?reminder|send|let (?!me |us )[a-z]+ know|follow[- ]?up(?! (?:call|meeting|mtg|visit|demo|session|zoom)(?![a-z]))|check[- ]?(?:back|in)|circle back|loop back|touch base|reach out|reconnect|prepare|draft|share|ping|chase|submit|ask|tell|forward|deliver|get back|(?:call|ring|phone) (?:[\w'.]{1,40} ){0,2}back|update|finish|invoice(?! ?#?\d)|confirm|every|nudge|please|pls)(?![a-z])"
    r"|^(?:请)?(?:提醒|记得|别忘|不要忘|待办|务必|帮我(?!留|约|订|安排|预约|空)|设(?:个|置)|记住|隔(?:周|天|月)|每(?:天|周|月|季|个|隔|年)|需要?|得|要(?!求|去|来|跟|和|开会|见))"
)
_PUT_OFF: Final = lazy(r"^(?:把|将).{1,12}(?:改|挪|推迟?|延期?|提前|换|调)(?:到|至|成)")
_PUT_IN: Final = lazy(
    r"^[ \-*•]{0,3}(?:please |pls |can you |could you |(?:i |we )?(?:need|have|got) to )?(?:schedule|book(?: in)?|arrange|set up|put(?: in)?|pencil in|organi[sz]e|diari[sz]e|add|make|fix)(?: (?:me|us|in))? (?:an? |the )?(?:[a-z]+ ){0,2}(?:call|meeting|mtg|demo|visit|lunch|dinner|coffee|zoom|appointment|table|slot|room)(?![a-z])"
    r"|^[ \-*•]{0,3}(?:please |pls |can you |could you |need to )?(?:book|schedule|arrange|set up|block)(?: in| off)? (?:\d+ ?-?(?:mins?|minutes|hours?|hrs?)|half an hour|an hour|some time|time) (?:with|w/)"
)
"""An order to put something in the diary plans it."""
_TOGETHER: Final = lazy(r"^[跟和与陪同去到][\u4e00-\u9fff]")
"""每周一跟项目组开会 stands in the diary."""
_ON_SITE: Final = lazy(
    r"驻场|(?<!提前)约(?!好|定)[^，。,；;了]{1,8}(?:吃|见|喝|聊|面谈|打球)|巡检|装机|抢修|年检|保养|检修|上门|验厂|演示(?!机)|做个?demo|汇报|培训|宣讲|讲方案"
)
_ZH_TASK: Final = lazy(
    r"^(?:前|之前|以前|以内|内|(?:节|年|会|完)后|忙完[^，。,；;]{0,3}|改天|改日|回头|晚点|稍后)?[，, ]?(?:我|我们)?(?:要|得|需要?|务必|记得|必须)?(?:把|给|发(?!票[^，。,；;]{0,4}(?:错|没|已|收到|到了|有)|现|生)|交|提交|回复|出|寄|做|准备|完成|更新|整理|跟进|回访|联系|打电话|催|确认|提供)"
)
_TO_RING: Final = lazy(r"^给[^，。,；;]{1,8}?打(?:一?个)?电话(?:$|[，。,])")
"""明天下午三点给王总打电话: a call in the diary."""
_GONE: Final = ("上周", "上个", "上月", "上次", "昨", "前天", "前几天", "去年", "前阵")
_HEADED: Final = lazy(r"^[ \-*•]{0,3}(?:跟进|回访|联系|催款?|拜访)[^，。,；;：:]{1,10}[:：]")
"""A task's word that only heads a report: 跟进百味轩：合同已盖章."""
_ZH_REPORTED: Final = lazy(
    r"^(?:跟进|催)[^，。,；;：:]{1,12}[,，][^。；;]{0,12}?(?:还[在没]|正在|已经?|目前|仍|刚|答应|承诺|同意|表示|回复说|反馈|(?<!跟.)(?<!跟..)(?<!跟...)说)"
)
"""What was chased, and how it stands: 跟进百味轩的合同，还在走流程."""
_ZH_DONE: Final = lazy(
    r"^[^，。,；;]{0,20}(?:[发给寄交送做打回带说讲问看见请付报教测提出整更确催联跟补签定谈留订约买找换装修拿拉加](?:了|过|完|好了)|[发寄交送做回](?:[给到]|过去)[^，。,；;]{0,8}了|(?:跟进|回访|联系|沟通|汇报)(?:了|过|完)|[发给寄交送做报谈签买](?:的)(?=[^，。,；;]{1,6}(?:是|一直|还|至今|都|已|被|没)))(?!解)"
)


def is_task_only(text: Text, times: Sequence[Time], tasks: Sequence[Cue]) -> bool:
    """A line that only says what is to be done."""
    low = text.low.strip()
    body = low
    for one in times:
        if one.place.start == 0 or not low[: one.place.start].strip():
            if one.role == "past" or low.startswith(_GONE):
                return False
            body = low[one.place.end - (len(text.low) - len(text.low.lstrip())) :].strip(" ,，")
            break
    if any(
        one.role == "superseded" or (one.rrule and one.role == "activity" and _TOGETHER.search(body)) for one in times
    ) or _PUT_OFF.search(low):
        return False
    if _PUT_IN.match(low) and any(one.role == "activity" for one in times):
        return False
    if (
        low.startswith("every ")
        and any(one.rrule and one.role == "activity" for one in times)
        and not (tasks or _IMPERATIVE.match(body) or _ZH_TASK.match(body))
    ):
        return False
    if _ON_SITE.search(low) and any(
        one.role in ("activity", "due", "other") and one.bound in ("", "after") for one in times
    ):
        return False
    if _TO_RING.match(body) and any(isinstance(one.start, datetime) or one.grain in ("day", "part") for one in times):
        return False
    if _HEADED.match(low) or _ZH_REPORTED.match(low) or _ZH_DONE.match(body):
        return False
    starts = bool(
        _TASK_START.search(low) or _TASK_START.search(body) or _IMPERATIVE.match(body) or _ZH_TASK.match(body)
    )
    clauses = [part for part in re.split(r"[;；。!！\n]|\.(?=\s|$)", low) if part.strip()]
    return starts and len(clauses) < 2 and (len(low) < 120 or bool(tasks))

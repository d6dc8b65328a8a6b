# ruff: noqa: E501 -- a rule is one line
"""What was done, or is planned: the one kind that a line logs."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from flows.understanding import cues
from flows.understanding.context import Context
from flows.understanding.cues import Cue
from flows.understanding.facts import Activity, Commitment, Kind, Mention, Place, Sentiment, Status, Time
from flows.understanding.lazily import lazy
from flows.understanding.moods import Moods
from flows.understanding.roles import CALLED_OFF
from flows.understanding.text import Text

_NOT_HERE: Final = lazy(
    r"(?<![a-z])(?:remind(?:er)?(?: me)?(?: \w+){0,6}? to|(?:asked|told|wants?|wanted) (?:me|us) to|follow[- ]?up|call (?:back|him|her|them|again)|check (?:back|in)|circle back|don'?t forget to|remember to|try (?:again|calling)|ring back|need to|have to|must|to-?do:?|after (?:the|our|my)|before (?:the|our|my)|(?:on|at|in|during|until|till) (?:my|our|the|his|her|their) (?:next|last)|prefers?|asked for (?:a|another)|about (?:the|our)|(?:opened|answer(?:ed|ing|s)?|return(?:ed|ing|s)?|ignor\w+|read|respond\w* to|reply(?:ing)? to|replied to) (?:any of |all )?(?:my|our|any|his|her)|since (?:the|our)|(?:give|giving) (?:[a-z]+ ){1,2}an?|(?:if|unless) (?:[^.;]{0,40}n't|no|not|nothing|there'?s no|(?:he|she|they|i) (?:dont|doesnt|havent|hasnt))(?![a-z])[^.;]{0,30}|prep(?:are)? for (?:the|our)|notes? from|ahead of|by (?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|by (?:tomorrow|tmrw|today)) ?(?:the |a |an |our |[a-z\d]+ ){0,4}$|(?<![a-z])no (?:more |further |new |other )?$"
    r"|提醒我?[^。；]{0,24}$|(?:记得|别忘了?|回访|再|下次|稍后|待|需(?!求)要?|准备|关于|等|(?:如果|要是|若是?)(?:还?没|不)|安排人|[让叫派请安排]\d?(?:[两二三几]?[个位名])?(?:qc|同事|师傅|工程师|技术|售后|厂家|工厂|仓库|财务|法务|助理|采购)|务必)[^，。,；]{0,10}$|(?<![a-z])(?:don't|do not|dont|never|no need to|needn't|stop|without|instead of|didn't|did not|haven't|hasn't|not)(?: (?:get|got|to|been|even|yet|ever|able|manage|round|a|the|any|have|had|him|her|them)){0,4} $"
    r"|(?:如果|要是|若|万一|假如)[^。；;]{0,20}[没不未][^。；;]{0,20}$|(?:不用|不必|不需要|别|无需|甭|不要|暂不|先不|没(?:来得及|顾上|时间|空|给))(?!人)[^，。,；;]{0,10}$"
)
_WISHED: Final = lazy(
    r"(?<![a-z])(?:wants?|would like|requested|interested in|keen on|up for|open to) (?!to (?:push|move|reschedule|postpone|change|shift|bring))(?:an? |another |to |)(?:the |a |an |our |[a-z]+ ){0,4}$"
)
"""What somebody would like is nothing yet, until it has its time."""
_IMPERATIVE: Final = lazy(
    r"^[ \-*•]{0,3}(?:please |pls )?(?:send|follow[- ]?up|email(?! from)|remind|check|prepare|draft|share|ping|text|chase|submit|update|order|ask|tell|write|forward|deliver|get|review|finish|give|invoice|renew|confirm)(?![a-z])(?! (?:with|call|meeting|session)(?![a-z]))"
)
_TASK_START: Final = lazy(
    r"^[ \-*•]{0,3}(?:(?:hey|hi|pls|please|ok|so),? )?(?:(?:can|could|would|will|may)(?:n't)? (?:you|i|we|someone|somebody) (?:[a-z]+ ){0,3}?(?:remind(?:er|ed|ing)?|nudge|ping|poke|chase|alert)|remind|reminder|to-?do|don'?t forget|remember|note to self|i? ?(?:need|have(?! (?:an? )?(?:[a-z]+ )?(?:meeting|call|visit|demo|lunch|dinner|appointment|review|workshop|training)(?![a-z]))(?! an? )|got(?= to)|gotta|must|should)(?: to)?(?![a-z])|make sure|set (?:a )?reminder|send|follow[- ]?up|check (?:back|in)|prepare|draft|share|ping|chase|submit|ask|tell|forward|deliver|get back|call back|update|finish|invoice|confirm|every|nudge|please|pls)(?![a-z])"
    r"|^(?:请)?(?:提醒|记得|别忘|不要忘|待办|务必|帮我(?!留|约|订|安排|预约|空)|设(?:个|置)|记住|隔(?:周|天|月)|每(?:天|周|月|个|隔|年)|需要?|得|要(?!求|去|来|跟|和|开会|见))"
)
_PUT_OFF: Final = lazy(r"^(?:把|将).{1,12}(?:改|挪|推迟?|延期?|提前|换|调)(?:到|至|成)")
_PUT_IN: Final = lazy(
    r"^[ \-*•]{0,3}(?:please |pls |can you |could you |(?:i |we )?(?:need|have|got) to )?(?:schedule|book(?: in)?|arrange|set up|put(?: in)?|pencil in|organi[sz]e|diari[sz]e|add|make|fix)(?: (?:me|us|in))? (?:an? |the )?(?:[a-z]+ ){0,2}(?:call|meeting|mtg|demo|visit|lunch|dinner|coffee|zoom|appointment|table|slot|room)(?![a-z])"
)
"""An order to put something in the diary plans it."""
_ON_SITE: Final = lazy(
    r"驻场|(?<!提前)约(?!好|定)[^，。,；;了]{1,8}(?:吃|见|喝|聊|面谈|打球)|巡检|装机|抢修|年检|保养|检修|上门|验厂|演示(?!机)|做个?demo|汇报|培训|宣讲|讲方案"
)
_ZH_TASK: Final = lazy(
    r"^(?:前|之前|以前|以内|内|(?:节|年|会|完)后|忙完[^，。,；;]{0,3}|改天|改日|回头|晚点|稍后)?[，, ]?(?:我|我们)?(?:要|得|需要?|务必|记得|必须)?(?:把|给|发|交|提交|回复|出|寄|做|准备|完成|更新|整理|跟进|回访|联系|打电话|催|确认|提供)"
)
_HEADED: Final = lazy(r"^[ \-*•]{0,3}(?:跟进|回访|联系|催款?|拜访)[^，。,；;：:]{1,10}[:：]")
"""A task's word that only heads a report: 跟进百味轩：合同已盖章."""
_ZH_REPORTED: Final = lazy(
    r"^(?:跟进|催)[^，。,；;：:]{1,12}[,，][^。；;]{0,12}?(?:还[在没]|正在|已经?|目前|仍|刚|答应|承诺|同意|表示|回复说|反馈|(?<!跟.)(?<!跟..)(?<!跟...)说)"
)
"""What was chased, and how it stands: 跟进百味轩的合同，还在走流程."""
_ZH_DONE: Final = lazy(
    r"^[^，。,；;]{0,20}(?:[发给寄交送做打回提出整更确催联跟补签定谈留订买找换装修拿拉加](?:了|过|完|好了)|[发寄交送做回](?:[给到]|过去)[^，。,；;]{0,8}了)(?!解)"
)
_NOTE: Final = lazy(r"^\s{0,3}(?:note|fyi|memo|备注|笔记|(?:帮我)?(?:记|备注)(?:一?下|录)?)[:：,，]")
_TOLD: Final = lazy(
    r"[ ,，:：]{0,2}(?:已经?|没人|没接|没打|里?说|对方说|反馈|回复说|聊[了得到起]|谈到|席间|went|done(?![a-z])|completed|finished|was (?:good|great|ok|short))"
)
_ORDERED: Final = lazy(
    r"^[ \-*•]{0,3}(?:please |pls )?(?:call|e-?mail|text|ring|phone|visit|meet|message|whatsapp)(?! (?:call|notes?|thread|report|summary|with|w/|from|to|re|about|at|on|in|went|was|is|and|for|back|again|me|it|off)(?![a-z])| ?[:,.;-])(?= [a-z])"
)
_JUST_WRITE: Final = lazy(
    r"[ \-*•]{0,3}(?:please |pls )?(?P<en>e-?mail|text|message|whatsapp)(?: [\w'.]+){1,3}[ .!]*$"
    r"|(?:给.{1,8})?发(?:个|封|一封|条|一条)?(?P<zh>邮件|微信|短信|消息)(?:给.{1,8})?$"
)
_MEDIUM: Final = {
    "email": "email", "e-mail": "email", "邮件": "email",
    "text": "message", "message": "message", "whatsapp": "message", "微信": "message", "短信": "message", "消息": "message",
}  # fmt: skip
_ORDER: Final = {"visit": 0, "demo": 1, "meeting": 2, "call": 3, "email": 4, "message": 5}


def read(
    text: Text,
    context: Context,
    moods: Moods,
    times: Sequence[Time],
    kinds: Sequence[Cue],
    tasks: Sequence[Cue],
    firms: Sequence[Mention] = (),
    people: Sequence[Mention] = (),
    promises: Sequence[Commitment] = (),
) -> Activity | None:
    """The kind done, else the kind planned, else a note; nothing for what is only a task."""
    if _NOTE.match(text.low):
        return Activity("note", "done", Place(0, len(text.raw), "a note: it says so", 0.9))
    logged = [one for one in kinds if not _NOT_HERE.search(text.low[max(0, one.start - 40) : one.start])]
    logged = [one for one in logged if not _is_only_wished(text, context, moods, one, times)]
    logged = [one for one in logged if not _is_next_step(text.low, one) and not _is_their_own(text.low, one)]
    logged = [one for one in logged if not (_is_work_owed(text.low, one) or _is_promised(text, one, promises))]
    logged = [one for one in logged if not _has_not_come(text.low, one)]
    logged = logged or _saw_somebody(text, people)
    logged = logged or _gone_there(text, firms) or _agreed(text, moods, times) or _moved(text, times)
    logged = logged or _with_at(text, moods, times, firms, context)
    ahead = tuple(one for one in times if _is_ahead(one, context))
    done = [one for one in logged if one.value.endswith("done")]
    if done and done[0].value == "call done" and (met := _met_first(text, logged, done[0])):
        return _activity(text, met, "done")
    if done:
        return _activity(text, done[0], "done")
    logged = [one for one in logged if not _is_called_off(text, moods, one, times)]
    nouns = _not_given_up(moods, [one for one in logged if not one.value.endswith("done")], times)
    if nouns and (_is_of_later_clause(text, moods, nouns, times, context) or not _is_task_only(text, times, tasks)):
        return _of_noun(text, moods, nouns, times, ahead)
    if not times and (writing := _JUST_WRITE.match(text.low)):
        return _activity(
            text, Cue(_MEDIUM[writing["en"] or writing["zh"]], *writing.span(), "to write to somebody"), "planned"
        )
    if _is_task_only(text, times, tasks):
        return None
    return Activity("note", "done", Place(0, len(text.raw), "a note: no other kind fits", 0.6))


_TALKED: Final = lazy(r"(?:talked|spoke|chatted|discussed|caught up)")


_LOGGED: Final = lazy(
    r"[ \-*•]{0,3}(?:(?:hi|hey|hello|ok|so|please|pls|can you|could you)[,!]? ){0,3}(?:(?:log|add|record|note|put down|file)(?: down)? )?(?:an? |my |our |the |quick |short |long |good |site |team |[a-z]+day )*$"
)


def _met_first(text: Text, logged: Sequence[Cue], talked: Cue) -> Cue | None:
    """ "lunch with Jo, talked prices" was a lunch."""
    if not _TALKED.match(text.low, talked.start):
        return None
    return next(
        (
            one
            for one in logged
            if one.value in ("meeting", "visit", "demo")
            and one.end < talked.start
            and _LOGGED.match(text.low[: one.start])
        ),
        None,
    )


_THEIR_TALKS: Final = lazy(r"(?<![a-z])(?:(?!we|i)[a-z]+ (?:are|is|were|was)|they're|he's|she's|also|already) $")
_THEIR_OWN: Final = lazy(
    r"(?:他们|她们|对方|客户|内部|董事会|领导|(?<![a-z])board)(?![^，。,；;]{0,6}[跟和约])[^，。,；;]{0,8}$"
)


def _is_their_own(low: str, one: Cue) -> bool:
    """A meeting that they hold among themselves: 他们下周三开会定."""
    if low.startswith(("talking", "speaking"), one.start):
        return bool(_THEIR_TALKS.search(low, max(0, one.start - 24), one.start))
    return low.startswith("开", one.start) and one.value == "meeting" and bool(_THEIR_OWN.search(low, 0, one.start))


_OWED: Final = lazy(r"(?:答应|承诺|保证|要求|让我们?|催|务必|必须)[^，。,；;]{0,12}$")
_AT_WORK: Final = lazy(
    r"(?:去|来|给[^，。,；;]{1,4})?(?:处理|解决|维修|修|换|更换|装|安装|调试|检修|排查|取件?|收货|送货|服务)"
)


def _is_work_owed(low: str, one: Cue) -> bool:
    """Work at the customer's that was promised or asked for is a promise, not a visit in the diary: 答应三天内上门处理."""
    return one.value == "visit" and bool(_AT_WORK.match(low, one.end)) and bool(_OWED.search(low, 0, one.start))


_SAID_TO_COME: Final = lazy(r"(?:说好?[了]?[要会想]|本来|原本|原来|答应)[^，。,；;]{0,5}$")
_NOT_YET: Final = lazy(r"[^。；;]{0,16}(?:到现在|一直|结果|至今|又|也|还|都)(?:没|不)")


def _has_not_come(low: str, one: Cue) -> bool:
    """What somebody said he would do and did not: 上周说要来验厂，到现在没动静."""
    return bool(_SAID_TO_COME.search(low, 0, one.start) and _NOT_YET.match(low, one.end))


def _is_only_wished(text: Text, context: Context, moods: Moods, one: Cue, times: Sequence[Time]) -> bool:
    """Wants a demo: none so far; wants to see us on the 3rd: a meeting."""
    if not _WISHED.search(text.low, max(0, one.start - 40), one.start):
        return False
    _left, right = moods.clause(one.start, one.end)
    return not any(
        time.role == "activity"
        and time.grain not in ("month", "quarter", "year")
        and one.end <= text.low_at(time.place.start) < right
        and _is_ahead(time, context)
        for time in times
    )


def _is_promised(text: Text, one: Cue, promises: Sequence[Commitment]) -> bool:
    """What is only promised to be written is not yet in the diary: "said I'd find out and email him on Thursday"."""
    return one.value in ("email", "message") and any(
        0 < made.place.start <= text.at(one.start) < made.place.end + _AND
        and (one.start < text.low_at(made.place.end) or text.low[: one.start].endswith(" and "))
        for made in promises
    )


_AND: Final = len(" and ") + 1
_SAW: Final = lazy(
    r"(?<![a-z])(?:(?P<done>saw|seen|met up with|bumped into|ran into)|see|seeing|meeting up with|meet up with) (?:the |our |old |young )?$"
)


def _saw_somebody(text: Text, people: Sequence[Mention]) -> list[Cue]:
    """To see somebody is to meet."""
    for one in people:
        start = text.low_at(one.place.start)
        found = _SAW.search(text.low, max(0, start - 24), start)
        if found and not _NOT_HERE.search(text.low, 0, found.start()):
            return [Cue("meeting done" if found["done"] else "meeting", *found.span(), "seeing somebody")]
    return []


_NEXT: Final = lazy(r"[,.;:!\n-][ ]{1,3}(?:then |and |so |please |pls |just )?$")
_VERB: Final = lazy(
    r"(?:call|e-?mail|text|ring|phone|visit|meet|message|whatsapp)(?= [a-z])(?! (?:calls?|notes?|thread|report|summary|with|w/|from|to|re|about|at|on|in|went|was|is|and|for|back|again|me|it|off|set|booked|scheduled|planned|arranged|fixed|confirmed|moved|went|tomorrow|today|tonight|next|this|set|done|over|log|centre|center|lasted|ended|was|were|has|had|mon|tue|wed|thu|fri|monday|tuesday|wednesday|thursday|friday)(?![a-z]))"
)


def _is_next_step(low: str, one: Cue) -> bool:
    """Whether it orders what comes next, after a line has told something: "budget is gone, call Mark in a month"."""
    before = low[: one.start]
    return bool(_NEXT.search(before) and _VERB.match(low, one.start)) and len(before.split()) > 3


def _not_given_up(moods: Moods, nouns: list[Cue], times: Sequence[Time]) -> list[Cue]:
    """Without what a clause calls off, where another clause says what is held instead: 周三的会取消了，改成周五电话沟通."""

    def is_given_up(one: Cue) -> bool:
        left, right = moods.clause(one.start, one.end)
        inside = [time for time in times if left <= time.place.start < right]
        return bool(inside) and all(time.role == "superseded" for time in inside)

    kept = [one for one in nouns if not is_given_up(one)]
    return kept or nouns


def _is_called_off(text: Text, moods: Moods, one: Cue, times: Sequence[Time]) -> bool:
    """A visit that is cancelled is none, unless the line says when it is held instead."""
    left, right = moods.clause(one.start, one.end)
    off = CALLED_OFF.search(text.low, max(left, 0), right)
    return off is not None and not any(time.role in ("activity", "superseded") for time in times)


_GOING: Final = lazy(
    r"(?:(?P<done>(?<![a-z])(?:went|been|drove|flew|headed|popped|nipped)(?: over| out| up| down| round| across| along| back)? (?:to|into) |^\s{0,3}(?:just |now )?back from |(?<![a-z])spent (?:[a-z]+ ){1,4}at |[去到](?:了|过)(?:一?趟)?)|(?<![a-z])(?:go|going|head|heading|driv(?:e|ing)|fly|flying|off)(?: over| out| up| down)? to |(?<![a-z])seeing |(?<![过下出上失别不必用])去)(?:the )?$"
)


_AGREED: Final = lazy(
    r"(?<![再节大合预签公条制婚违续解履租守邀简隐契爽失赴])约(?!等于|束|定俗|[\d一二两三四五六七八九十百千万])(?!再)"
)


_THEN_WHEN: Final = lazy(r"约(?:好|定)了?[，,：: ]{1,2}")
_NEXT_CLAUSE: Final = 12
"""How soon the hour follows that was agreed on: 约好了，周六下午三点."""


def _agreed(text: Text, moods: Moods, times: Sequence[Time]) -> list[Cue]:
    """To have agreed on an hour with somebody is a meeting, whatever for."""
    for match in _AGREED.finditer(text.low):
        left, right = moods.clause(match.start(), match.end())
        if _THEN_WHEN.match(text.low, match.start()):
            right += _NEXT_CLAUSE
        if any(left <= one.place.start < right and one.role == "activity" for one in times):
            return [Cue("meeting", match.start(), match.end(), "agreed on a time")]
    return []


_WITH: Final = lazy(r"(?<![a-z])(?:with|w/) (?:the )?$")


def _with_at(text: Text, moods: Moods, times: Sequence[Time], firms: Sequence[Mention], context: Context) -> list[Cue]:
    """Who is down "with" a firm at an hour to come meets it, whatever for."""
    for firm in firms:
        start, end = text.low_at(firm.place.start), text.low_at(firm.place.end)
        left, right = moods.clause(start, end)
        hours = [
            one for one in times if isinstance(one.start, datetime) and left <= text.low_at(one.place.start) < right
        ]
        if _WITH.search(text.low, 0, start) and any(
            _is_ahead(one, context) and not one.bound and one.role != "reminder" for one in hours
        ):
            return [Cue("meeting", start - 1, end, "with somebody at an hour")]
    return []


_LOOKED: Final = lazy(r"[去到跑飞][^，。,；;]{0,8}(?:看|参观|考察|转)(?:了|过|完)(?:一?[下圈趟])?$")
_MOVES: Final = lazy(
    r"(?:re-?schedule|move|push|postpone|delay|change|shift)d?[ ]?[到成至为]$|(?<![a-z])(?:moved?|push(?:ed)?|shift(?:ed)?|bump(?:ed)?|rescheduled?|postponed?) (?:[a-z&'-]+ ){1,4}from (?:the )?$|(?<![a-z])(?:re-?arrang(?:e|ed|ing)|re-?do(?:ing)?|mov(?:e|ed|ing)|push(?:ed|ing)?|shift(?:ed|ing)?|reschedul(?:e|ed|ing)|postpon(?:e|ed|ing)|bump(?:ed)?|bring|brought|re-?book(?:ed)?)(?: (?:our|the|my|this|his|her|their|it|that|things|us))?(?: back| out| on)?(?: to| for)?(?: the)?(?: same (?:time|hour|slot))?(?: on)?[ ]*$"
    r"|(?:^|[，。,；; ])(?:就|再|又|那|先|时间|只好|只能)?(?:改|改[到在约为成至]|[挪推延换]到|顺延到)了?[ ]*$"
)


def _moved(text: Text, times: Sequence[Time]) -> list[Cue]:
    """ "wants to move our 3pm to 4.30": what stands in the diary is a meeting, whatever for."""
    for one in times:
        if one.role in ("activity", "superseded") and (
            found := _MOVES.search(text.low, 0, text.low_at(one.place.start))
        ):
            return [Cue("meeting", *found.span(), "moving what is in the diary")]
    return []


_THERE: Final = lazy(
    r"(?:的)?(?:机房|车间|仓库|展厅|产线|工地|项目部|医院|学校|分店|基地|现场|公司|工厂|厂里|总部|那边|办公室|门店)"
)


_RAN_TO: Final = lazy(r"[跑去]了(?:一?趟|一?下)?$")
_TO_WORK: Final = lazy(
    r"(?:给[^，。,；;]{1,4})?(?:换|更换|修|维修|装|安装|调试|检|巡|维护|保养|培训|处理|排查|测|施工|送样|签|谈|开会|见|拜访|看|坐)"
)
_HANDED: Final = lazy(r"[发寄送打运汇交传派请叫让](?:[^，。,；;]{0,3})[到去]$")


def _gone_there(text: Text, firms: Sequence[Mention]) -> list[Cue]:
    """Going to a firm is a visit, whatever it is called."""
    for firm in firms:
        before, after = text.folded[max(0, firm.place.start - 6) : firm.place.start], text.folded[firm.place.end :]
        if _RAN_TO.search(before) and not after.startswith(("的", "那")):
            return [Cue("visit done", firm.place.start - 2, firm.place.end, "going round to a firm")]
        if before.endswith(("到", "去")) and (
            _THERE.match(after) or (_TO_WORK.match(after) and not _HANDED.search(before))
        ):
            return [Cue("visit", firm.place.start - 1, firm.place.end, "going to a firm's place")]
        if _LOOKED.search(text.folded[max(0, firm.place.start - 16) : firm.place.start]) and not after.startswith("的"):
            return [Cue("visit done", firm.place.start - 1, firm.place.end, "looking at a firm's place")]
        if found := _GOING.search(text.folded.lower()[max(0, firm.place.start - 24) : firm.place.start]):
            value = "visit done" if found["done"] else "visit"
            return [Cue(value, firm.place.start - 1, firm.place.end, "going to a firm")]
    return []


def _activity(text: Text, cue: Cue, status: Status) -> Activity:
    kind: Kind = cue.value.split()[0]  # type: ignore[assignment]
    return Activity(
        kind, status, Place(text.at(cue.start), text.at(cue.end), cue.rule, 0.9 if status == "done" else 0.8)
    )


def _of_noun(text: Text, moods: Moods, nouns: Sequence[Cue], times: Sequence[Time], ahead: Sequence[Time]) -> Activity:
    planned = [one for one in nouns if _is_planned(text, moods, one, times, ahead)]
    if planned and _is_told_first(text, moods, nouns[0], planned, ahead):
        return _activity(text, nouns[0], "done")
    best = min(planned or nouns, key=lambda one: (one.start // 40, _ORDER.get(one.value.split()[0], 9)))
    return _activity(text, best, "planned" if planned else "done")


def _is_told_first(text: Text, moods: Moods, first: Cue, planned: Sequence[Cue], ahead: Sequence[Time]) -> bool:
    """Whether the line opens with what was done, in note form, and only a later clause looks ahead with a kind of its own."""
    left, right = moods.clause(first.start, first.end)
    own = text.low[max(left, 0) : min(right, len(text.low))]
    if any(left <= one.place.start < right for one in ahead) or any(
        rule.compiled.search(own) for rule in cues.PLANNING
    ):
        return False
    return any(
        (there := moods.clause(one.start, one.end))[0] >= right
        and any(there[0] <= time.place.start < there[1] for time in ahead)
        for one in planned
    )


_MEANS_TO: Final = lazy(r"(?:call|visit|meet|see|ring|phone|speak|talk|drop|pop|swing|stop)(?![a-z])")
_TO_BE_DONE: Final = lazy(r"(?<![a-z])(?:to|will|i'll|we'll|must|gonna|let's|lets) $")


def _is_planned(text: Text, moods: Moods, cue: Cue, times: Sequence[Time], ahead: Sequence[Time]) -> bool:
    """Whether the time beside a kind lies ahead, or the words beside it look ahead."""
    left, right = moods.clause(cue.start, cue.end)
    if _MEANS_TO.match(text.low, cue.start) and _TO_BE_DONE.search(text.low, max(0, cue.start - 8), cue.start):
        return True
    if _TOLD.match(text.low, cue.end):
        return False
    if _ORDERED.match(text.low) and not text.low[: cue.start].strip(" -*•").removeprefix("please").strip():
        return True
    if any(left <= one.place.start < right for one in ahead):
        return True
    if any(left <= one.place.start < right for one in times if one.role in ("activity", "past")):
        return False
    own = [one for one in ahead if one.role == "activity" or (one.role == "other" and isinstance(one.start, datetime))]
    if own and not any(one.role == "past" for one in times):
        return True
    left, right = max(left, 0), min(right, len(text.low))
    found = [match for rule in cues.PLANNING for match in rule.compiled.finditer(text.low, left, right)]
    return any(not _is_name(text, match.start()) for match in found)


def _is_name(text: Text, place: int) -> bool:
    """Will, capital in the middle of a line: somebody."""
    return text.low.startswith("will", place) and text.said(place, place + 1).isupper() and place > 0


def _is_ahead(one: Time, context: Context) -> bool:
    if one.rrule and one.role in ("activity", "reminder"):
        return True
    if one.role not in ("activity", "other", "due", "reminder") or (
        one.role == "other" and one.grain in ("month", "quarter", "year")
    ):
        return False
    if isinstance(one.start, datetime):
        return one.start > context.now
    here = context.now.date()
    return one.start > here or (one.start == here and (one.at or "") > f"{context.now:%H:%M}")


_MET: Final = lazy(r"拜访|见|开会|会议|上门|演示|验厂|参观|(?:visit|meet|demo|lunch|dinner|coffee)")


def _is_of_later_clause(
    text: Text, moods: Moods, nouns: Sequence[Cue], times: Sequence[Time], context: Context
) -> bool:
    """After a task a clause of its own says when they are met: "add them, visit on the 5th"."""
    for one in nouns:
        left, right = moods.clause(one.start, one.end)
        own = [time for time in times if left < text.low_at(time.place.start) < right]
        if (
            left > 0
            and _MET.match(text.low, one.start)
            and any(time.role == "activity" and _is_ahead(time, context) for time in own)
        ):
            return True
    return False


def _is_task_only(text: Text, times: Sequence[Time], tasks: Sequence[Cue]) -> bool:
    """A line that only says what is to be done."""
    low = text.low.strip()
    body = low
    for one in times:
        if one.place.start == 0 or not low[: one.place.start].strip():
            body = low[one.place.end - (len(text.low) - len(text.low.lstrip())) :].strip(" ,，")
            break
    if any(one.role == "superseded" for one in times) or _PUT_OFF.search(low):
        return False
    if _PUT_IN.match(low) and any(one.role == "activity" for one in times):
        return False
    if _ON_SITE.search(low) and any(
        one.role in ("activity", "due", "other") and one.bound in ("", "after") for one in times
    ):
        return False
    if _HEADED.match(low) or _ZH_REPORTED.match(low) or _ZH_DONE.match(body):
        return False
    starts = bool(
        _TASK_START.search(low) or _TASK_START.search(body) or _IMPERATIVE.match(body) or _ZH_TASK.match(body)
    )
    clauses = [part for part in re.split(r"[;；。!！\n]|\.(?=\s|$)", low) if part.strip()]
    return starts and len(clauses) < 2 and (len(low) < 120 or bool(tasks))


def sentiment(positive: Sequence[Cue], negative: Sequence[Cue], tags: Sequence[str]) -> Sentiment:
    """Good words, bad words, or both; a good word inside a bad one does not count."""
    good = [one for one in positive if not any(bad.start <= one.start < bad.end for bad in negative)]
    hot = any(tag.lower() in ("hot", "高意向", "重点", "vip", "won", "champion") for tag in tags)
    if negative and good:
        return "mixed"
    if negative:
        return "negative"
    return "positive" if good or hot else "neutral"

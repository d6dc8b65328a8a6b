# ruff: noqa: E501 -- a rule is one line
"""What a time is for: when it happened, a deadline, a reminder, or a time given up for another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from flows.understanding import signs
from flows.understanding.agenda import is_agenda
from flows.understanding.cues import Cue
from flows.understanding.facts import Commitment, Role
from flows.understanding.lazily import lazy
from flows.understanding.moods import Moods
from flows.understanding.promises.words import is_of_a_thing
from flows.understanding.superseded import CANNOT
from flows.understanding.text import Text
from flows.understanding.times.direction import DONE_BEFORE
from flows.understanding.times.reading import Seen

_EVENT: Final = lazy(
    r"(?<![a-z])(?:meet(?:ing)?s?|met|call(?:ed|s|ing)?|demo(?:ed|s|nstration)?(?! (?:kits?|units?|accounts?|servers?|systems?|env|videos?|machines?|licen[cs]es?|links?|versions?)(?![a-z]))|visit(?:ed|ing|s)?|lunch(?:ed)?|dinner|coffee|breakfast|workshop|kick-?off|session|sync|webinar|training|presentation|presented|spoke|talked|emailed|texted|messaged|sent|tour|onsite|on-site|appointment|interview|event|booked|scheduled|schedule|book|attend|conference|arriv\w+|fly(?:ing)? (?:in|out)|stop(?:ped)? by|drop(?:ped)? by|swing by|see|saw|had|chat(?:ted)?|review|qbr|negotiat\w+|pitch(?:ed)?|discussion|showed|went|came|coming|comes|mtgs?|offered|suggested|how about|what about|suggests|proposes|seeing|(?:going|coming|heading|driving) (?:there|over|in|out|round|back in)|can make|pencil+ed|(?:mov|push|shift|reschedul|postpon|bump|shunt|nudg|delay)(?:e|ed|ing|es|s)? (?:our|the|my|this|his|her|their)|let's (?:do|say|go for|make it|meet)|zoom|set for|confirmed for|pencil?led in|in town|inspection|audit|brought forward to|(?:moved|pushed|shifted|bumped|put)(?: it| that| things| us)?(?: back| out)? to|re-?schedul(?:e|ed|ing)(?: (?:it|that|this|us))? (?:to|for)|moving (?:it|that|this|us) to|pushed (?:back )?to|re-?book\w*)(?![a-z])"
    r"|会议|开会|(?<!上)会(?=议|面|谈|$|，|从|改|推|取消|延|提前|挪|顺延|定)|电话|拜访|见面|(?<![意可常])见|面谈|演示|考察|参观|来访|到访|上门|吃饭|饭|聚餐|午餐|晚餐|沟通|交流|洽谈|聊|谈|培训|评审|启动会|碰头|碰面|约|定在|定于|订在|安排在|喝|(?<![过下出上失])(?<![发寄退还传送转]回)去(?!年)|(?<![过下出上起回])来(?!年)|发了|打了|开了|签约仪式|汇报|出差(?!时|的时候)|飞|路演|(?<=[午日号点天半早晚])到(?=$|[，。,、])|(?<=[午点半])到(?![货期账帐位款了达])|(?<![打汇转寄发送拿传])过来|宣讲|讲标|述标|答辩|开标|例会|晨会|复盘|对接|验厂|打(?:羽毛|网|乒乓|台|篮|高尔夫)?球|打牌|钓鱼|爬山|活动(?![价款力方])|参展|跑了|走访|试机|试产|定[了好]?$|展会|展览|开标|培训|巡检|留出来|空出来|改[到在约]?$|改到|改在|推迟到|延期?到|提前到|挪到|(?<![打汇转寄发送拿传带捎])过去(?=$|聊|谈|看|拜访|坐|签|[，。])"
)
_TODO: Final = lazy(
    r"(?<![a-z])(?:send|deliver|submit|provide|share|finish|complete|prepare|draft|reply|respond|get back|quote|pay|sign|ship|email|forward|renew|review|confirm|decide|return|update|finali[sz]e|due|deadline|expires?|expiring|runs? out|lapses?|(?<!year )ends|(?:contract|trial|pilot|subscription|license|lease|term) ends|needs? (?:it|a|the|this)|wants? (?:it|a|the|this)|deliver(?:y|ed)|launch|go[- ]?live|payment|close[sd]?|closing|birthday|b-?day|anniversary|tender|signature|signing|(?:pilot|trial)(?= (?:with|of|from|begins|starts|ends))|going out|lands?|arriv(?:es|ing)|released|install(?:ation)?|eta|ships|start date|to be signed|results?|outcome|verdict|expected|expect(?:ing)? (?:it|them|this|that))(?![a-z])"
    r"|交付|交货|截止|到期|发给|发过去|发货|给到|提交|完成|回复|答复|出结果|付款|付(?=$|[，。,])|要货|回款|打款|必须|务必|[出下]来(?=$|[，。,])|[打汇转寄发送传]过来|到账|到款|签回|寄|反馈|上线|交(?=报告|方案|标书)|给(?=报价|方案|答复|合同|结果|客户)|出(?=方案|报价|结果|合同)|把.{1,10}(?:发|给|交|做)|发(?=报价|方案|合同|资料|邮件|票)|投标|尾款|验收|续费|续约到期|过期|开工|开业|进场|启动(?!会)|开始(?=$|[，。,；;])|延长[到至]|账期|交期|船期|货期|到港|(?<![a-z])et[da](?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Around:
    """What else the line says, for telling what its times are for."""

    text: Text
    moods: Moods
    times: Sequence[Seen]
    reminders: Sequence[Cue]
    kinds: Sequence[Cue]
    commitments: Sequence[Commitment]
    question: bool
    today: date
    weeks: Sequence[Seen] = ()
    names: Sequence[tuple[int, int]] = ()
    """Where somebody known is named."""


def role(place: int, one: Seen, around: Around, gone: set[int]) -> Role:
    """The one purpose of a time, by the words that govern it."""
    if place in gone:
        return "superseded"
    reach = _reach(around, one)
    return (
        _aside(place, one, around)
        or _of_itself(one, around, *reach)
        or _by_a_sign(one, around, *reach, off=not gone)
        or _by_distance(one, around, *reach, moved=bool(gone))
    )


def _aside(place: int, one: Seen, around: Around) -> Role | None:
    """Nothing happens then: a hurry, a day that does not suit, a thing's own date, what another time counts from."""
    low = around.text.low
    if one.joined.instant and "asap" in one.joined.instant.marks:
        return "other"
    if _QUIET_FOR.search(low, max(0, one.start - 48), one.start) and low.startswith("in ", one.start):
        return "other"
    if place and low.startswith("now", one.start) and one.start - around.times[place - 1].end < _BESIDE // 4:
        return "other"
    if CANNOT.search(low, max(0, one.start - 24), one.start) or _TRAVELS.match(low, one.end):
        return "other"
    if not one.bound and (is_of_a_thing(low, one.start, one.end) or low.startswith("'s ", one.end)):
        return "past" if _is_over(one, around) else "other"
    if one.bound == "before" and signs.DO_NOT.search(low, max(0, one.start - 40), one.start):
        return "other"
    if place and one.bound == "before" and _hangs_on(around.times[place - 1], one):
        return "other"
    if (
        place + 1 < len(around.times)
        and (one.bound or _is_yearly(one, low))
        and _is_ahead_of(around.times[place + 1], one, low)
    ):
        return "other"
    if around.question:
        return "past" if one.mood == "past" or one.bound == "since" else "other"
    return None


_QUIET_FOR: Final = lazy(
    r"(?<![a-z])(?:no (?:reply|answer|word|news|response|contact|sign of life)|nothing|(?:not|haven't|havent|hasn't|hasnt|never) (?:been )?(?:heard|replied|answered|responded|spoken|called|written|ordered|logged in)|silen(?:t|ce)|quiet)(?: (?!if|but|so|and|then|call|ring|chase|ping|try)[a-z.'&-]{1,40}){0,4} $"
)
"""No reply in two weeks: how long, and not when."""
_TRAVELS: Final = lazy(r"[ ]?的(?:高铁|飞机|航班|动车|火车|大巴)(?!站|票价)")
"""后天早上8点的高铁: when one travels."""
_TO_DO: Final = lazy(
    r"(?:^|(?<=[,.;:!?，。；：！？\n] )|(?<=[,.;:!?，。；：！？\n])|(?<=must )|(?<=should )|(?<=need to )|(?<=i'll )|(?<=we'll )|(?<=will )|(?<=to ))(?:please |pls |also |and )?"
    r"(?:send|check|ping|chase|ask|touch base|water|review|update|report|visit|call|ring|email|text|meet|keep|look|post|submit|prepare|invoice|bill|nudge|try|see|write|share|sync)(?![a-z])"
    r"|(?:要|得|记得|需要|应该|给|帮)[^，。,;；]{0,10}(?:发|寄|查|看|问|催|对账|开票|报|联系|检查|更新|复盘|确认|盘点|打电话)|(?:^|[，。,;；])[^，。,;；]{0,4}(?:发|寄|查|看|问|催|对账|开票|检查|更新|复盘|盘点)"
)
"""What somebody is to do again and again; what a customer does every month is none of ours."""


_SETTLES: Final = lazy(r"[ ]*(?:再|才|就|会|能)?定(?=[ ]*$|[，。,；;])")
"""下周定: what they decide by then."""
_THEY_DO: Final = lazy(r"(?:那边|这边|[他她]们?|客户|对方|老板|领导|几乎)(?:都|几乎|现在)?每[天周月](?:[催问打])")
"""格力那边每天催."""
_FIXED: Final = lazy(r"(?:固定|定在|改成|改到|安排在)[ ]?$")
"""周会，固定每周四10点."""
_THEY: Final = lazy(r"[, ，]*(?:they|he|she|the (?:customer|client)|他们?|她们?|客户|对方)(?![a-z])")


def _of_itself(one: Seen, around: Around, left: int, right: int) -> Role | None:
    """What its form and tense settle: every week, since March, by last Friday, the batch of June."""
    low, is_past = around.text.low, one.mood == "past"
    if one.joined.every:
        if signs.RATE.match(low, one.end) or signs.RATE_LEFT.search(low, left, one.start):
            return "other"
        if _near(around.reminders, left, right):
            return "other" if _THEY_DO.search(low, max(0, one.start - 8), one.end + 1) else "reminder"
        if _near(around.kinds, left, right) or (around.kinds and _FIXED.search(low, left, one.start)):
            return "activity"
        leads = not low[left : one.start].strip() and not _THEY.match(low, one.end)
        return "reminder" if leads or _TO_DO.search(low, left, right) else "other"
    if one.bound == "since" and _is_yet_to_come(one, around):
        return "other"
    if is_past and one.bound == "before" and DONE_BEFORE.match(low, one.end):
        return "past"
    if is_past and one.bound in ("since", "after", "before"):
        return "due" if one.bound == one.joined.bound == "before" else "past"
    if low.startswith("的", one.end) and one.placed.grain in ("year", "quarter", "month") and not one.bound:
        return "other"
    if low.startswith("的", one.end) and not one.bound and one.joined.day and "holiday" in one.joined.day.marks:
        return "other"
    if signs.OVER_THEN.match(low, one.end) and not _is_over(one, around):
        return "reminder"
    if (signs.THAT_ONE if one.mood != "future" else signs.THAT_LOT).match(low, one.end):
        return "past" if _is_over(one, around) or is_past else "other"
    return None


def _by_a_sign(one: Seen, around: Around, left: int, right: int, *, off: bool) -> Role | None:
    """What words right beside it settle; `off`: a call-off in its clause is its own."""
    low = around.text.low
    if signs.REMIND_ME.search(low, left, one.start) and one.bound not in ("before", "within"):
        return "reminder"
    if one.bound == "before" and signs.NOTHING_BY.match(low, one.end):
        return "other"
    if one.bound and signs.ELSE.match(low, one.end) and signs.OR_ELSE.search(low, max(0, one.start - 8), one.start):
        return "other"
    if one.bound in ("before", "within"):
        return "reminder" if signs.IF_NOT.search(low, left, one.start) or signs.IF_STILL.match(low, one.end) else "due"
    if not one.bound and signs.UNABLE.match(low, one.end):
        return "other"
    if one.bound == "after" and signs.IF_NOT.search(low, left, one.start):
        return "reminder"
    if signs.THEIR_CLOCK.search(low, left, one.start) and signs.CLOSES.match(low, one.end):
        return "other"
    if off and signs.CALLED_OFF.search(low, left, right):
        return "other"
    if (
        signs.AGREED_ON.search(low, max(0, one.start - 30), one.start)
        and not one.bound
        and _has_hour_if_english(one, low)
    ):
        return "activity"
    if signs.AWAY_TILL.search(low, max(0, one.start - 6), one.start):
        return "reminder" if signs.BACK_THEN.match(low, one.end) else "other"
    if signs.ELSEWHERE.search(low, one.end, right) and one.mood != "past":
        return "other"
    if signs.THEN_CONTACT.match(low, one.end) and signs.BACK.search(low, max(0, one.start - 32), one.start):
        return "reminder"
    if signs.THEN_REMIND.match(low, one.end) and not (
        _is_promised(one, around) and signs.DONT_FORGET.search(low, one.end)
    ):
        return "reminder"
    return _from_then_on(one, low) if one.bound == "after" and not _is_promised(one, around) else None


def _has_hour_if_english(one: Seen, low: str) -> bool:
    """Confirmed for 3pm: they meet; confirmed on Friday: when they did."""
    return not signs.CONFIRMED.search(low, max(0, one.start - 30), one.start) or one.joined.clock is not None


def _from_then_on(one: Seen, low: str) -> Role | None:
    """Valid until the 9th, starting on Monday, out till Friday."""
    if _VALID.search(low, max(0, one.start - 24), one.start):
        return "other"
    if one.mood != "past" and one.placed.grain not in _LONG and _begins(low, one):
        return "due"
    if low.startswith(("才有", "才回", "才在"), one.end):
        return "other"
    return "other" if _UNTIL.search(low[max(0, one.start - 12) : one.start]) else None


def _by_distance(one: Seen, around: Around, left: int, right: int, *, moved: bool) -> Role:
    """The nearest of the words for reminders, for things to do and for meetings, and what was promised."""
    low, promised = around.text.low, _is_promised(one, around)
    reminding = _distance(around.reminders, one, left, right)
    todo = _matches(_TODO, low, one, left, right)
    event = 0 if _EVENT.search(low, one.start, one.end) else _matches(_EVENT, low, one, left, right)
    if not one.bound and not promised and not (around.text.has_chinese and (event, todo) != (None, None)):
        kind = _distance(around.kinds, one, left, right)
        event = min((gap for gap in (event, kind) if gap is not None), default=None)
    if (one.mood == "past" and not _is_yet_to_come(one, around)) or _is_over(one, around):
        heard = signs.HEARD.search(low, max(0, one.start - 80), one.start)
        return "activity" if event is not None and not heard else "past"
    if promised and event is not None and _is_of_what_is_promised(one, around, left, right):
        return "due"
    if promised and (event is None or moved or _SETTLES.match(low, one.end) or signs.PLEDGED.search(low, left, right)):
        return "due"
    if moved and around.text.has_chinese and _are_goods(one, around):
        return "due"
    if event is None and _is_counted_from(one, around):
        return "other"
    if reminding is not None and (todo is None or reminding <= todo + 6) and (event is None or reminding <= event + 8):
        return "reminder"
    if promised and todo is not None and event is not None and todo <= event + 4:
        return "due"
    if event is not None and (todo is None or event <= todo):
        return "other" if one.placed.grain in ("year", "quarter") else "activity"
    if one.joined.anchored:
        return "other" if signs.PUT_OFF.match(low, one.start) else "reminder"
    if todo is not None:
        return "other" if one.placed.grain in ("year", "quarter") and not one.bound else "due"
    if one.mood != "past" and one.placed.grain not in _LONG and not one.bound and signs.ORDER.match(low, left):
        return "reminder"
    is_met = (
        (moved and one.placed.grain not in ("month", "quarter", "year"))
        or _heads(one, around)
        or _is_there(one, around)
        or _is_jotted(one, around)
        or _narrows(one, around)
    )
    return "activity" if is_met else "other"


_THERE: Final = lazy(
    r"(?:[来去到飞回]|过来|出差|拜访|考察|参观|[见陪](?!了)|约[了好]{0,2}|开会|会议|培训|演示|面谈|验厂|评审|吃饭)[^，。,；;了过]{0,12}[,，][ ]?$"
)


def _is_there(one: Seen, around: Around) -> bool:
    """The hour of what the clause before says is done that day: 周五约了老板看厂，两点半在东门."""
    if not (around.text.has_chinese and one.joined.day and _is_appointment(one)):
        return False
    return bool(_THERE.search(around.text.low, max(0, one.start - 30), one.start))


def _are_goods(one: Seen, around: Around) -> bool:
    """Whether goods, and no meeting, are moved to another day."""
    kinds = [kind.end for kind in around.kinds if kind.end <= one.start]
    if len(kinds) < len(around.kinds) or (
        kinds and around.kinds[-1].value.split()[0] not in ("call", "email", "message")
    ):
        return False
    return signs.GOODS.search(around.text.low, kinds[-1] if kinds else 0, one.end) is not None


def _narrows(one: Seen, around: Around) -> bool:
    """A day of the week in which somebody comes or is met: 下周来北京，周三或周四都行."""
    week = next((week for week in around.weeks if week.end <= one.start and _holds(week, one)), None)
    return week is not None and _matches(_EVENT, around.text.low, week, *_reach(around, week)) is not None


def _holds(week: Seen, one: Seen) -> bool:
    start, end, day = week.placed.start, week.placed.end, one.placed.start
    if isinstance(start, datetime) or isinstance(end, datetime) or end is None:
        return False
    return start <= (day.date() if isinstance(day, datetime) else day) < end


def _heads(one: Seen, around: Around) -> bool:
    """Whether a list of when, where and what says what is held then: 下周二上午，中兴二楼，方案评审."""
    if not around.kinds or _is_appointment(one):
        return bool(around.kinds)
    low = around.text.low
    opens = not low[: one.start].strip() and one.mood == "none" and one.placed.grain in ("day", "part")
    return opens and _LISTED.fullmatch(low, one.end, max(one.end, around.kinds[0].start)) is not None


_LISTED: Final = lazy(r"[ ，,][^了过说。；;，,]{0,10}[ ，,]")


def _is_appointment(one: Seen) -> bool:
    """An hour of its own, in a list of what, who and when."""
    return isinstance(one.placed.start, datetime) and one.joined.clock is not None and one.mood != "past"


def _is_jotted(one: Seen, around: Around) -> bool:
    """An hour beside a name, and nothing else: Globex 11am."""
    times = [(each.start, each.end) for each in around.times]
    return _is_appointment(one) and is_agenda(around.text.low, around.moods, (one.start, one.end), around.names, times)


def _is_promised(one: Seen, around: Around) -> bool:
    said = around.text.said(one.start, one.end)
    return any(commitment.due == said for commitment in around.commitments)


def _is_of_what_is_promised(one: Seen, around: Around, left: int, right: int) -> bool:
    """Prepare the review slides over the weekend: the review is only what the slides are for."""
    low, said = around.text.low, around.text.said(one.start, one.end)
    made = next(made for made in around.commitments if made.due == said)
    start, end = around.text.low_at(made.place.start), around.text.low_at(made.place.end)
    if made.by != "us" or not left <= start < end <= one.start or _FOR_EVENT.search(low, start, end):
        return False
    found = [
        match for match in _EVENT.finditer(low, left, right) if match.end() <= one.start or match.start() >= one.end
    ]
    return all(start < match.start() and match.end() < end for match in found)


_FOR_EVENT: Final = lazy(r"(?<![a-z])(?:for|before|ahead of|at) (?!him|her|them)")
_TO_RING: Final = lazy(r"提醒|(?<![a-z])(?:remind|nudge|ping|alert)")


def _is_ahead_of(shift: Seen, one: Seen, low: str) -> bool:
    """它31号到期，提前一个月提醒我: the day that is counted back from rings only then."""
    is_ahead = low.startswith("提前", shift.start) or low.startswith("before", shift.end - 6)
    is_near = bool(shift.joined.anchored) and shift.start - one.end < _BESIDE
    return is_near and is_ahead and _TO_RING.search(low, one.end, shift.end + _BESIDE // 4) is not None


_YEARLY: Final = lazy(r"生日|纪念日|周年|店庆|寿辰")


def _is_yearly(one: Seen, low: str) -> bool:
    """何芳生日11月28, 保函到12月31号: nobody is met on it."""
    return low.endswith("到", 0, one.start) or bool(_YEARLY.search(low, max(0, one.start - 5), one.end + 4))


def _is_counted_from(one: Seen, around: Around) -> bool:
    """Remind me a week before their contract runs out on 15 January: the day that is only counted from."""
    low = around.text.low
    shifts = [each for each in around.times if each.joined.anchored and each.end <= one.start]
    if not shifts or not low.startswith("before", shifts[-1].end - 6):
        return False
    between = low[shifts[-1].end : one.start]
    return len(between) < _BESIDE * 2 and not any(mark in between for mark in ".,;!?\n")


def _hangs_on(shift: Seen, one: Seen) -> bool:
    """Whether one is only what the other counts from: half an hour before the 3pm call."""
    return bool(shift.joined.anchored) and one.start - shift.end < _BESIDE


_BESIDE: Final = 48
_LONG: Final = ("week", "month", "quarter", "year")
_VALID: Final = lazy(
    r"(?<![a-z])(?:valid|open|good|holds?|held|stands?)(?: (?:until|till|through|to))?[ ]{1,2}(?:the )?$"
)
_UNTIL: Final = lazy(r"(?<![a-z])(?:until|till|til|through|thru)[ ]{1,2}(?:the )?$")
_BEGINS: Final = lazy(r"(?<![a-z])(?:start(?:ing|s)?|beginning|begins)(?: on| from)?[ ]{1,2}(?:the )?$")


def _begins(low: str, one: Seen) -> bool:
    """A pilot starting on a day."""
    return low.startswith("开始", one.end - 2) or bool(_BEGINS.search(low, max(0, one.start - 24), one.start))


def _is_over(one: Seen, around: Around) -> bool:
    """Whether a day lies behind the day of writing, whatever the words around it."""
    start = one.placed.start
    last = one.placed.end or start
    if isinstance(start, datetime) or isinstance(last, datetime) or one.placed.grain not in ("day", "part", "week"):
        return False
    return start < around.today and (one.placed.end is None or last <= around.today)


def _is_yet_to_come(one: Seen, around: Around) -> bool:
    """明年不续了: what begins after today has not happened, whatever 了 says."""
    start = one.placed.start
    return (start.date() if isinstance(start, datetime) else start) > around.today


def _reach(around: Around, one: Seen) -> tuple[int, int]:
    """How far the words reach that can govern a time: its clause, and a short clause before it."""
    left, right = around.moods.clause(one.start, one.end)
    return max(left, 0), min(right, len(around.text.low))


def _near(cues: Sequence[Cue], left: int, right: int) -> bool:
    return any(left <= cue.start < right for cue in cues)


def _distance(cues: Sequence[Cue], one: Seen, left: int, right: int) -> int | None:
    gaps = [
        one.start - cue.end if cue.end <= one.start else cue.start - one.end
        for cue in cues
        if left <= cue.start < right
    ]
    return min((gap for gap in gaps if gap >= 0), default=None)


_TOPIC: Final = lazy(
    r"(?<![a-z])(?:re|about|abt|regarding|concerning|to (?:discuss|talk|go over|go through|review))(?![a-z'])"
)
"""What a call is about settles nothing about its time."""


def _matches(pattern: re.Pattern[str], low: str, one: Seen, left: int, right: int) -> int | None:
    """How near the nearest such word in the same clause stands."""
    gaps = [one.start - match.end() for match in pattern.finditer(low, left, one.start)]
    topic = _TOPIC.search(low, one.end, right)
    gaps += [match.start() - one.end for match in pattern.finditer(low, one.end, topic.start() if topic else right)]
    return min(gaps, default=None)

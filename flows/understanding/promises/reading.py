# ruff: noqa: E501 -- a rule is one line
"""The promises of a whole line: statement by statement, later ones completing earlier ones."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from flows.understanding.facts import Commitment, Mention, Place
from flows.understanding.lazily import lazy
from flows.understanding.promises import chinese, english
from flows.understanding.promises.clauses import Clause, clauses, masked
from flows.understanding.promises.forms import Form, Way
from flows.understanding.promises.forms_en import NOT_SENT
from flows.understanding.promises.gathering import Line, Made
from flows.understanding.promises.whose import goes_on, is_about_us, is_led, is_report, is_said_so, reports_in, whose
from flows.understanding.promises.words import is_of_a_thing, what
from flows.understanding.text import Text
from flows.understanding.times.reading import Seen

_REMIND_ME: Final = lazy(
    r"(?<![a-z])(?:remind(?:er)?|nudge|wake)(?! (?:them|him|her))(?![a-z])|提醒(?!他|她|客户|对方)|闹钟"
)
_REMINDER_OF: Final = lazy(
    r"[ \-*•]{0,3}(?:please |pls |can you |could you )?(?:(?:set (?:me )?(?:a )?)?reminder|every|each|daily|weekly|monthly)(?![a-z])[^.;!?\n]{0,40}:$"
)
_ONLY_SAYS: Final = lazy(r"(?:[\u4e00-\u9fff]{0,4})(?:确认|签字|签约|签合同|签)")
"""她确认周三上线 tells when, and 周五签字 is done by both."""
_AGREED_ON: Final = lazy(r"约(?:好|定)了?[，,：: ]{1,2}$")
_FULFILLED: Final = lazy(
    r"(?<![a-z])(?:(?:i|we|have|just|already|and) (?:already )?(?:sent|emailed|forwarded|shared|gave|handed) (?:it|"
    r"them|those|that|both|him|her|these)|sent (?:it|them|those|that|both|these)|already (?:sent|done|shared|gave)|(?:sent|gave|e-?mailed|posted) [^,.;:!?]{1,24} already|"
    r"(?:it's|that's|all) done|done already)(?![a-z])"
)
_REFUSED: Final = lazy(
    r"(?:没|不|未)(?:有)?(?:同意|答应|批准|松口)|拒绝了|回绝|婉拒|(?<![a-z])(?:i|we|boss|he|she|they) (?:said no|declined|refused)(?![a-z])|told (?:him|her|them) no(?![a-z])"
)
"""What they asked for and did not get is not owed."""
_CALLING: Final = lazy(
    r"(?:and |then )?(?:ring|call|phone|chas(?:e|ing)|ping(?:ing)?|calling|ringing|nudg(?:e|ing)|text|meet|see|visit|try|back|hes|he|she|they)(?![a-z])|[约打去找问催见聊吃喝]|回访|跟进|联系|拜访|提醒"
)
_OPEN_QUOTE: Final = lazy(
    r"(?:[:,] ?|(?:says?|said|wrote|writes|replied|texted|answered),? )(?:['‘](?!s |ll |d )[^'‘’]*(?:[a-z]'[a-z][^'‘’]*)*|[\"“][^\"“”]*)$"
)
"""What stands between quotation marks are their words."""
_BARE_THINGS: Final = ("it is due", "it is due then", "it goes out then")
_LAPSES: Final = lazy(
    r"(?<![a-z])(?:expir(?:es?|ed|ing|y)|runs? out|ran out|running out|ends|ended|lapses?|renews?|is up|comes up|matures)(?![a-z])"
)
"""The contract runs out on Friday: when it ends, and nothing owed."""
_HE_SAYS: Final = lazy(r"(?<![a-z])(?!i |we )[a-z]+ (?:says?|said|reckons?|promised|promises|swears)[ .!]*$")
"""Contract by Monday he says: theirs."""
_NOW: Final = ("now", "right now", "just now", "现在")
_WE_SAID: Final = lazy(r"[ ]*(?:我(?:就)?(?:说|答应|回)|最[晚迟])")
"""催图纸，我说最晚后天: by when what was asked for comes."""
_WANTED_THEN: Final = lazy(r"(?:就|急着|着急|急)?要(?:用|的)?[ 。!！]*$")
"""要开票，黄磊下班前要."""
_BOTH: Final = lazy(r"[ ]*(?:both|all|everything|the lot|两样|都)(?![a-z])")
_IF_NOTHING: Final = lazy(r"(?<![a-z])if (?:nothing|no (?:reply|answer|word|news|response))(?![a-z])")
_THEN: Final = lazy(r"(?<![a-z])(?:then|by then|that day|on the day|(?:before|by) that)[ .!]*$")


def read(
    text: Text, now: datetime, times: Sequence[Seen], mentions: Sequence[Mention], names: Sequence[Mention]
) -> tuple[Commitment, ...]:
    """All promises of a line; what was done already, or only a reminder to talk, is none."""
    line, reported, reports = Line(), is_said_so(text), reports_in(text, mentions)
    starts = [one.start for one in times]
    reminds = bool(_REMIND_ME.search(text.low))
    for clause in clauses(text.low, times):
        held = times[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        inside = [
            one
            for one in held
            if not (_is_of_a_term(text.low, one) or _is_start(text.low, one) or one.bound == "since")
        ]
        words = text.low[clause.start : clause.end]
        if any(one.placed.rrule for one in inside) or _IF_NOTHING.search(words):
            continue
        is_reported, reported = reported, is_report(text, clause, reports, reported)
        if _is_agreed_or_reminds(text.low, clause, words, reminds):
            continue
        is_then = not inside and bool(_THEN.search(words))
        if is_then:
            inside = [one for one in times if one.start < clause.start and one.mood != "past"][-1:]
        form = _form(words, text, clause, mentions, inside, is_then and bool(inside))
        if form is None:
            _complete(line, text, clause, inside, words)
            continue
        led = clause.start > 0 and text.has_chinese and is_led(clause, text, mentions, inside)
        form = whose(form, text.low, clause, words, reported=is_reported, led=led)
        made = _commitment(text, clause, form, inside, names, mentions)
        if made is None and _PROMISED_FOR.match(masked(words, clause, inside).strip(" ,.")):
            _complete(line, text, clause, inside, words)
        elif made is not None and not (_is_over(made, inside, text, now) or _is_far_off(made, form, inside)):
            line.add(Made(made, form.way), text.low[: clause.start].endswith(" and"))
    return tuple(one.fact for one in line.found if not _is_fulfilled(one, text))


def _is_agreed_or_reminds(low: str, clause: Clause, words: str, reminds: bool) -> bool:
    """What was agreed on is met about; what we are reminded of is no promise. `reminds`: the line does so somewhere."""
    if _AGREED_ON.search(low, max(0, clause.start - 6), clause.start):
        return True
    return bool((reminds and _REMIND_ME.search(words)) or _REMINDER_OF.match(low[: clause.start]))


def _complete(line: Line, text: Text, clause: Clause, inside: Sequence[Seen], words: str) -> None:
    """A clause that promises nothing itself may say when something comes that was asked for, or promised before it."""
    if not inside:
        return
    if asked := _answered(text, clause, inside, words, line):
        line.add(Made(asked, Way.SAID))
    elif _is_bare(words, clause, inside) or goes_on(text.low, clause.start, words):
        line.date(text.said(inside[0].start, inside[0].end), bool(_BOTH.match(words)), _dates_a_hint(words))


def _dates_a_hint(words: str) -> bool:
    """Whether it says by when what was only hinted at comes, or is wanted."""
    return bool(_WE_SAID.match(words) or _WANTED_THEN.search(words))


_ASKED_THEM: Final = lazy(
    r"(?<![a-z])(?:ask(?:ed|ing)|chas(?:ed|ing)|push(?:ed|ing)|press(?:ed|ing)|nag(?:ged|ging)|hassl(?:ed|ing)|pinged|rang|emailed|texted|called)(?: (?!for)[\w'&.-]{1,40}){0,4} (?:for|about|re|on) (?:the |a |an |their |his |her |that )?(?P<what>[^,.;:!?]{2,40})[,.;:-][ ]*(?:and )?$"
)
_ANSWER: Final = lazy(
    r"[ ]*(?:and )?(?!i |we )[a-z][\w'-]{1,40} (?:says?|said|reckons?|thinks?|promise[sd]|hopes?|swears?|replied|told me)(?: (?:that|it'?s|it'?ll be|it will be|we'?ll have it|probably|maybe|hopefully|on|by|sometime|within|in|around|about|the|latest))*[ .!]*$"
)


def _answered(text: Text, clause: Clause, inside: Sequence[Seen], words: str, line: Line) -> Commitment | None:
    """Asked for the signed PO, he says end of the week: theirs to send by then."""
    if not _ANSWER.match(masked(words, clause, inside)):
        return None
    start = max(0, clause.start - _ASKED_WITHIN)
    asked = _ASKED_THEM.search(text.low[start : clause.start])
    if inside[0].mood == "past":
        return None
    if asked is None:
        last = line.found[-1].fact if line.found else None
        if last and last.by == "them" and not last.due:
            line.date(text.said(inside[0].start, inside[0].end))
        return None
    left, right = asked.span("what")
    place = Place(text.at(start + left), text.at(start + right), "promise: asked, and when it comes", 0.8)
    due = text.said(inside[0].start, inside[0].end)
    return Commitment("them", text.said(start + left, start + right).strip(), due, place)


_ASKED_WITHIN: Final = 90


def _is_fulfilled(one: Made, text: Text) -> bool:
    """What they wanted has gone out already."""
    if one.fact.by == "us" and not one.fact.due and _REFUSED.search(text.low, text.low_at(one.fact.place.end)):
        return True
    return one.is_wish and bool(_FULFILLED.search(text.low, text.low_at(one.fact.place.start)))


def _is_of_a_term(low: str, one: Seen) -> bool:
    """三季度的返利: when something comes from, not when it is due."""
    if one.bound:
        return False
    if one.placed.grain in ("month", "quarter", "year"):
        return low.startswith("的", one.end) or is_of_a_thing(low, one.start, one.end)
    if low.startswith("的", one.end) and one.joined.day and "holiday" in one.joined.day.marks:
        return True
    return one.placed.grain == "day" and low.startswith("'s ", one.end)


_STARTING: Final = lazy(
    r"(?<![a-z])(?:starting|beginning|effective|valid|running|live)(?: on| from| as of)? (?:the )?$|(?<!back )(?<!away )(?<!from me )(?<![a-z])from (?:the )?$"
)


_LASTS: Final = lazy(
    r"(?<![a-z])(?:extend|hold|keep|freeze|lock|honou?r|reserve)(?![a-z])[^.,;]{0,32} (?:until|till|til|through|thru) (?:the )?$"
)
"""We'd extend the trial till the 15th: how long, and not by when."""


def _is_start(low: str, one: Seen) -> bool:
    """A pilot from 4 January: when it begins, and not by when it is owed."""
    if one.bound != "after":
        return False
    if _LASTS.search(low, max(0, one.start - 48), one.start):
        return True
    return bool(_STARTING.search(low, max(0, one.start - 24), one.start))


def _is_asap(one: Seen) -> bool:
    return bool(one.joined.instant and "asap" in one.joined.instant.marks)


_PROMISED_FOR: Final = lazy(
    r"^(?:(?:and|i|we|i've|we've|have) )*(?:promised|said|told (?:him|her|them|[a-z]+))(?: for| by| on)?(?: +(?:ok|fine|latest|is (?:ok|fine)|works))?$|^(?:i |we )?can (?:do|have|get|manage) (?:that|it|this|them|those)(?: done| ready| out| over)?$"
)
"""They want it, promised for Friday: only when."""


def _is_bare(words: str, clause: Clause, inside: Sequence[Seen]) -> bool:
    """Whether a clause is a time and next to nothing else."""
    rest = _PROMISED_FOR.sub("", masked(words, clause, inside).strip(" ,，.。"))
    return (
        len(rest) < 10
        and (rest.strip() == "back" or not _CALLING.match(rest))
        and any(
            one.bound in ("before", "within")
            or one.placed.grain in ("day", "minute", "part")
            or (one.placed.grain == "week" and _BOTH.match(words))
            for one in inside
        )
    )


def _is_over(made: Commitment, inside: Sequence[Seen], text: Text, now: datetime) -> bool:
    """What was due before now is a report, not a promise."""
    due = next((one for one in inside if text.said(one.start, one.end) == made.due), None)
    if due is None:
        return False
    start = due.placed.start
    if _BACK_TO.match(text.low, due.start):
        return True
    if isinstance(start, datetime):
        return start < now
    end = due.placed.end
    return start < now.date() and (end is None or (not isinstance(end, datetime) and end <= now.date()))


_BACK_TO: Final = lazy(r"近|最近|过去(?=[\d一二三两四五六七八九十半几])")
"""近三年财报: how far back, and not by when."""
_NEWS: Final = lazy(r"招标|开标|立项|投产|搬迁|扩产")


def _is_far_off(made: Commitment, form: Form, inside: Sequence[Seen]) -> bool:
    """What they will do in some quarter or year, said of nobody in particular, is news and no promise: 明年一季度招标."""
    return (
        made.by == "them"
        and form.way is Way.BARE
        and bool(inside)
        and all(
            (one.placed.grain in ("quarter", "year") or (one.placed.grain == "month" and _NEWS.search(made.what)))
            and not one.bound
            for one in inside
        )
    )


def _form(
    words: str, text: Text, clause: Clause, mentions: Sequence[Mention], inside: Sequence[Seen], is_then: bool
) -> Form | None:
    form = None
    if english.may_promise(words):
        due = is_then or any(one.bound in ("before", "within") or _is_asap(one) for one in inside)
        ours = is_about_us(text.low, clause.start, mentions, text)
        quoted = bool(_OPEN_QUOTE.search(text.low, 0, clause.start))
        form = english.read(english.Setting(words, ours, bool(inside), due, quoted))
        if form and form.rule in _BARE_THINGS and _LAPSES.search(words):
            return None
        if form and form.rule in _BARE_THINGS and _HE_SAYS.search(words):
            form = replace(form, by="them")
    return form or (chinese.read(words, clause, inside) if text.has_chinese else None)


_BARE_VERBS: Final = frozenset("给发交寄出到送做弄报付签补开定结清办换批审")
_BARE_PAYING: Final = frozenset("打汇转")
"""财务周五打 is theirs; 让我四点再打 is to ring."""


def _commitment(
    text: Text, clause: Clause, form: Form, inside: Sequence[Seen], names: Sequence[Mention], who: Sequence[Mention]
) -> Commitment | None:
    due = next((one for one in inside if one.bound in ("before", "within")), inside[0] if inside else None)
    if form.rule in (chinese.STILL_OWED, NOT_SENT):
        due = None
    found = what(text, clause, clause.start + form.start, inside, names, who)
    if found is None:
        return None
    said, start, end = found
    if (
        due
        and _ONLY_SAYS.fullmatch(said)
        and (said.endswith("确认") or (not due.bound and (form.by == "us" or form.way is Way.BARE)))
    ):
        return None
    if len(said) < (1 if due and (said in _BARE_VERBS or (form.by == "them" and said in _BARE_PAYING)) else 2):
        return None
    return Commitment(
        form.by,
        said,
        text.said(due.start, due.end)
        if due and not _is_asap(due) and text.low[due.start : due.end] not in _NOW
        else None,
        Place(text.at(start), text.at(end), f"promise: {form.rule}", 0.8),
    )

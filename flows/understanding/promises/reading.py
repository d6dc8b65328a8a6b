# ruff: noqa: E501 -- a rule is one line
"""The promises of a whole line: statement by statement, later ones completing earlier ones."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from flows.understanding.facts import Commitment, Mention, Place
from flows.understanding.lazily import lazy
from flows.understanding.promises import chinese, english
from flows.understanding.promises.clauses import Clause, clauses, masked
from flows.understanding.promises.forms import Form, Way
from flows.understanding.promises.words import is_of_a_thing, what
from flows.understanding.text import Text
from flows.understanding.times.reading import Seen

_SAYS: Final = lazy(
    r"(?<!我)(?<!们)(?:(?<!跟.)(?<!跟..)(?<!跟...)说(?!明|服)|[他她]话|表示|意思(?:是|说)|回复说|告诉我|"
    r"(?<=[\u3400-\u9fff])(?<![刚已也])(?:答应|承诺(?!书|函)))"
)
_DEMANDS: Final = lazy(
    r"(?<![a-z])(?:chasing|chased|complain(?:s|ed|ing)|(?:un|not )happy|cross|furious|angry|upset|fuming|livid|asking|asked|demand(?:s|ed|ing)|moan(?:s|ed|ing)|wants|needs)(?![a-z])"
)
"""What follows a demand without a subject of its own is our answer: "chasing his delivery, promised an update"."""
_OUR_PART: Final = lazy(
    r"[我他她咱]|能不能|能否|可不可以|可否|必须|务必|修(?!改)|解决|整改|修复|寄(?!回|来|过来)|处理|发票|售后|到场|师傅|换新|补发|重发|开(?:发)?票|派(?:人|车|工程师|师傅|技术|个|两)|过去|上门|报价|安装|送[到货]|[发交]货|[给交寄送][ ]*$"
)
"""What is not what others said they would do."""
_ASKED_OF_US: Final = lazy(r"(?:要求|让|请|催|逼)我们|投诉|不满|抱怨")
"""What follows a complaint is ours to do."""
_GOES_ON: Final = lazy(
    r"[，,。；;](?:他们?|她们?|对方|客户|人家)(?:得|会|将|正在|内部|回去|需要?先|要(?:先|再)(?!看))[^，,。；;我咱]{1,14}[，,]$"
)
"""They are the subject of the clause before: 他要先看行程，周一确认."""
_THEY_WILL: Final = lazy(
    r"(?<![a-z])(?!(?:i|we)(?![a-z]))[a-z]+(?:'ll| will|'d| would|(?:'s|'re| is| are) going to)(?![a-z])[^.,;!?]{0,40} and$"
)
"""They are still the subject: they'll think about it and get back on Monday."""
_REMIND_ME: Final = lazy(
    r"(?<![a-z])(?:remind(?:er)?|nudge|wake)(?! (?:them|him|her))(?![a-z])|提醒(?!他|她|客户|对方)|闹钟"
)
_REMINDER_OF: Final = lazy(
    r"[ \-*•]{0,3}(?:(?:set (?:a )?)?reminder|every|each|daily|weekly|monthly)(?![a-z])[^.;!?\n]{0,40}:$"
)
_ONLY_SAYS: Final = lazy(r"(?:[\u4e00-\u9fff]{0,4})(?:确认|签字|签约|签合同|签)")
"""她确认周三上线 tells when, and 周五签字 is done by both."""
_AGREED_ON: Final = lazy(r"约(?:好|定)了?[，,：: ]{1,2}$")
_FULFILLED: Final = lazy(
    r"(?<![a-z])(?:(?:i|we|have|just|already|and) (?:already )?(?:sent|emailed|forwarded|shared|gave|handed) (?:it|"
    r"them|those|that|both|him|her|these)|sent (?:it|them|those|that|both|these)|already (?:sent|done|shared|gave)|"
    r"(?:it's|that's|all) done|done already)(?![a-z])"
)
_REFUSED: Final = lazy(
    r"(?:没|不|未)(?:有)?(?:同意|答应|批准|松口)|拒绝了|回绝|婉拒|(?<![a-z])(?:i|we|boss|he|she|they) (?:said no|declined|refused)(?![a-z])|told (?:him|her|them) no(?![a-z])"
)
"""What they asked for and did not get is not owed."""
_ANSWERING: Final = lazy(
    r"(?:come back|get back|tell (?:him|her|them)|revert|answer|reply|respond|check|let (?:him|her|them) know|confirm|find out|"
    r"look into)(?![a-z])",
    re.IGNORECASE,
)
_SEND_IT: Final = lazy(
    r"(?:send|shar|forward|e-?mail|mail|get|deliver|ship|do|post)(?:e|[tp]?ing)?(?: (?:it|them|that|this|those|these|both|all|everything))?"
    r"(?: (?:over|back|out|across))?$|(?:it|them|both|all|everything|the lot)(?: (?:of (?:it|them)|by|back|over))?$|have (?:it|them|that) (?:over|with (?:him|her|them)|ready|done|across|out|back)$",
    re.IGNORECASE,
)
_GET_DONE: Final = lazy(
    r"(?:务必|一定|必须|要|得)?(?:搞定|弄好|做好|办好|发过去|发[他她]|给[他她]|快递给[他她]|寄给[他她]|寄出|完成|(?:整理|做|准备|弄|写|改|打印)(?:好|完)?再?(?:发|给|寄|交|送)(?:给)?(?:[他她]|过去|客户)?)$"
)
_CALLING: Final = lazy(
    r"(?:and |then )?(?:ring|call|phone|chase|ping|text|meet|see|visit|try|back|hes|he|she|they)(?![a-z])"
)
_SENT: Final = lazy(r"(?:寄|发|送|给|交)(?:一?[台份个套]|过去|给?[他她]|到|出)")
_OPEN_QUOTE: Final = lazy(
    r"(?:[:,] ?|(?:says?|said|wrote|writes|replied|texted|answered),? )(?:['‘](?!s |ll |d )[^'‘’]*(?:[a-z]'[a-z][^'‘’]*)*|[\"“][^\"“”]*)$"
)
"""What stands between quotation marks are their words."""
_BARE_THINGS: Final = ("it is due", "it is due then", "it goes out then")
_HE_SAYS: Final = lazy(r"(?<![a-z])(?!i |we )[a-z]+ (?:says?|said|reckons?|promised|promises|swears)[ .!]*$")
"""Contract by Monday he says: theirs."""
_NOW: Final = ("now", "right now", "just now", "现在")
_BOTH: Final = lazy(r"[ ]*(?:both|all|everything|the lot|两样|都)(?![a-z])")
_THEN: Final = lazy(r"(?<![a-z])(?:then|by then|that day|on the day)[ .!]*$")
_THEIR_SUBJECT: Final = lazy(r"(?<![a-z])(?:he|she|they|it)(?:'ll|'s|'d)?(?![a-z])")
_OUR_SUBJECT: Final = lazy(r"(?<![a-z])(?:i|we|i'll|we'll|i'm|we're|i've|we've|i'd|we'd)(?![a-z])")


@dataclass(frozen=True, slots=True)
class _Made:
    """A promise, and how it was put."""

    fact: Commitment
    way: Way

    @property
    def is_wish(self) -> bool:
        """Asked for by them, without a day so far."""
        return self.way is Way.WANTED and self.fact.due is None


def read(
    text: Text, now: datetime, times: Sequence[Seen], mentions: Sequence[Mention], names: Sequence[Mention]
) -> tuple[Commitment, ...]:
    """All promises of a line; what was done already, or only a reminder to talk, is none."""
    line = _Line()
    reported = False
    reports = [match.start() for match in _SAYS.finditer(text.low)] if text.has_chinese else []
    starts = [one.start for one in times]
    reminds = bool(_REMIND_ME.search(text.low))
    for clause in clauses(text.low, times):
        held = times[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        inside = [one for one in held if not _is_of_a_term(text.low, one)]
        words = text.low[clause.start : clause.end]
        if any(one.placed.rrule for one in inside):
            continue
        is_reported, reported = reported, _is_report(text, clause, reports, reported)
        if _AGREED_ON.search(text.low, max(0, clause.start - 6), clause.start):
            continue
        if (reminds and _REMIND_ME.search(words)) or _REMINDER_OF.match(text.low[: clause.start]):
            continue
        is_then = False
        if not inside and _THEN.search(words):
            inside = [one for one in times if one.start < clause.start and one.mood != "past"][-1:]
            is_then = bool(inside)
        form = _form(words, text, clause, mentions, inside, is_then)
        if form is None and inside and (asked := _answered(text, clause, inside, words, line)):
            line.add(_Made(asked, Way.SAID))
            continue
        if form is None:
            if inside and (_is_bare(words, clause, inside) or _goes_on(text.low, clause.start, words)):
                line.date(text.said(inside[0].start, inside[0].end), bool(_BOTH.match(words)))
            continue
        if form.rule == "to do" and _THEY_WILL.search(text.low, max(0, clause.start - 60), clause.start):
            form = replace(form, by="them")
        if (
            form.way is Way.BARE
            and form.by == "them"
            and _ASKED_OF_US.search(text.low, max(0, clause.start - 30), clause.start)
        ):
            form = replace(form, by="us")
        elif (
            form.way is Way.BARE
            and (is_reported or _GOES_ON.search(text.low, max(0, clause.start - 24), clause.start))
            and not _OUR_PART.search(words)
        ):
            form = replace(form, by="them")
        made = _commitment(text, clause, form, inside, names)
        if made is not None and not (_is_over(made, inside, text, now) or _is_far_off(made, form, inside)):
            line.add(_Made(made, form.way), text.low[: clause.start].endswith(" and"))
    return tuple(one.fact for one in line.found if not _is_fulfilled(one, text))


_ASKED_THEM: Final = lazy(
    r"(?<![a-z])(?:ask(?:ed|ing)|chas(?:ed|ing)|push(?:ed|ing)|press(?:ed|ing)|nag(?:ged|ging)|hassl(?:ed|ing)|pinged|rang|emailed|texted|called)(?: (?!for)[\w'&.-]+){0,4} (?:for|about|re|on) (?:the |a |an |their |his |her |that )?(?P<what>[^,.;:!?]{2,40})[,.;:-][ ]*(?:and )?$"
)
_ANSWER: Final = lazy(
    r"[ ]*(?:and )?(?!i |we )[a-z][\w'-]+ (?:says?|said|reckons?|thinks?|promise[sd]|hopes?|swears?|replied|told me)(?: (?:that|it'?s|it'?ll be|it will be|we'?ll have it|probably|maybe|hopefully|on|by|sometime|within|in|around|about|the|latest))*[ .!]*$"
)


def _answered(text: Text, clause: Clause, inside: Sequence[Seen], words: str, line: "_Line") -> Commitment | None:
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
_COME_BACK: Final = lazy(r"[ ]?(?:come|get|go) back(?![a-z])")


def _goes_on(low: str, start: int, words: str) -> bool:
    """She will look into it and come back on Friday: by when the first is done."""
    return bool(_COME_BACK.match(words) and _THEY_WILL.search(low, max(0, start - 60), start))


class _Line:
    """The promises so far, and what was only wished for last."""

    def __init__(self) -> None:
        self.found: list[_Made] = []
        self._hinted: _Made | None = None

    def date(self, due: str, every: bool = False) -> None:
        """A statement that is next to nothing but a time says when the promise before it is due, or all of them."""
        if every:
            self.found = [one if one.fact.due else replace(one, fact=replace(one.fact, due=due)) for one in self.found]
        elif self.found and self.found[-1].fact.due is None:
            self._complete(due)

    def add(self, made: _Made, goes_on: bool = False) -> None:
        """One more, unless it only completes the one before it: "look into it and come back by Friday" is one thing."""
        fact = made.fact
        last = self.found[-1] if self.found else None
        if last and last.is_wish and fact.by == "us" and _ANSWERING.match(fact.what):
            self.found[-1] = made
            return
        if last and fact.due and fact.by == "us" and (_is_sending(last, fact) or _is_answer(last.fact, fact)):
            self._complete(fact.due)
        elif goes_on and last and fact.due and last.fact.by == fact.by and not last.is_wish and not last.fact.due:
            self._extend(fact)
        elif self._hinted and fact.due and fact.by == "us" and len(fact.what) < 4:
            self.found.append(replace(self._hinted, fact=replace(self._hinted.fact, due=fact.due)))
        elif made.way is Way.HINTED:
            self._hinted = made
            return
        elif last and len(fact.what) < 4 and last.fact.by == fact.by and last.fact.due is None:
            self._complete(fact.due)
        elif len(fact.what) > 1 or fact.due:
            self.found.append(made)
        self._hinted = None

    def _extend(self, fact: Commitment) -> None:
        last = self.found[-1]
        place = replace(last.fact.place, end=fact.place.end)
        both = replace(last.fact, what=f"{last.fact.what} and {fact.what}", due=fact.due, place=place)
        self.found[-1] = replace(last, fact=both)

    def _complete(self, due: str | None) -> None:
        last = self.found[-1]
        self.found[-1] = replace(last, fact=replace(last.fact, due=due))


def _is_sending(last: _Made, made: Commitment) -> bool:
    """Whether "send it by Friday" only says when the promise before it is kept."""
    sent = last.fact.by == "us" and not last.fact.due and _SEND_IT.match(made.what)
    done = last.fact.by == "us" and not last.fact.due and _GET_DONE.match(made.what)
    return bool(sent or done or (last.is_wish and _SENT.match(made.what)))


def _is_answer(last: Commitment, made: Commitment) -> bool:
    """To check and to come back by Friday is one thing to do."""
    return last.by == "us" and not last.due and bool(_ANSWERING.match(last.what) and _ANSWERING.match(made.what))


def _is_fulfilled(one: _Made, text: Text) -> bool:
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
    return one.placed.grain == "day" and low.startswith("'s ", one.end)


def _is_asap(one: Seen) -> bool:
    return bool(one.joined.instant and "asap" in one.joined.instant.marks)


def _is_bare(words: str, clause: Clause, inside: Sequence[Seen]) -> bool:
    """Whether a clause is a time and next to nothing else."""
    rest = masked(words, clause, inside).strip(" ,，.。")
    return (
        len(rest) < 10
        and not _CALLING.match(rest)
        and any(one.bound in ("before", "within") or one.placed.grain in ("day", "minute", "part") for one in inside)
    )


def _is_report(text: Text, clause: Clause, reports: Sequence[int], reported: bool) -> bool:
    """Whether what follows in this sentence is what somebody else said."""
    ended = text.low[clause.start - 1 : clause.start] in ("。", "\n", "；")
    says = bisect_left(reports, clause.start) < bisect_left(reports, clause.end)
    return says or (reported and not ended)


def _is_over(made: Commitment, inside: Sequence[Seen], text: Text, now: datetime) -> bool:
    """What was due before now is a report, not a promise."""
    due = next((one for one in inside if text.said(one.start, one.end) == made.due), None)
    if due is None:
        return False
    start = due.placed.start
    if isinstance(start, datetime):
        return start < now
    end = due.placed.end
    return start < now.date() and (end is None or (not isinstance(end, datetime) and end <= now.date()))


def _is_far_off(made: Commitment, form: Form, inside: Sequence[Seen]) -> bool:
    """What they will do in some quarter or year, said of nobody in particular, is news and no promise: 明年一季度招标."""
    return (
        made.by == "them"
        and form.way is Way.BARE
        and bool(inside)
        and all(one.placed.grain in ("quarter", "year") and not one.bound for one in inside)
    )


def _form(
    words: str, text: Text, clause: Clause, mentions: Sequence[Mention], inside: Sequence[Seen], is_then: bool
) -> Form | None:
    form = None
    if english.may_promise(words):
        due = is_then or any(one.bound in ("before", "within") or _is_asap(one) for one in inside)
        ours = _is_about_us(text.low, clause.start, mentions, text)
        quoted = bool(_OPEN_QUOTE.search(text.low, 0, clause.start))
        form = english.read(english.Setting(words, ours, bool(inside), due, quoted))
        if form and form.rule in _BARE_THINGS and _HE_SAYS.search(words):
            form = replace(form, by="them")
    return form or (chinese.read(words, clause, inside) if text.has_chinese else None)


def _is_about_us(low: str, start: int, mentions: Sequence[Mention], text: Text) -> bool:
    """Whether a clause without a subject goes on about ourselves: nobody else is the subject before it."""
    begin = max(low.rfind(mark, 0, start) for mark in ".;!?\n") + 1
    before = low[begin:start]
    ours = max((match.start() for match in _OUR_SUBJECT.finditer(before)), default=-1)
    theirs = max((match.start() for match in _THEIR_SUBJECT.finditer(before)), default=-1)
    if ours >= 0 or theirs >= 0:
        return ours > theirs
    if _DEMANDS.search(before):
        return True
    head = text.at(begin + len(before) - len(before.lstrip()))
    return not any(one.place.start == head for one in mentions)


def _commitment(
    text: Text, clause: Clause, form: Form, inside: Sequence[Seen], names: Sequence[Mention]
) -> Commitment | None:
    due = next((one for one in inside if one.bound in ("before", "within")), inside[0] if inside else None)
    found = what(text, clause, clause.start + form.start, inside, names)
    if found is None:
        return None
    said, start, end = found
    if due and _ONLY_SAYS.fullmatch(said) and (said.endswith("确认") or (not due.bound and form.by == "us")):
        return None
    if len(said) < (
        1 if due and said in ("给", "发", "交", "寄", "出", "到", "送", "做", "弄", "报", "付", "签", "补", "开") else 2
    ):
        return None
    return Commitment(
        form.by,
        said,
        text.said(due.start, due.end)
        if due and not _is_asap(due) and text.low[due.start : due.end] not in _NOW
        else None,
        Place(text.at(start), text.at(end), f"promise: {form.rule}", 0.8),
    )

# ruff: noqa: E501 -- a rule is one line
"""What was done, or is planned: the one kind that a line logs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from flows.understanding import cues
from flows.understanding.context import Context
from flows.understanding.cues import Cue
from flows.understanding.facts import Activity, Commitment, Kind, Mention, Place, Sentiment, Status, Time
from flows.understanding.lazily import lazy
from flows.understanding.moods import Moods
from flows.understanding.signs import CALLED_OFF
from flows.understanding.tasks import ONLY_TO_DO, is_task_only
from flows.understanding.text import Text
from flows.understanding.unnamed import unnamed

_WISHED: Final = lazy(
    r"(?<![a-z])(?:wants?|would like|requested|interested in|keen on|up for|open to) (?!to (?:push|move|reschedule|postpone|change|shift|bring))(?:an? |another |to |)(?:the |a |an |our |[a-z\d]+ ){0,4}$"
)
"""What somebody would like is nothing yet, until it has its time."""
_NOTE: Final = lazy(r"^\s{0,3}(?:note|fyi|memo|备注|笔记|(?:帮我)?(?:记|备注)(?:一?下|录)?)[:：,，]")
_TOLD: Final = lazy(
    r"(?: ?w/?| with) [^:,.;!?]{1,30}: ?(?:he|she|they|wants?|needs?|likes?|loves?|not|no|good|went|great)(?![a-z])|议?[ ,，:：]{0,2}(?:已经?|没人|没接|没打|里?说|对方说|反馈|(?:的?时候?|席间|期间)[^，。,；;]{0,4}(?:聊|说|提|谈|透露|问|答应)|(?:敲定|确定|讨论|明确|达成)了|回复说|聊[了得到起]|谈到|席间|went|done(?![a-z])|completed|finished|was (?:good|great|ok|short))"
)
_TOLD_LATER: Final = lazy(
    r"(?:(?!(?<![a-z])(?:once|when|after|until|till|before|if|planned|scheduled|booked|set|must|needs?|should|will|to)(?![a-z]))[^,.;:!?]){0,50}?(?<![a-z])(?:went (?:[a-z]+ )?(?:well|good|great|fine|ok|okay|smoothly|nicely|badly|bad|south)|was (?:[a-z]+ )?(?:good|great|ok|okay|short|fine|productive|useful)"
    r"|(?<!be )(?<!get )(?<!getting )(?<!it )(?<!not )(?<!n't )(?<!once )(?<!when )(?<!after )(?<!until )(?<!before )(?:is |was |now |all )?(?:done|finished|completed|over)(?= ?$| ?[,.;!]| and (?:all|they|he|she|it|everything)))(?![a-z])"
)
"""How it went, or that it is over, behind whom it was with: "weekly call with Acme done"."""
_ORDERED: Final = lazy(
    r"^[ \-*•]{0,3}(?:please |pls )?(?:call|e-?mail|text|ring|phone|visit|meet|message|whatsapp)(?! (?:call|notes?|thread|report|summary|with|w/|from|to|re|about|at|on|in|went|was|is|and|for|back|again|me|it|off)(?![a-z])| ?[:,.;-])(?= [a-z])"
)
_JUST_WRITE: Final = lazy(
    r"[ \-*•]{0,3}(?:please |pls )?(?P<en>e-?mail|text|message|whatsapp)(?: [\w'.]{1,40}){1,3}[ .!]*$"
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
    kinds = [_ahead_if_booked(text.low, one) for one in kinds]
    logged = [one for one in kinds if not ONLY_TO_DO.search(text.low[max(0, one.start - 40) : one.start])]
    logged = [one for one in logged if not _is_only_wished(text, context, moods, one, times)]
    logged = [one for one in logged if not _is_next_step(text.low, one) and not _is_their_own(text.low, one)]
    logged = [one for one in logged if not (_is_work_owed(text.low, one) or _is_promised(text, one, promises))]
    logged = [one for one in logged if not _has_not_come(text.low, one)]
    logged = logged or unnamed(text, context, moods, times, firms, people)
    ahead = tuple(one for one in times if one.is_ahead(context.now))
    done = [one for one in logged if one.value.endswith("done")]
    if done and done[0].value == "call done" and (met := _met_first(text, logged, done[0])):
        return _activity(text, met, "done")
    if done:
        return _activity(text, _gone_to_meet(text, logged, done[0], firms) or done[0], "done")
    logged = [one for one in logged if not _is_called_off(text, moods, one, times)]
    nouns = _not_given_up(moods, [one for one in logged if not one.value.endswith("done")], times)
    if nouns and (_is_of_later_clause(text, moods, nouns, times, context) or not is_task_only(text, times, tasks)):
        return _of_noun(text, moods, nouns, times, ahead)
    if not times and (writing := _JUST_WRITE.match(text.low)):
        return _activity(
            text, Cue(_MEDIUM[writing["en"] or writing["zh"]], *writing.span(), "to write to somebody"), "planned"
        )
    if is_task_only(text, times, tasks):
        return None
    return Activity("note", "done", Place(0, len(text.raw), "a note: no other kind fits", 0.6))


_LENGTH: Final = lazy(
    r"(?:\d|an? |half |two |three |five |ten |fifteen |twenty |thirty |a couple )[^,.;]{0,24}(?:with|w/)$"
)
_TO_BOOK: Final = lazy(
    r"(?<![a-z])(?:book|schedule|set up|need|needs|want|wants|wanted|grab|find|get|asked for|asking for|asks for|arrange|give (?:me|us)|block(?: off| out)?|have got|put in|would like|like)(?: me| us| him| her| them)? (?:for |about |another |half )*$"
)
"""Book half an hour with somebody: it lies ahead."""


def _ahead_if_booked(low: str, one: Cue) -> Cue:
    if one.value != "meeting done" or not _LENGTH.match(low[one.start : one.end]):
        return one
    is_booked = _TO_BOOK.search(low, max(0, one.start - 40), one.start)
    return replace(one, value="meeting") if is_booked else one


_TALKED: Final = lazy(r"(?:talked|spoke|chatted|discussed|caught up)")


_LOGGED: Final = lazy(
    r"[ \-*•]{0,3}(?:(?:hi|hey|hello|ok|so|please|pls|can you|could you)[,!]? ){0,3}(?:(?:log|add|record|note|put down|file)(?: down)?:? )?(?:an? |my |our |the |quick |short |long |good |site |team |[a-z]+day )*$"
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


def _gone_to_meet(text: Text, logged: Sequence[Cue], met: Cue, firms: Sequence[Mention]) -> Cue | None:
    """Going to a firm and seeing somebody there is one visit: 去三一见了周杰, 拜访中兴，见到了张伟."""
    if met.value != "meeting done" or not text.low.startswith(("见", "碰"), met.start):
        return None
    for one in logged:
        if one.value == "visit" and one.end <= met.start:
            return one
    for firm in firms:
        start, end = text.low_at(firm.place.start), text.low_at(firm.place.end)
        if text.low[max(0, start - 1) : start] in ("去", "到") and 0 <= met.start - end <= _AT_ONCE:
            return Cue("visit", start - 1, end, "going to a firm to see somebody")
    return None


_AT_ONCE: Final = 2
"""How soon behind the firm somebody is seen there."""


_THEIR_TALKS: Final = lazy(
    r"(?<![a-z])(?:(?!we|i)[a-z]+ (?:are|is|were|was)|they're|he's|she's|also|already) $|[a-z,] (?:after|before|once|while|when|without|by|still) $"
)
_THEIR_OWN: Final = lazy(
    r"(?:他们|她们|对方|客户|内部|董事会|领导|总部|总行|集团|院里|行里|厂里|局里|(?<![a-z])board)(?![^，。,；;]{0,6}[跟和约])[^，。,；;]{0,8}$"
)


_OF_BOARD: Final = lazy(r"(?<![a-z])(?:board|council|trustees?|shareholders?|cabinet|parish|directors)'?s? $")
"""After the board meeting: theirs."""
_BOARD: Final = lazy(r"董事|股东|党委|班子|办公会|内部|上会")


def _is_their_own(low: str, one: Cue) -> bool:
    """A meeting that they hold among themselves: 他们下周三开会定."""
    if low.startswith(("talking", "speaking"), one.start):
        return bool(_THEIR_TALKS.search(low, max(0, one.start - 24), one.start))
    if one.value == "meeting" and _OF_BOARD.search(low, max(0, one.start - 14), one.start):
        return True
    if not (low.startswith("开", one.start) and one.value == "meeting"):
        return False
    return bool(_THEIR_OWN.search(low, 0, one.start) or _BOARD.search(low, one.start, one.end))


_OWED: Final = lazy(r"(?:答应|承诺|保证|要求|让我们?|催|务必|必须)[^，。,；;]{0,12}$")
_WORKS: Final = lazy(r"过去(?:修|装|换|处理|检|调|测)$")
_AT_WORK: Final = lazy(
    r"(?:去|来|给[^，。,；;]{1,4})?(?:处理|解决|维修|修|换|更换|装|安装|调试|培训|检修|排查|取件?|收货|送货|服务)"
)


def _is_work_owed(low: str, one: Cue) -> bool:
    """Work at the customer's that was promised or asked for is a promise, not a visit in the diary: 答应三天内上门处理."""
    works = _AT_WORK.match(low, one.end) or _WORKS.search(low, one.start, one.end)
    is_training = low.startswith("培训", one.start) or _STAYS.match(low, one.start)
    return bool(is_training or (one.value == "visit" and works)) and bool(_OWED.search(low, 0, one.start))


_STAYS: Final = lazy(r"驻场(?=[\d一二两三四五])")
"""要求驻场3个人: whom they want there."""
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
        and time.is_ahead(context.now)
        for time in times
    )


def _is_promised(text: Text, one: Cue, promises: Sequence[Commitment]) -> bool:
    """What is only promised to be written is not yet in the diary: "said I'd find out and email him on Thursday"."""
    if one.value in ("meeting", "visit", "demo", "call"):
        return any("安排" in made.what and made.place.start < text.at(one.start) < made.place.end for made in promises)
    return one.value in ("email", "message") and any(
        0 < made.place.start <= text.at(one.start) < made.place.end + _AND
        and (one.start < text.low_at(made.place.end) or text.low[: one.start].endswith(" and "))
        for made in promises
    )


_AND: Final = len(" and ") + 1


_NEXT: Final = lazy(r"[,.;:!\n-][ ]{1,3}(?:then |and |so |please |pls |just )?$")
_VERB: Final = lazy(
    r"(?:call|e-?mail|text|ring|phone|visit|meet(?! (?:him|her|them)(?![a-z])[^.,;]{0,40}(?:\d ?[ap]m|\d[:.]\d\d|noon|(?<![a-z])at \d))|message|whatsapp)(?= [a-z])(?! (?:calls?|notes?|thread|report|summary|with|w/|from|to|re|about|at|on|in|went|was|is|and|for|back|again|me|it|off|set|booked|scheduled|planned|arranged|fixed|confirmed|moved|postponed|pushed|delayed|rescheduled|re-?booked|cancel+ed|shifted|brought|changed|bumped|went|tomorrow|today|tonight|next|this|set|done|over|log|centre|center|lasted|ended|was|were|has|had|mon|tue|wed|thu|fri|monday|tuesday|wednesday|thursday|friday)(?![a-z]))"
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


_GIVEN_UP: Final = lazy(r"(?:[会约访]|拜访|会议|演示|电话|培训)(?:临时|又|给|也|被)?取消")
"""What was cancelled had only been planned."""
_MEANS_TO: Final = lazy(r"(?:call|visit|meet|see|ring|phone|speak|talk|drop|pop|swing|stop)(?![a-z])")
_TO_BE_DONE: Final = lazy(r"(?<![a-z])(?:to|will|i'll|we'll|must|gonna|let's|lets) $")


def _is_planned(text: Text, moods: Moods, cue: Cue, times: Sequence[Time], ahead: Sequence[Time]) -> bool:
    """Whether the time beside a kind lies ahead, or the words beside it look ahead."""
    left, right = moods.clause(cue.start, cue.end)
    if _is_told_to_log(text, cue) and not any(
        left <= one.place.start < right for one in ahead if one.role == "activity"
    ):
        return False
    if _GOES_THERE.search(text.low, cue.start, cue.end + 1) and not any(
        left <= one.place.start < right for one in times if one.role == "past" or not _is_open(text, one, ahead)
    ):
        return True
    if _MEANS_TO.match(text.low, cue.start) and _TO_BE_DONE.search(text.low, max(0, cue.start - 8), cue.start):
        return True
    if _TOLD.match(text.low, cue.end) or _TOLD_LATER.match(text.low, cue.end):
        return False
    if _GIVEN_UP.search(text.low, max(left, 0), right):
        return True
    if _ORDERED.match(text.low) and not text.low[: cue.start].strip(" -*•").removeprefix("please").strip():
        return True
    if _TOLD_THERE.match(text.low, max(cue.end, right)) and _is_part_of_today(times, left, right):
        return False
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


_GOES_THERE: Final = lazy(r"[去跑飞]一?趟(?![了过])")


def _is_open(text: Text, one: Time, ahead: Sequence[Time]) -> bool:
    """Whether some of a stretch is still to come: 这周去一趟青岛."""
    return one in ahead or text.low.startswith(("这周", "本周", "这个月", "本月"), text.low_at(one.place.start))


_TOLD_THERE: Final = lazy(
    r"[，,。][ ]?(?:[他她]们?|对方|席间|聊到|谈到)(?:透露|说|提到|表示|觉得|反馈|答应|承诺|提了)?"
)
"""中午请她吃饭，她透露: it is over."""


def _is_part_of_today(times: Sequence[Time], left: int, right: int) -> bool:
    """Whether a clause has no day of its own, only a part of it."""
    own = [one for one in times if left <= one.place.start < right]
    return bool(own) and all(one.grain == "part" and one.place.end - one.place.start <= _A_WORD for one in own)


_A_WORD: Final = 2
_TO_LOG: Final = lazy(
    r"(?<![a-z])(?:log|record|note(?: down)?|put down|make a note of|write down|jot down) (?:an? |my |our |the )?(?:quick |short |long |good )?$"
)


def _is_told_to_log(text: Text, cue: Cue) -> bool:
    """Log a call: it has been made."""
    return bool(_TO_LOG.search(text.low, max(0, cue.start - 40), cue.start))


def _is_name(text: Text, place: int) -> bool:
    """Will, capital in the middle of a line: somebody."""
    return text.low.startswith("will", place) and text.said(place, place + 1).isupper() and place > 0


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
            and any(time.role == "activity" and time.is_ahead(context.now) for time in own)
        ):
            return True
    return False


def sentiment(
    positive: Sequence[Cue],
    negative: Sequence[Cue],
    tags: Sequence[str],
    stage: str | None = None,
    churning: bool = False,
) -> Sentiment:
    """Good words, bad words, or both; a good word inside a bad one does not count. Won is good and lost is bad by itself, as is who may leave."""
    good = [one for one in positive if not any(bad.start <= one.start < bad.end for bad in negative)]
    hot = any(tag.lower() in ("hot", "高意向", "重点", "vip", "won", "champion") for tag in tags)
    if negative and good:
        return "mixed"
    if negative:
        return "negative"
    if (stage == "lost" or churning) and not good:
        return "negative"
    return "positive" if good or hot or stage == "won" else "neutral"

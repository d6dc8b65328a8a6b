# ruff: noqa: E501 -- a rule is one line
""" "No, it was a visit", "sorry, I meant Globex": what was logged last is put right by what is said next."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from bot.core.messages import Reply
from flows.activities.actions import move_to, of
from flows.activities.called_off import calls_off
from flows.activities.cards import card_of, logged_card
from flows.activities.corrections import corrected, edit, said_anew
from flows.activities.lines import meant, understood
from flows.activities.rules import plan, time_named
from flows.activities.sums import sum_alone
from flows.activities.words import KINDS
from flows.arguments import READERS, Found, When
from flows.deals.moving import bare_sum
from flows.promises.actions import move as promise_moved
from flows.reminders.actions import move
from flows.reminders.moving import is_hour, without_same_hour
from flows.replies import below
from flows.router import NOT_MINE
from flows.turn import Turn
from flows.understanding import Reading
from flows.understanding.characters import is_chinese
from flows.understanding.lazily import lazy
from flows.undo.actions import last as last_act
from store.models import Activity, Customer, Promise

_WRONG = lazy(
    r"(?:(?:no|sorry|oops),? )?(?:(?:that|it|this|the last one)(?:'s| is| was) (?:wrong|not right|incorrect|a mistake)|(?:that(?:'s| was) )?(?:the )?wrong (?:customer|client|company|firm|person|one|date|day|time))[.!]*|(?:oops,? )?(?:wrong|incorrect)[.!]*"
    r"|(?:客户|公司|人|时间|日期)(?:记|写|说|搞|弄)?错了?[。！!]*|(?:记|写|说|搞|弄)错(?:客户|公司|人|时间|日期)了?[。！!]*|(?:刚才|刚刚|上一?条|那条|这条|刚才那条)*(?:记|写|说|搞)?错了?[。！!]*|不对[。！!]*",
    re.IGNORECASE,
)
FRESH = timedelta(minutes=30)
"""So long a sentence may still be about what was logged last."""
NAMED_WITHIN = timedelta(days=1)
"""So long a log is corrected by naming it."""
AHEAD = timedelta(days=400)
"""So far ahead something may be planned."""
_NAMED = lazy(
    r"^\s*(?:(?:correction|to correct(?: myself| that)?)\s*[:,.;-]\s*|(?:no|sorry|oops|actually|wait|my (?:mistake|bad))\s*[,:;.]\s*(?=(?:the|my|our|that|this) (?:\w+ )?(?:call|meeting|visit|e-?mail|message|demo|lunch|note)\b)"
    r"|(?:更正(?:一下)?|纠正(?:一下)?|(?:我)?(?:刚才|刚刚)?[说写记搞]错了)[，,。：:！! ]+)(?P<rest>(?!(?:it|that|this)(?:['’]s| was| is| should)\b|应该是|其实是|是).+)$",
    re.IGNORECASE | re.DOTALL,
)
"""What says that a log is put right which is named by what follows."""
_TIMES = r"(?:yesterday|today|this (?:morning|afternoon)|last (?:night|week|\w+day)|(?:on )?\w+day|at \d|\d)"
_WAS_THEN = lazy(
    rf"^\s*(?P<what>(?:the|my|our|that) (?:\w+ )?(?:call|meeting|visit|e-?mail|message|demo|lunch)\b (?:with|to|at|from) .{{1,60}}?) (?:was|happened|took place|should (?:be|have been)) (?:actually |really )?(?P<when>{_TIMES}.{{0,20}}?)(?:,? (?:and )?not .{{1,20}})?[.!]*$"
    r"|^\s*(?P<what_zh>(?:[跟和与给]|上次)?.{1,20}?(?:那[次个通场]|这[次个通场]|的)(?:电话|通话|拜访|走访|会议?|会面|见面|演示|邮件))(?:其实|应该|实际上)?是?(?:在)?(?P<when_zh>(?:昨|前|今|大前|上|周|星期|\d|[一二三四五六七八九十]+月).{0,12}?)(?:[打开做去]?的)?(?:[，,]?不是.{1,8})?[。！!]*$",
    re.IGNORECASE,
)
"""A log that is named only to say when it was: "the visit to Acme was yesterday, not today"."""
_IN_PERSON = ("meeting", "visit", "demo")
"""Kinds of which one is easily said for another."""
_ANEW = r"(?:i mean(?:t)?|(?:(?:it|that|this) (?:was|is|should (?:be|have been))|it['’]s)|make (?:that|it)|should (?:be|have been)|change (?:it |that |the )?(?:customer |kind |type |time |date |amount |sum )?to)"
_DAY = r"(?:on |next |this |at )?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|tomorrow|yesterday|(?:at )?\d{1,2}(?::\d\d)? ?(?:[ap]m)?"
_ENGLISH = lazy(
    rf"^\s*(?:(?:no+|nope|sorry|oops|wait|correction|actually|my (?:mistake|bad))(?:\s*[,.;:!-]\s*|\s+(?={_ANEW}\b|{_DAY}\b)))*(?:{_ANEW}\b\s*)?",
    re.IGNORECASE,
)
_CHINESE = lazy(
    r"^\s*(?:(?:刚才|刚刚|上一?|那|这)的?[那这上]?一?[条个笔](?:记录)?(?=[说写记搞]?错))?(?:(?:不对|不是|错了|说错了|写错了|记错了|搞错了|抱歉|更正(?:一下)?)(?:[，,。：:！! ]+|(?=应该是|是|改成|改为)))*(?:应该是|其实是|改成|改为|(?<=[对错歉了 ，,])是(?=.{1,8}$)|是(?=.{1,4}$))?"
)
"""What says that something is put right; only a few words may follow, else the sentence is a log of its own."""
_AFTERTHOUGHT = lazy(r"[, ]+(?:actually|in fact|sorry|instead|though)$", re.IGNORECASE)
_BEFORE = lazy(r"[,，]? ?\b(?:and )?(?:not|instead of|rather than)\b.*$|[,，]?(?:而不是|不是|而非).*$", re.IGNORECASE)
"""What it was taken for."""
_RATHER = lazy(
    r"^\s*(?:(?:no|nope|sorry|oops|wait|actually)[,.! ]+)*(?:(?:it|that)(?:['’]s| was| is) )?not (?:with |at |from )?(?P<old>.{1,60}?)[,;.]? (?:but |it(?:['’]s| was) |that was |rather )?(?:with |at |from )?(?P<new>.{1,60}?)[.! ]*$"
    r"|^\s*(?:(?:不对|错了|说错了)[，,。！! ]+)?不是(?:跟|和)?(?P<old_zh>.{1,30}?)[，,、; ]*(?:而?是|应该是)(?:跟|和)?(?P<new_zh>.{1,30}?)[。！! ]*$",
    re.IGNORECASE,
)
"""One customer instead of another: "not Delta, Delta Electronics"."""
_FEW, _SHORT = 3, 10
"""Words, and Chinese characters, of which a correction has no more."""
_LEAD = r"(?:(?:no|nope|sorry|oops|wait|actually|correction|i mean(?:t)?|make (?:it|that)|(?:it|that)(?:['’]s| is| was)|(?:it |that )?should (?:be|have been))[,.:! ]+)"
_LEAD_ZH = r"(?:(?:不对|不是|错了|[说写记打]错了|应该是?|更正(?:一下)?|改成|其实)[，,。：: ]*)"
_COUNT = r"(?P<new>\d[\d.,]*\d|\d)\s?(?P<unit>%|[a-z]+|[\u3400-\u9fff])?"
_RECOUNTED = tuple(
    lazy(rf"\s*{words}[.!。！ ]*", re.IGNORECASE)
    for words in (
        rf"{_LEAD}*{_COUNT}(?: [a-z]+)?,? (?:and )?(?:not|instead of|rather than) (?P<old>\d[\d.,]*)(?: ?(?:%|[a-z]+))?",
        rf"{_LEAD}*not (?P<old>\d[\d.,]*?)(?: ?(?:%|[a-z]+))?[,;]? (?:but |it['’]?s )?{_COUNT}",
        rf"{_LEAD}+{_COUNT}(?:,? actually|,? sorry)?",
        rf"{_LEAD_ZH}*是?{_COUNT}[，, ]*(?:而?不是)(?P<old>\d[\d.,]*)[\u3400-\u9fff%]?",
        rf"(?:不对[，, ]*)?不是(?P<old>\d[\d.,]*)[\u3400-\u9fff%]?[，, ]*(?:而?是){_COUNT}",
        rf"{_LEAD_ZH}+是?{_COUNT}",
    )
)
"""Another number for one that was said: "30 pumps, not 20", 不对，是30台."""
_CLOCK = frozenset(
    ("am", "pm", "h", "o", "st", "nd", "rd", "th", "点", "时", "号", "日", "月", "分", "年", "min", "mins")
)
"""What makes a number a time."""
_KIND = {
    "call": r"call|phone|电话|通话",
    "meeting": r"meeting|lunch|dinner|会议|[的次个场]会(?![员计])|开会|见面|会面|吃饭",
    "visit": r"visit|拜访|上门|走访",
    "email": r"e-?mail|邮件",
    "message": r"message|text|whatsapp|wechat|微信|短信|消息",
    "demo": r"demo|演示",
    "note": r"note|备注|笔记",
}


def again(turn: Turn, words: str) -> Any:
    """The card as it is after the correction; NOT_MINE when the sentence corrects nothing.

    What promises something too, or changes no fact, stands beside what was said before.
    """
    if (named := _NAMED.match(words)) and (found := _the_one(turn, named["rest"])) is not None:
        reading = understood(turn, named["rest"], turn.at)
        outcome = NOT_MINE if reading.commitments else _changed(turn, found, named["rest"], reading)
        if outcome is not NOT_MINE:
            return outcome
        if not _is_short(named["rest"]):
            return said_anew(turn, found, f"{found.text}\n{named['rest']}"[:4000])
    if (then := _WAS_THEN.match(words)) and (found := _in_person(turn, then)) is not None:
        was = time_named(understood(turn, then["when"] or then["when_zh"], turn.at), turn.local, past=True)
        if was is not None and was <= turn.local:
            return corrected(turn, of(turn, turn.work.change(found, at=was)))
    if (rather := _RATHER.match(words)) and (other := _of_another(turn, rather)) is not None:
        return other
    if bare_sum(words) and (act := last_act(turn)) is not None and act.card.startswith("deal:"):
        return NOT_MINE  # the deal's own sum is meant
    if (number := _other_number(words)) and (recounted := _recounted(turn, number)) is not None:
        return recounted
    if (resummed := _other_sum(turn, words)) is not None:
        return resummed
    wrong, rest = _WRONG.fullmatch(words.strip()), _put_right(words)
    if not (wrong or rest) or (last := _last(turn)) is None:
        return NOT_MINE
    if wrong:
        return edit(turn, last.id)
    return _changed(turn, last, rest, understood(turn, rest, turn.at))


def _was_last(turn: Turn, activity: Activity) -> bool:
    """Nothing else was done since it was logged."""
    change = last_act(turn)
    return change is not None and change.card == card_of(activity.id)


def put_off(turn: Turn, when: str) -> Any:
    """ "Move it to Friday": the meeting that was planned last, or what the last log reminds of; NOT_MINE without one."""
    last, day = _last(turn), without_same_hour(when).strip(" .!。！")
    if last is None or not isinstance(READERS[When](turn, day), Found):
        return NOT_MINE
    newest = last
    if calls_off(last.text):
        planned = turn.work.find(Activity, customer=last.customer, member=turn.me().id, status="planned")
        last = next((one for one in reversed(planned) if one.at > turn.now), last)
    open_one = any(one.state == "open" for one in turn.work.reminders.of_activity(last.id))
    if last.status != "planned" and not open_one:
        return NOT_MINE
    outcome = _changed(turn, last, day, understood(turn, day, turn.at))
    return below(turn, outcome) if last is not newest and isinstance(outcome, Reply) else outcome


def moved_to(turn: Turn, planned: Activity, when: str) -> Any:
    """What is planned is at another time, and so is what rings for it; a bare day keeps the hour."""
    day = without_same_hour(when).strip(" .!。！")
    outcome = _changed(turn, planned, day, understood(turn, day, turn.at))
    return below(turn, outcome) if isinstance(outcome, Reply) else outcome


def _of_another(turn: Turn, rather: re.Match[str]) -> Any:
    """The last log with the customer that it was really about; None where the words name no two customers."""
    last = _last(turn)
    old, new = (_called(turn, rather[of] or rather[f"{of}_zh"]) if last else [] for of in ("old", "new"))
    if last is None or len(new) != 1 or last.customer not in [one.id for one in old] or new[0].id == last.customer:
        return None
    return corrected(turn, move_to(turn, last, new[0]))


def _called(turn: Turn, name: str) -> list[Customer]:
    """Who bears exactly this name, else whom the words may mean."""
    named = turn.work.search.customers(turn.work.search.named([name]).get(name, []))
    return [one for one in named if one.state == "active"] or meant(turn, understood(turn, name, turn.at))


def _in_person(turn: Turn, then: re.Match[str]) -> Activity | None:
    """The log whose time is put right; a meeting may have been logged as a visit, where there is no other."""
    what = then["what"] or then["what_zh"]
    kinds, found = kinds_named(what), _the_one(turn, what)
    if found is None or not kinds or found.kind == kinds[0]:
        return found
    others = [one for one in _logged(turn, NAMED_WITHIN) if one.customer == found.customer and one.kind in _IN_PERSON]
    return others[0] if kinds[0] in _IN_PERSON and len(others) == 1 else None


def _changed(turn: Turn, last: Activity, rest: str, reading: Reading) -> Any:
    """The log with what the words say otherwise; NOT_MINE when they say nothing new."""
    customers, changed, before = meant(turn, reading), last, turn.work.writes
    if len(customers) == 1 and customers[0].id != last.customer:
        changed = move_to(turn, last, customers[0]).activity
    kind = [last.kind, *kinds_named(rest)][-1]
    if kind in KINDS and kind != changed.kind:
        changed = turn.work.change(changed, kind=kind)
    planned = plan(reading, turn.local)
    changed = _at_another_time(turn, changed, reading) or changed
    if planned.amount is not None and planned.amount != changed.amount:
        changed = turn.work.change(changed, amount=planned.amount, currency=planned.currency or turn.workspace.currency)
    return corrected(turn, of(turn, changed)) if turn.work.writes != before else NOT_MINE


def _other_number(words: str) -> re.Match[str] | None:
    """A number that is said to be another; no time."""
    match = next((match for pattern in _RECOUNTED if (match := pattern.fullmatch(words))), None)
    return match if match and (match["unit"] or "").casefold() not in _CLOCK else None


def _recounted(turn: Turn, number: re.Match[str]) -> Any:
    """What was logged last with the other number in it; None where that was not the member's last act."""
    newest = _last(turn)
    if newest is None or not _was_last(turn, newest):
        return None
    if sentence := _with_number(newest.text, number):
        return said_anew(turn, newest, sentence)
    return below(turn, logged_card(turn, of(turn, newest))) if _has_number(newest.text, number) else None


def _other_sum(turn: Turn, words: str) -> Any:
    """ "Make it 57900": another sum for the one in what was logged last; None where that was no act with a sum."""
    said = bare_sum(words)
    newest = _last(turn) if said else None
    if newest is None or not newest.amount or not _was_last(turn, newest):
        return None
    amount = sum_alone(said)
    if amount is None or not (0 < amount < _MOST) or round(amount) < 100:
        return None
    changed = turn.work.change(newest, amount=round(amount))
    return corrected(turn, of(turn, changed))


_MOST = 10**12


def _has_number(sentence: str, number: re.Match[str]) -> bool:
    """Whether it has been put right so already: the same was said twice."""
    said = re.findall(r"\d[\d.,]*(?<![.,])", sentence)
    return number["new"] in said and number.groupdict().get("old") not in said


def _with_number(sentence: str, number: re.Match[str]) -> str:
    """The sentence with the other number in its place; empty where that is not clear."""
    unit = (number["unit"] or "").casefold()
    old, new = (number.groupdict().get("old") or "").rstrip(".,"), number["new"].rstrip(".,")
    behind = rf"\s?{re.escape(unit.rstrip('s'))}" if unit and not old else ""
    known = re.escape(old) if old else r"\d[\d.,]*"
    places = list(re.finditer(rf"(?<![\d.,:])(?P<n>{known})(?![\d:])(?={behind})", sentence, re.IGNORECASE))
    if len(places) != 1 or not (old or unit) or places[0]["n"] == new:
        return ""
    return sentence[: places[0].start()] + new + sentence[places[0].end() :]


def kinds_named(words: str) -> list[str]:
    """The kinds of contact that the words name, in their order: of two the last is what it really was."""
    found = {kind: re.search(pattern, words, re.IGNORECASE) for kind, pattern in _KIND.items()}
    return [kind for _at, kind in sorted((match.start(), kind) for kind, match in found.items() if match)]


def _the_one(turn: Turn, words: str) -> Activity | None:
    """The log of the last day that is named by its customer, the newest of the kind that is named first."""
    customers, kinds = meant(turn, understood(turn, words, turn.at)), kinds_named(words)
    if len(customers) != 1 or (_is_short(words) and not kinds):
        return None
    found = [one for one in _logged(turn, NAMED_WITHIN) if one.customer == customers[0].id]
    alike = [one for one in found if kinds and one.kind == kinds[0]]
    return max(alike or found, key=lambda one: one.id, default=None)


def _at_another_time(turn: Turn, last: Activity, reading: Reading) -> Activity | None:
    """What lies ahead is about the reminder or the promise in the log, unless the activity itself lies ahead."""
    at = time_named(reading, turn.local, past=False)
    if at is None:
        return None
    if at <= turn.local:
        return turn.work.change(last, at=at)
    reminders = [one for one in turn.work.reminders.of_activity(last.id) if one.state == "open"]
    promises = [one for one in turn.work.find(Promise, activity=last.id, state="open") if one.due]
    if last.status == "planned":
        at = _on(turn, last.at, at, reading)
        for reminder in reminders:
            move(turn, reminder, reminder.due + (at - last.at))
        return turn.work.change(last, at=at)
    if len(reminders) == 1:
        move(turn, reminders[0], _on(turn, reminders[0].due, at, reading))
    elif len(promises) == 1 and promises[0].due and not reminders:
        promise_moved(turn, promises[0], _on(turn, promises[0].due, at, reading))
    elif (happened := time_named(reading, turn.local, past=True)) is not None and happened <= turn.local:
        return turn.work.change(last, at=happened)
    return None


def _on(turn: Turn, before: datetime, at: datetime, reading: Reading) -> datetime:
    """A bare day keeps the hour, and a bare hour the day."""
    fact = reading.times[0]
    if is_hour(fact.text) and isinstance(fact.start, datetime):
        then, hour = before.astimezone(turn.zone), at.astimezone(turn.zone)
        kept = then.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
        return kept if kept > turn.local else at
    if isinstance(fact.start, datetime) or fact.at:
        return at
    hour = before.astimezone(turn.zone)
    return at.replace(hour=hour.hour, minute=hour.minute)


def _put_right(words: str) -> str:
    """What follows the words of a correction, where that is little enough to be one."""
    match = (_CHINESE if is_chinese(words.strip()[:1]) else _ENGLISH).match(words)
    rest = words[match.end() :].strip(" .!。！") if match and match[0].strip() else ""
    rest = _AFTERTHOUGHT.sub("", _BEFORE.sub("", rest))
    rest = f"at {rest}" if rest.isdigit() and is_hour(rest) else rest
    return rest if _is_short(rest) else ""


def _is_short(rest: str) -> bool:
    return len(rest.split()) <= _FEW and sum(map(is_chinese, rest)) <= _SHORT


def _last(turn: Turn) -> Activity | None:
    """What this member logged or planned last, while it is fresh."""
    return max(_logged(turn, FRESH), key=lambda one: one.id, default=None)


def _logged(turn: Turn, within: timedelta) -> list[Activity]:
    """What this member has written down so lately."""
    found = turn.work.activities.of_member(turn.me().id, turn.now - timedelta(days=40), turn.now + AHEAD)
    return [one for one in found if turn.now - one.logged <= within]

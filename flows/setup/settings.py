# ruff: noqa: E501 -- a rule is one line
"""One's own settings: language, time zone, quiet hours, the hour of the morning brief."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, lines, moment
from bot.core.text import gettext as _
from flows import asking
from flows.arguments import READERS, Found, Rest, When, Word
from flows.asides import without_filling
from flows.clocks.reading import Misread, hours_in
from flows.reminders.actions import follow_zone
from flows.reminders.day import plan_brief
from flows.replies import below
from flows.router import EVERYONE, MEMBERS, NOT_MINE, NotMine, command, heard, press
from flows.turn import Turn
from flows.understanding.characters import is_chinese
from flows.understanding.colloquial import clocks
from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE
from flows.words import language_of
from store.models import Member

LANGUAGE_WORDS = {"en": "en", "english": "en", "英文": "en", "英语": "en"} | {
    word: "zh" for word in ("zh", "cn", "chinese", "中文", "汉语", "简体中文")
}
_ASKED = r"(?:hi|hello|sorry)?[,!. ]*(?:(?:can|could|may|shall|would) (?:we|you|i) )?(?:please )?"
_SPEAK = lazy(
    rf"^(?=.*(?:\b(?:speak|talk|write|switch|change|use|answer|reply|continue|in|to|please)\b|[说讲用换改])){_ASKED}"
    r"(?:(?:speak|talk|write|switch|change|use|answer|reply|continue)\b(?: with me| to me)?)?(?: ?(?:in|to))? ?"
    r"(?P<en>english|chinese|mandarin)(?: please| only| now)*[?.! ]*$"
    r"|^(?:请|能|可以|能不能|可不可以|麻烦)?(?:你|您)?(?:说|讲|用|换成?|切换[到成]?|改成?)(?P<zh>英文|英语|中文|汉语|普通话)"
    r"(?:说|回复|交流|聊|沟通)?(?:吧|吗|可以吗|好吗|谢谢)?[。？?!！]*$",
    re.IGNORECASE,
)
_CLOCK = lazy(r"([0-9]{1,2})(?::([0-9]{2}))?")
_HOUR = r"(?:凌晨|早上|早晨|上午|中午|下午|晚上|夜里|晚|早)?\d{1,2}(?:[:.：]\d\d)?(?:[点时](?:半|\d{1,2}分?)?)?\s?(?:[ap]\.?m\.?)?"
_FROM_TO = rf"(?P<start>{_HOUR})\s?(?:-|–|~|to|till|until|and|到|至)\s?(?:第二天|次日)?(?P<end>{_HOUR})"
_QUIET = tuple(
    lazy(PLEASE + words + r"[.!。！ ]*", re.IGNORECASE)
    for words in (
        rf"(?:(?:set|make|change|put) )?(?:my )?quiet(?: hours?| time)?(?: are| is| to| from| between|:)* ?{_FROM_TO}",
        rf"(?:(?:do not|don['’]?t|never) (?:disturb|bother|ping|message|write) me|be quiet|leave me alone)(?: from| between)? {_FROM_TO}",
        rf"(?:把)?(?:我的)?(?:免打扰|勿扰|静音|安静)(?:时间|时段|模式)?(?:是|为|从|改成|改为|设为|设成|设置为|：|:)*{_FROM_TO}",
        rf"(?:从)?{_FROM_TO}(?:之间|期间)?(?:请)?(?:不要|别|勿|免)(?:来)?(?:打扰|发消息|烦)(?:我)?",
    )
)
_QUIET_AFTER = lazy(
    PLEASE
    + rf"(?:每天)?(?P<start>{_HOUR})(?:以后|之后|过后|后)(?:都)?(?:请)?(?:就)?(?:不要|别|勿)(?:再)?(?:来|给我)?(?:打扰|发消息|发|烦|吵|推送)(?:给)?我?(?:消息)?了?[.!。！ ]*"
)
"""Until when is not said: until it ended so far, else eight."""
_NEVER_QUIET = lazy(
    PLEASE
    + r"(?:(?:no|turn off|switch off|remove)(?: my)? quiet hours|(?:取消|关闭|不要|关掉)(?:免打扰|勿扰)(?:时间|时段)?)[.!。！ ]*",
    re.IGNORECASE,
)
_BRIEF = tuple(
    lazy(PLEASE + words + r"[.!。！ ]*", re.IGNORECASE)
    for words in (
        rf"(?:(?:send|give|set|move|change|make|i want|i(?:['’]d| would) like)(?: me)? )?(?:the |my |a )?(?:morning |daily )?brief(?:ing)?(?: comes?| to come| should come| be| to be)?(?: at| to| for| from|:)* (?P<at>{_HOUR})",
        rf"(?:把)?(?:我的)?(?:早间)?(?:早报|晨报|简报)(?:时间)?(?:改成|改为|改到|改在|调到|设为|设成|设在|在|：|:)*(?P<at>{_HOUR})(?:发|推送|给我|发给我|来)?",
    )
)


@command("settings", help=_("Language, time zone, quiet hours"), for_=MEMBERS, words=("settings", "设置"), rooms=False)
def settings(turn: Turn) -> Reply:
    return _settings(turn)


def _settings(turn: Turn) -> Reply:
    me, words = turn.me(), turn.words
    quiet = _("{start} to {end}", start=_clock(me.quiet_from), end=_clock(me.quiet_until))
    text = lines(
        bold(_("Your settings")),
        _("Language: {language}", language=_("English") if words.language == "en" else _("Chinese")),
        _("Time zone: {zone}, now {now}", zone=words.zone, now=moment(turn.now, "time")),
        _("Quiet hours: {hours}", hours=quiet if me.quiet_from != me.quiet_until else _("none")),
        _("Morning brief: {time}", time=_clock(me.brief_at)),
        _("Change the zone with {example}.", example=code("/zone Asia/Shanghai")),
        _("Choose what I tell you unasked with {example}.", example=code("/mute")),
    )
    choices = [Option(_("English"), "language:en"), Option(_("Chinese"), "language:zh")]
    quiet_options = [Option(_("Quiet 21–8"), "quiet:1260:480"), Option(_("Never quiet"), "quiet:0:0")]
    return Reply(text, (*choices, *quiet_options), card=f"settings:{me.id}")


def _mine(turn: Turn, label: Text, **values: Any) -> None:
    """Changes what is one's own, so that the next undo takes this back and not what was logged before it."""
    turn.member = turn.work.change_own(turn.me(), **values)
    turn.__dict__.pop("words", None)
    turn.did(label)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@press("language", for_=MEMBERS)
def language(turn: Turn, code: str) -> Reply:
    _mine(turn, _("your language"), language=language_of(code))
    return _settings(turn)


@press("quiet", for_=MEMBERS)
def quiet(turn: Turn, start: int, end: int) -> Reply:
    _mine(turn, _("your quiet hours"), quiet_from=start % 1440, quiet_until=end % 1440)
    return _settings(turn)


@heard("first", for_=MEMBERS)
def hours_said(turn: Turn, said: Said) -> Reply | Text | NotMine:
    """ "Quiet hours from 8pm to 7am", 早报7点发: one's own hours in a sentence."""
    if not asking.may_order(turn, said):
        return NOT_MINE
    words = said.text.strip()
    words = clocks(words) if is_chinese(words[:1]) else words
    if _NEVER_QUIET.fullmatch(words):
        return below(turn, quiet(turn, 0, 0))
    span = next((match for one in _QUIET if (match := one.fullmatch(words))), None)
    at = next((match for one in _BRIEF if (match := one.fullmatch(words))), None)
    after = _QUIET_AFTER.fullmatch(words)
    try:
        if after is not None:
            start, end = _blocks(f"{after['start']}-23:59")[0], turn.me().quiet_until or 8 * 60
            return below(turn, quiet(turn, start, end))
        if span is not None:
            start, end = _blocks(f"{span['start']}-{span['end']}")
            return below(turn, quiet(turn, start, end))
        if at is not None:
            minutes = _blocks(f"{at['at']}-23:59")[0]
            return below(turn, _brief_from(turn, minutes))
    except Misread:
        return NOT_MINE
    return NOT_MINE


def _blocks(span: str) -> tuple[int, int]:
    """First and last minute of a span of hours; raises Misread."""
    return next(iter(hours_in(span.replace(".", ":"), date.min).values()))[0]


def _brief_from(turn: Turn, minutes: int) -> Reply:
    _mine(turn, _("the hour of your morning brief"), brief_at=minutes % 1440)
    plan_brief(turn, turn.me())
    return _settings(turn)


@command("zone", help=_("Your time zone"), example=_("/zone Europe/Berlin"), for_=MEMBERS, rooms=False)
def zone(turn: Turn, zone: Rest) -> Reply | Text:
    found = find_zone(zone)
    if found is None:
        return _("I know no zone “{zone}”. Example: {example}", zone=zone[:40], example=code(_("/zone Europe/Berlin")))
    before = turn.words.zone
    _mine(turn, _("your time zone"), zone=found)
    if before != found:
        moved(turn, turn.me())
    return _settings(turn)


def find_zone(said: str) -> str | None:
    """The zone of that name, or of that city."""
    wanted = said.strip().replace(" ", "_").casefold()
    known = {name.casefold(): name for name in available_timezones()}
    return known.get(wanted) or next(
        (name for key, name in sorted(known.items()) if key.split("/")[-1] == wanted), None
    )


def moved(turn: Turn, member: Member) -> None:
    """What rings by the member's clock follows it: reminders, and the morning brief."""
    follow_zone(turn, member)
    plan_brief(turn, member)


@command("brief", help=_("When the morning brief comes"), example=_("/brief 8:30"), for_=MEMBERS, rooms=False)
def brief_at(turn: Turn, time: Rest) -> Reply | Text:
    at = _clock_in(turn, time)
    if at is None:
        return _("“{time}” is no time of day. Example: {example}", time=time[:40], example=code(_("/brief 8:30")))
    return _brief_from(turn, at)


def _clock_in(turn: Turn, said: str) -> int | None:
    """The minute of the day, in digits or as it is said: "8.30", "half past eight", 早上八点半."""
    if found := _CLOCK.fullmatch(said.replace("：", ":").replace(".", ":").strip()):
        return int(found[1]) * 60 + int(found[2] or 0) if int(found[1]) < 24 and int(found[2] or 0) < 60 else None
    outcome = READERS[When](turn, f"{'明天' if is_chinese(said.strip()[:1]) else 'tomorrow '}{said}")
    if not isinstance(outcome, Found) or outcome.value.rule or without_filling(outcome.rest):
        return None
    due: datetime = outcome.value.due.astimezone(turn.zone)
    morning = due.hour >= 12 and not _LATE.search(said)
    return (due.hour - 12 * morning) * 60 + due.minute


_LATE = lazy(r"\bp\.?m\b|afternoon|evening|night|noon|晚|下午|中午|夜", re.IGNORECASE)
"""Without these half past seven is in the morning, as the brief is."""


@command(
    "language",
    help=_("English or Chinese"),
    example=_("/language zh"),
    for_=EVERYONE,
    words=("english", "中文"),
)
def speak(turn: Turn, language: Word | None = None) -> Reply | Text | NotMine:
    body, open_talk = turn.event.body if turn.event else None, turn.conversation and turn.conversation.dialog
    if isinstance(body, Said) and open_talk and open_talk.get("step") == "language":
        return NOT_MINE
    wanted = LANGUAGE_WORDS.get((language or (body.text if isinstance(body, Said) else "")).strip().casefold())
    if wanted is None:
        why = _("I speak no “{language}” yet.", language=language[:40]) if language else None
        choices = (Option(_("English"), "speak:en"), Option(_("Chinese"), "speak:zh"))
        example = _("Example: {example}", example=code("/language zh")) if language else None
        return Reply(lines(why, _("English or Chinese?"), example), choices)
    return _speak(turn, wanted)


@heard("first", for_=EVERYONE)
def asked_to_speak(turn: Turn, said: Said) -> Text | NotMine:
    """ "English please", 请说中文: said to us, and nothing else."""
    found = _SPEAK.match(said.text.strip()) if turn.private else None
    talk = turn.conversation.dialog if turn.conversation else None
    if found is None or (talk and talk.get("step") == "language"):
        return NOT_MINE
    word = (found["en"] or found["zh"]).casefold()
    return _speak(turn, "en" if word in ("english", "英文", "英语") else "zh")


@press("speak", for_=EVERYONE)
def speak_pressed(turn: Turn, code: str) -> Reply | Text:
    return _speak(turn, language_of(code))


def _speak(turn: Turn, wanted: str) -> Text:
    if turn.member is not None and turn.private:
        _mine(turn, _("your language"), language=wanted)
    elif turn.conversation is not None:
        turn.conversation = turn.work.change(turn.conversation, language=wanted)
    turn.__dict__.pop("words", None)
    return _("I speak English here now.")

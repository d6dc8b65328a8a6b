# ruff: noqa: E501 -- a rule is one line
"""What people say about who gets what: rules, duty, deputies, load, skills, and what waits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.core.messages import Reply, Said
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows import asking
from flows.arguments import READERS, Colleague, Found, Missing, Rest, colleague
from flows.replies import below
from flows.router import EDITORS, MANAGERS, MEMBERS, NOT_MINE, NotMine, command, heard
from flows.routing import cards, setting
from flows.routing.away import Away, away_in, nothing_else, says_away, says_back, says_of_somebody, says_of_them
from flows.routing.conditions import SKILLS, Misread, skill_of, to_cel
from flows.routing.duty import come_back, go_away, here_again, planned_card
from flows.turn import Turn
from flows.understanding import Context, Time, read_time
from flows.understanding.lazily import lazy
from store.models import Member, Tag

Outcome = Reply | Text
MOST_SKILLS = 12
_OFF = {"off", "remove", "delete", "删除", "取消", "关闭"}
_GOES = re.compile(
    r"\s*(?:\b(?:go(?:es)?|is|are given|given)\s+to\b|→|->|=>|\bto\b|交给|分给|派给|转给|分配给|由|给)\s*", re.I
)
_ACCEPT = re.compile(r"(?:accept|taken?|接单|接受|认领)\s*(?:within|in|时限)?\s*[:：]?\s*(?P<value>.+)", re.I | re.S)
_NUMBER = re.compile(r"(?P<n>\d{1,3})")


@command(
    "route",
    help=_("Who gets which requests"),
    example=_("/route fault Bob, Carl"),
    for_=MANAGERS,
    words=("routing", "route", "分单规则", "派单规则", "分单", "派单"),
    rooms=False,
)
def route(turn: Turn, words: Rest | None = None) -> Outcome:
    said = (words or "").strip()
    if not said:
        return cards.rules_card(turn)
    if accept := _ACCEPT.fullmatch(said):
        return setting.set_accept(turn, accept["value"].strip())
    head, _space, rest = said.partition(" ")
    if head.casefold() in _OFF and rest.strip().isdigit():
        return setting.remove_numbered(turn, int(rest))
    read = _rule_in(turn, said)
    if isinstance(read, Text):
        return lines(read, _("Example: {example}", example=code(_("/route fault Bob, Carl"))), _names_hint())
    condition, words_, members = read
    return setting.set_rule(turn, condition, words_, members)


def _names_hint() -> Text:
    return _(
        "What a rule may ask for: {words}; or CEL, as {cel}.",
        words="fault, complaint, urgent, vip, tier:A, #tag, language:zh, source:telegram, industry:auto",
        cel=code('kind == "fault" && tier == "A"'),
    )


def _rule_in(turn: Turn, said: str) -> tuple[str, str, list[Member]] | Text:
    """The condition, its words, and whom it names; else what is wrong, in one sentence."""
    if (parted := _GOES.search(said)) and (names := _names(said[parted.end() :])):
        found = {name: setting.named(turn, name) for name in names}
        if missing := next((name for name, member in found.items() if member is None), None):
            return _("Nobody here is called “{name}”.", name=missing[:40])
        return _condition(said[: parted.start()], [member for member in found.values() if member])
    problem: Text | None = None
    words = said.split()
    for at in range(1, len(words)):
        members = [setting.named(turn, name) for name in _names(" ".join(words[at:]))]
        if members and all(members):
            read = _condition(" ".join(words[:at]), [member for member in members if member])
            if not isinstance(read, Text):
                return read
            problem = problem or read
    return problem or _("Who gets it? Name one colleague, or several.")


def _condition(words: str, members: list[Member]) -> tuple[str, str, list[Member]] | Text:
    try:
        return to_cel(words), " ".join(words.split()).strip(" ,，:："), members
    except Misread as part:
        return _("I don't know what “{word}” says about a request.", word=str(part)[:60])


def _names(words: str) -> list[str]:
    return [part.strip(" @") for part in re.split(r"[,，、;/&]|\band\b|和|或|\bor\b", words) if part.strip(" @。.")]


@heard("said", for_=MANAGERS)
def told_who_gets_what(turn: Turn, said: Said) -> Outcome | NotMine:
    """ "Faults go to Bob", 故障类 交给 王芳: only where both sides are known."""
    parted = re.search(r"\s+go(?:es)? to\s+|\s*(?:都|全部)?(?:交给|分给|派给|分配给)\s*", said.text, re.I)
    if not turn.private or parted is None or "\n" in said.text or not said.text[: parted.start()].strip():
        return NOT_MINE
    members = [setting.named(turn, name.rstrip(".。!！")) for name in _names(said.text[parted.end() :])]
    if not members or not all(members):
        return NOT_MINE
    read = _condition(said.text[: parted.start()], [member for member in members if member])
    return NOT_MINE if isinstance(read, Text) else setting.set_rule(turn, *read)


# duty


@command(
    "off",
    help=_("I am away: until when"),
    example=_("/off until Friday"),
    words=("请假", "休假", "off duty"),
    rooms=False,
)
def off(turn: Turn, words: Rest | None = None) -> Outcome:
    away = away_in(words or "", turn.local, lambda part: _time(turn, part))
    if away is None or not nothing_else(words or "", lambda part: _time(turn, part)):
        return cards.until_when(turn)
    return go_away(turn, turn.me(), away)


@command("on", help=_("I am back"), words=("on duty", "销假"), rooms=False)
def on(turn: Turn) -> Outcome:
    return cards.back_card(turn, come_back(turn, turn.me()))


@heard("said", for_=EDITORS)
def says_so(turn: Turn, said: Said) -> Outcome | NotMine:
    """ "I'm back"."""
    return back(turn) if turn.private and says_back(said.text) else NOT_MINE


@heard("first", for_=EDITORS)
def says_away_so(turn: Turn, said: Said) -> Outcome | NotMine:
    """ "I'm off until Friday", 我今天请假; of a colleague, "Bob is sick today" and "Bob is back"."""
    if not asking.may_order(turn, said) or "\n" in said.text:
        return NOT_MINE
    if (covered := _covered(turn, said.text)) is not None:
        return covered
    if (away := _leave_in(turn, said.text)) is not None:
        turn.remember(None)
        return below(turn, cards.until_when(turn) if away == Away(None, None) else go_away(turn, turn.me(), away))
    return _of_colleague(turn, said.text)


_COVERS = tuple(
    lazy(words + r"[.!。！吧 ]*", re.IGNORECASE)
    for words in (
        r"(?P<away>.{2,30}?)[，,。 ]*(?:让|请|叫|由)(?P<who>[^，, ]{1,8}?)(?:来|帮忙|帮我|先)*(?:代理|顶替?|顶班|顶岗|代替?|替|替班|代班|接手|照看|看)(?:一下|我的?(?:班|工作|客户|活)?|[他她]的?(?:班|工作|客户|活)?)*",
        r"(?P<away>.{2,30}?)[，,。 ]+(?P<who>[^，, ]{1,8}?)(?:来|帮忙|帮我|先)*(?:代理|顶替?|顶班|顶岗|代替?|替|替班|代班|接手|照看)(?:一下|我的?(?:班|工作|客户|活)?|[他她]的?(?:班|工作|客户|活)?)*",
        r"(?P<away>.{4,60}?)(?:[,;.]| and| -)* @?(?P<who>[^\s,]{1,20}) (?:will |is going to |can |is )?(?:covers?|covering|stands? in|standing in|fills? in|filling in|takes? over|deputi[sz]es?)(?: for (?:me|him|her|them))?(?: meanwhile| then| until then)?",
    )
)


def _covered(turn: Turn, said: str) -> Reply | Text | None:
    """明天我不在，让王强帮我顶一下, "Bob is off this week, Cat covers": the leave, and who stands in."""
    for pattern in _COVERS:
        match = pattern.fullmatch(said.strip())
        deputy_ = colleague(turn, match["who"]) if match else None
        gone_ = _gone(turn, match["away"].strip(" ,，.;")) if match and deputy_ else None
        if deputy_ is None or gone_ is None or gone_[1] is None or gone_[1] == Away(None, None):
            continue
        member, away = gone_[0], gone_[1]
        if member.id == deputy_.id:
            continue
        turn.remember(None)
        if member.id != turn.me().id and turn.me().role not in MANAGERS:
            return _not_of_others(member)
        named, gone = setting.set_deputy(turn, member, deputy_), go_away(turn, member, away)
        said_of_it = named.text if isinstance(named, Reply) else named
        return below(turn, replace(gone, text=lines(gone.text, said_of_it)))
    return None


def _gone(turn: Turn, said: str) -> tuple[Member, Away | None] | None:
    """Who is away by these words, oneself or a colleague who is in no file too, and how long; None: they are back."""
    if (away := _leave_in(turn, said)) is not None:
        return turn.me(), away
    found = READERS[Colleague](turn, said) if says_of_somebody(said) else Missing()
    if not isinstance(found, Found) or found.value.id == turn.me().id:
        return None
    member, words = found.value, says_of_them(found.rest)
    if not words or turn.work.search.named([member.name]):
        return None
    is_back = says_back(words)
    away = None if is_back else _leave_in(turn, words)
    return (member, away) if is_back or away is not None else None


def _not_of_others(member: Member) -> Text:
    return _(
        "Only managers and owners say that of somebody else. {name} can write me “off until Friday”.", name=member.name
    )


def _of_colleague(turn: Turn, said: str) -> Outcome | NotMine:
    """ "Bob is sick today", "Bob is back": by managers, and of nobody who is in the file too."""
    gone = _gone(turn, said)
    if gone is None or gone[0].id == turn.me().id:
        return NOT_MINE
    member, away = gone
    turn.remember(None)
    if turn.me().role not in MANAGERS:
        return _not_of_others(member)
    return below(turn, here_again(turn, member) if away is None else go_away(turn, member, away))


def _leave_in(turn: Turn, words: str) -> Away | None:
    """The leave that a sentence tells and nothing else; without a time it has neither start nor end."""
    rest = says_away(words)
    if rest is None or not nothing_else(rest, lambda part: _time(turn, part)):
        return None
    return away_in(rest, turn.local, lambda part: _time(turn, part)) or Away(None, None)


@command("back", help=_("I am back"), rooms=False, listed=False)
def back(turn: Turn) -> Outcome:
    if turn.me().duty != "off":
        if (planned := planned_card(turn, turn.me())) is not None:
            return planned
        return _("Good to have you here. You were not down as away, so everything comes to you as before.")
    return cards.back_card(turn, come_back(turn, turn.me()))


def _time(turn: Turn, words: str) -> Time | None:
    return read_time(words, Context(now=turn.local, country=turn.workspace.country, language=turn.language))


@command(
    "deputy",
    help=_("Who stands in while I am away"),
    example=_("/deputy Bob"),
    words=("deputy", "my deputy", "代理人", "我的代理人"),
    rooms=False,
)
def deputy(turn: Turn, words: Rest | None = None) -> Outcome:
    """One's own; a manager sets another's: "/deputy Bob for Ann"."""
    said = re.sub(r"^(?:is|will be|to|:|为|是|改为|改成|：)\s*(?=\S)", "", (words or "").strip())
    whose, named = turn.me(), said
    if parted := re.search(r"\s+for\s+|\s*代替\s*", said):
        other = setting.named(turn, said[parted.end() :])
        if other is None or turn.me().role not in MANAGERS:
            return lines(_("Only managers and owners name a deputy for others."), _deputy_example())
        whose, named = other, said[: parted.start()]
    if not said:
        return cards.deputy_card(turn, whose)
    if named.casefold() in _OFF | {"nobody", "none", "无", "没有"}:
        return setting.set_deputy(turn, whose, None)
    found = setting.named(turn, named)
    if found is None or found.id == whose.id or found.role not in EDITORS:
        return lines(_("Nobody here is called “{name}”, or can't stand in.", name=named[:40]), _deputy_example())
    return setting.set_deputy(turn, whose, found)


def _deputy_example() -> Text:
    return _("Example: {example}", example=code(_("/deputy Bob")))


# load and skills


@command(
    "load",
    help=_("How many open requests one person has at most"),
    example=_("/load 5"),
    for_=MEMBERS,
    words=("workload", "负荷", "接单上限", "工作量"),
    rooms=False,
)
def load(turn: Turn, words: Rest | None = None) -> Outcome:
    """A number for all by a manager; behind a name for one; a rep sets a limit of their own."""
    member, rest = _whose(turn, words or "")
    if not rest and member is None:
        return cards.load_card(turn)
    number = _NUMBER.search(rest)
    nothing = rest.casefold() in _OFF | {"none", "no limit", "不限"}
    if number is None and not nothing:
        return lines(_("How many at most?"), _("Example: {example}", example=code(_("/load Bob 3"))))
    me = turn.me()
    if me.role not in MANAGERS and (me.role not in EDITORS or (member is not None and member.id != me.id)):
        return _("Only managers and owners set limits for others.")
    whom = member if me.role in MANAGERS else me
    return setting.set_limit(turn, whom, int(number["n"]) if number else 0)


@command(
    "skills",
    help=_("Which requests go to whom first"),
    example=_("/skills Bob fault english vip"),
    for_=MEMBERS,
    words=("skills", "技能", "擅长"),
    rooms=False,
)
def skills(turn: Turn, words: Rest | None = None) -> Outcome:
    member, rest = _whose(turn, words or "")
    if not rest and member is None:
        return cards.skills_card(turn)
    me = turn.me()
    whom = member or me
    if me.role not in MANAGERS and (me.role not in EDITORS or whom.id != me.id):
        return _("Only managers and owners set skills for others.")
    if rest.casefold() in _OFF | {"none", "无"}:
        return setting.set_skills(turn, whom, ())
    said = [word for word in re.split(r"[\s,，、]+", rest) if word]
    named: Sequence[str] = [skill_of(word) for word in said]
    tags = {row.name.casefold() for row in turn.work.find(Tag)}
    if strange := next((w for w, s in zip(said, named, strict=True) if s not in SKILLS | tags and w[0] != "#"), None):
        return lines(
            _("“{word}” is no kind of request, no language and no tag.", word=strange[:40]),
            _("Example: {example}", example=code(_("/skills Bob fault english vip"))),
        )
    return setting.set_skills(turn, whom, [skill for skill in named if skill][:MOST_SKILLS])


def _whose(turn: Turn, words: str) -> tuple[Member | None, str]:
    said = words.strip()
    head, _space, rest = said.partition(" ")
    if head.casefold() in ("me", "my", "我", "我的"):
        return turn.me(), rest.strip()
    found = READERS[Colleague](turn, said) if said else None
    return (found.value, found.rest.strip()) if isinstance(found, Found) else (None, said)


@command(
    "queue",
    help=_("Requests that nobody has, and who is there"),
    for_=MEMBERS,
    words=("queue", "排队", "待分配", "谁在岗", "who is on duty"),
)
def queue(turn: Turn) -> Reply:
    return cards.queue_card(turn)

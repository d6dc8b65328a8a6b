# ruff: noqa: E501 -- a rule is one line
"""What people say about reminders: set one for oneself or a colleague, see the day, see them all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, join, lines, moment, text
from bot.core.text import gettext as _
from flows.activities.lines import meant, understood
from flows.arguments import READERS, Colleague, Found, Missing, Rest, Unreadable, When
from flows.asking import ask_more, run
from flows.reminders import anchors
from flows.reminders.actions import FAR, set_reminder
from flows.reminders.cards import said, set_card
from flows.reminders.colleagues import ask_colleague
from flows.reminders.day import brief, line, more
from flows.reminders.feed import new_address
from flows.reminders.wishes import for_me
from flows.router import COMMANDS, EDITORS, MEMBERS, NOT_MINE, command, heard
from flows.turn import Turn
from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE
from store.models import Customer, Member, Reminder

SOON = timedelta(days=31)
LISTED = 12
"""Reminders of a list; "done with the first one" counts them."""


@command(
    "remind",
    help=_("Remind me, or a colleague, of something"),
    example=_("/remind Acme next Tue 3pm call about the quote"),
    words=("remind me", "remind", "提醒我", "提醒"),
)
def remind(
    turn: Turn,
    *,
    whom: Colleague | None = None,
    when: When,
    customer: Customer | None = None,
    text: Rest | None = None,
) -> Reply | Text:
    member = whom or turn.me()
    about = _about(text or "")
    if whom is None and (gone := _gone(turn, about)):
        return lines(_("{name} is not here any more.", name=gone), _("Whom else shall I ask, or shall I remind you?"))
    everybody = _EVERYBODY.match(about) if whom is None else None
    others, about = _others(turn, _about(everybody["rest"])) if everybody else ([], about)
    if customer is None and about:
        named = meant(turn, understood(turn, about, turn.at))
        customer = named[0] if len(named) == 1 else None
    if when.anchor and customer is None:
        return lines(_("About which customer? Name them in the same sentence."), _example())
    if when.anchor and customer is not None:
        return counted(turn, member, when, customer, about)
    source = _source(turn)
    if not about and customer is None and turn.private:
        given: dict[str, Any] = {"when": when} | ({"whom": whom} if whom is not None else {})
        question: Reply | Text = ask_more(turn, "remind", given, "text", _("What shall I remind you of?"))
        return question
    if others:
        return _each(turn, when, customer, about, others)
    reminder = set_reminder(
        turn,
        member,
        when.due,
        about,
        rule=when.rule,
        workdays=when.workdays,
        customer=customer.id if customer else None,
        source=source or f"turn:{turn.key}",
    )
    if whom is not None and (rest := _AND.match(about)) and isinstance(READERS[Colleague](turn, rest["rest"]), Found):
        return _both(turn, when, customer, rest["rest"], reminder)
    return _set(turn, member, reminder)


def _both(turn: Turn, when: When, customer: Customer | None, words: str, first: Reminder) -> Reply:
    """ "Remind Ann and Dan to …": each has one of their own; one undo for all."""
    members, about = [turn.work.get(Member, first.member)], words
    while isinstance(outcome := READERS[Colleague](turn, about), Found):
        members.append(outcome.value)
        rest = _AND.match(outcome.rest)
        about = rest["rest"] if rest else outcome.rest
        if not rest:
            break
    about = _about(about)
    made = turn.work.change(first, text=about)
    return _each(turn, when, customer, about, [member for member in members if member], made)


def _others(turn: Turn, about: str) -> tuple[list[Member], str]:
    """Everybody else who does the work, but for whom the words leave out; and the words without them."""
    members = turn.work.people.members()
    found = [one for one in members if one.id != turn.me().id and one.state == "active" and one.role != "viewer"]
    without = _EXCEPT.match(about)
    spared = READERS[Colleague](turn, without["rest"]) if without else None
    if not isinstance(spared, Found):
        return found, about
    return [one for one in found if one.id != spared.value.id], _about(spared.rest)


def _each(
    turn: Turn, when: When, customer: Customer | None, about: str, members: Sequence[Member], *first: Reminder
) -> Reply:
    """One for each of them, of which the first may be there; one undo for all."""
    made = list(first)
    for member in members[len(made) :]:
        values: dict[str, Any] = {"rule": when.rule, "workdays": when.workdays, "source": f"turn:{turn.key}"}
        values["customer"] = customer.id if customer else None
        made.append(set_reminder(turn, member, when.due, about, **values))
    card = f"set:{made[0].id}"
    turn.did(_("reminder set: {text}", text=about), card)
    for reminder, member in zip(made, members, strict=True):
        if member.id != turn.me().id:
            ask_colleague(turn, reminder, member)
    names = join(", ", [member.name for member in members])
    head = bold(_("I ask {name}: {when}", name=names, when=moment(made[0].due)))
    repeats = _("Repeats.") if when.rule else None
    return Reply(lines(head, about, repeats), (Option(_("Undo"), f"undo:{card}"),), card=card)


def _gone(turn: Turn, about: str) -> str:
    """The name of a colleague who has left, where the words begin with it."""
    left = [member.name for member in turn.work.find(Member) if member.state != "active"]
    return next((name for name in left if re.match(rf"{re.escape(name)}(?![a-z])", about, re.IGNORECASE)), "")


def counted(turn: Turn, member: Member, when: When, customer: Customer, about: str) -> Reply | Text:
    reminder = anchors.set_counted(
        turn,
        member,
        customer.id,
        when.due,
        about,
        anchor=when.anchor,
        away=when.away,
        source=_source(turn) or f"turn:{turn.key}",
    )
    if reminder is not None:
        return _set(turn, member, reminder)
    if anchors.anchor_at(turn, customer.id, when.anchor) is not None:
        return _("That day has passed already.")
    kept = {"due": when.due.isoformat(), "anchor": when.anchor, "away": when.away, "text": about}
    turn.remember({"kind": "contract-end", "customer": customer.id, "member": member.id, **kept})
    return Reply(
        lines(_("When does the contract with {name} end?", name=customer.name), code(_("31 Dec 2026"))),
        (Option(_("Cancel"), "cancel"),),
    )


def _set(turn: Turn, member: Member, reminder: Reminder) -> Reply:
    turn.did(_("reminder set: {text}", text=said(turn, reminder)), f"set:{reminder.id}")
    if member.id != turn.me().id:
        ask_colleague(turn, reminder, member)
    return set_card(turn, reminder)


def _about(words: str) -> str:
    """The words without what only tied them to the time."""
    return _TIED.sub("", words.strip(" ,，:：。.!！?？-–—")).strip(" ,，")


def _example() -> Text:
    return _("Example: {example}", example=code(_("/remind Acme next Tue 3pm call about the quote")))


@command(
    "calendar",
    help=_("My reminders in my own calendar"),
    for_=MEMBERS,
    words=("calendar", "日历", "日历订阅"),
    rooms=False,
)
def calendar(turn: Turn) -> Reply:
    """The secret address to subscribe to; asking again ends the one before."""
    url = turn.workspace.settings.get("url", "") + new_address(turn)
    turn.work.for_good()
    return Reply(
        lines(
            _("Add this address to your calendar program. It is yours alone: keep it to yourself."),
            code(url),
            _("Asking again makes a new one and ends this one."),
        )
    )


@command(
    "task",
    help=_("Ask a colleague to do something"),
    example=_("/task @Bob prepare the quote for Acme Fri"),
    words=("task", "任务", "派任务", "交办"),
)
def task(
    turn: Turn,
    *,
    whom: Colleague | None = None,
    when: When,
    customer: Customer | None = None,
    text: Rest | None = None,
) -> Reply | Text:
    return remind(turn, whom=whom, when=when, customer=customer, text=text)


_AND = re.compile(r"(?:,\s*(?:and\s)?|and\s|&\s*|和|跟|与|、|，)\s*(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_EVERYBODY = re.compile(
    r"(?:everyone|everybody|(?:all of )?(?:the |my |our )(?:whole )?(?:team|colleagues|people|reps|sales ?people)|all (?:the |my |our )?(?:colleagues|reps)|大家|所有(?:人|同事)|全体(?:同事|人员|成员)?|每个(?:人|同事)|各位)(?![a-z])[,，:： ]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
""" "Remind everyone to log their calls": all but who says it."""
_EXCEPT = re.compile(r"(?:except(?: for)?|but(?: not)?|apart from|other than)\s(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
"""Who of everybody is not meant."""
_LATER = re.compile(
    r"^(?P<when>[^\n]{1,60}?)[,，]?\s*(?:请|please\s)?\s*(?:提醒(?:一下)?|\bremind\b|叫(?=我))\s*(?P<me>我|me\b)?(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)


_TIED = lazy(
    r"^(?:(?:that )?i (?:have|need|['’]?ve got) to |i (?:must|should) |(?:please )?(?:remember|don['’]?t forget) to |remind me (?:to |about |of )?|(?:to|that|about|of) |(?:for|at|on|by)$|提醒我|我(?:得|要|必须)|记得|别忘了)+"
    r"|(?:,? ?(?:please|pls|thanks|thank you)|,? ?remind me|提醒我|[吗吧呢]|好吗|可以吗|谢谢)+$",
    re.IGNORECASE,
)
"""What stands around the words that a reminder is about."""
_POLITE = lazy(PLEASE, re.IGNORECASE)


@heard("said", for_=EDITORS)
def asked_in_words(turn: Turn, said_: Said) -> Any:
    """ "提醒王芳…": there is no space that would end the word; "明天9点提醒我…": the time may stand first."""
    words = _POLITE.sub("", said_.text).strip()
    if not turn.private:
        return NOT_MINE
    if (wanted := for_me(words)) is not None:
        rest, alarm = wanted
        if alarm.startswith("wake") and not _LATE.search(rest):
            rest = _EARLY.sub(r"\g<0>am", rest, count=1)
        outcome = READERS[When](turn, rest) if alarm else Missing()
        bare = isinstance(outcome, Found) and not _about(outcome.rest)
        return run(turn, COMMANDS["remind"], f"{rest} {alarm}" if bare else rest)
    if (match := _NOT_FORGET.fullmatch(words)) and not said_.forwarded_from:
        rest = match["en"] or match["zh"]
        outcome = READERS[When](turn, rest)
        if isinstance(outcome, Found) and outcome.rest and not meant(turn, understood(turn, rest, turn.at)):
            return run(turn, COMMANDS["remind"], rest)
    if (match := _LATER.match(words)) and _is_time(turn, match["when"]):
        rest = match["rest"].strip(" ,，:：")
        if match["me"]:
            wake = "叫我" if "叫我" in words else ""
            return run(turn, COMMANDS["remind"], f"{match['when']} {rest or wake}")
        if isinstance(READERS[Colleague](turn, rest), Found):
            return run(turn, COMMANDS["remind"], f"{rest} {match['when']}")
    if (match := _TASKED.match(words)) and isinstance(READERS[Colleague](turn, match["whom"]), Found):
        return run(turn, COMMANDS["task"], f"{match['whom']} {match['rest']}")
    if (match := _ORDERS.match(words)) is None:
        return NOT_MINE
    rest = (match["en"] or match["zh"]).strip()
    if (everybody := _EVERYBODY.match(rest)) and _TO_DO.match(everybody["rest"] if rest.isascii() else "to "):
        return run(turn, COMMANDS["remind"], rest)
    outcome = READERS[Colleague](turn, rest)
    if not isinstance(outcome, Found) or not outcome.rest or outcome.value.id == turn.me().id:
        return NOT_MINE
    timed, tasked = isinstance(READERS[When](turn, outcome.rest), Found), bool(_TO_DO.match(outcome.rest))
    about = None if timed or tasked else understood(turn, outcome.rest, turn.at)
    if about is not None and any(one.id is not None for one in (*about.companies, *about.people)):
        return NOT_MINE  # "ask Ann whether Globex pays" is a note on Globex
    return run(turn, COMMANDS["remind"], rest)


_NOT_FORGET = lazy(
    r"(?:(?:please )?(?:don['’]?t|do not) forget(?: to| about| that)? (?P<en>\S[^\n]*)|(?:千万)?(?:别|不要)忘(?:记|了)?(?P<zh>\S[^\n]*))",
    re.IGNORECASE,
)
"""Said of a day and of nobody in the file, it asks for a reminder."""
_EARLY = lazy(r"(?<![\d:.])(?:[4-9]|1[01])(?:[:.][0-5]\d)?(?![\d:.]|\s*(?:[ap]\.?m|min|hour|hr|day|week|st\b|nd\b|rd\b|th\b|[a-z]*/))", re.IGNORECASE)  # fmt: skip
_LATE = lazy(r"(?:evening|afternoon|night|[ap]\.?m\b)", re.IGNORECASE)
"""Who is to be woken is woken in the morning."""
_TASKED = lazy(
    r"(?:give|set|assign|send)\s(?P<whom>\S+)\s(?:an? |another |the |this )?(?:task|job|reminder|to-?do|action)s?(?::| to| of| about| for)?\s(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_ORDERS = re.compile(
    r"(?:please |pls |can you |could you )?(?:ask|tell|get(?=\s\S+\sto\s))\s(?P<en>.+)"
    r"|请?(?:让|叫|提醒(?:一下)?|问一下|问问|问下)(?P<zh>.+)",
    re.IGNORECASE | re.DOTALL,
)
_TO_DO = re.compile(r"to\s", re.IGNORECASE)
"""What a colleague is asked to do, as against what they are asked."""


def _is_time(turn: Turn, words: str) -> bool:
    """Nothing but a time, so that a log with a reminder at its end stays a log; or the end of somebody's contract."""
    outcome = READERS[When](turn, words)
    rest = outcome.rest.strip(" ,，.。的") if isinstance(outcome, Found | Unreadable) else words
    whose = rest and isinstance(outcome, Found) and outcome.value.anchor and READERS[Customer](turn, rest)
    return not rest or (isinstance(whose, Found) and not whose.rest)


def _source(turn: Turn) -> str:
    body: Any = turn.event.body if turn.event else None
    message = getattr(body, "message", "")
    return f"{turn.where.key}#{message}" if turn.where and message else ""


# seeing them


@command("today", help=_("What is due today"), for_=MEMBERS, words=("today", "overdue", "今天", "今日", "待办", "逾期"))
def today(turn: Turn) -> Reply:
    return brief(turn, turn.me())


@command(
    "reminders",
    help=_("All my reminders, and what colleagues do for me"),
    for_=MEMBERS,
    words=("reminders", "my reminders", "我的提醒", "提醒列表"),
)
def reminders(turn: Turn) -> Reply | Text:
    me = turn.me()
    own = turn.work.reminders.open(me.id, turn.now + FAR)
    given = turn.work.reminders.given_by(me.id)
    if not own and not given:
        return lines(_("You have no reminders. Say for example:"), code(_("remind me tomorrow 9:00 to call Acme")))
    body = lines(
        bold(_("Your reminders")) if own else None,
        *(line(turn, reminder) for reminder in own[:LISTED]),
        more(len(own) - LISTED),
        bold(_("Colleagues do for you")) if given else None,
        *(_given(turn, reminder) for reminder in given[:8]),
    )
    options = tuple(Option(text("✓ ", said(turn, r)), f"reminder:{r.id}", wide=True) for r in (*own[:8], *given[:4]))
    if turn.private and not turn.asks():
        turn.remember({"kind": "listed", "ids": [reminder.id for reminder in own[:LISTED]]})
    return Reply(body, options)


def _given(turn: Turn, reminder: Reminder) -> Text:
    member = turn.work.get(Member, reminder.member)
    return text(line(turn, reminder), " · ", member.name if member else "?")

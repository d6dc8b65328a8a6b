"""When a survey goes out by itself, and sending it to many now: taps for the usual, a typed line for the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, lines, ngettext, text
from bot.core.text import gettext as _
from flows.amounts import number_of
from flows.builder import calendar
from flows.builder.actions import title_of
from flows.builder.settings import AFTER, RHYTHMS, WHOLE, percent, sentences
from flows.replies import settled
from flows.router import MANAGERS, NOT_MINE, NotMine, dialog, press
from flows.segments.actions import ask
from flows.surveys import rounds
from flows.surveys.asked import newest
from flows.turn import Turn, options
from store.models import Segment, Survey

Outcome = Reply | Text | NotMine | None
_MINUTES = {"m": 1, "min": 1, "minute": 1, "minutes": 1, "分钟": 1, "h": 60, "hour": 60, "hours": 60, "小时": 60}
_MINUTES |= {"d": 1440, "day": 1440, "days": 1440, "天": 1440, "w": 10080, "week": 10080, "weeks": 10080, "周": 10080}
_SPAN = re.compile(r"(\d+|[一二两三四五六七八九十]+)\s*(?:个)?([a-z]+|分钟|小时|天|周)")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
SEGMENTS = 6


def _current(turn: Turn, id: int) -> Survey | None:
    found = turn.work.get(Survey, id)
    return newest(turn, found) if found is not None else None


# by itself


@press("survey-rule", for_=MANAGERS)
def rule(turn: Turn, survey: int) -> Outcome:
    found = _current(turn, survey)
    return card(turn, found) if found else settled()


def card(turn: Turn, survey: Survey) -> Reply:
    """In a sentence, and what can be changed with a tap."""
    id = survey.id
    ticks = tuple(
        Option(
            text("☑ " if name in survey.after else "☐ ", _("after {what}", what=label)), f"survey-after-on:{id}:{name}"
        )
        for name, label in AFTER.items()
    )
    rhythms = tuple(
        Option(text("☑ " if name == survey.rhythm else "☐ ", label), f"survey-rhythm:{id}:{name}")
        for name, label in RHYTHMS.items()
    )
    typed = (("delay", _("Delay")), ("audience", _("To whom")), ("share", _("By lot")), ("quota", _("Enough after")),
             ("every", _("Days between")))  # fmt: skip
    more = tuple(Option(label, f"survey-set:{id}:{what}") for what, label in typed)
    said = lines(bold(title_of(turn, survey)), *sentences(survey, calendar.due(turn, survey)))
    off = None if survey.active else _("Switched off.")
    undo = Option(_("Undo"), f"undo:survey-rule:{id}")
    return Reply(lines(said, off), (*ticks, *rhythms, *more, undo), card=f"survey-rule:{id}")


def _set(turn: Turn, survey: Survey, **values: Any) -> Reply:
    survey = turn.work.change(survey, **values)
    calendar.plan(turn, survey)
    turn.did(_("when {name} goes out", name=title_of(turn, survey)), f"survey-rule:{survey.id}")
    return card(turn, survey)


@press("survey-after-on", for_=MANAGERS)
def after_on(turn: Turn, survey: int, what: str) -> Outcome:
    found = _current(turn, survey)
    if found is None or what not in AFTER:
        return settled()
    kept = [name for name in AFTER if (name in found.after) is not (name == what)]
    return _set(turn, found, after=kept)


@press("survey-rhythm", for_=MANAGERS)
def rhythm(turn: Turn, survey: int, what: str) -> Outcome:
    found = _current(turn, survey)
    if found is None or what not in RHYTHMS:
        return settled()
    return _set(turn, found, rhythm="" if found.rhythm == what else what)


_ASKED: Mapping[str, tuple[Text, str]] = {
    "delay": (_("How long after it? Nobody is asked at night."), "2 h"),
    "audience": (_("To whom? A filter as in /find, or “all”."), "tier:A #vip"),
    "share": (_("How many of them, drawn by lot?"), "20 %"),
    "quota": (_("After how many answers is it enough? 0 for no end."), "100"),
    "every": (_("After how many days may the same customer get it again?"), "90"),
}


@press("survey-set", for_=MANAGERS)
def set_pressed(turn: Turn, survey: int, what: str) -> Outcome:
    found = _current(turn, survey)
    if found is None or what not in _ASKED:
        return settled()
    turn.remember({"kind": "survey-set", "survey": found.id, "what": what})
    return _question(what)


def _question(what: str) -> Reply:
    said, example = _ASKED[what]
    return Reply(lines(said, _("Example: {example}", example=code(example))), (Option(_("Cancel"), "cancel"),))


@dialog("survey-set", for_=MANAGERS, wants="value")
def set_typed(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    found, what = _current(turn, state["survey"]), state["what"]
    if found is None or not said.text.strip():
        return NOT_MINE
    value = _value(turn, what, said.text.strip())
    if value is None:
        return _question(what)
    turn.remember(None)
    shown = _set(turn, found, **{what: value})
    if turn.where is not None:
        turn.work.cards.shown(shown.card, turn.where.key, "")
    return shown


def _value(turn: Turn, what: str, said: str) -> int | str | None:
    """None for what can't be read; a filter that can't be read says why itself."""
    word = said.casefold()
    if what == "audience":
        if word in ("all", "everybody", "everyone", "所有", "所有人", "全部"):
            return ""
        ask(turn, said)
        return said[:200]
    if what == "share":
        match = _PERCENT.search(word)
        share = round(float(match[1]) * 100) if match else 0
        return share if 1 <= share <= WHOLE else None
    if what == "delay":
        match = _SPAN.search(word)
        number = number_of(match[1]) if match else None
        unit = _MINUTES.get(match[2]) if match else None
        return number * unit if number is not None and unit else None
    number = number_of(re.sub(r"\s*(days?|answers?|天|份|个)$", "", word))
    low = 7 if what == "every" else 0
    return number if number is not None and low <= number <= 100_000 else None


# to many, now


@press("survey-many", for_=MANAGERS)
def many(turn: Turn, survey: int) -> Outcome:
    found = _current(turn, survey)
    if found is None:
        return settled()
    return offer_many(turn, found)


def offer_many(turn: Turn, survey: Survey) -> Reply:
    """To whom: a tap, or a typed filter."""
    turn.remember({"kind": "survey-many", "survey": survey.id})
    kept = turn.work.find(Segment)[-SEGMENTS:]
    return Reply(
        lines(
            _("Who gets “{name}”? Tap, or type a filter as in /find.", name=bold(title_of(turn, survey))),
            _("Example: {example}", example=code("tier:A silent:>30d")),
        ),
        (
            Option(_("Everybody"), f"survey-to:{survey.id}:all"),
            *(Option(_("Tier {tier}", tier=tier), f"survey-to:{survey.id}:{tier}") for tier in "ABC"),
            *(Option(text(row.name[:30]), f"survey-to:{survey.id}:s{row.id}") for row in kept),
            Option(_("Cancel"), "cancel"),
        ),
        card=f"survey-many:{survey.id}",
    )


@press("survey-to", for_=MANAGERS)
def to(turn: Turn, survey: int, whom: str) -> Outcome:
    found = _current(turn, survey)
    if found is None:
        return settled()
    if whom in ("A", "B", "C"):
        return _preview(turn, found, f"tier:{whom}")
    segment = turn.work.get(Segment, int(whom[1:])) if whom[:1] == "s" and whom[1:].isdecimal() else None
    return _preview(turn, found, segment.name if segment else "")


@dialog("survey-many", for_=MANAGERS)
def to_typed(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    """A filter, or how many of those who are shown ("20 %")."""
    found, words = _current(turn, state["survey"]), said.text.strip()
    if found is None or not words:
        return NOT_MINE
    if "audience" in state and (match := _PERCENT.fullmatch(words)):
        return _preview(turn, found, state["audience"], max(1, min(WHOLE, round(float(match[1]) * 100))))
    if not _FILTERS.search(words) and not turn.work.segments.count(ask(turn, words).question):
        turn.remember(None)  # nobody is found by a sentence about something else
        return NOT_MINE
    return _preview(turn, found, words)


_FILTERS = re.compile(r"[:：<>=#*]|^\S+$")
"""What stands in a filter, and in hardly a sentence."""


def _preview(turn: Turn, survey: Survey, audience: str, share: int = WHOLE) -> Reply:
    """How many fit and can be reached; who may not be asked is left out with the reason when it is sent."""
    asked = ask(turn, audience or calendar.EVERYBODY)
    fit = turn.work.segments.count(asked.question)
    customers = calendar.meant(turn, audience)
    turn.remember({"kind": "survey-many", "survey": survey.id, "audience": audience, "share": share})
    head = ngettext("{n} customer fits.", "{n} customers fit.", fit)
    lot = _("By lot, {share} % of them.", share=percent(share)) if share < WHOLE else None
    return Reply(
        lines(
            bold(title_of(turn, survey)),
            head,
            lot,
            _("Whoever was asked too lately or wants no surveys is left out, and you see why."),
            _("Type “20 %” to draw some of them by lot."),
        ),
        options(
            Option(_("Send it"), f"survey-round:{survey.id}", style="primary") if customers else None,
            Option(_("Cancel"), "cancel"),
        ),
        card=f"survey-many:{survey.id}",
    )


@press("survey-round", for_=MANAGERS)
def send(turn: Turn, survey: int) -> Outcome:
    """Once, as it was shown."""
    talk, found = turn.conversation.dialog if turn.conversation else None, _current(turn, survey)
    mine = talk and talk.get("kind") == "survey-many" and talk.get("survey") == survey and "audience" in talk
    if found is None or not talk or not mine:
        return settled()
    turn.remember(None)
    customers = calendar.meant(turn, talk["audience"])
    return rounds.progress(turn, calendar.begin(turn, found, customers, talk["share"]))

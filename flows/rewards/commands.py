"""`/codes visit GIFT-1001 …`, or a CSV file with the caption “codes visit”."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, lines, text
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.dialog import in_language
from flows.files.actions import keep
from flows.jobs import begin
from flows.replies import settled
from flows.results.actions import survey_called
from flows.rewards import actions
from flows.rewards.rules import typed
from flows.router import MANAGERS, NOT_MINE, NotMine, command, heard, press
from flows.surveys.asked import published
from flows.turn import Turn
from store.models import Survey

_CAPTION = re.compile(r"^/?(?:codes?|coupons?|gift codes?|优惠码|兑换码|礼品码|券码)[ :：]*(.*)$", re.IGNORECASE)


@command(
    "codes",
    help=_("Coupon or gift codes for whoever answers a survey"),
    example=_("/codes visit GIFT-1001 GIFT-1002"),
    for_=MANAGERS,
    words=("codes", "coupons", "优惠码", "兑换码", "礼品码"),
    rooms=False,
)
def codes(turn: Turn, words: Rest | None = None) -> Reply | Text:
    name, _space, rest = (words or "").strip().partition(" ")
    survey = survey_called(turn, name) if name else None
    if survey is None:
        return _which(turn, name)
    if not rest.strip():
        return actions.shown(turn, survey)
    found = typed(rest)
    return actions.added(turn, survey, found) if found else actions.nothing_read()


def _which(turn: Turn, name: str) -> Reply:
    surveys = published(turn)
    picks = tuple(Option(text(in_language(s.title, turn.language)), f"codes:{s.id}") for s in surveys[:8])
    unknown = _("There is no survey “{name}”.", name=name[:40]) if name else None
    how = _("Or send a CSV file with the words “codes visit” beside it.")
    return Reply(lines(unknown, _("Codes for which survey?"), _example(), how), picks)


def _example() -> Text:
    return _("Example: {example}", example=_("/codes visit GIFT-1001 GIFT-1002"))


@press("codes", for_=MANAGERS)
def codes_pressed(turn: Turn, survey: int) -> Reply:
    return _with(turn, survey, actions.shown)


@press("codes-drop", for_=MANAGERS)
def drop_pressed(turn: Turn, survey: int) -> Reply:
    return _with(turn, survey, actions.drop)


@press("codes-refer", for_=MANAGERS)
def refer_pressed(turn: Turn, survey: int) -> Reply:
    return _with(turn, survey, actions.refer)


def _with(turn: Turn, survey: int, act: Callable[[Turn, Survey], Reply]) -> Reply:
    found = turn.work.get(Survey, survey)
    return act(turn, found) if found else settled()


@heard("files", for_=MANAGERS)
def dropped(turn: Turn, said: Said) -> Reply | Text | NotMine:
    """A list with its caption; every other file is somebody else's."""
    match = _CAPTION.match(said.text.strip())
    if not match or len(said.files) != 1 or not turn.private:
        return NOT_MINE
    survey = survey_called(turn, match[1])
    if survey is None:
        return _which(turn, match[1])
    row = keep(turn, said)[0]
    state = "open" if row.hash else "fetching"
    begin(turn, "codes", state=state, hash=row.hash, file=row.id, survey=survey.id)
    return _("Reading {name} …", name=row.name)

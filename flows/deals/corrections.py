# ruff: noqa: E501 -- a rule is one line
"""What a sentence changes about a deal: its stage, its sum, its day, that it is lost, when the contract ends."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

from bot.core.messages import Said
from flows.arguments import READERS, Found, Rest, Several
from flows.asking import run
from flows.deals import actions, moving
from flows.deals.commands import PLAIN, ask_reason, changed, day_in, lose, no_sum, of_customer, sum_in, until
from flows.deals.rules import Step, stage_named
from flows.replies import below
from flows.router import COMMANDS, EDITORS, NOT_MINE, heard
from flows.turn import Turn
from flows.understanding.lazily import lazy
from flows.undo.actions import last
from store.models import Customer, Deal, Stage

FRESH = timedelta(minutes=30)
"""So long a few words may still be about the deal that was opened or changed last."""


@heard("said", for_=EDITORS)
def told_to_move(turn: Turn, said: Said) -> Any:
    """ "Move the Acme deal to won": only where the customer and the stage are known and a deal is open or spoken of."""
    wanted = stage_wished(turn, said.text) if turn.private and not said.forwarded_from else None
    if wanted is None:
        return NOT_MINE
    asked, stage = wanted
    named = READERS[Customer](turn, asked.whose)
    if isinstance(named, Several):
        return run(turn, COMMANDS["deal"], f"{asked.whose} {stage.name}") if asked.plainly else NOT_MINE
    if not isinstance(named, Found):
        return NOT_MINE
    meant, running = _meant(turn, named)
    if len(meant) == 1:
        return changed(turn, meant[0], None, "", turn.work.get(Stage, stage.id), None)
    if not running and said.text.rstrip(" 。！!").endswith("了"):
        return NOT_MINE  # "鼎盛那个单子谈到报价了" tells something: it is written down
    return of_customer(turn, named.value, running) if asked.plainly and not named.rest else NOT_MINE


def _meant(turn: Turn, named: Found) -> tuple[list[Deal], list[Deal]]:
    """The open deals with a customer that the words beside the name mean, and all that are open."""
    running = [d for d in turn.work.deals.of_customer(named.value.id) if d.state == "open"]
    what = named.rest.casefold()
    return [d for d in running if not what or d.what.casefold() == what], running


@heard("said", for_=EDITORS)
def told_of_deal(turn: Turn, said: Said) -> Any:
    """ "The Acme deal is 85k, not 80k", "lost the Acme deal, too dear": only where one open deal is meant."""
    if not turn.private or said.forwarded_from:
        return NOT_MINE
    told = moving.other_sum(said.text)
    lost = moving.loss(said.text) if told is None else None
    about = told or lost
    named = READERS[Customer](turn, about.whose) if about else None
    meant = _meant(turn, named)[0] if isinstance(named, Found) else []
    if about is None or len(meant) != 1:
        return NOT_MINE
    if told is not None:
        return worth(turn, meant[0], told.what)
    stage = next((stage for stage in actions.stages(turn) if stage.kind == "lost"), None)
    if stage is None:
        return NOT_MINE
    return lose(turn, meant[0], stage, about.what) if about.what else ask_reason(turn, meant[0], stage)


def worth(turn: Turn, found: Deal, said: str) -> Any:
    """The deal with another sum; NOT_MINE where the words are none that a deal may have."""
    amount, currency, rest = sum_in(turn, said)
    if amount is None and PLAIN.fullmatch(said) and len(said) > 2:
        amount, rest = round(Decimal(said.replace(",", ""))), ""
    if amount is None or rest.strip() or no_sum(amount, ""):
        return NOT_MINE
    return changed(turn, found, amount, currency, None, None)


def of_this_one(turn: Turn, found: Deal, line: str) -> Any:
    """Another stage, or the day on which it closes, where this deal is spoken of; else NOT_MINE."""
    named = moving.this_to(line)
    if named and (stage := stage_named(named, actions.steps(turn), actions.keys(turn))):
        return below(turn, changed(turn, found, None, "", turn.work.get(Stage, stage.id), None))
    said = moving.closes(line)
    expected, rest = day_in(turn, said) if said else (None, "")
    return changed(turn, found, None, "", None, expected) if expected and not rest.strip() else NOT_MINE


@heard("said", for_=EDITORS)
def told_of_this_one(turn: Turn, said: Said) -> Any:
    """ "Move it to proposal", "make it 90k", right after a deal was opened or changed: that one is meant."""
    other = moving.bare_sum(said.text)
    if not turn.private or said.forwarded_from or not (other or moving.this_to(said.text) or moving.closes(said.text)):
        return NOT_MINE
    change = last(turn)
    topic, _colon, id = (change.card if change else "").partition(":")
    found = turn.work.deals.get(int(id)) if topic == "deal" and id.isdigit() else None
    fresh = change is not None and turn.now - change.at <= FRESH
    if found is None or found.state != "open" or not fresh:
        return NOT_MINE
    return below(turn, worth(turn, found, other)) if other else of_this_one(turn, found, said.text)


def is_of_a_deal(turn: Turn, line: str) -> bool:
    """Whether a line asks for another stage or tells another sum or a loss of a deal that it names."""
    about = moving.other_sum(line) or moving.loss(line)
    return stage_wished(turn, line) is not None or (
        about is not None and isinstance(READERS[Customer](turn, about.whose), Found)
    )


def stage_wished(turn: Turn, line: str) -> tuple[moving.Wish, Step] | None:
    """Whose deal is to stand at which stage of ours; None where the line asks for none."""
    asked = moving.wish(line)
    stage = stage_named(asked.stage, actions.steps(turn), actions.keys(turn)) if asked else None
    return (asked, stage) if asked and stage else None


_ENDS = lazy(
    r"\s*(?:the |our )?(?:(?P<who>.{2,60}?)(?:['’]s?|s)? (?:contract|agreement)|(?:contract|agreement) (?:of|with|for) (?P<of>.{2,60}?)) (?:now )?(?:ends?|expires?|runs? out|is up|runs? (?:until|till|to)|is until|goes until)(?: on| at| in| by)? (?P<when>.{3,40}?)[.! ]*"
    r"|(?:我们)?[跟和与]?(?P<zh>[^，,。]{2,30}?)的?(?:合同|协议)(?:期)?(?:是|还是|就是)?(?:签)?(?:到|至|截止到?|在)(?P<zh_when>[^，,。]{2,14}?)(?:到期|为止|结束|截止|终止)?[。！! ]*"
    r"|(?:我们)?[跟和与]?(?P<zh2>[^，,。]{2,30}?)的?(?:合同|协议)(?P<zh2_when>[^，,。]{2,14}?)(?:就|要)?(?:到期|结束|截止|终止)[。！! ]*",
    re.IGNORECASE,
)


@heard("said", for_=EDITORS)
def told_of_contract(turn: Turn, said: Said) -> Any:
    """ "Acme's contract ends 31 Dec": nothing but a day may stand behind it."""
    match = _ENDS.fullmatch(said.text) if turn.private and not said.forwarded_from else None
    if match is None:
        return NOT_MINE
    asked = match["who"] or match["of"] or match["zh"] or match["zh2"]
    when = match["when"] or match["zh_when"] or match["zh2_when"]
    found = next(
        (out for name in (asked, f"{asked}s") if isinstance(out := READERS[Customer](turn, name), Found)), None
    )
    day, words = day_in(turn, when, last=True)
    if found is None or found.rest or day is None or words.strip():
        return NOT_MINE
    return until(turn, found.value, Rest(when))

"""Finding customers, looking through the list, and keeping the question as a segment."""

from __future__ import annotations

import re

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, ngettext, text
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.router import EDITORS, MEMBERS, NotMine, command, press
from flows.segments import actions
from flows.segments.actions import ask
from flows.segments.cards import again, gone, page_of, potential
from flows.segments.short import bare
from flows.tiers.upkeep import auto_tags, ensure
from flows.turn import Turn
from flows.understanding.lazily import lazy
from store.models import Listing, Segment

Outcome = Reply | Text | NotMine
_POTENTIAL = {"potential", "rising", "潜力", "潜力客户", "上升"}


@command(
    "find",
    help=_("Customers by name, phone, tag, tier, silence …"),
    example=_("/find tier:B silent:>30d"),
    for_=MEMBERS,
    words=("find", "search", "找", "搜索", "查找"),
)
def find(turn: Turn, words: Rest) -> Outcome:
    if words.strip().casefold() in _POTENTIAL:
        return potential(turn)
    asked = ask(turn, words.strip())
    shorter = _LISTED.sub("", words.strip())
    if shorter and shorter != words.strip() and not turn.work.segments.count(asked.question):
        for plainer in (shorter, shorter.removesuffix("s"), f'place:"{shorter}"'):
            if turn.work.segments.count((other := ask(turn, plainer)).question):
                return page_of(turn, other, 0)
    return page_of(turn, asked, 0)


_LISTED = lazy(
    r"^(?:(?:me|us|all|every|any|my|our|the|customers?|clients?|accounts?|compan(?:y|ies)|everyone|everybody|people|who|which|that|are|is|have|has|in|from|near|based|with|of|tagged|called)\b\s*)+",
    re.IGNORECASE,
)
"""What stands before what is looked for: "me all cafes", "customers in Leeds"."""


@press("list", for_=MEMBERS)
def list_pressed(turn: Turn, list: int, page: int) -> Outcome:
    asked = again(turn, list)
    return page_of(turn, asked, max(0, min(page, 100_000)), card=f"list:{list}") if asked else gone()


# segments


@command(
    "segment",
    help=_("A kept question, or who fits one"),
    example=_("/segment hot tier:A silent:>14d"),
    for_=MEMBERS,
    words=("segment", "分组", "客户群"),
)
def segment(turn: Turn, words: Rest | None = None) -> Outcome:
    said = (words or "").strip()
    if not said:
        return _segments(turn)
    if turn.work.first(Segment, name=said) is not None:
        return page_of(turn, ask(turn, said), 0)
    head, _space, rest = said.partition(" ")
    if rest and head.casefold() in ("drop", "delete", "删除"):
        return _dropped(turn, rest.strip())
    if turn.me().role in EDITORS and _is_name(head) and rest and not bare(rest, actions.known(turn)):
        query, _as, tag = rest.partition(" as #")
        query, _as, tag = (query, _as, tag) if tag else rest.partition(" 标为#")
        return _saved(turn, head, query.strip(), tag=tag.strip())
    return page_of(turn, ask(turn, said), 0)


def _is_name(word: str) -> bool:
    """A plain word: what has marks in it is a filter."""
    return re.fullmatch(r"\w[\w-]*", word) is not None


def save(turn: Turn, list: int, name: str) -> Outcome:
    """Keeps the question behind a list under a name."""
    row = turn.work.get(Listing, list)
    return _saved(turn, " ".join(name.split())[:40], row.query, tag="") if row else gone()


def _saved(turn: Turn, name: str, query: str, *, tag: str) -> Outcome:
    asked = ask(turn, query)
    count = turn.work.segments.count(asked.question)
    known = turn.work.first(Segment, name=name)
    if known is not None:
        turn.work.change(known, query=query, tag=tag or known.tag)
    else:
        turn.work.add(Segment(name=name, query=query, tag=tag, member=turn.me().id, made=turn.now))
    card = f"segment:{name[:20]}" if len(name.encode()) < 30 else "segment"
    if tag:
        ensure(turn)
        auto_tags(turn)
    turn.did(_("segment {name} kept", name=name), card)
    said = ngettext("{name} is kept: {n} customer now.", "{name} is kept: {n} customers now.", count, name=bold(name))
    use = _("Look: {example}", example=code(f"/segment {name}"))
    worn = _("Whoever fits carries #{tag} from now on, and loses it when it fits no more.", tag=tag) if tag else None
    return Reply(lines(said, worn, use), (Option(_("Undo"), f"undo:{card}"),), card=card)


def _dropped(turn: Turn, name: str) -> Outcome:
    row = turn.work.first(Segment, name=name)
    if row is None:
        return _("There is no segment “{name}”.", name=name[:40])
    turn.work.remove(row)
    turn.did(_("segment {name} dropped", name=name), "segment")
    return Reply(_("{name} is dropped.", name=name), (Option(_("Undo"), "undo:segment"),), card="segment")


def _segments(turn: Turn) -> Reply | Text:
    rows = turn.work.find(Segment)
    if not rows:
        return lines(
            _("No segments are kept yet."), _("Example: {example}", example=code(_("/segment hot tier:A silent:>14d")))
        )
    shown = [text(bold(row.name), " · ", code(row.query)) for row in rows[-20:]]
    return Reply(
        lines(_("Kept segments:"), *shown), tuple(Option(text(r.name[:30]), f"segment:{r.id}") for r in rows[-8:])
    )


@press("segment", for_=MEMBERS)
def segment_pressed(turn: Turn, segment: int) -> Outcome:
    row = turn.work.get(Segment, segment)
    return page_of(turn, ask(turn, row.name), 0) if row else gone()

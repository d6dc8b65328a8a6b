"""Finding customers, looking through the list, acting on all of it, and keeping the question as a segment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.arguments import READERS, Found, Rest, When
from flows.arrival import role_of
from flows.customers.cards import masked
from flows.customers.sight import hint as narrow
from flows.router import COMMANDS, EDITORS, MANAGERS, MEMBERS, NOT_MINE, NotMine, command, dialog, press
from flows.segments import actions
from flows.segments.actions import PAGE, Asked, ask, everybody, listing
from flows.segments.short import bare
from flows.tiers.rules import Numbers, rising
from flows.tiers.upkeep import auto_tags, ensure
from flows.tiers.words import money
from flows.turn import Turn, options
from store.models import Customer, Listing, Member, Segment

Outcome = Reply | Text | NotMine
_POTENTIAL = {"potential", "rising", "潜力", "潜力客户", "上升"}
NAMED = 6


@command(
    "find",
    help=_("Customers by name, phone, tag, tier, silence …"),
    example=_("/find tier:B silent:>30d"),
    for_=MEMBERS,
    words=("find", "search", "找", "搜索", "查找"),
)
def find(turn: Turn, words: Rest) -> Outcome:
    if words.strip().casefold() in _POTENTIAL:
        return _potential(turn)
    return _list(turn, ask(turn, words.strip()), 0)


@press("list", for_=MEMBERS)
def list_pressed(turn: Turn, list: int, page: int) -> Outcome:
    asked = _again(turn, list)
    return _list(turn, asked, max(0, min(page, 100_000)), card=f"list:{list}") if asked else _gone()


def _again(turn: Turn, id: int) -> Asked | None:
    row = turn.work.get(Listing, id)
    return ask(turn, row.query) if row is not None and row.member == turn.me().id else None


def _list(turn: Turn, asked: Asked, number: int, *, card: str = "") -> Reply:
    count = turn.work.segments.count(asked.question)
    if not count:
        return _nobody(turn, asked)
    kept = listing(turn, asked.said)
    rows = actions.page(turn, asked, number)
    shown = [Option(_row(turn, customer), f"who:{customer.id}", wide=True) for customer in rows]
    more = (number + 1) * PAGE < count
    first, last = number * PAGE + 1, min(count, (number + 1) * PAGE)
    turning = options(
        Option(_("Back"), f"list:{kept.id}:{number - 1}") if number else None,
        Option(_("More"), f"list:{kept.id}:{number + 1}") if more else None,
    )
    may = turn.me().role in EDITORS and turn.private and (count > 1 or bool(asked.question.rest))
    acts = (Option(_("With all of them …"), f"list-acts:{kept.id}"),) if may else ()
    unsure = turn.work.segments.found(asked.question).unsure if asked.question.rest else 0
    body = lines(
        ngettext("{n} customer", "{n} customers", count),
        _("{first} to {last}, the closest or most valuable first", first=str(first), last=str(last))
        if count > PAGE
        else None,
        ngettext("{n} could not be judged by that condition.", "{n} could not be judged by that condition.", unsure)
        if unsure
        else None,
    )
    return Reply(body, (*shown, *turning, *acts), card=card or f"list:{kept.id}" if number else "")


def _row(turn: Turn, customer: Customer) -> Text:
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    parts = [customer.name, owner.name if owner else "", customer.tier, masked(customer.phone)]
    return text(" · ".join(part for part in parts if part))


def _nobody(turn: Turn, asked: Asked) -> Reply:
    said = asked.said
    if asked.words and role_of(turn) in COMMANDS["add"].for_:
        add = _("To add a customer: {example}", example=code(f"/add {said[:40]}"))
        return Reply(lines(_("Nobody fits “{words}”.", words=said[:40]), narrow(turn), add))
    example = code(_("/find tier:B silent:>30d"))
    hint = _("Leave something out, or look for something else: {example}", example=example)
    return Reply(lines(_("Nobody fits “{words}”.", words=said[:60]), narrow(turn), hint))


def _gone() -> Reply:
    return Reply(_("That list is no longer there: ask again."), toast=True)


# with all of them


@press("list-acts")
def list_acts(turn: Turn, list: int) -> Outcome:
    asked = _again(turn, list)
    if asked is None:
        return _gone()
    count = turn.work.segments.count(asked.question)
    choices = (
        Option(_("Tag all"), f"bulk:{list}:tag"),
        Option(_("Take a tag off"), f"bulk:{list}:untag"),
        Option(_("Assign all"), f"bulk:{list}:assign"),
        Option(_("Remind all"), f"bulk:{list}:remind"),
        Option(_("Survey all"), f"bulk:{list}:survey"),
        Option(_("Keep as a segment"), f"bulk:{list}:save"),
    )
    head = ngettext("What should happen with this customer?", "What should happen with these {n} customers?", count)
    return Reply(lines(head, _("You see everything before it is done.")), choices, card=f"list:{list}")


_QUESTIONS: Mapping[str, Text] = {
    "tag": _("Which tag? For example: expo"),
    "untag": _("Which tag shall go?"),
    "remind": _("When, and of what? For example: Fri 9:00 send the new price list"),
    "save": _("What shall the segment be called?"),
}


@press("bulk")
def bulk(turn: Turn, list: int, act: str) -> Outcome:
    asked = _again(turn, list)
    if asked is None:
        return _gone()
    if act == "assign":
        if turn.me().role not in MANAGERS:
            return _("Only managers and owners assign many customers at once.")
        members = [m for m in turn.work.people.members() if m.role != "viewer"][:12]
        picks = tuple(Option(text(m.name), f"bulk-to:{list}:{m.id}") for m in members)
        return Reply(_("To whom?"), (*picks, Option(_("Cancel"), "cancel")))
    if act == "survey":
        return _preview(turn, list, {"act": "survey"})
    if act not in _QUESTIONS:
        return _gone()
    turn.remember({"kind": "bulk", "list": list, "act": act})
    return Reply(_QUESTIONS[act], (Option(_("Cancel"), "cancel"),))


@press("bulk-to")
def bulk_to(turn: Turn, list: int, member: int) -> Outcome:
    found = turn.work.get(Member, member)
    if found is None or found.state != "active":
        return _gone()
    return _preview(turn, list, {"act": "assign", "to": found.id})


@dialog("bulk", for_=EDITORS)
def bulk_said(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    words, act = said.text.strip(), state["act"]
    if not words or "do" in state:
        return NOT_MINE
    if act == "save":
        turn.remember(None)
        return save(turn, state["list"], words)
    if act in ("tag", "untag"):
        return _preview(turn, state["list"], {"act": act, "tag": words.lstrip("#+").split()[0][:40]})
    outcome = READERS[When](turn, words)
    if not isinstance(outcome, Found):
        return lines(_("I see no time there."), _QUESTIONS["remind"])
    return _preview(turn, state["list"], {"act": "remind", "due": outcome.value.due.isoformat(), "text": outcome.rest})


def _preview(turn: Turn, list: int, act: Mapping[str, Any]) -> Outcome:
    """Whom it would change and how, with the count that was seen; nothing is done yet."""
    asked = _again(turn, list)
    if asked is None:
        return _gone()
    customers = everybody(turn, asked)
    turn.remember({"kind": "bulk", "list": list, "do": True, "seen": len(customers), **act})
    names = ", ".join(customer.name for customer in customers[:NAMED])
    more = ngettext("and {n} more", "and {n} more", len(customers) - NAMED) if len(customers) > NAMED else None
    return Reply(
        lines(_what(turn, act, len(customers)), names, more, _("Shall I?")),
        (Option(_("Do it"), "bulk-do", style="primary"), Option(_("Cancel"), "cancel")),
    )


def _what(turn: Turn, act: Mapping[str, Any], count: int) -> Text:
    match act["act"]:
        case "tag":
            return ngettext("{n} customer gets #{tag}:", "{n} customers get #{tag}:", count, tag=act["tag"])
        case "untag":
            return ngettext("{n} customer loses #{tag}:", "{n} customers lose #{tag}:", count, tag=act["tag"])
        case "assign":
            to = turn.work.get(Member, act["to"])
            name = to.name if to else "?"
            return ngettext("{n} customer goes to {name}:", "{n} customers go to {name}:", count, name=name)
        case "remind":
            when = moment(datetime.fromisoformat(act["due"]), "short")
            return ngettext(
                "{n} reminder, {when}: {what}",
                "{n} reminders, {when}: {what}",
                count,
                when=when,
                what=act["text"] or "…",
            )
    return ngettext("{n} customer is asked how it was:", "{n} customers are asked how it was:", count)


@press("bulk-do")
def bulk_do(turn: Turn) -> Outcome:
    state = turn.conversation.dialog if turn.conversation else None
    if not state or state.get("kind") != "bulk" or not state.get("do"):
        return Reply(_("That is settled already."), toast=True)
    asked = _again(turn, state["list"])
    if asked is None:
        return _gone()
    customers = everybody(turn, asked)
    if len(customers) != state["seen"]:
        return _preview(
            turn, state["list"], {k: v for k, v in state.items() if k not in ("kind", "list", "do", "seen")}
        )
    turn.remember(None)
    card = f"bulk:{state['list']}"
    match state["act"]:
        case "tag":
            done = actions.tag_all(turn, customers, state["tag"])
            said = ngettext("#{tag} is on {n} customer now.", "#{tag} is on {n} customers now.", done, tag=state["tag"])
        case "untag":
            done = actions.untag_all(turn, customers, state["tag"])
            said = ngettext("#{tag} is off {n} customer.", "#{tag} is off {n} customers.", done, tag=state["tag"])
        case "assign":
            done, said = _assigned(turn, customers, state["to"])
        case "remind":
            due = datetime.fromisoformat(state["due"])
            done = actions.remind_all(turn, customers, due, state["text"])
            said = ngettext("{n} reminder is set.", "{n} reminders are set.", done)
        case _:
            return _surveyed(turn, customers)
    if not done:
        return _("Nothing had to be changed.")
    turn.did(said, card)
    return Reply(said, (Option(_("Undo"), f"undo:{card}"),), card=card)


def _assigned(turn: Turn, customers: list[Customer], to: int) -> tuple[int, Text]:
    owner = turn.work.get(Member, to)
    if owner is None or owner.state != "active" or turn.me().role not in MANAGERS:
        return 0, Text()
    done = actions.assign_all(turn, customers, owner)
    said = ngettext("{n} customer is {name}'s now.", "{n} customers are {name}'s now.", done, name=owner.name)
    if done and owner.id != turn.me().id:
        turn.message_member(owner, Reply(lines(_("From {name}:", name=turn.me().name), said)), "team")
    return done, said


def _surveyed(turn: Turn, customers: list[Customer]) -> Outcome:
    from flows.surveys.actions import ask_many

    sent, left = ask_many(turn, customers)
    return lines(
        ngettext("{n} customer is asked now.", "{n} customers are asked now.", sent),
        ngettext(
            "{n} is left out: not reachable, or asked lately.",
            "{n} are left out: not reachable, or asked lately.",
            left,
        )
        if left
        else None,
    )


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
        return _list(turn, ask(turn, said), 0)
    head, _space, rest = said.partition(" ")
    if rest and head.casefold() in ("drop", "delete", "删除"):
        return _dropped(turn, rest.strip())
    if turn.me().role in EDITORS and _is_name(head) and rest and not bare(rest, actions.known(turn)):
        query, _as, tag = rest.partition(" as #")
        query, _as, tag = (query, _as, tag) if tag else rest.partition(" 标为#")
        return _saved(turn, head, query.strip(), tag=tag.strip())
    return _list(turn, ask(turn, said), 0)


def _is_name(word: str) -> bool:
    """A plain word: what has marks in it is a filter."""
    return re.fullmatch(r"\w[\w-]*", word) is not None


def save(turn: Turn, list: int, name: str) -> Outcome:
    """Keeps the question behind a list under a name."""
    row = turn.work.get(Listing, list)
    return _saved(turn, " ".join(name.split())[:40], row.query, tag="") if row else _gone()


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
    return _list(turn, ask(turn, row.name), 0) if row else _gone()


# who is on the rise


def _potential(turn: Turn) -> Reply | Text:
    """Customers who buy or talk clearly more than before, in any tier, each with the reason."""
    asked = ask(turn, "orders > 0 || silent < 90.0")
    ids = turn.work.segments.page(asked.question, limit=300)
    found = []
    for customer in turn.work.segments.customers(ids):
        numbers = Numbers(**turn.work.standing.numbers(customer, turn.workspace.currency))
        if rising(numbers):
            found.append((customer, numbers))
    if not found:
        return _("Nobody buys or talks clearly more than before. Orders and logs are what this is read from.")
    rows = [text("• ", bold(c.name), ": ", _why(turn, n)) for c, n in found[:PAGE]]
    shown = tuple(Option(text(c.name), f"who:{c.id}") for c, _n in found[:PAGE])
    return Reply(lines(ngettext("{n} customer on the rise:", "{n} customers on the rise:", len(found)), *rows), shown)


def _why(turn: Turn, numbers: Numbers) -> Text:
    currency = turn.workspace.currency
    if numbers.half * 2 >= numbers.half_before * 3 and numbers.half:
        return _(
            "{now} in six months, {before} in the six before",
            now=money(numbers.half, currency),
            before=money(numbers.half_before, currency),
        )
    return _(
        "{now} contacts in 90 days, {before} before", now=str(numbers.activity), before=str(numbers.activity_before)
    )

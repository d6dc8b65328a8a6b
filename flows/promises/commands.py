"""What people say about promises: make one, be guided to one, see them, let a room deliver."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, lines
from bot.core.text import gettext as _
from flows.activities.lines import understood
from flows.arguments import Rest
from flows.customers.sight import seen
from flows.promises import actions, cards, pack
from flows.promises.parts import Piece, named
from flows.promises.proposing import begin, made, parts_in, passed, weigh
from flows.promises.rules import bare, kept
from flows.router import EDITORS, MANAGERS, MEMBERS, NOT_MINE, command
from flows.turn import Turn
from store.models import Customer, Route

MONTH = timedelta(days=30)


@command(
    "promise",
    help=_("Something promised to a customer"),
    example=_("/promise Acme sample by 12 May"),
    words=("promise", "promised", "承诺", "答应"),
)
def promise(turn: Turn, customer: Customer, text: Rest | None = None) -> Any:
    """With everything said it is written down; where the week is full, or little is said, it is talked over first."""
    if _theirs_too(turn):
        return NOT_MINE
    parts, others = parts_in(turn, text or "")
    if len(parts) > 1:
        return weigh(turn, customer, named(parts, others), "")
    what, due = (parts[0].what, parts[0].due) if parts else (bare(text or ""), None)
    if not what:
        return begin(turn, customer)
    if due is None:
        return made(turn, customer, [Piece(what, None)], "")
    if due <= turn.now:
        return passed()
    loaded = actions.week_load(turn, due)
    if loaded.due or loaded.late:
        return weigh(turn, customer, parts, others)
    return made(turn, customer, parts, others)


def _theirs_too(turn: Turn) -> bool:
    """A sentence that also tells what they promised us is a log: there each promise has its side."""
    said = turn.event.body if turn.event else None
    return isinstance(said, Said) and any(one.by == "them" for one in understood(turn, said.text, turn.at).commitments)


@command(
    "promises",
    help=_("What we owe customers"),
    for_=MEMBERS,
    words=("promises", "open promises", "我的承诺", "承诺列表", "欠客户什么"),
)
def promises(turn: Turn, text: Rest | None = None) -> Reply | Text:
    wanted = (text or "").strip().casefold()
    if wanted in ("here", "off", "这里", "关闭"):
        return _room(turn, on=wanted in ("here", "这里"))
    me = turn.me()
    everybody = me.role in MANAGERS or not turn.private
    found = seen(turn, turn.work.promises.open()) if everybody else turn.work.promises.of_member(me.id)
    if not found:
        return lines(
            _("No promise is open."), _("Example: {example}", example=code(_("/promise Acme sample by 12 May")))
        )
    options = tuple(Option(cards.head(turn, p), f"promise:{p.id}", wide=True) for p in found[:8])
    return Reply(lines(bold(_("What we owe")), *cards.listed(turn, found), _rate(turn)), options)


def _rate(turn: Turn) -> Text | None:
    since = turn.now - MONTH
    counted = kept([actions.owed(p) for p in turn.work.promises.since(since)], since, turn.now)
    if counted.rate is None:
        return None
    return _(
        "Last 30 days: {kept} kept in time, {late} late, {broken} broken ({rate}% in time)",
        kept=counted.kept,
        late=counted.late,
        broken=counted.broken,
        rate=counted.rate,
    )


def _room(turn: Turn, *, on: bool) -> Reply | Text:
    """The room in which it is said delivers, or does so no longer."""
    here = turn.here()
    if turn.private or here.side != "member" or here.outsider or here.customer is not None:
        return _("Say that in the room of the team that delivers, where nobody is from outside.")
    known = turn.work.first(Route, conversation=here.id, topic=actions.TOPIC)
    if turn.me().role not in MANAGERS:
        return _("Only managers and owners choose which room delivers.")
    if on and known is None:
        turn.work.add(Route(conversation=here.id, topic=actions.TOPIC))
        turn.did(_("this room delivers"))
        pack.plan_pack(turn)
    elif not on and known is not None:
        turn.work.remove(known)
        turn.did(_("this room delivers no more"))
    if on:
        return _("Promises to customers are shown here from now on, with Accept and Can't.")
    return _("Promises are not shown here any more.")


@command(
    "pack",
    help=_("The week of sales and delivery: promises, load, risks, actions"),
    example=_("/pack Bob order the parts by Wed"),
    for_=EDITORS,
    words=("pack", "weekly pack", "周会材料", "产销周报"),
)
def weekly(turn: Turn, text: Rest | None = None) -> Any:
    return pack.add_action(turn, text) if text else pack.pack_card(turn)

"""`/status`: how the service itself is, for owners; what is parked or did not arrive is decided here."""

from __future__ import annotations

from datetime import timedelta

from bot.core.messages import Option, Reply
from bot.core.text import gettext as _
from bot.core.text import ngettext
from flows.router import OWNERS, command, press
from flows.status.actions import names_of
from flows.status.cards import drop_card, parked_card, status_card, stranded_card
from flows.status.following import REPLAYED, RESENT, follow
from flows.turn import Turn
from store.inbound import Parked
from store.models import Conversation
from store.types import micros, moment
from store.wellbeing import lay_aside, list_again, look, send_again, stranded

AGAIN = timedelta(hours=24)


@command(
    "status",
    help=_("How the service itself is"),
    for_=OWNERS,
    words=("status", "is everything ok", "is everything running", "系统状态", "运行状态", "系统正常吗"),
    rooms=False,
)
def status(turn: Turn) -> Reply:
    return status_card(look(turn.work), names_of(turn))


@press("status", for_=OWNERS)
def status_pressed(turn: Turn) -> Reply:
    return status(turn)


@press("status-parked", for_=OWNERS)
def parked(turn: Turn) -> Reply:
    return parked_card(turn.work.updates.parked(), names_of(turn))


@press("status-replay", for_=OWNERS)
def replay(turn: Turn, last: int) -> Reply:
    """The process that fetches for the account does it; what fails again stays, and who asked hears what came of it."""
    count = sum(turn.work.updates.retry(one.update) for one in _until(turn, last))
    _noted(turn, "updates_replayed", count)
    if count:
        follow(turn, REPLAYED, last, count, turn.work.updates.dropped(moment(last)))
    done = ngettext("{n} message is handled again.", "{n} messages are handled again.", count)
    return Reply(done, card="status-parked")


@press("status-drop", for_=OWNERS)
def drop_asked(turn: Turn, last: int) -> Reply:
    found = _until(turn, last)
    return drop_card(len(found), last) if found else parked(turn)


@press("status-drop-yes", for_=OWNERS)
def drop(turn: Turn, last: int) -> Reply:
    """Those that were listed, and none that came since."""
    count = sum(turn.work.updates.drop(one.update) for one in _until(turn, last))
    _noted(turn, "updates_dropped", count)
    done = ngettext("{n} message was dropped.", "{n} messages were dropped.", count)
    return Reply(done, card="status-parked")


def _until(turn: Turn, last: int) -> list[Parked]:
    return [one for one in turn.work.updates.parked() if micros(one.received) <= last]


@press("status-stranded", for_=OWNERS)
def not_arrived(turn: Turn) -> Reply:
    rows = stranded(turn.work)
    found = (turn.work.first(Conversation, address=row.chat) for row in rows)
    return stranded_card(rows, {chat.address: chat for chat in found if chat}, names_of(turn))


@press("status-again", for_=OWNERS)
def again(turn: Turn, last: int) -> Reply:
    """Those that were listed, and none that came since."""
    ids = [row.id for row in stranded(turn.work) if row.id <= last]
    count = send_again(turn.work, ids, AGAIN)
    _noted(turn, "messages_again", count)
    turn.work.signals |= {f"outbox:{name}" for name in names_of(turn)}
    if count:
        follow(turn, RESENT, *ids)
    done = ngettext("{n} message is sent again.", "{n} messages are sent again.", count)
    return Reply(done, card="status-stranded")


@press("status-aside", for_=OWNERS)
def aside(turn: Turn, last: int) -> Reply:
    ids = [row.id for row in stranded(turn.work) if row.id <= last]
    count = lay_aside(turn.work, ids)
    _noted(turn, "messages_aside", count)
    back = (Option(_("List them again"), f"status-back:{min(ids)}:{last}"),) if ids else ()
    return Reply(_("They are not listed any more."), back, card="status-stranded")


@press("status-back", for_=OWNERS)
def back(turn: Turn, first: int, last: int) -> Reply:
    """What was laid aside a moment ago is listed as before."""
    count = list_again(turn.work, first, last)
    _noted(turn, "messages_back", count)
    return not_arrived(turn)


def _noted(turn: Turn, action: str, count: int) -> None:
    if count:
        turn.work.audit(f"member:{turn.me().id}", action, str(count))

"""The buttons of a round: pause, go on, end it; and of who has finished an anonymous survey: to be contacted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, lines, quote
from bot.core.text import gettext as _
from flows.router import CUSTOMERS, EDITORS, MANAGERS, NOT_MINE, NotMine, dialog, press
from flows.surveys import rounds
from flows.turn import Turn
from store.models import Invitation, Round


@press("round-pause", for_=EDITORS)
def pause(turn: Turn, round: int) -> Reply:
    return _done(turn, round, rounds.pause)


@press("round-on", for_=EDITORS)
def go_on(turn: Turn, round: int) -> Reply:
    return _done(turn, round, rounds.resume)


@press("round-end", for_=EDITORS)
def end(turn: Turn, round: int) -> Reply:
    return _done(turn, round, rounds.cancel)


def _done(turn: Turn, id: int, act: Callable[[Turn, Round], Round]) -> Reply:
    """Whoever began it, and managers; the card says how it stands now."""
    found = turn.work.get(Round, id)
    me = turn.me()
    if found is None or (found.by != me.id and me.role not in MANAGERS):
        return Reply(_("Only who began it, or a manager, can do that."), toast=True)
    return rounds.progress(turn, act(turn, found))


# anonymous surveys


@press("anonymous-contact", for_=CUSTOMERS)
def contact(turn: Turn, invitation: int) -> Reply:
    """Who wants to be called says so in new words; no answer goes with them."""
    found = turn.work.get(Invitation, invitation)
    if found is None or turn.customer is None or found.customer != turn.customer.id:
        return Reply(_("That question was for somebody else."), toast=True)
    turn.remember({"kind": "anonymous-contact", "invitation": invitation})
    return Reply(_("Gladly. What is it about? A line is enough; your answers stay without your name."))


@dialog("anonymous-contact", for_=CUSTOMERS)
def contact_typed(turn: Turn, state: Mapping[str, Any], said: Said) -> Text | NotMine:
    turn.remember(None)
    customer = turn.customer
    if customer is None or not said.text.strip():
        return NOT_MINE
    members = turn.work.people.members()
    owner = next((m for m in members if m.id == customer.owner), None)
    body = lines(_("{name} would like to be contacted:", name=customer.name), quote(said.text[:1000]))
    for member in [owner] if owner else [m for m in members if m.role in MANAGERS]:
        turn.message_member(member, Reply(body, (Option(_("Show card"), f"who:{customer.id}"),)), "customer")
    return _("Thank you. Somebody will get in touch with you.")

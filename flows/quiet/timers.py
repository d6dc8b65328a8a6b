"""What waited is told at the hour of the digest."""

from __future__ import annotations

from dataclasses import replace

from bot.core.messages import Address, Urgency
from flows.quiet.actions import DIGEST, digest
from flows.router import timer
from flows.turn import Turn
from store.models import Conversation, Member, Push


@timer(DIGEST)
def tell_rest(turn: Turn, subject: str) -> None:
    """One message for everything that waited; it is counted like any other."""
    id = int(subject[1:])
    if subject.startswith("m"):
        member = turn.work.get(Member, id)
        held = turn.work.pushes.held(member=id)
        if member is not None and member.state == "active" and member.home and held:
            turn.say(replace(digest(turn, held), to=Address.of(member.home), urgency=Urgency.REMINDER))
            turn.work.pushes.told(member=id)
            turn.work.add(Push(member=id, kind=DIGEST, at=turn.now))
        return
    room = turn.work.get(Conversation, id)
    held = turn.work.pushes.held(room=id)
    if room is not None and room.reachable and not room.outsider and held:
        turn.say(replace(digest(turn, held), to=Address.of(room.address), urgency=Urgency.ALERT))
        turn.work.pushes.told(room=id)
        turn.work.add(Push(room=id, kind=DIGEST, at=turn.now))

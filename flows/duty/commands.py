"""`/duty A Bob, Carl`: who looks after a tier or a stage."""

from __future__ import annotations

import re

from bot.core.errors import NotAllowed
from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines
from bot.core.text import gettext as _
from flows.arguments import Rest, colleague
from flows.duty.actions import described, give
from flows.replies import settled
from flows.router import MANAGERS, command, press
from flows.segments.short import STAGES as STAGE_WORDS
from flows.tiers.rules import TIERS
from flows.tiers.settings import keep
from flows.turn import Turn
from store.models import Member

_NOBODY = {"-", "nobody", "无", "没有"}


@command(
    "duty",
    help=_("Who looks after a tier or a stage"),
    example=_("/duty A Bob, Carl"),
    for_=MANAGERS,
    words=("分工",),
    rooms=False,
)
def duty(turn: Turn, words: Rest | None = None) -> Reply | Text:
    head, _space, rest = (words or "").strip().partition(" ")
    if head:
        key = _key(head)
        if key is None:
            return lines(_("“{word}” is no tier or stage.", word=head[:40]), _example())
        names = [part.strip(" @") for part in re.split(r"[,，、]", rest) if part.strip(" @")]
        found = _members(turn, names)
        missing = next((name for name, member in found.items() if member is None), None)
        if missing is not None and missing.casefold() not in _NOBODY:
            return lines(_("Nobody here is called “{name}”.", name=missing[:40]), _example())
        if not names:
            return lines(_("Who looks after it?"), _example())
        kept = dict(turn.workspace.settings.get("duty", {}))
        kept[key] = [member.id for member in found.values() if member is not None]
        keep(turn, "duty", {name: ids for name, ids in kept.items() if ids})
        turn.work.audit(f"member:{turn.me().id}", "duty", key)
    rows = described(turn)
    empty = _("Nobody in particular: every customer stays with its owner.")
    after = _("Who comes there is offered to them; who has no owner is theirs at once.") if rows else _example()
    return lines(bold(_("Who looks after whom")), *(rows or [empty]), after)


@press("duty-give")
def duty_give(turn: Turn, customer: int, member: int) -> Reply:
    found, to = turn.work.customers.get(customer), turn.work.get(Member, member)
    if found is None or found.state != "active" or to is None or to.state != "active" or found.owner == to.id:
        return settled()
    if turn.me().role not in MANAGERS and found.owner != turn.me().id:
        names = ", ".join(m.name for m in turn.work.people.members() if m.role in MANAGERS)
        raise NotAllowed(_("You can hand over what is yours; for others ask {names}.", names=names))
    card = f"duty:{found.id}"
    give(turn, found, to)
    turn.did(_("{name} handed to {member}", name=found.name, member=to.name), card)
    said = _("{name} is {member}'s now, who has the summary.", name=found.name, member=to.name)
    return Reply(said, (Option(_("Undo"), f"undo:{card}"),), card=card)


def _example() -> Text:
    return _("Example: {example}", example=code(_("/duty A Bob, Carl")))


def _key(word: str) -> str | None:
    tier = word.upper().removesuffix("级")
    if tier in TIERS:
        return f"tier:{tier}"
    stage = STAGE_WORDS.get(word.casefold())
    return f"stage:{stage}" if stage else None


def _members(turn: Turn, names: list[str]) -> dict[str, Member | None]:
    return {name: colleague(turn, name) for name in names}

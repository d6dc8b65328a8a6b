"""Sending what nobody asked for: at once, joined to another of the same minute, or later in a digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.messages import Address, Option, Outgoing, Reply, Urgency, spoken
from bot.core.text import Styled, Text, bold, join, lines, ngettext
from bot.core.text import gettext as _
from flows.quiet.rules import AWAKE, IGNORED, JOINED, PERSON, ROOM, day_began, digest_at, must_wait
from flows.reminders.rules import out_of_quiet
from flows.turn import Turn
from flows.words import Words, zone_of
from store.models import Conversation, Member, Push

DIGEST = "digest"
MORNING = 9 * 60
NEWS = "news"
LISTED = 12

KINDS: dict[str, Text] = {
    NEWS: _("news"),
    "customer": _("what customers write"),
    "lead": _("new leads"),
    "alert": _("alerts"),
    "score": _("scores"),
    "brief": _("the morning brief"),
    "team": _("news of the team"),
    "standing": _("changes of tier and stage"),
    "overdue": _("overdue work of others"),
    "care": _("greetings to send"),
    "risk": _("customers at risk"),
}
"""What may be muted; a kind that is not here goes by "news"."""


def push(turn: Turn, member: Member, reply: Reply, kind: str) -> None:
    """To the member's private chat, unless muted, in their quiet hours or too much for today."""
    kind = "alert" if kind == NEWS and reply.urgency is Urgency.ALERT else kind if kind in KINDS else NEWS
    if kind in turn.work.pushes.muted(member.id):
        return
    if reply.card and turn.work.cards.message(reply.card, member.home):
        turn.say(replace(reply, to=Address.of(member.home)))
        return
    zone = zone_of(member.zone or turn.workspace.zone)
    before = turn.work.pushes.same_minute(member=member.id)
    if (morning := asleep_until(turn, member, zone, kind)) is not None:
        hold(turn, reply, kind, member=member)
        turn.work.timers.set(DIGEST, f"m{member.id}", morning)
    elif before is not None and _may_join(turn, before, reply):
        _join(turn, member, before, reply, kind)
    elif must_wait(turn.work.pushes.sent(day_began(turn.now, zone), member=member.id), PERSON):
        hold(turn, reply, kind, member=member)
        turn.work.timers.set(DIGEST, f"m{member.id}", digest_at(turn.now, zone, member.brief_at))
    else:
        _send(turn, member, reply, kind)


def asleep_until(turn: Turn, member: Member, zone: ZoneInfo, kind: str) -> datetime | None:
    """The end of the member's quiet hours; None outside them, while they write, and for the brief at its own hour."""
    end = out_of_quiet(turn.now, zone, member.quiet_from, member.quiet_until)
    home = turn.work.first(Conversation, address=member.home)
    awake = home is not None and turn.now - home.seen < AWAKE
    return end if end > turn.now and kind != "brief" and not awake else None


def push_room(turn: Turn, room: Conversation, reply: Reply, kind: str = "alert") -> None:
    """To a room, unless it had enough for today."""
    zone = zone_of(turn.workspace.zone)
    if reply.card and turn.work.cards.message(reply.card, room.address):
        turn.say(replace(reply, to=Address.of(room.address)))
    elif must_wait(turn.work.pushes.sent(day_began(turn.now, zone), room=room.id), ROOM):
        hold(turn, reply, kind, room=room)
        turn.work.timers.set(DIGEST, f"r{room.id}", digest_at(turn.now, zone, MORNING))
    else:
        turn.work.add(Push(room=room.id, kind=kind, at=turn.now))
        turn.say(replace(reply, to=Address.of(room.address)))


def hold(
    turn: Turn, reply: Reply, kind: str, *, member: Member | None = None, room: Conversation | None = None
) -> None:
    """It waits for the digest, in the words in which it would have been sent."""
    words = turn.words_for(room) if room else _words(turn, member)
    turn.work.add(
        Push(
            member=member.id if member else None,
            room=room.id if room else None,
            kind=kind,
            at=turn.now,
            state="held",
            body=spoken(reply, words).as_json(),
        )
    )


def digest(turn: Turn, held: Sequence[Push]) -> Reply:
    """What waited, a line each, with the first buttons; one thing alone as it was."""
    if len(held) == 1:
        return revived(held[0])
    replies = [revived(push) for push in held[:LISTED]]
    more = len(held) - LISTED
    text = lines(
        bold(ngettext("{n} more thing since then", "{n} more things since then", len(held))),
        *(join(" ", ["•", _first_line(reply)]) for reply in replies),
        ngettext("and {n} more", "and {n} more", more) if more > 0 else None,
    )
    return Reply(text, _numbered([reply.options[0] for reply in replies if reply.options]))


def revived(push: Push) -> Reply:
    """The message as it was to be sent, in the reader's words already."""
    kept = Outgoing.from_json(push.body)
    options = tuple(Option(Text((b.label,)), b.press, b.url, b.style, b.wide) for b in kept.buttons)
    return Reply(Text(tuple(Styled(run.text, run.style, run.url) for run in kept.text)), options)


def _may_join(turn: Turn, before: Push, reply: Reply) -> bool:
    """Cards of their own, files and questions stay apart: they are changed or answered by themselves."""
    plain = not (reply.card or reply.file or reply.tell)
    return plain and bool(before.card) and len(turn.work.pushes.of_card(before.card)) < JOINED


def _join(turn: Turn, member: Member, before: Push, reply: Reply, kind: str) -> None:
    body = spoken(reply, _words(turn, member)).as_json()
    turn.work.add(Push(member=member.id, kind=kind, at=turn.now, state="joined", card=before.card, body=body))
    replies = [revived(push) for push in turn.work.pushes.of_card(before.card)]
    options = _numbered([option for reply in replies for option in reply.options])
    whole = Reply(join("\n\n", [reply.text for reply in replies]), options, card=before.card)
    turn.say(replace(whole, to=Address.of(member.home), urgency=reply.urgency))


def _send(turn: Turn, member: Member, reply: Reply, kind: str) -> None:
    alone = bool(reply.card or reply.file or reply.tell)
    home = turn.work.first(Conversation, address=member.home)
    shown = reply if alone else replace(reply, options=(*reply.options, _mute(kind)))
    if home is not None:
        shown = _with_offer(shown, home, kind)
        turn.work.change(home, unread=home.unread + 1)
    body = {} if alone else spoken(shown, turn.words_for(home, member)).as_json()
    kept = turn.work.add(Push(member=member.id, kind=kind, at=turn.now, body=body))
    if not alone:
        kept = turn.work.change(kept, card=f"push:{kept.id}")
    turn.say(replace(shown, to=Address.of(member.home), card=reply.card or kept.card))


def _words(turn: Turn, member: Member | None) -> Words:
    home = turn.work.first(Conversation, address=member.home) if member else None
    return turn.words_for(home, member)


def _with_offer(reply: Reply, home: Conversation, kind: str) -> Reply:
    if home.unread < IGNORED:
        return reply
    asked = _(
        "You did not react to the last {n}. Shall I stop telling you about {kind}?", n=home.unread, kind=KINDS[kind]
    )
    stop = Option(_("Yes, stop"), f"mute:{kind}")
    kept = tuple(option for option in reply.options if not option.press.startswith("mute:"))
    return replace(reply, text=lines(reply.text, asked), options=(*kept, stop))


def _mute(kind: str) -> Option:
    return Option(_("Mute"), f"mute:{kind}")


def _numbered(options: Sequence[Option]) -> tuple[Option, ...]:
    """Each press once; a label that stands there already gets a number."""
    out: dict[str, Option] = {}
    count: dict[object, int] = {}
    for option in options:
        key = option.press or option.url
        if key in out:
            continue
        count[option.label] = count.get(option.label, 0) + 1
        number = count[option.label]
        out[key] = option if number == 1 else replace(option, label=option.label + f" ({number})")
    return tuple(out.values())


def _first_line(reply: Reply) -> str:
    """The message on one line, cut short."""
    flat = " ".join(
        "".join(run.part for run in reply.text.parts if isinstance(run, Styled) and isinstance(run.part, str)).split()
    )
    return flat if len(flat) <= 120 else flat[:119] + "…"

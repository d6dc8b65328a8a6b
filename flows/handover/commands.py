"""What people say to hand over, and the introduction that a customer gets at a tap."""

from __future__ import annotations

import re

from bot.core.errors import NotAllowed
from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, join, lines, ngettext, plain, quote, text
from bot.core.text import gettext as _
from flows.arguments import Rest, colleague
from flows.customers.sight import LEVELS, NAMES, level_of
from flows.day.cards import team_card
from flows.handover.actions import counted, estate_of, hand_over, introduced, note_introduction, tell
from flows.replies import settled
from flows.router import MANAGERS, OWNERS, command, press
from flows.tiers.settings import keep
from flows.turn import Turn
from store.models import Member

Outcome = Reply | Text | list[Reply]
_BETWEEN = re.compile(r"\s*(?:→|->|=>|＞|\bto\b|转给|交给|移交给|给)\s*")


@command(
    "handover",
    help=_("Give what somebody looks after to somebody else"),
    example=_("/handover @Li → @Zhao"),
    words=("handover", "移交", "交接"),
    rooms=False,
)
def handover(turn: Turn, words: Rest) -> Outcome:
    pair = [part.strip(" @,，") for part in _BETWEEN.split(words.strip()) if part.strip(" @,，")]
    found = [colleague(turn, name) for name in pair[:2]]
    if len(found) != 2 or None in found:
        missing = next((name for name, member in zip(pair, found, strict=False) if member is None), "")
        return lines(
            _("Nobody here is called “{name}”.", name=missing[:40]) if missing else _("From whom, and to whom?"),
            _("Example: {example}", example=code(_("/handover @Li → @Zhao"))),
        )
    giver, taker = found
    assert giver is not None  # noqa: S101 - both were found above
    assert taker is not None  # noqa: S101
    return _ask(turn, giver, taker)


def _ask(turn: Turn, giver: Member, taker: Member) -> Outcome:
    _may(turn, giver, taker)
    estate = estate_of(turn, giver)
    if estate.empty:
        return _("{name} looks after nothing: there is nothing to hand over.", name=giver.name)
    names = join(", ", [customer.name for customer in estate.customers[:8]])
    more = len(estate.customers) - 8
    return Reply(
        lines(
            _("From {giver} to {taker}: {what}.", giver=bold(giver.name), taker=bold(taker.name), what=counted(estate)),
            names,
            ngettext("and {n} more", "and {n} more", more) if more > 0 else None,
            _("{taker} gets a summary of each. Shall I?", taker=taker.name),
        ),
        (
            Option(_("Hand over"), f"handover:{giver.id}:{taker.id}", style="primary"),
            Option(_("Cancel"), "handover-not"),
        ),
        card=f"handover:{giver.id}:{taker.id}",
    )


def _may(turn: Turn, giver: Member, taker: Member) -> None:
    me = turn.me()
    if me.role not in MANAGERS and me.id != giver.id:
        names = join(", ", [m.name for m in turn.work.people.members() if m.role in MANAGERS])
        raise NotAllowed(_("You can hand over what is yours; for others ask {names}.", names=names))
    if giver.id == taker.id or taker.state != "active" or taker.role == "viewer":
        raise NotAllowed(_("{name} can't take it over. Choose somebody else who writes here.", name=taker.name))


@press("handover")
def handover_pressed(turn: Turn, giver: int, taker: int) -> Outcome:
    one, other = turn.work.get(Member, giver), turn.work.get(Member, taker)
    if one is None or other is None:
        return settled()
    _may(turn, one, other)
    estate = estate_of(turn, one)
    if estate.empty:
        return settled()
    card = f"handover:{one.id}:{other.id}"
    hand_over(turn, estate, other)
    turn.did(_("{what} handed from {giver} to {taker}", what=counted(estate), giver=one.name, taker=other.name), card)
    tell(turn, one, other, estate)
    said = _("Done: {what} are {taker}'s now.", what=counted(estate), taker=other.name)
    return Reply(
        lines(said, _("{taker} has the summary.", taker=other.name)), (Option(_("Undo"), f"undo:{card}"),), card=card
    )


@press("handover-not")
def handover_not(turn: Turn) -> Outcome:
    return Reply(_("Nothing was handed over."), card=turn.card())


@press("introduce")
def introduce(turn: Turn, customer: int, giver: int) -> Outcome:
    found, one = turn.work.customers.get(customer), turn.work.get(Member, giver)
    if found is None or one is None or found.owner != turn.me().id:
        return settled()
    send = Option(_("Send"), f"introduce-send:{customer}:{giver}", style="primary")
    said = _introduction(turn, one)
    return Reply(lines(_("{name} will read:", name=found.name), quote(said)), (send, Option(_("Cancel"), "cancel")))


def _introduction(turn: Turn, giver: Member) -> Text:
    return _(
        "Hello, this is {name} of {firm}. I look after you now, in place of {before}. Write to me here any time.",
        name=turn.me().name,
        firm=turn.workspace.name,
        before=giver.name,
    )


@press("introduce-send")
def introduce_send(turn: Turn, customer: int, giver: int) -> Outcome:
    found, one = turn.work.customers.get(customer), turn.work.get(Member, giver)
    if found is None or one is None or found.owner != turn.me().id:
        return settled()
    if introduced(turn, found):
        return Reply(_("{name} knows you already.", name=found.name), toast=True)
    said = _introduction(turn, one)
    if turn.message_customer(customer, Reply(said)) is None:
        return _("{name} can't be reached by chat any more.", name=found.name)
    note_introduction(turn, found, plain(said.resolve(turn.words)))
    return _("Sent. {name} knows you now.", name=found.name)


# who sees whose customers


@command(
    "sight",
    help=_("Who sees whose customers"),
    example=_("/sight rep own"),
    for_=OWNERS,
    words=("可见范围",),
    rooms=False,
)
def sight(turn: Turn, words: Rest | None = None) -> Outcome:
    said = (words or "").casefold().split()
    roles = {"rep": "rep", "reps": "rep", "销售": "rep", "manager": "manager", "managers": "manager", "经理": "manager"}
    roles |= {"viewer": "viewer", "viewers": "viewer", "访客": "viewer"}
    levels = {"own": "own", "自己": "own", "team": "team", "团队": "team", "all": "all", "全部": "all"}
    if len(said) == 2 and said[0] in roles and said[1] in levels:
        keep(turn, "sight", {**turn.workspace.settings.get("sight", {}), roles[said[0]]: levels[said[1]]})
        turn.work.audit(f"member:{turn.me().id}", f"sight:{levels[said[1]]}", roles[said[0]])
    rows = [
        _("{role}: {what}", role=name, what=NAMES[level_of(turn, role)])
        for role, name in (("manager", _("manager")), ("rep", _("rep")), ("viewer", _("viewer")))
    ]
    choices = tuple(Option(text(_("rep"), ": ", NAMES[level]), f"sight-rep:{level}", wide=True) for level in LEVELS)
    example = _("Change it: {example}", example=code(_("/sight rep own")))
    return Reply(lines(bold(_("Who sees whose customers")), *rows, example), choices, card="sight")


@press("sight-rep", for_=OWNERS)
def sight_rep(turn: Turn, level: str) -> Outcome:
    return sight(turn, Rest(f"rep {level}"))


@command(
    "team",
    help=_("The state of each owner, and who belongs to which team"),
    example=_("/team Bob east"),
    for_=MANAGERS,
    words=("team", "团队", "团队情况", "大家怎么样"),
)
def team(turn: Turn, words: Rest | None = None) -> Outcome:
    said = (words or "").strip()
    members = turn.work.people.members()
    found = next(
        (m for m in sorted(members, key=lambda m: -len(m.name)) if said.casefold().startswith(m.name.casefold())), None
    )
    if found is not None:
        name = said[len(found.name) :].strip()[:40]
        turn.work.change(found, team="" if name in ("-", "无", "none") else name)
        turn.work.audit(f"member:{turn.me().id}", "team", f"member:{found.id}")
        members = turn.work.people.members()
    elif said:
        return lines(
            _("Nobody here is called “{name}”.", name=said[:40]),
            _("Example: {example}", example=code(_("/team Bob east"))),
        )
    else:
        return team_card(turn)
    rows = [text("• ", m.name, ": ", m.team or _("no team")) for m in members]
    return lines(bold(_("Teams")), *rows)

"""Asking a colleague to do something: they accept, say that they can't, and the one who asked hears of it."""

from __future__ import annotations

from bot.core.errors import TooLate
from bot.core.messages import Option, Reply
from bot.core.text import Part, Text, bold, lines, moment
from bot.core.text import gettext as _
from flows.reminders.actions import give_to, mine
from flows.reminders.cards import asking, buttons, card_of, ringing, said
from flows.turn import Turn
from flows.undo.facts import RowsRestored
from store.models import Member, Reminder


def ask_colleague(turn: Turn, reminder: Reminder, member: Member) -> bool:
    """The card with Accept and Can't; False when they have no chat with us yet."""
    return turn.message_member(member, asking(turn, reminder), "")


def shown_again(turn: Turn, id: int, fact: RowsRestored) -> None:
    """After an undo: the question, or what had rung, as it is now; or gone."""
    reminder = turn.work.reminders.get(id)
    if reminder is not None and reminder.state == "open" and reminder.rung and card_of(reminder) != fact.card:
        turn.rewrite(card_of(reminder), ringing(turn, reminder))
    if reminder is None or reminder.state != "open":
        turn.rewrite(f"asked:{id}", Reply(_("Taken back: {what}", what=fact.label)))
    elif reminder.asked == "waiting":
        turn.rewrite(f"asked:{id}", asking(turn, reminder))


def take(turn: Turn, id: int) -> Reply:
    """The colleague does it."""
    reminder = _waiting(turn, id)
    reminder = turn.work.change(reminder, asked="accepted")
    card = f"asked:{reminder.id}"
    told = _(
        "{name} will do it: {text} · {when}", name=turn.me().name, text=_about(turn, reminder), when=_when(reminder)
    )
    _tell(turn, reminder, Reply(told, card=f"given:{reminder.id}"))
    turn.did(_("accepted: {text}", text=_about(turn, reminder)), card)
    body = lines(bold(_about(turn, reminder)), _("I will remind you {when}", when=_when(reminder)))
    return Reply(body, (Option(_("Undo"), f"undo:{card}"), *buttons(turn, reminder)[:1]), card=card)


def refuse(turn: Turn, id: int) -> Reply:
    """They can't: it goes back to whoever asked, who decides, so that it is not forgotten."""
    reminder = _waiting(turn, id)
    giver = turn.work.get(Member, reminder.by) if reminder.by else None
    card = f"asked:{reminder.id}"
    if giver is None or giver.state != "active":
        turn.work.change(reminder, asked="accepted")
        return Reply(_("Whoever asked is not here any more; it stays with you."), toast=True)
    back = give_to(turn, reminder, giver, asked="declined")
    told = lines(
        bold(_("{name} can't: {text}", name=turn.me().name, text=_about(turn, back))),
        _("It is with you again: {when}", when=_when(back)),
    )
    _tell(turn, back, Reply(told, buttons(turn, back), card=f"given:{back.id}"))
    turn.did(_("declined: {text}", text=_about(turn, back)), card)
    return Reply(_("All right, {name} knows.", name=giver.name), (Option(_("Undo"), f"undo:{card}"),), card=card)


def _waiting(turn: Turn, id: int) -> Reminder:
    reminder = mine(turn, id)
    if reminder.asked != "waiting" or reminder.member != turn.me().id:
        raise TooLate(_("That is settled already."))
    return reminder


def _tell(turn: Turn, reminder: Reminder, reply: Reply) -> None:
    giver = turn.work.get(Member, reminder.by) if reminder.by else None
    if giver is not None and giver.id != turn.me().id:
        turn.message_member(giver, reply, "")


def _about(turn: Turn, reminder: Reminder) -> Part:
    return said(turn, reminder)


def _when(reminder: Reminder) -> Text:
    return moment(reminder.due)

"""What a customer hears when they have written: once when it begins, and again only when there is something to say."""

from __future__ import annotations

from bot.core.text import Text, moment
from bot.core.text import gettext as _
from flows.activities.smalltalk import talk_of
from flows.reception.hours import closed_until
from flows.reception.standing import standing
from flows.relay.cards import spoken_of
from flows.relay.rules import only_courtesy, unanswered
from flows.relay.silence import after_silence, before
from flows.tickets.actions import number_of
from flows.turn import Turn
from store.models import Activity, Line, Member, Ticket


def opened(turn: Turn, ticket: Ticket) -> None:
    """Their request is with us, by which number, and who answers."""
    if not _theirs(turn, ticket):
        return
    turn.say(_("Thank you, we have it ({number}). {who}", number=number_of(ticket), who=_who(turn, ticket)))


def again(turn: Turn, ticket: Ticket) -> None:
    """They say that it is not done after all."""
    if _theirs(turn, ticket):
        who = _who(turn, ticket)
        turn.say(_("Thank you, we look at it again ({number}). {who}", number=number_of(ticket), who=who))


def just_reopened(turn: Turn, ticket: Ticket) -> bool:
    """These very words opened it again, and were answered with that."""
    return ticket.reopened > 0 and turn.work.desk.stays(ticket.id)[-1].since == turn.now


def said(turn: Turn, ticket: Ticket, line: Line) -> None:
    """While somebody is on it, silence; after a long one the customer hears honestly where it stands."""
    if not _theirs(turn, ticket) or not after_silence(turn, ticket, line) or _was_told(turn, line):
        return
    waiting = unanswered([spoken_of(turn, other) for other in before(turn, ticket, line)])
    if not waiting:
        opened(turn, ticket)
        return
    since = moment(waiting[0], "short")
    turn.say(
        _(
            "We have this too ({number}). Nobody has answered you since {since}; we are sorry. {who}",
            number=number_of(ticket),
            since=since,
            who=_who(turn, ticket),
        )
    )


def _was_told(turn: Turn, line: Line) -> bool:
    """They have asked where it stands, and have just read it."""
    activity = turn.work.get(Activity, line.activity) if line.activity else None
    return activity is not None and standing(turn, activity, turn.here()) is not None


def courtesy(turn: Turn, activity: Activity) -> None:
    """Thanks or a greeting while nothing is open: nobody has to be called for it."""
    if turn.conversation is None or not only_courtesy(activity.text) or turn.work.desk.of_chat(turn.conversation.id):
        return
    match talk_of(activity.text):
        case "greeting":
            turn.say(_("Hello! Write what you need; a person answers you here."))
        case "thanks":
            turn.say(_("You are welcome."))
        case "bye":
            turn.say(_("Goodbye!"))


def _theirs(turn: Turn, ticket: Ticket) -> bool:
    """The customer has written this very message, here."""
    here = turn.conversation
    return here is not None and here.side == "customer" and here.id == ticket.conversation


def _who(turn: Turn, ticket: Ticket) -> Text:
    """Who answers; while nobody is there, when somebody will be."""
    if closed := closed_until(turn):
        return closed
    owner = turn.work.get(Member, ticket.owner) if ticket.owner else None
    if owner is None or turn.workspace.settings.get("voice") == "firm":
        return _("A person answers you here.")
    return _("{name} answers you here.", name=owner.name)

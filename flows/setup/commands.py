"""The door, help and cancel."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.messages import Option, Reply, Said, Shared
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows import arrival
from flows.arguments import Word
from flows.arrival import role_of
from flows.customers.door import meet_again, welcome
from flows.replies import settled
from flows.router import EVERYONE, MEMBERS, NOT_MINE, STRANGERS, NotMine, command, heard, press
from flows.setup import talk
from flows.setup.actions import come_back, looks_like_token, peek, use
from flows.setup.actions import join as join_firm
from flows.setup.entrance import FIRST_LINE
from flows.teams.rooms import bind_room
from flows.turn import Turn
from store.models import Identity, Member, Pass


@command(
    "start",
    help=_("Begin, or come in with an invitation"),
    example=_("/start"),
    for_=EVERYONE | STRANGERS,
    listed=False,
)
def start(turn: Turn, invitation: Word | None = None) -> Reply | Text | Sequence[Reply | Text]:
    if not turn.private:
        return bind_room(turn, invitation or "")
    if invitation:
        return _enter(turn, invitation)
    if role_of(turn) == "stranger":
        return at_the_door(turn)
    if turn.member is not None:
        return lines(_("Hello {name}.", name=turn.member.name), code(FIRST_LINE))
    return welcome(turn)


def at_the_door(turn: Turn) -> Reply:
    """The one neutral sentence for people whom the members' side does not know; it names nobody."""
    return arrival.at_the_door()


@heard("said", for_=STRANGERS)
def knock(turn: Turn, said: Said) -> Reply | Text | Sequence[Reply | Text] | None:
    if not turn.private:
        return None
    if looks_like_token(said.text):
        return _enter(turn, said.text)
    return at_the_door(turn)


@heard("shared", for_=STRANGERS)
def knock_with_a_card(turn: Turn, shared: Shared) -> Reply | None:
    return at_the_door(turn) if turn.private else None


@heard("said", for_=MEMBERS)
def code_of_a_member(turn: Turn, said: Said) -> Reply | Text | Sequence[Reply | Text] | NotMine:
    """A code that a member pastes is no sentence to log."""
    return _enter(turn, said.text) if turn.private and looks_like_token(said.text) else NOT_MINE


def _enter(turn: Turn, token: str) -> Reply | Text | Sequence[Reply | Text]:
    staff = turn.account is not None and turn.account.side in ("member", "both")
    customers = turn.account is not None and turn.account.side in ("customer", "both")
    if turn.former and not staff:
        return at_the_door(turn)
    purposes = {"member", "rejoin"} if staff else set()
    if customers and not turn.former:
        purposes.add("customer")
    if turn.member is not None and (waiting := peek(turn, token)) is not None and waiting.member != turn.member.id:
        return _("You are in already, {name}: this invitation is for somebody else.", name=turn.member.name)
    entry = use(turn, token, frozenset(purposes))
    if entry is None:
        return _("That invitation is wrong, used or too old: please ask whoever sent it for a new one.")
    if entry.purpose == "customer":
        return meet_again(turn, entry)
    return _come_in(turn, entry)


def _come_in(turn: Turn, entry: Pass) -> Reply | Text | Sequence[Reply | Text]:
    if entry.member is not None and (known := turn.work.get(Member, entry.member)) is not None:
        return _come_back(turn, known)
    member = join_firm(turn, entry, turn.who().name or (turn.event.sender.name if turn.event else ""))
    turn.did(_("{name} joined", name=member.name))
    welcome = lines(
        _(
            "Welcome to {firm}, {name}. Tell me what happened, in your own words:",
            firm=turn.workspace.name,
            name=member.name,
        ),
        code(FIRST_LINE),
        _("I log it, remind you, and you can undo everything. {help} shows more.", help=code("/help")),
    )
    _tell_inviter(turn, entry, member)
    return (welcome, talk.begin(turn)) if entry.by is None and member.role == "owner" else welcome


def _come_back(turn: Turn, known: Member) -> Text:
    """The chat that was used before is told: nobody links a chat to a person without their notice."""
    removed = known.state != "active"
    cut = Option(_("That was not me"), f"unlink:{turn.who().id}", style="danger")
    told = Reply(_("Your account was linked to one more chat: {platform}.", platform=turn.who().platform), (cut,))
    if not removed and known.home != turn.here().address:
        turn.message_member(known, told, "")
    come_back(turn, known)
    if removed:
        return lines(_("Welcome back, {name}.", name=known.name), code(FIRST_LINE))
    return _(
        "Welcome back, {name}: this chat is yours now too, and reminders come to the one you used last.",
        name=known.name,
    )


@press("unlink", for_=MEMBERS)
def unlink(turn: Turn, identity: int) -> Reply | Text:
    found = turn.work.get(Identity, identity)
    if found is None or found.member != turn.me().id or found.id == turn.who().id:
        return settled()
    from flows.teams.actions import unlink as cut

    cut(turn, found)
    return _("That chat is no longer yours: nothing of the firm is shown there any more.")


def _tell_inviter(turn: Turn, entry: Pass, member: Member) -> None:
    inviter = turn.work.get(Member, entry.by) if entry.by else None
    if inviter is not None:
        said = _("{name} has joined as {role}.", name=member.name, role=arrival.role_name(member.role))
        turn.message_member(inviter, Reply(said), "team")


@command("cancel", help=_("Stop what we are in the middle of"), for_=EVERYONE, words=("cancel", "取消", "算了"))
def cancel(turn: Turn) -> Reply | Text | NotMine:
    """Where a customer's request is open and nothing else is, a person reads "cancel" as said of that."""
    if (stopped := _stop(turn)) is not None:
        return stopped
    spoken = turn.event is not None and isinstance(turn.event.body, Said)
    about = turn.work.desk.of_chat(turn.here().id) if turn.member is None and spoken else None
    return NOT_MINE if about is not None else _("There is nothing open.")


@press("cancel", for_=EVERYONE)
def cancel_pressed(turn: Turn) -> Reply | Text:
    return _stop(turn) or Reply(_("That is over already."), toast=True)


def _stop(turn: Turn) -> Text | None:
    talk = turn.conversation.dialog if turn.conversation else None
    if not talk or not talk["kind"]:
        return None
    turn.forget(talk["draft"]) if "draft" in talk else turn.remember(None)
    if talk["kind"] == "setup":
        return _("All right. What you have answered stays; {setup} goes on with it any time.", setup=code("/setup"))
    return _("All right, forgotten. Nothing was changed.")

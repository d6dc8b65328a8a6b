"""What is said in a conversation's place: a note among us, or, said so, an answer. `/answer`, `/voice`."""

from __future__ import annotations

from bot.core.messages import Answered, Command, Option, Reply, Said
from bot.core.text import Text, bold, code, lines, text
from bot.core.text import gettext as _
from flows.activities.actions import log
from flows.activities.cards import logged_card
from flows.activities.lines import meant as meant_by
from flows.activities.lines import understood
from flows.activities.rules import Plan
from flows.arguments import Rest, colleague
from flows.relay import rules
from flows.relay.actions import note
from flows.relay.outward import TELL, awaited, came_of_it, draft, drop
from flows.relay.places import called, looking_after, reader_of, ticket_at
from flows.relay.presses import answer as pressed
from flows.relay.presses import may_not, no_chat
from flows.router import EDITORS, MANAGERS, NOT_MINE, NotMine, answered, by_words, command, dialog, heard, press
from flows.tickets import handling
from flows.tickets.actions import number_of
from flows.tickets.lately import wrote_lately
from flows.tickets.wishes import read_wish
from flows.turn import Turn
from store.firms import set_settings
from store.models import Line, Ticket

Outcome = Reply | Text | list[Reply] | NotMine | None
LISTED = 8
DONE: list[Reply] = []
"""It was for us, and there is nothing to say."""


@heard("first", for_=EDITORS)
@heard("overheard", for_=EDITORS)
def said_here(turn: Turn, said: Said) -> Outcome:
    """The words of an answer that was asked for, or something in reply to a conversation; else it is not for us."""
    if turn.here().side != "member" or turn.here().outsider:
        return NOT_MINE
    waiting = awaited(turn)
    if turn.event is not None and isinstance(turn.event.body, Command):
        return _commanded(turn, turn.event.body, waiting)
    about = ticket_at(turn, said.answers) or (ticket_at(turn, turn.where.thread) if turn.where else None)
    if waiting is not None and (about is None or about.id == waiting.ticket):
        return _written(turn, waiting, said)
    if about is not None:
        return _replied(turn, about, said)
    return _addressed(turn, said)


def _commanded(turn: Turn, command: Command, waiting: Line | None) -> Outcome:
    """Other commands work while an answer is awaited; "cancel" ends that first."""
    if waiting is None or command.name != "cancel":
        return NOT_MINE
    drop(turn, waiting)
    return _("All right, nothing goes out.")


def _written(turn: Turn, waiting: Line, said: Said) -> Outcome:
    ticket = turn.work.desk.get(waiting.ticket)
    if ticket is None or _is_a_choice(turn, said.text):
        return NOT_MINE
    if rules.withdraws(said.text) and not said.files:
        drop(turn, waiting)
        return _("All right, nothing goes out.")
    if turn.private and not said.files and _is_a_command(said.text):
        return NOT_MINE
    meant = rules.outward(said.text)
    draft(turn, ticket, meant.words if meant else said.text.strip(), said, waiting)
    return DONE


def _is_a_choice(turn: Turn, said: str) -> bool:
    choices = turn.here().choices
    return said.strip().isdecimal() and 0 < int(said.strip()[:3]) <= len(choices)


def _is_a_command(said: str) -> bool:
    """Words that nobody would send to a customer: they are for us."""
    found = by_words(said)
    return found is not None and not found[1] and found[0].name in ("help", "undo", "redo", "cancel")


def _replied(turn: Turn, ticket: Ticket, said: Said) -> Outcome:
    """In reply to a conversation: an answer where it says so, else it stays among us."""
    meant = rules.outward(said.text)
    if meant is not None and (meant.words or said.files):
        found = turn.work.desk.numbered(meant.number) if meant.number else ticket
        return _drafted(turn, found or ticket, meant.words, said)
    if not turn.private and not said.files and (given := _given(turn, ticket, said.text)) is not None:
        return given
    kept = note(turn, ticket, said.text.strip(), said)
    if not turn.private:
        return DONE
    name = called(turn, ticket)
    answer = Option(_("Send it to {name} …", name=name[:30]), f"reply-note:{kept.id}")
    told = _("Kept among us: {name} does not see it.", name=name)
    return Reply(text(number_of(ticket), " · ", told), (answer,) if said.text.strip() else ())


def _given(turn: Turn, ticket: Ticket, said: str) -> Outcome:
    """ "I take it", 转给王芳, in a thread: who has it changes, which everybody there reads anyway."""
    wish = read_wish(said)
    named = wish.act == "assign" and (wish.rest in ("me", "我") or colleague(turn, wish.rest) is not None)
    if wish.act != "take" and not named:
        return None
    done: Reply = handling.do(turn, ticket, wish.act, wish.rest)
    return done if done.toast else DONE


def _addressed(turn: Turn, said: Said) -> Outcome:
    """ "reply 102: …" without a reply to anything; the sign of a quotation alone says too little."""
    meant = rules.outward(said.text)
    if meant is None and (loose := rules.by_number(said.text)) and loose.number:
        meant = loose if turn.work.desk.numbered(loose.number) else None
    if meant is None and _to_us(turn, said) and (named := rules.by_name(said.text)) is not None:
        theirs = _of_name(turn, named[0])
        return _for_one_of(turn, theirs, named[1], said) if theirs else NOT_MINE
    if meant is None and turn.private and (words := rules.by_pronoun(said.text)) and (wrote := _wrote_lately(turn)):
        return _for_one_of(turn, wrote, words, said)
    if meant is None or meant.marked or not (meant.words or said.files) or not _to_us(turn, said):
        return NOT_MINE
    if meant.number:
        ticket = turn.work.desk.numbered(meant.number)
        return _drafted(turn, ticket, meant.words, said) if ticket else _no_such(meant.number)
    mine = _mine(turn)
    if not mine:
        return NOT_MINE
    return _for_one_of(turn, mine, meant.words, said)


def _wrote_lately(turn: Turn) -> list[Ticket]:
    """Mine, where the customer's last words are fresh: "tell her …" may mean them."""
    return [one for one in _mine(turn) if wrote_lately(turn, one)]


def _of_name(turn: Turn, name: str) -> list[Ticket]:
    """What is open of those whom a name means, and can be answered; that very person's own where there are such."""
    customers = meant_by(turn, understood(turn, name, turn.at))
    theirs = [t for c in customers for t in turn.work.desk.of_customer(c.id) if t.state not in ("closed", "merged")]
    answerable = [t for t in theirs if reader_of(turn, t)]
    found = [t for t in answerable if t.state != "solved"] or answerable[-1:]
    return [t for t in found if called(turn, t).casefold() == name.casefold()] or found


def _to_us(turn: Turn, said: Said) -> bool:
    return turn.private or said.mentioned


@command(
    "answer",
    help=_("Answer a customer's request"),
    example=_("/answer 102 We come at three."),
    for_=EDITORS,
)
def answer(turn: Turn, words: Rest | None = None) -> Outcome:
    number, rest = rules.numbered(words or "")
    thread = ticket_at(turn, turn.where.thread) if turn.where and turn.where.thread else None
    if number is not None and (ticket := turn.work.desk.numbered(number)) is not None:
        return _begun(turn, ticket, rest)
    if thread is not None:
        return _begun(turn, thread, (words or "").strip())
    if number is not None and not rest:
        return _no_such(number)
    mine = _mine(turn)
    if not mine:
        return lines(_("Nobody waits for an answer of yours."), _example())
    return _for_one_of(turn, mine, (words or "").strip(), None)


def _begun(turn: Turn, ticket: Ticket, words: str) -> Outcome:
    return _drafted(turn, ticket, words, None) if words else pressed(turn, ticket.id)


def _drafted(turn: Turn, ticket: Ticket, words: str, said: Said | None) -> Outcome:
    if (refused := may_not(turn, ticket)) is not None:
        return Reply(refused.text)
    if reader_of(turn, ticket) is None:
        return no_chat(turn, ticket)
    draft(turn, ticket, words, said)
    return DONE


def _mine(turn: Turn) -> list[Ticket]:
    """Open requests that this member looks after, and that can be answered."""
    me = turn.me().id
    return [t for t in turn.work.desk.open() if any(m.id == me for m in looking_after(turn, t)) and reader_of(turn, t)]


def _for_one_of(turn: Turn, tickets: list[Ticket], words: str, said: Said | None) -> Outcome:
    """For the only one there is; among several it is never guessed."""
    if len(tickets) == 1:
        return _begun(turn, tickets[0], words) if said is None else _drafted(turn, tickets[0], words, said)
    if not words or not turn.private:
        return Reply(lines(_("Several wait for you. Whom do you answer?"), _example()), _picks(turn, tickets, "reply"))
    turn.remember({"kind": "answer-which", "words": words[:4000]})
    cancel = Option(_("Cancel"), "cancel")
    return Reply(_("Several wait for you. Whom is this for?"), (*_picks(turn, tickets, "reply-which"), cancel))


def _picks(turn: Turn, tickets: list[Ticket], press: str) -> tuple[Option, ...]:
    return tuple(
        Option(text(number_of(ticket), f" {called(turn, ticket)[:40]}"), f"{press}:{ticket.id}", wide=True)
        for ticket in tickets[:LISTED]
    )


def _no_such(number: int) -> Text:
    return lines(_("There is no request T-{number}.", number=str(number)), _example())


def _example() -> Text:
    return _("Example: {example}", example=code(_("/answer 102 We come at three.")))


@dialog("answer-which", for_=EDITORS, wants="text")
def which(turn: Turn, state: dict[str, object], said: Said) -> NotMine:
    """Only its buttons settle it; whatever else is said is something else."""
    return NOT_MINE


@dialog("answer-call", for_=EDITORS, wants="verdict")
def called_them(turn: Turn, state: dict[str, int], said: Said) -> Outcome:
    """How the call went, for the history."""
    turn.remember(None)
    ticket = turn.work.desk.get(int(state["ticket"]))
    customer = turn.work.customers.get(ticket.customer) if ticket else None
    if ticket is None or customer is None:
        return _("What this was about is gone. Please start again.")
    plan = Plan("call", "done", turn.at)
    return logged_card(turn, log(turn, customer, ticket.contact, said.text, plan, source=turn.source))


@answered(TELL)
def came_back(turn: Turn, outcome: Answered) -> None:
    line = turn.work.get(Line, int(outcome.tell.partition(":")[2]))
    if line is not None:
        came_of_it(turn, line, outcome)


@command("voice", help=_("Whose name stands above an answer"), example=_("/voice first"), for_=MANAGERS, rooms=False)
def voice(turn: Turn, words: Rest | None = None) -> Outcome:
    wanted = _VOICES.get((words or "").strip().casefold())
    if wanted is not None:
        return set_voice(turn, wanted)
    why = _("I know no voice “{name}”.", name=words[:40]) if words else None
    return lines(why, _voices(turn).text) if why else _voices(turn)


_VOICES = {
    **dict.fromkeys(("first", "first name", "name", "on", "名", "名字"), "first"),
    **dict.fromkeys(("full", "full name", "whole name", "姓名", "全名"), "full"),
    **dict.fromkeys(("firm", "company", "off", "none", "公司", "公司名", "企业"), "firm"),
}


@press("voice", for_=MANAGERS)
def set_voice(turn: Turn, voice: str) -> Reply:
    """From the next answer on."""
    if voice in rules.VOICES:
        set_settings(turn.work, turn.workspace, voice=voice)
    return _voices(turn)


def _voices(turn: Turn) -> Reply:
    now = rules.label(str(turn.workspace.settings.get("voice", "first")), turn.me().name, turn.workspace.name)
    return Reply(
        lines(
            bold(_("Whose name stands above an answer")),
            _("When you answer a customer, they read “{name}:” above your words.", name=now),
        ),
        (
            Option(_("First name"), "voice:first"),
            Option(_("Whole name"), "voice:full"),
            Option(_("The firm's name"), "voice:firm"),
        ),
        card="voice-setting",
    )

"""Other ways to the same answers: a link to a page, and a member who asks by telephone and writes down what is said."""

from __future__ import annotations

import hashlib
import hmac

from bot.core.messages import Option, Reply
from bot.core.text import code, lines
from bot.core.text import gettext as _
from flows.dialog import begin
from flows.surveys import cards, questions
from flows.surveys.actions import EXPIRE, REST, close_talk, invitation_for
from flows.surveys.asked import ASKED, dialog_of, given_of, history_of, newest, state_of
from flows.surveys.facts import AnswersWithdrawn
from flows.surveys.rules import LIFETIME, History, Refusal, refusals
from flows.turn import Turn
from store.models import Customer, Given, Invitation, Survey, Workspace
from store.work import Work

NO_CHAT = frozenset({"unreachable", "room", "busy", "blocked"})
"""What stands in the way of a message, and not of a link or a call."""
PATH = "/s"


def by_link(turn: Turn, invitation: Invitation) -> Reply:
    """What a member pastes wherever the customer reads: one answer, by whoever opens it."""
    invitation, refusal = _begun(turn, invitation, "web")
    if refusal is not None:
        return cards.refused(turn, turn.work.change(invitation, reason=refusal.code), history(turn, invitation))
    return link_card(turn, invitation)


def link_card(turn: Turn, invitation: Invitation) -> Reply:
    """The words and the address to copy."""
    name, firm = questions.person_of(turn, invitation), turn.workspace.name
    said = _(
        "Hello {name}, {firm} has a short question for you: {link}", name=name, firm=firm, link=link(turn, invitation)
    )
    body = lines(
        _("Copy this to {name}, in WeChat, a mail or an SMS:", name=name),
        code(said),
        _("The page works on any phone, in both languages, and takes one answer."),
    )
    return Reply(body, card=cards.offer_card(invitation.id))


def by_call(turn: Turn, invitation: Invitation) -> Reply:
    """The member asks, and taps or types what the customer says."""
    invitation, refusal = _begun(turn, invitation, "call")
    if refusal is not None:
        return cards.refused(turn, turn.work.change(invitation, reason=refusal.code), history(turn, invitation))
    survey = turn.work.get(Survey, invitation.survey)
    assert survey is not None  # noqa: S101 - it was just read
    invitation = turn.work.change(invitation, by=turn.me().id)
    dialog = dialog_of(survey)
    state = state_of(turn, dialog, invitation)
    if not state.finished:
        turn.remember({"kind": "survey", "invitation": invitation.id})
    return questions.now(turn, survey, dialog, state, invitation, turn.language)


def call_about(turn: Turn, customer: Customer, survey: Survey) -> Reply:
    """From a command: what is written down belongs to nothing else."""
    invitation = invitation_for(turn, survey, customer.id, None, state="draft", by=turn.me().id)
    return by_call(turn, invitation)


def history(turn: Turn, invitation: Invitation) -> History:
    """What the rule knows of this customer now."""
    survey = turn.work.get(Survey, invitation.survey)
    assert survey is not None  # noqa: S101 - editions are never deleted once somebody was invited
    return history_of(turn, survey, invitation)


def _begun(turn: Turn, invitation: Invitation, channel: str) -> tuple[Invitation, Refusal | None]:
    """Asked from now on, unless something forbids it whatever the way is."""
    survey = turn.work.get(Survey, invitation.survey)
    if survey is None or not newest(turn, survey).active:
        return invitation, Refusal("off")
    survey = newest(turn, survey)
    if invitation.state in ASKED:
        return invitation, None if invitation.channel == channel else Refusal("same-survey")
    wrong = [found for found in refusals(history(turn, invitation)) if found.code not in NO_CHAT]
    if channel == "call":
        wrong = [found for found in wrong if not found.distance and found.code != "reporter"]
    if wrong:
        return turn.work.change(invitation, state="refused"), wrong[0]
    dialog = dialog_of(survey)
    given = given_of(turn, dialog, invitation)
    invitation = turn.work.change(
        invitation,
        survey=survey.id,
        channel=channel,
        state="sent",
        reason="",
        by=turn.me().id,
        sent=turn.now,
        given=given,
        step=begin(dialog, given).step,
    )
    turn.work.timers.move(EXPIRE, str(invitation.id), turn.now + LIFETIME)
    return invitation, None


def not_now(turn: Turn, invitation: Invitation) -> Reply:
    """The call came to nothing: as if it had not been begun; what was written down stays."""
    close_talk(turn, invitation)
    turn.remember(None)
    if turn.work.feedback.answers(invitation.id):
        again = Option(_("Go on with the question"), f"survey-phone:{invitation.id}")
        return Reply(_("What you wrote down is kept."), (again,), card=questions.card_of(invitation.id))
    turn.work.timers.cancel(EXPIRE, str(invitation.id))
    turn.work.change(invitation, state="draft", sent=None, step="", channel="chat")
    return Reply(_("Nothing was written down."), card=questions.card_of(invitation.id))


def withdraw(turn: Turn, invitation: Invitation) -> Reply:
    """All that was written down in a call goes, as if it had never been held; a code that was read out stays given."""
    close_talk(turn, invitation)
    for row in turn.work.find(Given, invitation=invitation.id):
        turn.work.remove(row)
    for timer in (EXPIRE, REST):
        turn.work.timers.cancel(timer, str(invitation.id))
    blank = {"state": "draft", "sent": None, "finished": None, "step": "", "score": None, "channel": "chat"}
    turn.work.change(invitation, **blank)
    turn.tell(AnswersWithdrawn(invitation.id))
    name, card = questions.person_of(turn, invitation), questions.card_of(invitation.id)
    said = _("Taken back: nothing is written down for {name}.", name=name)
    return Reply(said, (Option(_("I ask by phone"), f"survey-phone:{invitation.id}"),), card=card)


def sure(turn: Turn, invitation: Invitation) -> Reply:
    """What is thrown away here nobody can bring back."""
    name = questions.person_of(turn, invitation)
    yes = Option(_("Take it all back"), f"survey-withdraw:{invitation.id}:yes", style="danger")
    back = Option(_("Back"), f"survey-back:{invitation.id}:")
    said = _("All answers that were written down for {name} go, as if the call had not been held.", name=name)
    return Reply(said, (yes, back), card=questions.card_of(invitation.id))


# the page


def link(turn: Turn, invitation: Invitation) -> str:
    """The address of the page for this invitation."""
    return f"{turn.workspace.settings.get('url', '')}{PATH}/{token(turn.workspace, invitation.id)}"


def token(firm: Workspace, invitation: int) -> str:
    """Names an invitation in an address; nobody can make up another one's."""
    return f"{firm.id}-{invitation}-{_mark(firm, invitation)}"


def opened(work: Work, token: str) -> tuple[Workspace, Invitation] | None:
    """The firm and the invitation behind an address; sets the work's workspace."""
    firm_id, _dash, rest = token.partition("-")
    id, _dash, mark = rest.partition("-")
    if not (firm_id.isdecimal() and id.isdecimal() and len(firm_id) < 16 and len(id) < 16):
        return None
    firm = work.firm(int(firm_id))
    if firm is None or not hmac.compare_digest(_mark(firm, int(id)).encode(), mark.encode()):
        return None
    work.workspace = firm.id
    found = work.get(Invitation, int(id))
    return (firm, found) if found is not None else None


def _mark(firm: Workspace, invitation: int) -> str:
    return hmac.new(firm.secret.encode(), f"survey page {invitation}".encode(), hashlib.sha256).hexdigest()[:20]

"""Approve, Reject with a reason, Ask, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import gettext as _
from bot.core.text import lines, plain, quote
from flows.activities.smalltalk import says_nothing
from flows.approvals import actions
from flows.asking import run
from flows.replies import settled
from flows.router import COMMANDS, EDITORS, MEMBERS, dialog, press
from flows.turn import Turn
from store.models import Approval

REASONS = {"margin": _("the margin is too small"), "terms": _("the terms are wrong"), "later": _("not now")}


@press("approve", for_=MEMBERS)
def approve(turn: Turn, approval: int) -> Reply:
    actions.decide(turn, actions.to_decide(turn, approval), "approved")
    turn.work.for_good()
    return Reply(_("Approved."), toast=True)


@press("reject", for_=MEMBERS)
def reject(turn: Turn, approval: int) -> Reply:
    found = actions.to_decide(turn, approval)
    if turn.private:
        turn.remember({"kind": "reject", "approval": found.id})
    options = tuple(Option(label, f"reject-for:{found.id}:{key}") for key, label in REASONS.items())
    return Reply(_("Why? Tap, or say it in a few words."), (*options, Option(_("Cancel"), "cancel")))


@press("reject-for", for_=MEMBERS)
def reject_for(turn: Turn, approval: int, reason: str) -> Reply:
    words = REASONS.get(reason)
    return _rejected(turn, approval, plain(words.resolve(turn.words)) if words else reason)


@dialog("reject", for_=EDITORS, wants="reason")
def reject_because(turn: Turn, state: Mapping[str, Any], said: Said) -> Reply:
    return _rejected(turn, state["approval"], said.text.strip())


def _rejected(turn: Turn, approval: int, reason: str) -> Reply:
    turn.remember(None)
    actions.decide(turn, actions.to_decide(turn, approval), "rejected", reason)
    turn.work.for_good()
    return Reply(_("Rejected."))


@press("approval-ask", for_=MEMBERS)
def ask(turn: Turn, approval: int) -> Reply:
    found = actions.to_decide(turn, approval)
    turn.remember({"kind": "approval-ask", "approval": found.id})
    return Reply(_("What do you want to know?"), (Option(_("Cancel"), "cancel"),))


@dialog("approval-ask", for_=EDITORS, wants="text")
def asked(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    if says_nothing(said.text):
        return run(turn, COMMANDS["cancel"], "")
    turn.remember(None)
    actions.ask_back(turn, actions.to_decide(turn, state["approval"]), said.text.strip())
    turn.work.for_good()
    return Reply(_("Asked. You decide when the answer is there."))


@press("approval-answer", for_=MEMBERS)
def answer(turn: Turn, approval: int) -> Reply:
    found = turn.work.get(Approval, approval)
    if found is None or found.state != "waiting" or found.by != turn.me().id:
        return settled()
    turn.remember({"kind": "approval-answer", "approval": found.id})
    return Reply(lines(quote(found.question), _("Your answer?")), (Option(_("Cancel"), "cancel"),))


@dialog("approval-answer", for_=EDITORS, wants="text")
def answered(turn: Turn, state: Mapping[str, Any], said: Said) -> Reply:
    turn.remember(None)
    found = turn.work.get(Approval, state["approval"])
    if found is None or found.state != "waiting":
        return Reply(_("That is settled already."))
    reply = actions.answer_back(turn, found, said.text.strip())
    turn.work.for_good()
    return reply

"""Whoever says in a survey that they would recommend us gets the code to do it with, where the firm wants that."""

from __future__ import annotations

from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.referrals.actions import code_of
from flows.rewards.actions import REFERS, chosen, hand_over
from flows.surveys.facts import SurveyFinished
from flows.turn import Turn
from store.models import Invitation, Referral

PROMOTER = 9
"""From this answer of eleven on somebody would recommend us."""


def on_finish(turn: Turn, fact: SurveyFinished) -> None:
    """The same code however often they say so; of an anonymous answer nobody knows."""
    invitation = turn.work.get(Invitation, fact.invitation)
    customer = turn.work.customers.get(invitation.customer) if invitation else None
    if invitation is not None and customer is not None and _promotes(turn, invitation, fact.survey, fact.kind):
        hand_over(turn, invitation, _said(turn, code_of(turn, customer)))


def _promotes(turn: Turn, invitation: Invitation, survey: str, kind: str) -> bool:
    return kind == "nps" and (invitation.score or 0) >= PROMOTER and survey in chosen(turn, REFERS)


def _said(turn: Turn, referral: Referral) -> Text:
    return lines(
        _("Do you know somebody whom {firm} could help too? This is your own code:", firm=turn.workspace.name),
        code(referral.code),
        _("Whoever writes to us with it is counted as yours, and we thank you for everyone who buys."),
    )


def on_page(turn: Turn, invitation: Invitation, survey: str, kind: str) -> Text | None:
    """What the page shows to whoever has finished there."""
    referral = turn.work.first(Referral, customer=invitation.customer)
    shows = referral is not None and _promotes(turn, invitation, survey, kind)
    return _said(turn, referral) if referral is not None and shows else None
